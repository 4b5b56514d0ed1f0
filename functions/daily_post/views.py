"""The result as people read it on the spot: each agent's post with its image and timing table, who has none and why, what to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from functions.result_blocks import Block, Column, Gap, Heading, Note, Paragraphs, Table

MOST = 10
"""Posts shown; the result's file has them all."""


def view(result: dict[str, Any]) -> Iterator[Block]:
    """Blocks of a `DailyPosts` as JSON."""
    for post in result["posts"][:MOST]:
        yield from _post(post)
    if (more := len(result["posts"]) - MOST) > 0:
        yield Note(f"… and {more} more")
    for post in result["skipped"]:
        yield Note(f"{post['id']}: {post['why']}", warning=True)
    for none in (*result["refused"], *result["missing"]):
        yield Note(f"{none['agent']}: {none['reason']}", warning=True)
    for warning in result["warnings"]:
        yield Note(f"warning: {warning}", warning=True)


def _post(post: dict[str, Any]) -> Iterator[Block]:
    there = "it was there before" if post["again"] else ""
    yield Heading((post["agent_name"] or post["agent"], post["date"], post["state"], there))
    yield Paragraphs("\n".join((post["title"], post["description"], " ".join(f"#{tag}" for tag in post["tags"]))))
    if image := post["image"]:
        made, size = "reused" if image["reused"] else image["model"], f"{image['width']} x {image['height']}"
        yield Note(f"picture ({size}, {image['rung']}, {made}): {image['alt']}", indent=True)
        yield Note(f"its address: headrace posts show {post['id']}", indent=True)
    if post["timings"] and not post["again"]:
        yield _timings(post)
    yield Gap()


def _timings(post: dict[str, Any]) -> Table:
    columns = (Column("step"), Column("after", "seconds"), Column("seconds", "seconds"), Column("share", "share"))
    rows = [[step["step"], step["after"], step["seconds"], step["share"]] for step in post["timings"]]
    return Table(columns, rows, total=("all", None, post["seconds"], None), indent=True)
