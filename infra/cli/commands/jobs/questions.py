"""`headrace jobs questions|answer`: what stages ask before they run, and the answers."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.table import Table

from infra.cli.api_target import with_target
from infra.cli.commands.page_listing import show_page
from infra.cli.job_input import read_object, value_of
from infra.cli.output import tables
from infra.cli.output.value_formatting import ago, clean, seconds, until, words
from infra.cli.shared_options import AsJson, Cursor, Data, PageSize, Url
from shared.errors import BadInput

PATH = "/api/v1/questions"


def questions(
    job_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A job's; without, everybody's.", show_default=False)
    ] = None,
    *,
    limit: PageSize = 20,
    cursor: Cursor = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """What waits for a person or another system, the newest first."""
    show_page(
        PATH,
        {"job": job_id, "limit": limit, "cursor": cursor},
        _table,
        url,
        data,
        as_json=as_json,
        nothing="Nothing is asked.",
        below=_how_to_answer,
    )


def _table(asked: list[dict[str, Any]]) -> Table:
    made = tables.table("job", "pipeline", "stage", "asked", "left", "")
    for one in asked:
        left = seconds(until(one["until"]))
        made.add_row(one["job"], one["pipeline"], words(one["stage"]), ago(one["asked_at"]), left, clean(one["asks"]))
    return made


def _how_to_answer(asked: list[dict[str, Any]]) -> list[str]:
    fields = [" ".join(f"--set {name}=…" for name in one["answer_schema"].get("properties", {})) for one in asked]
    return [f"headrace jobs answer {one['id']} {given}" for one, given in zip(asked, fields, strict=True)]


def answer(
    question_id: Annotated[str, typer.Argument(metavar="QUESTION", help="Its id, as `headrace jobs questions` shows it.")],
    *,
    source: Annotated[
        str | None, typer.Option("--input", metavar="FILE|-", help="The answer as JSON.", show_default=False)
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="A field of the answer. Again for more.", show_default=False),
    ] = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question; its job goes on at once."""
    given = read_object(source) if source else {}
    for setting in settings or ():
        name, equals, value = setting.partition("=")
        if not equals or not name.strip():
            raise BadInput(f"--set {setting!r} is not key=value", code="bad_set", advice="Write --set approved=true.")
        given[name.strip()] = value_of(value)
    if not given:
        raise BadInput("there is no answer", code="bad_set", advice="Give --set KEY=VALUE, or --input FILE.")
    said = with_target(
        url, data, lambda target: target.client.post(f"{PATH}/{question_id}/answer", {"answer": given}, again=True), only_ask=True
    )
    tables.as_json(said) if as_json else tables.line(
        f"Answered: {json.dumps(said['answer'], ensure_ascii=False)}. Job {said['job']} goes on."
    )


def add_to(app: typer.Typer) -> None:
    """Both commands, where the others of jobs are."""
    app.command(epilog="Example: headrace jobs questions")(questions)
    app.command(epilog="Example: headrace jobs answer 3f0c9a1be2d44c7a9b10 --set approved=true")(answer)
