"""Posts from any source as this pipeline's `Post`, within its limits of length."""

from __future__ import annotations

import re
from collections.abc import Iterable

from functions.interview_prep.forum.exports.read_exports import saved_posts
from functions.interview_prep.forum.post_excerpt import excerpt
from functions.interview_prep.forum.search_queries import hackernews_query, reddit_query
from functions.interview_prep.prep_request import ForumSource
from functions.interview_prep.stage_messages import Post, Search
from shared.ports import Ports
from shared.sources import hackernews, reddit, reddit_rss
from shared.sources.forum_types import ForumComment, ForumPost
from shared.sources.untrusted_values import clip

TITLE, BODY, WHOLE = 300, 1_400, 2_000
"""Characters: of a title, of a body that leaves room for comments, of a post with its comments."""
COMMENTS = 5
_WRAPPED = re.compile(r"(?<=[^\n]{45})(?<![.!?:;])\n(?=[a-z(])")
"""A line's end within a sentence, as mail and old boards break lines at a column."""
_COMMENT, _LEAST = 700, 20  # characters: a comment's most, and the least that says something


async def ask(source: ForumSource, search: Search, ports: Ports) -> list[tuple[ForumPost, list[ForumComment]]]:
    """One source's posts, hidden ones marked, with the comments that came along (an export's do).

    Raises:
        PutBack, Transient, Permanent: as the source says.
    """
    match source:
        case "reddit":
            found = await reddit.search(reddit_query(search), ports, places=search.places, limit=search.limit)
        case "reddit_rss":
            found = await reddit_rss.search(reddit_query(search), ports, places=search.places, limit=search.limit)
        case "hackernews":
            found = await hackernews.search(hackernews_query(search), ports, limit=search.limit)
        case "export":
            return saved_posts(search.saved)
    return [(post, []) for post in found]


async def comments_of(post: Post, ports: Ports) -> list[ForumComment]:
    """A post's comments, from where the post came; sources without comments give none.

    Raises:
        PutBack, Transient, Permanent: as the source says.
    """
    match post.source:
        case "reddit":
            return await reddit.comments(post.id, ports)
        case "hackernews":
            return await hackernews.comments(post.id, ports)
        case _:
            return []


def to_post(source: ForumSource, post: ForumPost, company: str, relevance: float, comments: Iterable[ForumComment] = ()) -> Post:
    """A source's post, cut to size."""
    title = clip(post.title, TITLE)
    own = _WRAPPED.sub(" ", post.body)
    bare = Post(
        source=source,
        id=post.id,
        title=title,
        body=excerpt(own, company, WHOLE - len(title)),
        url=post.url,
        place=post.place,
        score=post.score,
        created=post.created,
        comment_count=post.comment_count,
        relevance=relevance,
    )
    return with_comments(bare, company, comments)


def with_comments(post: Post, company: str, comments: Iterable[ForumComment]) -> Post:
    """The post with its best comments: the highest scores, the longer ones among equals, as much as there is room for."""
    telling = [comment for comment in comments if len(comment.body) >= _LEAST]
    best = sorted(telling, key=lambda comment: (-comment.score, -len(comment.body), comment.body))[:COMMENTS]
    if not best:
        return post
    body = excerpt(post.body, company, BODY)
    room = WHOLE - len(post.title) - len(body)
    chosen: list[str] = []
    for comment in best:
        text = clip(_WRAPPED.sub(" ", comment.body), min(_COMMENT, room))
        if len(text) < _LEAST:
            break
        chosen.append(text)
        room -= len(text)
    return post.model_copy(update={"body": body, "comments": tuple(chosen)})
