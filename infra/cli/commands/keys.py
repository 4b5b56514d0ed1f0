"""`headrace keys …`: API keys made, listed and revoked."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table

from infra.cli.api_target import with_target
from infra.cli.output import tables
from infra.cli.output.value_formatting import ago, clean
from infra.cli.shared_options import AsJson, Data, Url

app = typer.Typer(
    no_args_is_help=True, help="API keys: scoped, expiring, revocable. Made by whoever has the deployment's own key."
)
PATH = "/api/v1/keys"


@app.command(epilog="Example: headrace keys create ann --days 30 --scope read --scope write")
def create(
    owner: Annotated[str, typer.Argument(metavar="OWNER", help="Whose jobs it starts and sees: a person, a team, a tenant.")],
    *,
    scope: Annotated[
        list[str] | None,
        typer.Option(help="read, write: their own jobs and posts; records: the shared ones; admin: all. Again for more."),
    ] = None,
    days: Annotated[float, typer.Option(help="How long it is taken; 0: until it is revoked.", min=0)] = 90,
    note: Annotated[str, typer.Option(help="What it is for.")] = "",
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make a key. It is shown this once, and kept as a hash."""
    wanted = {"owner": owner, "days": days or None, "note": note, **({"scopes": scope} if scope else {})}
    made = with_target(url, data, lambda target: target.client.post(PATH, wanted), only_ask=True)
    if as_json:
        tables.as_json(made)
        return
    tables.line(made["key"])
    tables.line(
        f"This is shown once. It is {clean(owner)}'s, for {', '.join(made['scopes'])}.",
        "dim",
        to=tables.console(progress=True, as_json=True),
    )


@app.command("list", epilog="Example: headrace keys list")
def list_keys(url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """The keys there are, without themselves."""
    page = with_target(url, data, lambda target: target.client.get(PATH), only_ask=True)
    if as_json:
        tables.as_json(page)
    elif not page["items"]:
        tables.line("No keys.")
    else:
        tables.console().print(_table(page["items"]))


def _table(keys: list[dict[str, Any]]) -> Table:
    made = tables.table("id", "owner", "scopes", "state", "created", "valid until", "note")
    for key in keys:
        until = (key["valid_until"] or "revoked")[:10]
        made.add_row(
            key["id"],
            clean(key["owner"]),
            ", ".join(key["scopes"]),
            key["state"],
            ago(key["created_at"]),
            until,
            clean(key["note"]),
        )
    return made


@app.command(epilog="Example: headrace keys revoke 3f0c9a1be2d4")
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="The key's id, as `headrace keys list` shows it.")],
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Refuse a key from now on; within seconds in every process."""
    gone = with_target(url, data, lambda target: target.client.delete_at(f"{PATH}/{key_id}"), only_ask=True)
    tables.as_json(gone) if as_json else tables.line(f"Key {key_id} is revoked.")
