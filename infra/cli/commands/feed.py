"""`headrace feed`: a For You session of a user, with the reason for each episode."""

from __future__ import annotations

from textwrap import shorten
from typing import Annotated

import typer

from infra.cli.api_client import Json
from infra.cli.api_target import Target, with_target
from infra.cli.output import tables
from infra.cli.output.value_formatting import clean, seconds, text
from infra.cli.shared_options import AsJson, Data, Url

EXAMPLE = "Example: headrace feed listener-7 --limit 10"
TITLE = 80
"""Characters of a title that are shown."""
SHORT = {
    "catalogue": "the catalogue has no more (`headrace import episodes FILE` adds some)",
    "caps": "only so many of one series or topic stand in a feed, and serials are told in order",
    "heard": "the rest was heard",
    "excluded": "the request excludes the rest",
    "muted": "the listener mutes the rest",
    "filters": "the request's filters leave no more",
    "served": "the rest was served before (a later session may have it)",
}
"""Why a feed is short, in words, and what to do."""


def feed(
    user: Annotated[str, typer.Argument(metavar="USER", help="The user's id, as imported.")],
    *,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="Episodes.")] = 20,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="ID", help="An episode not to offer. Again for more.")
    ] = None,
    language: Annotated[list[str] | None, typer.Option("--language", help="Only this language. Again for more.")] = None,
    max_minutes: Annotated[float, typer.Option("--max-minutes", min=0, help="No longer ones; 0: any.")] = 0,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Show what a user would be offered now. It counts as served: the next call shows other episodes."""
    asked: Json = {
        "user_id": user, "limit": limit, "excluded_ids": exclude or [], "languages": language or [], "max_minutes": max_minutes,
    }  # fmt: skip

    async def work(target: Target) -> Json:
        return await target.client.post("/api/sessions/create", asked, again=True)

    session = with_target(url, data, work)
    if as_json:
        tables.as_json(session)
        return
    if not session["items"] and "catalogue" in session["degraded"]:
        tables.line(
            "There is no catalogue yet. `headrace import episodes PATH` brings episodes in, `headrace run for-you` makes one of them."
        )
        return
    made = tables.table("#", "episode", "series", "length", "why", right=("#", "length"), wrapped=("episode", "series"))
    for item in session["items"]:
        made.add_row(
            str(item["position"] + 1),
            text(shorten(item["title"], TITLE, placeholder="…")),
            text(shorten(item["series_title"], TITLE, placeholder="…")),
            seconds(item["duration_s"] or None),
            text(item["reason"]),
        )
    tables.console().print(made)
    notes = [f"from the {session['source']}" if session["source"] == "queue" else session["source"]]
    notes += [f"without: {', '.join(session['degraded'])}"] if session["degraded"] else []
    notes += [f"let in again: {', '.join(session['relaxed'])}"] if session["relaxed"] else []
    notes += [f"fewer than asked for: {', '.join(SHORT.get(why, why) for why in session['short'])}"] if session["short"] else []
    notes += [f"KL to the user's categories {session['kl']:.3f}"] if session["kl"] is not None else []
    tables.line(clean("; ".join([*notes, f"next: {session['next']}" if session["next"] else "that is all"])), "dim")
