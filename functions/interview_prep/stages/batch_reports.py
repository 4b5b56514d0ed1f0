"""Divide the posts into batches for the model calls that run side by side."""

from __future__ import annotations

import math

from functions.interview_prep.forum.advertising import without_advertising
from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.forum.job_families import role_of
from functions.interview_prep.forum.post_ranking import distinct_posts, rank_posts
from functions.interview_prep.job_kinds.kinds_of_posts import of_other_kinds
from functions.interview_prep.stage_messages import Batch, Picked, Post, Posting
from shared.ports import Ports

TOKENS = 6_000
"""Tokens of posts in one batch, at four characters each."""
FEWEST, MOST = 3, 6
_FULL = 5_500  # planned for, so that an uneven division stays within TOKENS
_WORTHWHILE = 600  # tokens below which one more call costs more than it saves
_FRAME = 60  # tokens around a post: its place, date and names


async def batch_reports(posts: list[Post], posting: Posting, picked: Picked, ports: Ports) -> list[Batch]:  # noqa: ARG001 - a stage takes the ports
    """Batches of about equal size, best posts first; the same for any order of the same posts. None for no posts.

    `posts` are the picked ones whose comments were read; the others, and those that did not come in time, are used as they are.
    """
    read = {(post.source, post.id) for post in posts}
    bare = [post for post in picked.posts if (post.source, post.id) not in read]
    usable, _ = without_advertising(distinct_posts(rank_posts([*posts, *bare])))
    others = {id(post) for post in of_other_kinds(usable, posting.title)}
    best = _within_budget([post for post in usable if id(post) not in others])
    if not best:
        return []
    rank = {id(post): place for place, post in enumerate(best)}
    batches: list[list[Post]] = [[] for _ in range(_batches(best))]
    sizes = [0] * len(batches)
    # Largest first into the emptiest: batches that run side by side should end together.
    for post in sorted(best, key=lambda post: (-_tokens(post), rank[id(post)])):
        emptiest = sizes.index(min(sizes))
        batches[emptiest].append(post)
        sizes[emptiest] += _tokens(post)
    company, role = company_name(posting.company), role_of(posting.title).text
    return [Batch(company=company, role=role, posts=tuple(sorted(batch, key=lambda post: rank[id(post)]))) for batch in batches]


def _batches(posts: list[Post]) -> int:
    total = sum(map(_tokens, posts))
    wanted = max(FEWEST, math.ceil(total / _FULL))
    return max(1, min(wanted, MOST, total // _WORTHWHILE, len(posts)))


def _within_budget(posts: list[Post]) -> list[Post]:
    """The best posts that fit into all batches together."""
    kept: list[Post] = []
    left = MOST * _FULL
    for post in posts:
        left -= _tokens(post)
        if left < 0:
            break
        kept.append(post)
    return kept


def _tokens(post: Post) -> int:
    return _FRAME + math.ceil((len(post.title) + len(post.body) + sum(map(len, post.comments))) / 4)
