"""Merge what the searches found and pick the posts worth using."""

from __future__ import annotations

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.forum.post_ranking import distinct_posts, rank_posts
from functions.interview_prep.stage_messages import CommentsRequest, Found, Picked, Post, Posting
from shared.ports import Ports

POSTS, READS = 30, 12
"""Posts used at most, and comment reads at most: each of those is a request to the forum."""
IN_PASSING = 0.3
"""Below this relevance a post only mentions the company."""
_HAVE_COMMENTS = frozenset({"reddit", "hackernews"})


async def pick_posts(found: list[Found], posting: Posting, ports: Ports) -> Picked:  # noqa: ARG001 -- a stage takes the ports
    """The best posts of all searches, each once; of the first with comments, the comments are to be read."""
    posts = [post for one in found for post in one.posts]
    unique = distinct_posts(rank_posts(posts))
    best = [post for post in unique if post.relevance >= IN_PASSING][:POSTS]
    reads = [post for post in best if _worth_reading(post)][:READS]
    company = company_name(posting.company)
    return Picked(
        posts=tuple(best),
        reads=tuple(CommentsRequest(company=company, post=post) for post in reads),
        searches=len(found),
        posts_found=len(unique),
        dropped=sum(one.dropped for one in found),
        warnings=tuple(dict.fromkeys(warning for one in found for warning in one.warnings)),
    )


def _worth_reading(post: Post) -> bool:
    return post.source in _HAVE_COMMENTS and post.comment_count > 0 and not post.comments
