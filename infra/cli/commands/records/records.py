"""`headrace records …`: records that were imported: listed, shown, deleted."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias
from urllib.parse import quote

import typer
from rich.table import Table

from functions import import_kinds
from infra.cli.api_target import with_target
from infra.cli.commands.page_listing import show_page
from infra.cli.output import tables
from infra.cli.output.value_formatting import clean
from infra.cli.shared_options import AsJson, Cursor, Data, PageSize, Url
from shared.errors import BadInput

app = typer.Typer(no_args_is_help=True, help="Records that were imported: list, show, delete.")
Kind: TypeAlias = Annotated[str, typer.Argument(metavar="KIND", help="As `headrace import` takes it: profiles, episodes, ….")]
RecordId: TypeAlias = Annotated[str, typer.Argument(metavar="ID", help="The record's id.")]


def _path(kind: str, name: str = "") -> str:
    """Where a kind's records are, or one of them.

    Raises:
        BadInput: there is no such kind (`unknown_kind`).
    """
    if kind not in import_kinds():
        raise BadInput(
            f"there is no kind {kind!r}", code="unknown_kind", advice=f"There are: {', '.join(sorted(import_kinds()))}."
        )
    return f"/api/v1/{kind}{'/' if name else ''}{quote(name, safe='')}"


@app.command("list", epilog="Example: headrace records list profiles")
def list_records(
    kind: Kind, *, limit: PageSize = 50, cursor: Cursor = None, url: Url = None, data: Data = None, as_json: AsJson = False
) -> None:
    """A kind's records, by their ids."""
    show_page(_path(kind), {"limit": limit, "cursor": cursor}, _table, url, data, as_json=as_json, nothing=f"No {kind}.")


def _table(records: list[dict[str, Any]]) -> Table:
    made = tables.table("id", "")
    for one in records:
        made.add_row(clean(one["id"]), clean(one["about"]))
    return made


@app.command(epilog="Example: headrace records show profiles 208")
def show(kind: Kind, record_id: RecordId, url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """A record, whole, as JSON."""
    del as_json  # it is one either way
    tables.as_json(with_target(url, data, lambda target: target.client.get(_path(kind, record_id)), only_ask=True))


@app.command(epilog="Example: headrace records delete profiles 208")
def delete(kind: Kind, record_id: RecordId, url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """Delete a record. docs/personal_data.md says what goes with it."""
    with_target(url, data, lambda target: target.client.remove(_path(kind, record_id)), only_ask=True)
    tables.as_json({"kind": kind, "id": record_id, "deleted": True}) if as_json else tables.line(
        f"{kind} {clean(record_id)} is deleted."
    )
