"""Posts that the user saved: any export of them as an `Export`, and an export's posts as every source gives them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from functions.interview_prep.forum.exports.export_entries import comments_in, entries_in, fields_of, is_post, text_of, unwrapped
from functions.interview_prep.forum.exports.export_schema import Export, SavedComment, SavedPost
from shared.errors import BadInput
from shared.sources import reddit
from shared.sources.forum_types import ForumComment, ForumPost
from shared.sources.untrusted_values import as_int, as_number, as_text, as_time, clip, from_markdown, one_line

_REDDIT_ID = re.compile(r"/comments/([a-z0-9]{1,16})(?:/|$)")
_GONE = frozenset({"[deleted]", "[removed]", "[deleted by user]", "[removed by reddit]"})
_MILLISECONDS = 10_000_000_000
MOST_POSTS = 1_000
"""Posts of one export, as the message allows."""


def read_export(data: Any) -> Export:
    """An export from parsed JSON, whatever tool wrote it; `skipped` says how many of its entries are no posts.

    This pipeline's own shape; a list of posts, one post, posts by id, either in whatever wrapping; Reddit's raw listing,
    thread or children; Hacker News items and hits; topics of Discourse; questions with answers. Fields go by many names.
    Replies within comments are comments too; a crosspost has the text of what it crossposts.

    Raises:
        BadInput: it is none of these (`export_unknown`).
    """
    company = one_line(data.get("company"))[:200] if isinstance(data, dict) else ""
    return export_of(entries_in(data), company)


def export_of(entries: list[dict[str, Any]] | None, company: str = "") -> Export:
    """The export that holds the posts among `entries`; None: there are none.

    Raises:
        BadInput: none of them is a post (`export_unknown`).
    """
    if entries is None:
        raise _unknown()
    posts = [post for entry in entries[:MOST_POSTS] if (post := _saved(entry)) is not None]
    if entries and not posts:
        raise _unknown()
    return Export(company=company, posts=tuple(posts), skipped=len(entries) - len(posts))


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
            when = datetime.fromisoformat(value[:40].removesuffix(" UTC"))
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
    item = unwrapped(entry)
    if not is_post(entry) or any(item.get(flag) for flag in ("promoted", "is_created_from_ads_ui")):
        return None
    fields = fields_of(entry)
    link = as_text(fields.get("url"))
    return SavedPost(
        title=as_text(fields.get("title")),
        body=text_of(fields.get("body")) or reddit.crossposted_text(item),
        url=f"https://www.reddit.com{link}" if link.startswith("/r/") else link,
        subreddit=as_text(fields.get("place")),
        score=as_int(_number(fields.get("score"))),
        created_at=as_time(fields.get("created")) or _created(fields.get("created")),
        comments=tuple(
            SavedComment(body=text_of(comment["body"]), score=as_int(_number(comment.get("score"))))
            for comment in comments_in(fields.get("comments"))
        ),
    )


def _number(value: Any) -> Any:
    """A number that a tool wrote as text."""
    return int(value) if isinstance(value, str) and re.fullmatch(r"-?\d{1,9}", value.strip()) else value


def _created(value: Any) -> float | str | None:
    return as_text(value)[:40] or as_number(value) or None


def _unknown() -> BadInput:
    return BadInput(
        "The file is no export of posts",
        code="export_unknown",
        advice='Give {"posts": [{"title", "body", "url", "score", "comments"}]}, a list of such posts, one post, JSON Lines, a table (CSV), or Reddit\'s own listing or thread as JSON, feed or page.',
    )
