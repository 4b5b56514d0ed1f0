"""What is posted as text where an agent's posts go: title, description and tags in one, and the three of a text that somebody worded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, get_args

from shared.post_rules.platform_limits import PLATFORMS, Platform

PlatformName = Literal["web", "x", "mastodon", "bluesky", "threads", "linkedin", "instagram", "pinterest"]
assert set(get_args(PlatformName)) <= set(PLATFORMS)  # noqa: S101 - places of the one table


def composed(title: str, description: str, tags: Iterable[str], caps: Platform) -> str:
    """Everything that is posted as text."""
    parts = ["" if caps.titled else title, description, " ".join(f"#{tag}" for tag in tags)]
    return "\n\n".join(part for part in parts if part)


_TAGS = re.compile(r"#\S+(?:\s+#\S+)*\s*")
_SENTENCE_ENDS = (".", "。", "!", "！")


def parted(text: str, title: str, caps: Platform) -> tuple[str, str, tuple[str, ...]]:
    """Title, description and tags of a whole text. `title`: the one that stays where the text begins with none.

    A title is a first line by itself, short enough for one, that ends no sentence; tags are a last line of nothing else.
    """
    blocks = [block.strip() for block in text.strip().split("\n\n")]
    tags: tuple[str, ...] = ()
    if len(blocks) > 1 and _TAGS.fullmatch(blocks[-1]):
        tags = tuple(tag.lstrip("#") for tag in blocks.pop().split())
    begins = blocks[0]
    is_title = begins == title or ("\n" not in begins and len(begins) <= caps.title and not begins.endswith(_SENTENCE_ENDS))
    if not caps.titled and len(blocks) > 1 and is_title:
        title = blocks.pop(0)
    return title, "\n\n".join(blocks), tags
