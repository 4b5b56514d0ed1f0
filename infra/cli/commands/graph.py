"""`headrace graph`: find in a graph, show an entity, hand the whole out, mend who is who."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer

from infra.cli.api_client import Client
from infra.cli.api_target import Target, with_target
from infra.cli.output import output_files, tables
from infra.cli.output.value_formatting import clean
from infra.cli.shared_options import AsJson, Data, Url
from shared.errors import BadInput, HeadraceError

EXAMPLE = """Examples: headrace graph talks search "Ada Lovelace" · headrace graph talks show 4f0c9a1be2d44c7a
headrace graph talks export --format graphml --out talks.graphml · headrace graph talks report --out talks.md
headrace graph talks merge ID ID"""
ACTIONS = ("search", "show", "export", "report", "merge", "split", "undo")
MOST_NAMED = 12


def graph(
    name: Annotated[str, typer.Argument(metavar="ID", help="The graph: its collection's name.")],
    action: Annotated[str, typer.Argument(metavar="ACTION", help=", ".join(ACTIONS))] = "search",
    what: Annotated[
        list[str] | None, typer.Argument(metavar="WHAT", help="A text, an entity's id or name, several ids.", show_default=False)
    ] = None,
    *,
    wanted: Annotated[str, typer.Option("--format", help="graphml, json-ld, csv or cypher.")] = "graphml",
    out: Annotated[
        Path | None,
        typer.Option("--out", help="File for the export or the report; without: standard output.", show_default=False),
    ] = None,
    names: Annotated[
        list[str] | None,
        typer.Option("--name", help="Split: a name that is another entity's. Again for more.", show_default=False),
    ] = None,
    transcripts: Annotated[
        list[str] | None, typer.Option("--transcript", help="Split: a transcript that means another.", show_default=False)
    ] = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """A graph: search TEXT, show ENTITY, export, report, merge ID ID, split ID, undo EDIT."""
    given = what or []
    _check(name, action, given)
    split = {"names": names or [], "transcripts": transcripts or []}

    async def ask(target: Target) -> Any:
        if action == "export":
            return await target.client.download(_path(name, "export"), format=wanted)
        return await _asked(target.client, name, action, given, split)

    found = with_target(url, data, ask, only_ask=True)
    if action == "export":
        _write(found, out)
    elif as_json:
        tables.as_json(found)
    elif action == "report" and out is not None:
        _write(found["page"].encode(), out)
    else:
        _print(action, found)


def _check(name: str, action: str, given: list[str]) -> None:
    if action not in ACTIONS:
        raise BadInput(f"there is no action {action!r}", code="unknown_action", advice=f"There are: {', '.join(ACTIONS)}.")
    if action in ("show", "split", "undo") and len(given) != 1:
        raise BadInput(
            f"{action} takes one id{' or name' if action == 'show' else ''}",
            code="bad_action",
            advice=f"Write headrace graph {name} {action} ID.",
        )


async def _asked(client: Client, name: str, action: str, given: list[str], split: dict[str, list[str]]) -> dict[str, Any]:
    if action == "search":
        return await client.get(_path(name, "entities"), q=" ".join(given))
    if action == "merge":
        return await client.post(_path(name, "merge"), {"entities": given})
    if action == "split":
        return await client.post(_path(name, "split"), {"entity": given[0], **split})
    if action == "undo":
        return await client.post(_path(name, "edits", given[0], "undo"), {})
    return await _shown(client, name, given[0]) if action == "show" else await client.get(_path(name, action))


async def _shown(client: Client, name: str, wanted: str) -> dict[str, Any]:
    """An entity by its id; by its name, if no other is called the same."""
    try:
        return await client.get(_path(name, "entities", wanted))
    except HeadraceError as error:
        if error.code != "entity_not_found":
            raise
        found = await client.get(_path(name, "entities"), q=wanted)
        called = [one["id"] for one in found["items"] if one["name"].casefold() == wanted.casefold()]
        if len(called) != 1:
            raise
        return await client.get(_path(name, "entities", called[0]))


def _path(*parts: str) -> str:
    return "/api/v1/graphs/" + "/".join(quote(part, safe="") for part in parts)


def _write(content: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(content)
        return
    output_files.write(out, content)
    tables.line(f"{out}: {len(content):,} bytes")


def _print(action: str, found: dict[str, Any]) -> None:
    if action == "search":
        table = tables.table(
            "id", "name", "type", "mentions", "transcripts", "salience", right=("mentions", "transcripts", "salience")
        )
        for one in found["items"]:
            table.add_row(*(clean(str(one[key])) for key in ("id", "name", "type", "mentions", "transcripts", "salience")))
        tables.console().print(table)
    elif action == "show":
        _entity(found)
    elif action == "report":
        for each in found["page"].splitlines():
            tables.line(each)
    else:
        tables.line(
            f"{action} {found['id']}: undo it with `undo {found['id']}`" if action != "undo" else f"{found['id']} is undone"
        )


def _entity(found: dict[str, Any]) -> None:
    tables.line(f"{found['name']} ({found['type']}), {found['mentions']} mentions in {found['transcripts']} transcripts", "bold")
    tables.line(f"also: {', '.join(sorted(found['names']))}")
    for said in found["about"][:MOST_NAMED]:
        tables.line(f"  {said}")
    for each in found["neighbours"][:MOST_NAMED]:
        ways = ", ".join(f"{'' if tie['to'] else '<- '}{tie['type']}" for tie in each["relations"])
        tables.line(f"  {each['name']}: {ways}")
    for each in found["timeline"][:MOST_NAMED]:
        who = f"{each['speaker']}{'?' if each['doubtful'] else ''}: " if each["speaker"] else ""
        tables.line(f"  {each['transcript']}  {who}{each['quote']}", "dim")
