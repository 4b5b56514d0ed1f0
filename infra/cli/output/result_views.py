"""Results that people read on the spot, by pipeline: posts with what became of each item. Others are their file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from infra.cli.output import tables
from infra.cli.output.terminal_text import clean, dollars, text

MOST = 10
"""Posts shown; the file has them all."""

Result = Mapping[str, Any]


def posts(result: Result, screen: Console) -> None:
    """Each post's chosen text, what is missing and why, the models' cost, and how alike the texts are."""
    for post in result["posts"][:MOST]:
        _post(post, screen)
    if (more := len(result["posts"]) - MOST) > 0:
        tables.line(f"… and {more} more", "dim", to=screen)
    for missing in result["missing"]:
        what = " ".join(part for part in (f"item {missing['number']}", missing["kol_serial"], missing["stock_code"]) if part)
        tables.line(f"{what}: {missing['reason']}", "yellow", to=screen)
    if result["cost"]:
        numbers = ("calls", "input tokens", "output tokens", "cost")
        made = tables.table("model", *numbers, right=numbers)
        for row in result["cost"]:
            counts = (str(row[name]) for name in ("calls", "input_tokens", "output_tokens"))
            made.add_row(clean(row["model"]), *counts, dollars(row["usd"]))
        screen.print(made)
    alike = result["similarity"]
    told = f"{alike['texts']} texts; the two most alike share {alike['most']:.0%} of their n-grams, refused from {alike['gate']:.0%} on"
    tables.line(told, "dim", to=screen)


def _post(post: Result, screen: Console) -> None:
    chosen = f"version {post['chosen'] + 1} of {len(post['versions'])}" if post["chosen"] is not None else ""
    head = [post["kol_name"] or post["kol_serial"], post["stock_code"], post["posting_type"], chosen, post["state"], post["id"]]
    screen.print(Text.assemble(text(" · ".join(part for part in head if part), "bold")), soft_wrap=True)
    width = max(40, min(screen.width, 100) - 2)
    for paragraph in post["text"].splitlines():
        # Chinese has no spaces to break at: rich folds it at the width of its characters.
        screen.print(Padding(Text(clean(paragraph), overflow="fold"), (0, 0, 0, 2)), width=width)
    screen.print()


def daily_posts(result: Result, screen: Console) -> None:
    """Each agent's post with its image and its timing table, who has none and why, and what to look at."""
    for post in result["posts"][:MOST]:
        _daily_post(post, screen)
    if (more := len(result["posts"]) - MOST) > 0:
        tables.line(f"… and {more} more", "dim", to=screen)
    for post in result["skipped"]:
        tables.line(f"{post['id']}: {post['why']}", "yellow", to=screen)
    for none in (*result["refused"], *result["missing"]):
        tables.line(f"{none['agent']}: {none['reason']}", "yellow", to=screen)
    for warning in result["warnings"]:
        tables.line(f"warning: {warning}", "yellow", to=screen)


def _daily_post(post: Result, screen: Console) -> None:
    there = "it was there before" if post["again"] else ""
    head = [post["agent_name"] or post["agent"], post["date"], post["state"], there]
    screen.print(Text.assemble(text(" · ".join(part for part in head if part), "bold")), soft_wrap=True)
    for paragraph in (post["title"], *post["description"].splitlines(), " ".join(f"#{tag}" for tag in post["tags"])):
        screen.print(Padding(Text(clean(paragraph), overflow="fold"), (0, 0, 0, 2)), width=max(40, min(screen.width, 100) - 2))
    if image := post["image"]:
        made = "reused" if image["reused"] else image["model"]
        tables.line(
            f"  {image['blob']} ({image['width']} x {image['height']}, {image['rung']}, {made}): {image['alt']}", "dim", to=screen
        )
    if post["timings"] and not post["again"]:
        numbers = ("after", "seconds", "share")
        table = tables.table("step", *numbers, right=numbers)
        for step in post["timings"]:
            table.add_row(clean(step["step"]), f"{step['after']:.2f}", f"{step['seconds']:.2f}", f"{step['share']:.1%}")
        table.add_section()
        table.add_row("all", "", f"{post['seconds']:.2f}", "", style="bold")
        screen.print(Padding(table, (0, 0, 0, 2)))
    screen.print()


SHOWN: dict[str, Callable[[Result, Console], None]] = {"forum-posts": posts, "daily-post": daily_posts}
