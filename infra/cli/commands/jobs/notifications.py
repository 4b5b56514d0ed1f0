"""`headrace notifications …`: what was told of jobs by webhooks and mail, and whether it arrived."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table

from infra.cli.api_target import with_target
from infra.cli.commands.page_listing import show_page
from infra.cli.output import tables
from infra.cli.output.value_formatting import ago, clean
from infra.cli.shared_options import AsJson, Cursor, Data, PageSize, Url

app = typer.Typer(no_args_is_help=True, help="What was told of jobs by webhooks and mail: list, resend.")
PATH = "/api/v1/notifications"


@app.command("list", epilog="Example: headrace notifications list --state given_up")
def list_notifications(
    *,
    state: Annotated[str | None, typer.Option(help="Only these: unsent, sent, given_up.", show_default=False)] = None,
    limit: PageSize = 20,
    cursor: Cursor = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Messages, the newest first."""
    nothing = f"Nothing is {state.replace('_', ' ')}." if state else "Nothing was told."
    show_page(PATH, {"state": state, "limit": limit, "cursor": cursor}, _table, url, data, as_json=as_json, nothing=nothing)


def _table(items: list[dict[str, Any]]) -> Table:
    made = tables.table("id", "what", "state", "tries", "created", "why", right=("tries",))
    for one in items:
        made.add_row(
            one["id"], one["type"], one["state"], str(one["tries"]), ago(one["created_at"]), clean(one["reason"] or one["to"])
        )
    return made


@app.command(epilog="Example: headrace notifications resend 3f0c9a1be2d44c7a9b10-1")
def resend(
    notification_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, as `headrace notifications list` shows it.")],
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Send one again, now. It keeps its `webhook-id`: a receiver knows by it what it has had."""
    done = with_target(url, data, lambda target: target.client.post(f"{PATH}/{notification_id}/resend", {}))
    tables.as_json(done) if as_json else tables.line(f"{notification_id} is sent again.")
