"""How long each part of a post may be, so that the whole fits."""

from __future__ import annotations

from shared.post_rules.platform_limits import Platform, length_on

TAG_ROOM = 0.16
"""Share of a post that hashtags may take."""
BREAK = 2
LONGEST = 1500
"""A daily post is no article, however much a place allows."""


def title_room(caps: Platform) -> int:
    """Most characters of a title, as the place counts them."""
    return caps.title


def description_room(title: str, caps: Platform) -> int:
    """Most characters of the text below a title, with room for hashtags."""
    left = caps.text - (0 if caps.titled else length_on(title, caps) + BREAK) - tag_room(caps)
    return min(left, LONGEST)


def tag_room(caps: Platform) -> int:
    """Most characters of all hashtags, the line break before them included."""
    return min(int(caps.text * TAG_ROOM), 120)


def fitting(tags: tuple[str, ...], caps: Platform) -> tuple[str, ...]:
    """As many hashtags as there is room for."""
    kept: tuple[str, ...] = ()
    for tag in tags:
        line = " ".join(f"#{each}" for each in (*kept, tag))
        if BREAK + length_on(line, caps) <= tag_room(caps):
            kept = (*kept, tag)
    return kept


def in_writers_characters(most: int, caps: Platform, language: str) -> int:
    """The same in characters as a writer counts them: where Chinese counts twice, half as many."""
    return most // 2 if caps.weighted and language.startswith(("zh", "ja")) else most
