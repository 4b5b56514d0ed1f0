"""Run one search on the first source that answers, and keep the posts that are about the company."""

from __future__ import annotations

from functions.interview_prep.forum.normalize_posts import ask, to_post
from functions.interview_prep.forum.post_ranking import GOOD, Subject, distinct_posts, rank_posts, relevance
from functions.interview_prep.prep_request import FORUMS, ForumSource
from functions.interview_prep.stage_messages import Found, Search
from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.sources.forum_types import ForumComment, ForumPost

MOST = 50
"""Posts kept of one search: more than the guide uses of all of them."""


async def search_forum(search: Search, ports: Ports) -> Found:
    """The on-topic posts of the first source that answers, best first; `source` is None when none did.

    Raises:
        PutBack: Reddit's limit has nothing left.
        Transient: Reddit asked for a pause (`retry_after` says how long), or no source answered and a later try may do better.
    """
    warnings: list[str] = []
    passing: Transient | None = None
    for source in search.sources:
        try:
            found = await ask(source, search, ports)
        except Transient as error:
            if error.retry_after is not None:  # a wait with a known end: the engine's business
                raise
            passing = error
            warnings.append(_warning(source, error))
        except Permanent as error:
            warnings.append(_warning(source, error))
        else:
            return _found(source, search, found, warnings)
    if passing is not None:
        raise passing
    return Found(warnings=tuple(warnings))


def _found(source: ForumSource, search: Search, found: list[tuple[ForumPost, list[ForumComment]]], warnings: list[str]) -> Found:
    subject = Subject.of(search.company, search.role, search.names).judged_by(post for post, _ in found if not post.hidden)
    on_topic = [
        to_post(source, post, search.company, value, comments)
        for post, comments in found
        if not post.hidden and (value := relevance(post, subject)) is not None
    ]
    kept = distinct_posts(rank_posts(on_topic), most=MOST)
    if search.skipped:
        warnings = [*warnings, f"Of the export, {search.skipped} entries are no posts and were left out."]
    return Found(
        source=source,
        posts=tuple(kept),
        good_posts=sum(post.relevance >= GOOD for post in kept),
        dropped=len(found) - len(on_topic),
        warnings=tuple(warnings),
    )


def _warning(source: ForumSource, error: Exception) -> str:
    return f"{FORUMS[source]} did not answer: {str(error)[:200]}."
