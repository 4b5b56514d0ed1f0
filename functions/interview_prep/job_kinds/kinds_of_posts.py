"""Which kind of job a post tells of: a cashier is not prepared by what programmers of the same employer were asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from functions.interview_prep.job_kinds.preparation_packs import GENERAL, pack_for, packs
from functions.interview_prep.stage_messages import Post

LOOKED_AT = 1_500
"""Characters of a post's text in which its role is looked for."""
NEAR_KINDS = (
    frozenset({"software", "data"}),
    frozenset({"software", "embedded"}),
    frozenset({"engineering", "embedded"}),
    frozenset({"finance", "consulting"}),
    frozenset({"data", "consulting"}),
    frozenset({"operations", "driving"}),
    frozenset({"operations", "trades"}),
    frozenset({"teaching", "earlyyears"}),
    frozenset({"care", "pharmacy"}),
    frozenset({"people", "hr"}),
)
"""Kinds whose interviews are alike enough to learn from each other's."""
_OF_PROGRAMMERS = re.compile(
    r"\b(?P<word>leet ?code|system design|hacker ?rank|code ?signal|codility|coderpad|karat|coding (?:round|interview|challenge|question|test)s?|data structures|take[- ]home project)\b",
    re.IGNORECASE,
)
_ENOUGH_WORDS = 2
TECHNICAL = frozenset({"software", "data", "embedded", "operations", "engineering", "it", "science"})
"""Kinds among whose people are engineers of some sort."""
_OF_ENGINEERS = re.compile(
    r"\b(?:engineer(?:s|ing)?|developers?|programmers?|swe|sde|tech(?! sales| support)|cyber ?security|machine learning|ml|data scien\w+|devops|sre|dsa)\b",
    re.IGNORECASE,
)
"""What a post's title names where engineers were interviewed, of whatever kind."""
NO_ENGINEERS = frozenset(
    {
        "people",
        "hr",
        "service",
        "retail",
        "care",
        "property",
        "legal",
        "marketing",
        "design",
        "sales",
        "administration",
        "teaching",
        "kitchen",
        "public",
        "pharmacy",
        "driving",
        "trades",
        "earlyyears",
    }
)
"""Kinds that a looser word of a title is enough for."""
MOST_OF_TITLE = 8
"""Words before `interview` in a report's title that say whose it was."""
BY_HAND = frozenset(
    {"retail", "care", "operations", "teaching", "kitchen", "security", "pharmacy", "driving", "trades", "earlyyears"}
)
"""Kinds whose people are not interviewed as those of an office are."""
_OF_OFFICES = re.compile(
    r"\b(?:analysts?|strategists?|consultants?|corporate|headquarters|[gt]?pm|internships?)\b", re.IGNORECASE
)


@cache
def _roles() -> re.Pattern[str]:
    words = sorted({word for pack in packs() for word in pack.titles}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\w*", re.IGNORECASE)


@cache
def _roles_applied_for() -> re.Pattern[str]:
    role = _roles().pattern
    return re.compile(
        rf"\b(?:for|as)\s(?:an?|the|my)\s(?:[\w-]+\s){{0,3}}?(?P<a>{role})|(?P<b>{role})[\s\d]{{1,4}}(?:role|position|job|interview|opening|offer)\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=512)  # several stages ask about the same posts
def kind_of_post(title: str, body: str) -> str:
    """The pack's key of the role that the title names, else of the one that the text says was applied for; empty where none is named."""
    if found := _roles().search(title):
        return pack_for(found[0]).key
    words = title.split()
    if words[-1:] and words[-1].casefold() == "interview":
        key = pack_for(" ".join(words[-1 - MOST_OF_TITLE : -1])).key
        if key in NO_ENGINEERS:
            return key
    text = body[:LOOKED_AT]
    if applied := _roles_applied_for().search(text):
        return pack_for(applied["a"] or applied["b"]).key
    programming = {found["word"].casefold() for found in _OF_PROGRAMMERS.finditer(f"{title}\n{text}")}
    return "software" if len(programming) >= _ENOUGH_WORDS else ""


def of_other_kinds(posts: Iterable[Post], title: str) -> list[Post]:
    """The posts that tell of another kind of job than the title's. None where the title's own kind is not known."""
    own = pack_for(title).key
    if own == GENERAL:
        return []
    return [post for post in posts if not _fits(own, kind_of_post(post.title, post.body)) or _is_of_another_world(own, post)]


def _is_of_another_world(own: str, post: Post) -> bool:
    """Whether a post tells of engineers' or offices' interviews and the title's trade is another: one word of theirs is enough."""
    if own in TECHNICAL or kind_of_post(post.title, post.body) == own:
        return False
    if own in BY_HAND and _OF_OFFICES.search(post.title):
        return True
    return bool(_OF_ENGINEERS.search(post.title) or _OF_PROGRAMMERS.search(f"{post.title}\n{post.body[:LOOKED_AT]}"))


def _fits(own: str, told: str) -> bool:
    return not told or told == own or any({own, told} <= near for near in NEAR_KINDS)
