"""Fetch one picked post's best comments: at most five, 2,000 characters in all."""

from __future__ import annotations

from functions.interview_prep.forum.normalize_posts import comments_of, with_comments
from functions.interview_prep.stage_messages import CommentsRequest, Post
from shared.errors import Permanent, Transient
from shared.ports import Ports


async def read_comments(request: CommentsRequest, ports: Ports) -> Post:
    """The post with at most five comments, 2,000 characters in all; without them when they cannot be read.

    Raises:
        PutBack: Reddit's limit has nothing left.
        Transient: Reddit asked for a pause (`retry_after` says how long).
    """
    try:
        comments = await comments_of(request.post, ports)
    except Transient as error:
        if error.retry_after is not None:
            raise
        return request.post
    except Permanent:  # a post without its comments is still a report
        return request.post
    return with_comments(request.post, request.company, comments).model_copy(update={"comments_read": True})


def comments_key(request: CommentsRequest) -> list[str]:
    """What the day's cache is keyed by: the post, not its score of the hour."""
    return [request.post.source, request.post.id]
