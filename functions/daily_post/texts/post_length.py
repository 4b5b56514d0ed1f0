"""How much of a title and a text fits where an agent's posts go: cut at a sentence's or a word's end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Literal, get_args

from shared.post_rules.platform_limits import PLATFORMS, Platform, length_on

PlatformName = Literal["web", "x", "mastodon", "bluesky", "threads", "linkedin", "instagram", "pinterest"]
assert set(get_args(PlatformName)) <= set(PLATFORMS)  # noqa: S101 - places of the one table


def clipped(text: str, most: int, caps: Platform) -> str:
    """The text, or as much of it as fits: up to a sentence's end if that is most of it, else a word's and an ellipsis."""
    if length_on(text, caps) <= most:
        return text
    kept = text[: max(0, bisect_right(range(len(text)), most - 2, key=lambda end: length_on(text[:end], caps)) - 1)]
    end = max((kept.rfind(mark) for mark in ".!?。！？"), default=-1)
    if end + 1 >= len(kept) * 0.6:
        return kept[: end + 1]
    space = kept.rfind(" ")
    return (kept[:space] if space >= len(kept) * 0.6 else kept).rstrip(" ,;:，；：、-–—") + "…"


def composed(title: str, description: str, tags: Iterable[str], caps: Platform) -> str:
    """Everything that is posted as text."""
    parts = ["" if caps.titled else title, description, " ".join(f"#{tag}" for tag in tags)]
    return "\n\n".join(part for part in parts if part)
