"""As much of a text as fits a length, cut where a sentence or a word ends."""

from __future__ import annotations

from bisect import bisect_right

from shared.post_rules.platform_limits import Platform, length_on

MOST_CUT = 0.6
"""Share of what fits from which a sentence's, or a word's, end is where the text is cut."""


def clipped(text: str, most: int, caps: Platform) -> str:
    """The text, or as much of it as fits: up to a sentence's end if that is most of it, else a word's and an ellipsis."""
    if length_on(text, caps) <= most:
        return text
    kept = text[: max(0, bisect_right(range(len(text)), most - 2, key=lambda end: length_on(text[:end], caps)) - 1)]
    end = max((kept.rfind(mark) for mark in ".!?。！？"), default=-1)
    if end + 1 >= len(kept) * MOST_CUT:
        return kept[: end + 1]
    space = kept.rfind(" ")
    return (kept[:space] if space >= len(kept) * MOST_CUT else kept).rstrip(" ,;:，；：、-–—") + "…"
