"""`headrace recurring …`: jobs that are started again and again, at a cron expression's times."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

import typer
from rich.table import Table

from infra.cli.api_client import Json
from infra.cli.api_target import with_target
from infra.cli.commands.page_listing import show_page
from infra.cli.job_input import labels_of, read_input, the_flow
from infra.cli.output import tables
from infra.cli.output.value_formatting import ago, clean, seconds, until
from infra.cli.shared_options import RUN_EXAMPLE, AsJson, Cursor, Data, PageSize, Pipeline, Set, Source, Url

app = typer.Typer(no_args_is_help=True, help="Recurring jobs: add, list, pause, resume, start now, delete.")
PATH = "/api/v1/recurring-jobs"
RecurringId: TypeAlias = Annotated[str, typer.Argument(metavar="ID", help="Its id, as `headrace recurring list` shows it.")]


@app.command(epilog=f"Example: headrace recurring add --cron '0 7 * * 1-5' --zone Europe/Berlin {RUN_EXAMPLE}")
def add(
    pipeline: Pipeline,
    *,
    cron: Annotated[str, typer.Option(help="Minute, hour, day of the month, month, day of the week.")],
    zone: Annotated[str, typer.Option(help="The time zone that it is meant in.")] = "UTC",
    source: Source = None,
    settings: Set = None,
    budget_usd: Annotated[
        float | None, typer.Option(help="Most dollars for each job; then it pauses.", show_default=False)
    ] = None,
    lane: Annotated[Literal["interactive", "bulk"], typer.Option(help="Interactive work overtakes bulk work.")] = "bulk",
    label: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="A label of each job. Again for more.", show_default=False)
    ] = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Start a job at a cron expression's times, of any pipeline. While nobody runs the local cloud, nothing starts: one makes up for it."""
    given = read_input(the_flow(pipeline), source, settings or ())
    wishes = {"lane": lane, "budget_usd": budget_usd, "labels": labels_of(label or ())}
    options = {name: wish for name, wish in wishes.items() if wish not in (None, {})}
    body: Json = {"pipeline": pipeline, "input": given, "options": options, "cron": cron, "zone": zone}
    made = with_target(url, data, lambda target: target.client.post(PATH, body), only_ask=True)
    tables.as_json(made) if as_json else tables.line(f"{made['id']}: the first starts in {seconds(until(made['next_at']))}.")


@app.command("list", epilog="Example: headrace recurring list")
def list_recurring(
    *, limit: PageSize = 20, cursor: Cursor = None, url: Url = None, data: Data = None, as_json: AsJson = False
) -> None:
    """Recurring jobs, the newest first."""
    show_page(PATH, {"limit": limit, "cursor": cursor}, _table, url, data, as_json=as_json, nothing="No recurring jobs.")


def _table(items: list[dict[str, Any]]) -> Table:
    made = tables.table("id", "pipeline", "cron", "zone", "next in", "last job", "started", "about", wrapped=("about",))
    for one in items:
        left = seconds(until(one["next_at"])) if one["next_at"] else "paused"
        about = clean(f"failed: {one['last_error']['message']}" if one["last_error"] else one["about"])
        made.add_row(
            one["id"], one["pipeline"], one["cron"], one["zone"], left, one["last_job"] or "", ago(one["last_at"]), about
        )
    return made


def _act(verb: str, said: str, recurring_id: str, url: str | None, data: Data, *, as_json: bool) -> None:
    done = with_target(url, data, lambda target: target.client.post(f"{PATH}/{recurring_id}/{verb}", {}), only_ask=True)
    tables.as_json(done) if as_json else tables.line(said.format(**done))


@app.command(epilog="Example: headrace recurring pause 3f0c9a1be2d44c7a")
def pause(recurring_id: RecurringId, url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """Start none until it is resumed."""
    _act("pause", "{id} is paused.", recurring_id, url, data, as_json=as_json)


@app.command(epilog="Example: headrace recurring resume 3f0c9a1be2d44c7a")
def resume(recurring_id: RecurringId, url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """Go on with a paused one. What was missed meanwhile is not made up for."""
    _act("resume", "{id} goes on: the next starts at {next_at}.", recurring_id, url, data, as_json=as_json)


@app.command(epilog="Example: headrace recurring start 3f0c9a1be2d44c7a")
def start(recurring_id: RecurringId, url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """Start one of its jobs now, besides those of its times."""
    _act("start", "Job {id} has started.", recurring_id, url, data, as_json=as_json)


@app.command(epilog="Example: headrace recurring delete 3f0c9a1be2d44c7a")
def delete(recurring_id: RecurringId, url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """Delete it. Jobs that it has started stay."""
    with_target(url, data, lambda target: target.client.remove(f"{PATH}/{recurring_id}"), only_ask=True)
    tables.as_json({"id": recurring_id, "deleted": True}) if as_json else tables.line(f"{recurring_id} is deleted.")
