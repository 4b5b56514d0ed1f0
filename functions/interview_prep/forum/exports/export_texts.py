"""Saved posts in files that are no JSON: a feed, a page of Reddit's (old and new), a table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

from functions.interview_prep.forum.exports.export_schema import Export
from functions.interview_prep.forum.exports.read_exports import MOST_POSTS, export_of, read_export
from shared.errors import Permanent

_FEED = re.compile(r"<(?:\w{1,10}:)?(?:rss|feed|RDF)\b")
_BEGINNING = 2_000
"""Characters of a file by which its kind is known."""


def read_export_file(content: Any) -> Export:
    """An export from a file of the user's: parsed JSON (see `read_export`), or the text of one that is none.

    Raises:
        BadInput: it holds no posts (`export_unknown`).
    """
    return export_of(_entries_of(content)) if isinstance(content, str) else read_export(content)


def _entries_of(text: str) -> list[dict[str, Any]] | None:
    """The posts that a text holds, as the entries of any export; None for a text of another kind."""
    start = text.lstrip("\ufeff \t\r\n")
    if not start.startswith("<"):
        return _of_table(start)
    return _of_feed(text) if _FEED.search(start[:_BEGINNING]) else _of_page(text)


def _of_feed(text: str) -> list[dict[str, Any]] | None:
    from shared.sources import reddit_rss  # noqa: PLC0415 - few exports are feeds

    try:
        found = reddit_rss.posts(text.encode("utf-8", "ignore"), limit=MOST_POSTS)
    except Permanent:
        return None
    return [
        {"title": post.title, "body": post.body, "url": post.url, "subreddit": post.place, "created_utc": post.created}
        for post in found
    ]


def _of_table(text: str) -> list[dict[str, Any]] | None:
    heading = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",;\t", key=heading.count)
    if delimiter not in heading:
        return None
    try:
        rows = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter)
        return [{name.strip(): cell for name, cell in row.items() if name and isinstance(cell, str) and cell} for row in rows]
    except csv.Error:  # a cell beyond the reader's limit
        return None


def _of_page(text: str) -> list[dict[str, Any]] | None:
    from functions.interview_prep.posting.page.html_text import parse  # noqa: PLC0415 - few exports are pages

    root = parse(text)
    if root is None:
        return None
    found = [*_of_old_page(root), *_of_new_page(root)]
    return found or None


def _of_old_page(root: Any) -> Iterator[dict[str, Any]]:
    """`<div class="thing link" data-permalink=...>`; on a thread's own page its comments are `<div class="thing comment">`."""
    links = root.xpath("//div[contains(concat(' ', @class, ' '), ' link ') and @data-permalink]")
    comments = root.xpath("//div[contains(concat(' ', @class, ' '), ' comment ') and contains(@class, 'thing')]")
    for link in links[:MOST_POSTS]:
        yield {
            "title": _text(link.xpath(".//a[contains(concat(' ', @class, ' '), ' title ')]")),
            "body": _text(link.xpath(".//div[contains(@class, 'usertext-body')]")),
            "permalink": link.get("data-permalink"),
            "subreddit": link.get("data-subreddit"),
            "score": link.get("data-score"),
            "created": _seconds(link.get("data-timestamp")),
            "comments": [_old_comment(one) for one in comments[:MOST_POSTS]] if len(links) == 1 else [],
        }


def _old_comment(comment: Any) -> dict[str, Any]:
    own = comment.xpath("./div[contains(@class, 'entry')]//div[contains(@class, 'usertext-body')]")
    return {
        "body": _text(own),
        "score": _number(comment.xpath("string(./div[contains(@class, 'entry')]//span[@class='score unvoted']/@title)")),
    }


def _of_new_page(root: Any) -> Iterator[dict[str, Any]]:
    posts = root.xpath("//shreddit-post")
    comments = root.xpath("//shreddit-comment")
    for post in posts[:MOST_POSTS]:
        yield {
            "title": post.get("post-title") or _text(post.xpath(".//*[@slot='title']")),
            "body": _text(post.xpath(".//*[@slot='text-body']")),
            "permalink": post.get("permalink"),
            "subreddit": post.get("subreddit-prefixed-name"),
            "score": post.get("score"),
            "created": post.get("created-timestamp"),
            "comments": [
                {"body": _text(one.xpath("./*[@slot='comment']")), "score": one.get("score")} for one in comments[:MOST_POSTS]
            ]
            if len(posts) == 1
            else [],
        }


def _text(elements: list[Any]) -> str:
    from functions.interview_prep.posting.page.html_text import text_of  # noqa: PLC0415 - as above

    return text_of(elements[0]).strip() if elements else ""


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else 0


def _seconds(milliseconds: str | None) -> float:
    return int(milliseconds) / 1000 if milliseconds and re.fullmatch(r"\d{1,15}", milliseconds) else 0.0
