"""`headrace posts …`: what was written, and what becomes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, TypeAlias
from urllib.parse import quote, urljoin

import typer
from rich.table import Table

from infra.cli.api_target import Target, with_target
from infra.cli.chosen_time import chosen_time
from infra.cli.commands.page_listing import show_page
from infra.cli.output import tables
from infra.cli.output.post_views import short, show_deliveries, show_findings, show_picture, show_text, show_trouble, standing
from infra.cli.output.value_formatting import ago, clean
from infra.cli.shared_options import AsJson, Cursor, Data, PageSize, Url
from shared.records.given_file import text_of

app = typer.Typer(
    no_args_is_help=True,
    help="Posts: list, show, edit, word for a place, approve, reject, choose a version, publish; their calendar and queue.",
)
PATH = "/api/v1/posts"

PostId: TypeAlias = Annotated[str, typer.Argument(metavar="ID", help="The post's id, as `headrace posts list` shows it.")]
By: TypeAlias = Annotated[str, typer.Option("--by", help="Who does it, for the record.")]
NewText: TypeAlias = Annotated[str | None, typer.Option("--text", help="All that is posted as text.", show_default=False)]
TextFile: TypeAlias = Annotated[
    Path | None, typer.Option(help="The same, in a file.", exists=True, dir_okay=False, show_default=False)
]


@app.command("list", epilog="Example: headrace posts list --state draft")
def list_posts(
    *,
    state: Annotated[str | None, typer.Option(help="Only these: draft, approved, published, ….", show_default=False)] = None,
    limit: PageSize = 20,
    cursor: Cursor = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Posts, the newest first."""
    show_page(PATH, {"state": state, "limit": limit, "cursor": cursor}, _table, url, data, as_json=as_json, nothing="No posts.")


def _table(posts: list[dict[str, Any]]) -> Table:
    made = tables.table("id", "pipeline", "state", "created", "text")
    for post in posts:
        text = str(post.get("title") or post.get("text") or "")
        made.add_row(post["id"], post["pipeline"], post["state"], ago(post["created_at"]), short(text))
    return made


@app.command(epilog="Example: headrace posts show 20261129-iris")
def show(post_id: PostId, url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """A post with its versions, where it is out, and what readers did with it."""

    async def ask(target: Target) -> dict[str, Any]:
        post = await target.client.get(_at(post_id))
        if (image := post.get("image")) and image.get("url"):  # one that a terminal can open
            image["url"] = urljoin(target.client.url, image["url"])
        return post

    post = with_target(url, data, ask, only_ask=True)
    if as_json:
        tables.as_json(post)
        return
    tables.line(f"{post['pipeline']} {post['id']} {standing(post)}", "bold")
    show_trouble(post)
    show_deliveries(post)
    title, text = post.get("title") or "", post.get("text") or ""
    for words in (title if not text.startswith(title) else "", text):
        if words:
            show_text(words)
    show_picture(post)
    for version in post.get("versions") or ():
        mark = "*" if version["number"] == post.get("chosen") else " "
        tables.line(f"{mark} {version['number']}: {clean(version['text'] or version.get('dropped') or '')}", "dim")


@app.command(epilog="Example: headrace posts variants 20261129-iris")
def variants(post_id: PostId, url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """A post's text as each place gets it: its length, who worded it, what is wrong with it."""
    _show_variants(
        with_target(url, data, lambda target: target.client.get(f"{_at(post_id)}/variants"), only_ask=True), as_json=as_json
    )


@app.command(epilog="Example: headrace posts word 20261129-iris bluesky --text 'High water at noon.' --by mei")
def word(
    post_id: PostId,
    platform: Annotated[str, typer.Argument(metavar="PLATFORM", help="One of the places that `headrace posts variants` shows.")],
    *,
    text: NewText = None,
    text_file: TextFile = None,
    reset: Annotated[bool, typer.Option("--reset", help="As it follows from the post's text again.")] = False,
    by: By = "",
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Word a draft for one place; what the rules find in it is told."""
    words = _words(text, text_file)
    if (words is None) != reset:
        raise typer.BadParameter("give --text, --text-file or --reset: one of them")
    body = {"text": words, "by": by}
    found = with_target(
        url, data, lambda target: target.client.post(f"{_at(post_id)}/variants/{quote(platform, safe='')}", body), only_ask=True
    )
    _show_variants(found, as_json=as_json)


def _show_variants(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        tables.as_json(found)
        return
    if not found["items"]:
        tables.line("It goes to no place of the table: what is published is its text.")
    for one in found["items"]:
        room = f"{one['length']} of {one['most']}" if one["most"] else str(one["length"])
        worded = f", worded by {clean(one['by']) or 'hand'}" if one["edited"] else ""
        stale = " for a former text" if one["stale"] else ""
        tables.line(f"{one['platform']}: {room}{worded}{stale}", "bold")
        show_text(one["text"])
        show_findings(one)


def _words(text: str | None, text_file: Path | None) -> str | None:
    if text is not None and text_file is not None:
        raise typer.BadParameter("give --text or --text-file, not both")
    return text_of(text_file) if text_file is not None else text


@app.command(epilog="Example: headrace posts approve 20261129-iris --publish")
def approve(
    post_id: PostId,
    *,
    publish: Annotated[bool, typer.Option("--publish", help="Publish it as well.")] = False,
    by: By = "",
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Let a draft be published."""
    _do(post_id, "approve", {"publish": publish, "by": by}, url, data, as_json=as_json)


@app.command(epilog="Example: headrace posts reject 20261129-iris --reason 'off topic'")
def reject(
    post_id: PostId,
    *,
    reason: Annotated[str, typer.Option(help="Why, for the record.")] = "",
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Keep a post from being published."""
    _do(post_id, "reject", {"reason": reason}, url, data, as_json=as_json)


@app.command(epilog="Example: headrace posts withdraw 20261129-iris --by mei")
def withdraw(post_id: PostId, *, by: By = "", url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """Take an approved post back: a draft again, without its time."""
    _do(post_id, "withdraw", {"by": by}, url, data, as_json=as_json)


@app.command(epilog="Example: headrace posts publish 20261129-iris --at 07:30")
def publish(
    post_id: PostId,
    *,
    at: Annotated[
        str | None, typer.Option(help="Not before: 07:30, '2026-12-01 07:30' (here), +2h, or with a zone.", show_default=False)
    ] = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Publish an approved post, once; now, or when it may go out."""
    _do(post_id, "publish", {} if at is None else {"at": chosen_time(at)}, url, data, as_json=as_json)


@app.command(epilog="Example: headrace posts edit 20261129-iris --text-file text.txt --by mei")
def edit(
    post_id: PostId,
    *,
    text: NewText = None,
    text_file: TextFile = None,
    title: Annotated[str | None, typer.Option(help="Another title.", show_default=False)] = None,
    by: By = "",
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Word a draft differently; what the rules find in it is told."""
    words = {"text": _words(text, text_file), "title": title}
    body = {"by": by, **{name: value for name, value in words.items() if value is not None}}
    _do(post_id, "edit", body, url, data, as_json=as_json)


@app.command(epilog="Example: headrace posts rewrite 20261129-iris image")
def rewrite(
    post_id: PostId,
    part: Annotated[str, typer.Argument(metavar="text|image", help="What is made anew; the other part stays.")],
    *,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make a draft's text or its picture anew."""
    _do(post_id, "rewrite", {"part": part}, url, data, as_json=as_json)


@app.command(epilog="Example: headrace posts choose p-208-LKMR 2")
def choose(
    post_id: PostId,
    version: Annotated[
        int, typer.Argument(metavar="VERSION", help="The version's number, as `headrace posts show` has it.", min=0)
    ],
    *,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Let another version of a draft stand."""
    _do(post_id, "choose", {"version": version}, url, data, as_json=as_json)


def _do(post_id: str, action: str, body: dict[str, Any], url: str | None, data: Path | None, *, as_json: bool) -> None:
    post = with_target(url, data, lambda target: target.client.post(f"{_at(post_id)}/{action}", body), only_ask=True)
    if as_json:
        tables.as_json(post)
        return
    tables.line(f"Post {post_id} is {standing(post)}.")
    show_deliveries(post)
    show_findings(post)


def _at(post_id: str) -> str:
    return f"{PATH}/{quote(post_id, safe='')}"
