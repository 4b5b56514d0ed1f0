"""The forum's search: which posts fit a query, in which order."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from infra.sample_sites.forum.posts import Post, posts
from infra.sample_sites.forum.query_language import Document, Query, folded, parse

AGES = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.5, "year": 365.25}


@dataclass(frozen=True, slots=True)
class Entry:
    """A post and its words."""

    post: Post
    document: Document


@lru_cache(maxsize=4)
def entries(today: date) -> tuple[Entry, ...]:
    """Every post with its words folded for search."""
    return tuple(Entry(post, _document(post)) for post in posts(today))


def _document(post: Post) -> Document:
    return Document(
        folded(post.title), folded(f"{post.body} {post.also}"), folded(post.place), folded(post.author), folded(post.flair)
    )


def search(
    today: date, now: float, text: str, *, places: frozenset[str] = frozenset(), sort: str = "relevance", t: str = "all"
) -> list[Post]:
    """The posts on Reddit that fit, best first. `places` in lower case; none means everywhere."""
    query = parse(text)
    oldest = now - AGES[t] * 86_400 if t in AGES else 0.0
    found = [
        entry
        for entry in entries(today)
        if entry.post.place != "hn"
        and (not places or entry.post.place.casefold() in places)
        and entry.post.created >= oldest
        and query.test(entry.document)
    ]
    found.sort(key=lambda entry: (-_order(entry, query, sort, now), entry.post.id))
    return [entry.post for entry in found]


def _order(entry: Entry, query: Query, sort: str, now: float) -> float:
    post = entry.post
    if sort == "new":
        return post.created
    if sort == "top":
        return post.score
    if sort == "comments":
        return post.comment_count
    return query.rank(entry.document) + math.log1p(max(0, post.score)) / 2 - (now - post.created) / (86_400 * 365)


def whole(text: str | None, default: int) -> int:
    """The whole number that a query's parameter gives."""
    return int(text) if text and text.isdecimal() else default
