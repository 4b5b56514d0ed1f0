"""Merge what the searches found and pick the posts worth using."""

from __future__ import annotations

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.forum.post_ranking import distinct_posts, rank_posts
from functions.interview_prep.prep_request import FORUMS
from functions.interview_prep.stage_messages import CommentsRequest, Found, Picked, Post, Posting, Search
from shared.ports import Ports

POSTS, READS = 30, 12
"""Posts used at most, and comment reads at most: each of those is a request to the forum."""
IN_PASSING = 0.3
"""Below this relevance a post only mentions the company."""
_HAVE_COMMENTS = frozenset({"reddit", "hackernews"})


NONE_ANSWERED = "{forums} did not answer: run the guide again later, or give it posts that you saved (`exports`)."
SOME_UNANSWERED = "{number} of {all} searches were not answered: run the guide again later, it may find more."


async def pick_posts(
    found: list[Found],
    posting: Posting,
    planned: list[Search],
    ports: Ports,  # noqa: ARG001 -- a stage takes the ports
) -> Picked:
    """The best posts of all searches, each once; of the first with comments, the comments are to be read.

    A search that failed, or was not answered in time, is missing in `found`: of those `planned` it is known how many.
    """
    posts = [post for one in found for post in one.posts]
    unique = distinct_posts(rank_posts(posts))
    best = [post for post in unique if post.relevance >= IN_PASSING][:POSTS]
    reads = [post for post in best if _worth_reading(post)][:READS]
    company = company_name(posting.company)
    answered = sum(one.source is not None for one in found)
    warnings = [warning for one in found for warning in one.warnings]
    return Picked(
        posts=tuple(best),
        reads=tuple(CommentsRequest(company=company, post=post) for post in reads),
        searches=len(planned),
        unanswered=len(planned) - answered,
        posts_found=len(unique),
        dropped=sum(one.dropped for one in found),
        warnings=tuple(dict.fromkeys([*_unanswered(planned, answered), *warnings])),
    )


def _unanswered(planned: list[Search], answered: int) -> list[str]:
    """What the reader can do about searches that were not answered."""
    if answered == len(planned):
        return []
    if answered:
        return [SOME_UNANSWERED.format(number=len(planned) - answered, all=len(planned))]
    asked = dict.fromkeys(FORUMS[source] for search in planned for source in search.sources)
    return [NONE_ANSWERED.format(forums=", ".join(asked))]


def _worth_reading(post: Post) -> bool:
    return post.source in _HAVE_COMMENTS and post.comment_count > 0 and not post.comments
