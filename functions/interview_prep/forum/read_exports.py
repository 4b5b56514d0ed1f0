"""Posts that the user saved: any export of them as an `Export`, and an export's posts as every source gives them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from functions.interview_prep.forum.export_schema import Export, SavedComment, SavedPost
from shared.errors import BadInput, Permanent
from shared.sources import reddit
from shared.sources.forum import ForumComment, ForumPost
from shared.sources.untrusted_values import as_int, as_number, as_text, as_time, clip, from_markdown, one_line

_REDDIT_ID = re.compile(r"/comments/([a-z0-9]{1,16})(?:/|$)")
_GONE = frozenset({"[deleted]", "[removed]", "[deleted by user]", "[removed by reddit]"})
_MILLISECONDS = 10_000_000_000
_MOST = 1_000  # posts of one export, as the message allows


def read_export(data: Any) -> Export:
    """An export from parsed JSON: this pipeline's own shape, a list of posts, or Reddit's raw listing or thread.

    Raises:
        BadInput: it is none of these (`export_unknown`).
    """
    if isinstance(data, dict) and isinstance(data.get("posts"), list):
        return Export(company=one_line(data.get("company"))[:200], posts=_saved(data["posts"]))
    try:
        if isinstance(data, dict):
            return Export(posts=tuple(_from_reddit(post) for post in reddit.posts(data)[:_MOST] if not post.hidden))
        if isinstance(data, list) and data and isinstance(data[0], dict) and data[0].get("kind") == "Listing":
            posts, comments = reddit.thread(data)
            return Export(posts=tuple(_from_reddit(post, comments) for post in posts[:1] if not post.hidden))
    except Permanent as error:
        raise _unknown() from error
    if isinstance(data, list) and any(isinstance(item, dict) for item in data):
        return Export(posts=_saved(data))
    raise _unknown()


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


def _saved(items: list[Any]) -> tuple[SavedPost, ...]:
    """Posts with whatever types a stranger's tool wrote; what is no post is left out."""
    return tuple(
        SavedPost(
            title=as_text(item.get("title")),
            body=as_text(item.get("body")) or as_text(item.get("selftext")),
            url=as_text(item.get("url")) or as_text(item.get("permalink")),
            subreddit=as_text(item.get("subreddit")),
            score=as_int(item.get("score")),
            created_at=as_time(item.get("created_utc")) or _created(item.get("created_at")),
            comments=tuple(
                SavedComment(body=as_text(comment.get("body")), score=as_int(comment.get("score")))
                for comment in _list(item.get("comments"))
                if isinstance(comment, dict)
            ),
        )
        for item in items[:_MOST]
        if isinstance(item, dict)
    )


def _created(value: Any) -> float | str | None:
    return as_text(value)[:40] or as_number(value) or None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _from_reddit(post: ForumPost, comments: Iterable[ForumComment] = ()) -> SavedPost:
    return SavedPost(
        title=post.title,
        body=post.body,
        url=post.url,
        subreddit=post.place,
        score=post.score,
        created_at=post.created or None,
        comments=tuple(SavedComment(body=comment.body, score=comment.score) for comment in comments),
    )


def _unknown() -> BadInput:
    return BadInput(
        "The file is no export of posts",
        code="export_unknown",
        advice='Give {"posts": [{"title", "body", "url", "score", "comments"}]}, a list of such posts, or Reddit\'s own listing or thread JSON.',
    )
