"""What every forum source answers with: posts and comments as plain text, whatever the source sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ForumPost:
    """A post as its forum shows it. `created` in POSIX seconds, 0 if unknown; `id` is unique within its forum."""

    id: str
    title: str
    body: str = ""
    url: str = ""
    place: str = ""
    score: int = 0
    created: float = 0.0
    comment_count: int = 0
    hidden: bool = False
    """Deleted, removed, adults only, pinned, or an advertisement: nothing to quote."""


@dataclass(frozen=True, slots=True)
class ForumComment:
    """A comment that still has its text. `score` is the forum's own, or its number of replies."""

    body: str
    score: int = 0
