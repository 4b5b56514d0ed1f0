"""Posts that the user saved: any export of them as an `Export`, and an export's posts as every source gives them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from functions.interview_prep.forum.export_schema import Export, SavedComment, SavedPost
from shared.errors import BadInput
from shared.sources import reddit
from shared.sources.forum import ForumComment, ForumPost
from shared.sources.untrusted_values import as_int, as_number, as_text, as_time, clip, from_markdown, one_line

_REDDIT_ID = re.compile(r"/comments/([a-z0-9]{1,16})(?:/|$)")
_GONE = frozenset({"[deleted]", "[removed]", "[deleted by user]", "[removed by reddit]"})
_MILLISECONDS = 10_000_000_000
_MOST, _MOST_COMMENTS = 1_000, 500  # posts of one export, as the message allows; comments looked at of one post
_HOLDERS = ("posts", "data", "items", "results", "submissions", "children")
"""Names under which tools put their list of posts."""


def read_export(data: Any) -> Export:
    """An export from parsed JSON, whatever tool wrote it; `skipped` says how many of its entries are no posts.

    This pipeline's own shape; a list of posts, one post, `{"data": [posts]}`; Reddit's raw listing, thread or children.
    Replies within comments are comments too; a crosspost has the text of what it crossposts.

    Raises:
        BadInput: it is none of these (`export_unknown`).
    """
    entries = _entries(data)
    if entries is None:
        raise _unknown()
    posts = [post for entry in entries[:_MOST] if (post := _saved(entry)) is not None]
    if entries and not posts:
        raise _unknown()
    company = one_line(data.get("company"))[:200] if isinstance(data, dict) else ""
    return Export(company=company, posts=tuple(posts), skipped=len(entries) - len(posts))


def _entries(data: Any) -> list[Any] | None:
    """What may be posts, without what is around them; None for what is no export at all."""
    if isinstance(data, list):
        if len(data) > 1 and all(isinstance(part, dict) and part.get("kind") == "Listing" for part in data):
            return _thread(data)
        return [entry for part in data for entry in (_entries(part) or [part])] if data else None
    if not isinstance(data, dict):
        return None
    for name in _HOLDERS:
        inner = data.get(name)
        if isinstance(inner, list):
            return inner
        if (
            name == "data"
            and isinstance(inner, dict)
            and (data.get("kind") == "Listing" or isinstance(inner.get("children"), list))
        ):
            return [child for child in inner.get("children") or [] if not isinstance(child, dict) or child.get("kind") != "more"]
    return [data] if _is_post(data) else None


def _thread(data: list[Any]) -> list[Any]:
    """A raw thread as its post with the comments of the second listing."""
    posts = _entries(data[0]) or []
    comments = _entries(data[1]) or []
    first = _inner(posts[0]) if posts else {}
    return [{**first, "comments": comments}] if first else []


def _inner(entry: Any) -> dict[str, Any]:
    """A post or comment without Reddit's `{"kind", "data"}` around it; empty for anything else."""
    if isinstance(entry, dict) and isinstance(entry.get("data"), dict) and "kind" in entry:
        return dict(entry["data"])
    return dict(entry) if isinstance(entry, dict) else {}


def _is_post(entry: dict[str, Any]) -> bool:
    return bool(as_text(entry.get("title")) or as_text(entry.get("selftext"))) or bool(
        as_text(entry.get("body")) and "url" in entry
    )


def saved_posts(saved: Iterable[SavedPost]) -> list[tuple[ForumPost, list[ForumComment]]]:
    """The posts of an export with their comments; deleted and empty ones are marked hidden."""
    return [(_forum_post(item, comments), comments) for item in saved for comments in [_comments(item)]]


def _forum_post(item: SavedPost, comments: list[ForumComment]) -> ForumPost:
    title, body = one_line(item.title), from_markdown(item.body)
    url = item.url.strip() if re.fullmatch(r"https://[^\s<>\"]{3,500}", item.url.strip()) else ""
    name = _REDDIT_ID.search(url)
    return ForumPost(
        id=name[1] if name else hashlib.sha256(f"{title}\n{body}".encode(errors="replace")).hexdigest()[:16],
        title=title or clip(body, 80),
        body=body,
        url=url,
        place=one_line(item.subreddit).removeprefix("r/")[:60],
        score=item.score,
        created=_time(item.created_at),
        comment_count=len(comments),
        hidden=bool({title.lower(), body.lower()} & _GONE) or not (title or body),
    )


def _comments(item: SavedPost) -> list[ForumComment]:
    bodies = ((from_markdown(comment.body), comment.score) for comment in item.comments)
    return [ForumComment(body, score) for body, score in bodies if body and body.lower() not in _GONE]


def _time(value: float | str | None) -> float:
    """POSIX seconds from seconds, milliseconds or an ISO date; 0 if it is none of them."""
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value):
        try:
            when = datetime.fromisoformat(value[:40])
            return as_time((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())
        except (ValueError, OverflowError):
            return 0.0
    seconds = as_time(value)
    return seconds or as_time(_seconds(value))


def _seconds(value: float | str | None) -> float:
    try:
        number = float(value or 0)
    except ValueError:
        return 0.0
    return number / 1000 if number > _MILLISECONDS else 0.0


def _saved(entry: Any) -> SavedPost | None:
    """A post with whatever types a stranger's tool wrote; None for what is no post, or a deleted one."""
    item = _inner(entry)
    if not _is_post(item) or any(item.get(flag) for flag in ("promoted", "is_created_from_ads_ui")):
        return None
    permalink = as_text(item.get("permalink"))
    link = f"https://www.reddit.com{permalink}" if permalink.startswith("/r/") else permalink
    return SavedPost(
        title=as_text(item.get("title")),
        body=as_text(item.get("body"))
        or as_text(item.get("selftext"))
        or as_text(item.get("text"))
        or reddit.crossposted_text(item),
        url=link or as_text(item.get("url")),
        subreddit=as_text(item.get("subreddit")),
        score=as_int(item.get("score")),
        created_at=as_time(item.get("created_utc")) or _created(item.get("created_at")),
        comments=tuple(_comments_in(item.get("comments") or item.get("replies"))),
    )


def _comments_in(value: Any) -> Iterator[SavedComment]:
    """Comments and their replies, outer ones first, without recursion: strangers choose how deep it is."""
    waiting = _list(value)
    for taken, entry in enumerate(waiting):  # grows while it is read
        if taken >= _MOST_COMMENTS:
            return
        comment = {"body": entry} if isinstance(entry, str) else _inner(entry)
        if body := as_text(comment.get("body")) or as_text(comment.get("text")):
            yield SavedComment(body=body, score=as_int(comment.get("score")))
        waiting += _list(comment.get("replies")) or _list(comment.get("children"))


def _created(value: Any) -> float | str | None:
    return as_text(value)[:40] or as_number(value) or None


def _list(value: Any) -> list[Any]:
    """The entries of a list or of a raw listing; a copy, free to grow."""
    if isinstance(value, dict):
        return list(_entries(value) or [])
    return list(value) if isinstance(value, list) else []


def _unknown() -> BadInput:
    return BadInput(
        "The file is no export of posts",
        code="export_unknown",
        advice='Give {"posts": [{"title", "body", "url", "score", "comments"}]}, a list of such posts, one post, JSON Lines, or Reddit\'s own listing or thread JSON.',
    )
