"""`headrace posts calendar` and `queue`: what goes out, and what went out."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table

from infra.cli.api_target import with_target
from infra.cli.chosen_time import chosen_time
from infra.cli.commands.jobs.posts import PATH
from infra.cli.output import tables
from infra.cli.output.post_views import short
from infra.cli.output.value_formatting import here, moment, now_here
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
    """What goes out next, the first one first."""
    found = with_target(url, data, lambda target: target.client.get(f"{PATH}/queue"), only_ask=True)
    if as_json:
        tables.as_json(found)
        return
    rows = [(post["publish_at"], post["pipeline"], post) for post in found["items"]]
    _show("goes out", "pipeline", rows=rows, nothing="Nothing waits to go out.")


def _show(*heads: str, rows: list[tuple[str, str, dict[str, Any]]], nothing: str) -> None:
    if not rows:
        tables.line(nothing)
        return
    made: Table = tables.table(*heads, "id", "state", "text")
    for at, who, post in rows:
        when = moment(at)
        made.add_row(here(when) if when else "", who, post["id"], post["state"], short(post["text"]))
    tables.console().print(made)


def add_to(app: typer.Typer) -> None:
    """The commands, under `headrace posts`."""
    example = "Example: headrace posts calendar --from 2026-11-23 --to 2026-11-30 --persona 208"
    app.command(epilog=example)(calendar)
    app.command(epilog="Example: headrace posts queue")(queue)
