"""Shows a post on the terminal: its state and time, what is wrong with it, where it is out, its words and its picture."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from infra.cli.output import tables
from infra.cli.output.value_formatting import ago, clean, here

SHORT = 60
"""Characters of a post that a list shows."""


def standing(post: dict[str, Any]) -> str:
    """A post's state, and when it goes out or is tried again."""
    due = post.get("publish_due")
    if not due or post["state"] not in ("approved", "publishing"):
        return str(post["state"])
    what = "goes out" if post["state"] == "approved" else "is tried again"
    return f"{post['state']}, {what} {here(datetime.fromtimestamp(due, UTC))}"


def show_trouble(post: dict[str, Any]) -> None:
    """Why it waits for somebody, what the rules find in it, and why it was refused."""
    for reason in post.get("held") or ():
        tables.line(f"  held: {clean(reason)}", "yellow")
    show_findings(post)
    publish = post.get("publish") or {}
    if publish.get("error") and not post.get("deliveries"):
        tables.line(f"  {clean(publish['error']['message'])}", "yellow")
    if publish.get("unknown"):
        tables.line("  Nothing was heard of a try: it may be out all the same.", "yellow")


def show_picture(post: dict[str, Any]) -> None:
    """Its picture's size and alternative text, and the address at which it can be opened."""
    image = post.get("image") or {}
    if image.get("blob"):
        tables.line(f"picture ({image['width']} x {image['height']}): {clean(image.get('alt') or '')}", "dim")
        tables.line(clean(image.get("url") or image["blob"]), "dim")


def show_deliveries(post: dict[str, Any]) -> None:
    """What became of it on each channel."""
    for name, one in (post.get("deliveries") or {}).items():
        counted = one.get("metrics")
        counts = ", ".join(f"{counted[each]} {each}" for each in ("likes", "reposts", "replies")) if counted else ""
        told = [
            name,
            "deleted there" if one["gone"] else one["state"],
            clean(one["url"]),
            counts,
            ago(counted["at"]) if counted else "",
        ]
        tables.line("  ".join(part for part in told if part))
        if one.get("error"):
            tables.line(f"  {clean(one['error']['message'])}", "yellow")


def show_text(text: str) -> None:
    """A text with its lines as they are."""
    for each in text.split("\n"):
        tables.line(clean(each))


def show_findings(of: dict[str, Any]) -> None:
    """What the rules have against a text."""
    for finding in of.get("findings") or ():
        found = f": {clean(finding['found'])}" if finding["found"] else ""
        tables.line(f"  {finding['code']}: {clean(finding['reason'])}{found}", "yellow")


def short(text: str) -> str:
    """The beginning of a text, for a list."""
    text = clean(text)
    return text[:SHORT] + "…" * (len(text) > SHORT)
