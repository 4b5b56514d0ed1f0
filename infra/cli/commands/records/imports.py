"""`headrace import`: records from a file, one request each. Rows that cannot be used are named and hold up no other."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer
from pydantic import ValidationError

from functions import built_in_kinds, import_kinds
from functions.pipeline_registration import ImportKind, load
from infra.cli.api_client import Client
from infra.cli.api_target import Target, with_target
from infra.cli.output import tables
from infra.cli.output.value_formatting import counted
from infra.cli.shared_options import AsJson, Data, Url
from shared.errors import BadInput, HeadraceError, Transient
from shared.records.table_files import TABLES, Row, rows
from shared.text.validation_faults import NO_FIELD, faults, sentence
from shared.user_input.nearest_word import did_you_mean

NAMED = 20
"""Bad rows that a terminal is told of."""
EXAMPLE = f"""Example: headrace import {built_in_kinds()[0]} records.csv

PATH is .json (a list), .jsonl (one object a line) or .csv (a heading line; lists as `one | two`); of episodes, .rss or .xml too. Importing twice changes nothing."""
AT_ONCE = 8
_ID_LIKE = re.compile(r"id$|^(?:key|slug|serial|code|no|nr|number)$", re.IGNORECASE)
"""How a column is called that names its rows."""
_LONGEST_ID = 200

Bad: TypeAlias = dict[str, Any]


def bring_in(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"What they are: {', '.join(built_in_kinds())}.")],
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The file.")],
    *,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Bring in records that pipelines work with. Bad rows are named with line and reason."""
    kinds = import_kinds()
    if kind not in kinds:
        advice = did_you_mean(kind, kinds) or f"There are: {', '.join(kinds)}."
        raise BadInput(f"there is no kind {kind!r}", code="unknown_kind", advice=advice)
    found = _rows_of(kinds[kind], path)
    good, bad, repeated = _checked(kinds[kind], found)
    advice = advice_for(kinds[kind], [row for _, row in found if isinstance(row, dict)])

    async def work(target: Target) -> tuple[Counter[str], list[Bad]]:
        return await _put(target.client, kind, good)

    counts, refused = with_target(url, data, work, only_ask=True) if good else (Counter[str](), [])
    counts["unchanged"] += repeated
    bad = sorted(bad + refused, key=lambda each: each["line"])
    if as_json:
        tables.as_json({"kind": kind, "rows": len(found), **counts, "bad": bad} | ({"advice": advice} if advice else {}))
    else:
        for each in bad[:NAMED]:
            tables.line(f"line {each['line']}: {each['reason']}", "yellow")
        if len(bad) > NAMED:
            tables.line(f"and {counted(len(bad) - NAMED, 'line')} more: --json names them all", "yellow")
        if advice:
            tables.line(advice)
        told = f"{counts['new']} new, {counts['changed']} changed, {counts['unchanged']} unchanged"
        tables.line(f"{kind}: {told}" + (f", {len(bad)} bad" if bad else ""))
    raise typer.Exit(3 if bad and good else 1 if bad else 0)


def advice_for(kind: ImportKind, found: list[dict[str, Any]]) -> str:
    """What to do about rows that lack what they are known by: nothing, if none does."""
    fields = kind.model.model_fields
    lacking = [row for row in found if row.get(kind.key) in (None, "")] if fields[kind.key].is_required() else []
    if not lacking:
        return ""
    named = next(
        (name for name in lacking[0] if name not in fields and _ID_LIKE.search(name) and _tells_apart(name, lacking)), None
    )
    how = (
        f"Rename {named!r} to {kind.key!r}: it is another in each row."
        if named
        else f"Give each row a field {kind.key!r} of its own: a number, or any text without a slash."
    )
    return f"{how} A row whose {kind.key} is there already changes that {kind.one}, any other brings in a new one."


def _tells_apart(name: str, found: list[dict[str, Any]]) -> bool:
    """Whether each row has a value of its own there that can be an id."""
    values = [row.get(name) for row in found]
    told = {str(value).strip() for value in values if isinstance(value, str | int) and str(value).strip()}
    return len(told) == len(values) and all(len(value) <= _LONGEST_ID and "/" not in value for value in told)


def _rows_of(kind: ImportKind, path: Path) -> list[Row]:
    """The rows of a file, or of a folder where the kind has a reader of its own."""
    if kind.files and (path.is_dir() or path.suffix.lower() not in TABLES):
        return list(enumerate(load(kind.files)(path), 1))
    return rows(path)


def _checked(kind: ImportKind, found: list[Row]) -> tuple[list[tuple[int, str, Any]], list[Bad], int]:
    """Rows that fit the kind, each with its line and id; those that do not, each with its reason; and how many say the same again."""
    good: dict[str, tuple[int, str, Any]] = {}
    bad: list[Bad] = []
    repeated = 0
    for line, row in found:
        try:
            record = kind.model.model_validate(_row(row)).model_dump(mode="json")
            name = str(record[kind.key])
            if name in good and good[name][2] != record:
                raise BadInput(f"{kind.key} {name} stands in line {good[name][0]} already")
        except ValidationError as error:
            bad.append({"line": line, "reason": sentence(_known(faults(error), kind))})
        except BadInput as error:
            bad.append({"line": line, "reason": error.message})
        else:
            repeated += name in good
            good.setdefault(name, (line, name, record))
    return list(good.values()), bad, repeated


def _known(told: list[dict[str, str]], kind: ImportKind) -> list[dict[str, str]]:
    """The faults, a field that there is not with the one that was meant or those that there are."""
    fields = list(kind.model.model_fields)
    for fault in told:
        name = fault["pointer"].removeprefix("/")
        if fault["detail"] == NO_FIELD and "/" not in name:
            meant = did_you_mean(name, fields)
            fault["detail"] += f". {meant}" if meant else f": there are {', '.join(fields)}"
    return told


def _row(row: Any) -> Any:
    if isinstance(row, BadInput):
        raise row
    return row


async def _put(client: Client, kind: str, good: list[tuple[int, str, Any]]) -> tuple[Counter[str], list[Bad]]:
    """Send each row. One that the API refuses is bad; when nobody answers, the command fails."""
    counts: Counter[str] = Counter()
    bad: list[Bad] = []
    room = asyncio.Semaphore(AT_ONCE)

    async def one(line: int, name: str, record: Any) -> None:
        async with room:
            try:
                counts[await client.put(kind, name, record)] += 1
            except Transient:
                raise
            except HeadraceError as error:
                bad.append({"line": line, "reason": error.message})

    await asyncio.gather(*(one(*row) for row in good))
    return counts, bad
