"""`headrace forget`: one thing deleted with all that is of it, from the store, its files and its logs."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

import typer

from functions import import_kinds, registrations
from infra.cli.api_target import Target, with_target
from infra.cli.output import tables
from infra.cli.shared_options import AsJson, Data, Url
from shared.errors import BadInput

EXAMPLE = "Example: headrace forget users listener-7"
OURS = ("jobs", "posts", "dead-letters")


def forget(
    kind: Annotated[
        str,
        typer.Argument(metavar="KIND", help="jobs, posts, dead-letters, a kind that is imported, or what else pipelines keep."),
    ],
    names: Annotated[list[str] | None, typer.Argument(metavar="ID…", help="Which; without, all dead letters.")] = None,
    *,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Delete for good. docs/personal_data.md says what goes and what stays."""
    kinds = (*OURS, *sorted({*import_kinds(), *(name for one in registrations().values() for name in one.forgets)}))
    if kind not in kinds:
        raise BadInput(f"{kind!r} cannot be forgotten", code="unknown_kind", advice=f"There are: {', '.join(kinds)}.")
    if not names and kind != "dead-letters":
        raise BadInput("it is not said which", code="bad_action", advice=f"`headrace forget {kind} ID`.")

    async def work(target: Target) -> None:
        for path in [f"/{quote(name, safe='')}" for name in names or []] or [""]:
            await target.client.remove(f"/api/v1/{kind}{path}")

    with_target(url, data, work)
    told = {"kind": kind, "forgotten": names or "all"}
    tables.as_json(told) if as_json else tables.line(f"Forgotten: {kind} {', '.join(names or ['all'])}")
