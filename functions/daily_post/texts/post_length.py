"""What the places that posts go to allow. Lengths in characters, as each place counts them.

Sources: the platforms' help pages of 2026; alternative texts as trypost's table has them (trypost/trypost pull request 179).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

PlatformName = Literal["web", "x", "mastodon", "bluesky", "threads", "linkedin", "instagram", "pinterest"]


@dataclass(frozen=True)
class Platform:
    """One place. `text` is everything that is posted, the title with it unless `titled`: then that has a place of its own.

    `tags`: hashtags that do not look like spam there. `shape`: the image's usual proportions. `weighted`: X counts Chinese twice.
    """

    text: int
    alt: int
    tags: int
    title: int = 100
    titled: bool = False
    weighted: bool = False
    shape: str = "1:1"


PLATFORMS: dict[PlatformName, Platform] = {
    "web": Platform(text=5000, alt=500, tags=8, titled=True, shape="16:9"),
    "x": Platform(text=280, alt=1000, tags=2, title=80, weighted=True, shape="16:9"),
    "mastodon": Platform(text=500, alt=1500, tags=4),
    "bluesky": Platform(text=300, alt=2000, tags=3, title=80),
    "threads": Platform(text=500, alt=1000, tags=1, shape="4:5"),
    "linkedin": Platform(text=3000, alt=4086, tags=5, shape="1.91:1"),
    "instagram": Platform(text=2200, alt=1000, tags=8, shape="4:5"),
    "pinterest": Platform(text=500, alt=500, tags=5, titled=True, shape="4:5"),
}
assert set(PLATFORMS) == set(get_args(PlatformName))  # noqa: S101 - one list of names, said twice for the types


def caps_of(names: Iterable[PlatformName]) -> Platform:
    """What fits everywhere: the tightest of each, and the first one's shape."""
    found = [PLATFORMS[name] for name in names]
    return Platform(
        text=min(each.text for each in found),
        alt=min(each.alt for each in found),
        tags=min(each.tags for each in found),
        title=min(each.title for each in found),
        titled=all(each.titled for each in found),
        weighted=any(each.weighted for each in found),
        shape=found[0].shape,
    )


def length(text: str, caps: Platform) -> int:
    """How long a text is there. X counts what is neither Latin, Greek nor Cyrillic twice (twitter-text 3.1, weighted ranges)."""
    text = unicodedata.normalize("NFC", text)
    if not caps.weighted:
        return len(text)
    return sum(1 if _is_light(ord(character)) else 2 for character in text)


def _is_light(code: int) -> bool:
    return code <= 4351 or 8192 <= code <= 8205 or 8208 <= code <= 8223 or 8242 <= code <= 8247  # noqa: PLR2004 - twitter-text's ranges


def clipped(text: str, most: int, caps: Platform) -> str:
    """The text, or as much of it as fits: up to a sentence's end if that is most of it, else a word's and an ellipsis."""
    if length(text, caps) <= most:
        return text
    kept = text[: max(0, bisect_right(range(len(text)), most - 2, key=lambda end: length(text[:end], caps)) - 1)]
    end = max((kept.rfind(mark) for mark in ".!?。！？"), default=-1)
    if end + 1 >= len(kept) * 0.6:
        return kept[: end + 1]
    space = kept.rfind(" ")
    return (kept[:space] if space >= len(kept) * 0.6 else kept).rstrip(" ,;:，；：、-–—") + "…"


def composed(title: str, description: str, tags: Iterable[str], caps: Platform) -> str:
    """Everything that is posted as text."""
    parts = ["" if caps.titled else title, description, " ".join(f"#{tag}" for tag in tags)]
    return "\n\n".join(part for part in parts if part)
