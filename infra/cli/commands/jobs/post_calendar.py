"""`headrace posts calendar` and `queue`: what goes out, and what went out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import typer
from rich.table import Table

from infra.cli.api_target import with_target
from infra.cli.chosen_time import chosen_time
from infra.cli.commands.jobs.posts import PATH
from infra.cli.output import tables
from infra.cli.output.post_views import short
from infra.cli.output.value_formatting import here, moment, now_here, text
from infra.cli.shared_options import AsJson, Data, Url

DAYS = 7
"""A calendar's, if nothing else is said."""


def calendar(
    *,
    start: Annotated[str, typer.Option("--from", help="The first moment, as 2026-12-01; today if not given.")] = "",
    end: Annotated[str, typer.Option("--to", help="The moment after the last one; a week from now if not given.")] = "",
    persona: Annotated[str, typer.Option(help="Only this persona's: the serial or id that it was imported with.")] = "",
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """What goes out and went out in a stretch of time."""
    asked = {"from": chosen_time(start or f"{now_here():%Y-%m-%d}"), "to": chosen_time(end or f"+{DAYS}d")}
    asked |= {"persona": persona} if persona else {}
    found = with_target(url, data, lambda target: target.client.get(f"{PATH}/calendar", **asked), only_ask=True)
    if as_json:
        tables.as_json(found)
        return
    _show("at", "persona", rows=[(post["at"], post["persona"], post) for post in found["items"]], nothing="No posts.")


def queue(*, url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """What goes out next and why then, the first one first, and what is held."""
    found = with_target(url, data, lambda target: target.client.get(f"{PATH}/queue"), only_ask=True)
    if as_json:
        tables.as_json(found)
        return
    if not found["items"]:
        tables.line("Nothing waits to go out.")
    else:
        rows = [
            (_when(post["publish_at"]), post["persona_name"], post["id"], post["state"], post["why"]) for post in found["items"]
        ]
        _print("goes out", "account", "id", "state", "why", rows=rows)
    if found["held"]:
        tables.line("")
        held = [(post["persona_name"], post["id"], post["state"], "; ".join(post["reasons"])) for post in found["held"]]
        _print("held", "id", "state", "why", rows=held)


def _show(*heads: str, rows: list[tuple[str, str, dict[str, Any]]], nothing: str) -> None:
    if not rows:
        tables.line(nothing)
        return
    _print(
        *heads, "id", "state", "text",
        rows=[(_when(at), who, post["id"], post["state"], short(post["text"])) for at, who, post in rows],
    )  # fmt: skip


def _when(at: str) -> str:
    when = moment(at)
    return here(when) if when else ""


def _print(*heads: str, rows: Iterable[tuple[str, ...]]) -> None:
    made: Table = tables.table(*heads)
    for row in rows:
        made.add_row(*map(text, row))
    tables.console().print(made)


def add_to(app: typer.Typer) -> None:
    """The commands, under `headrace posts`."""
    example = "Example: headrace posts calendar --from 2026-11-23 --to 2026-11-30 --persona 208"
    app.command(epilog=example)(calendar)
    app.command(epilog="Example: headrace posts queue")(queue)
