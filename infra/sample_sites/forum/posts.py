"""The forum's posts, whole: hand-written and generated ones with ids, dates and comments. Made once per date, on first use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from random import Random

from infra.sample_sites.forum import post_writer
from infra.sample_sites.forum.seed_file_format import Draft, Remark, companies, read

DAY = 86_400
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MANY_COMMENTS = 4  # from here on some of a post's comments hide behind `more`


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment. `created` in POSIX seconds."""

    id: str
    author: str
    body: str
    score: int
    created: float
    replies: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A forum post. `place` is a subreddit, or `hn`. `hidden` counts the comments behind `more`."""

    id: str
    company: str
    place: str
    title: str
    body: str
    author: str
    score: int
    created: float
    comments: tuple[Comment, ...] = ()
    hidden: int = 0
    flair: str = ""
    also: str = ""
    """Words that it is found by though it does not say them: real search is that fuzzy."""
    parent: str = ""
    """The post that it is a crosspost of."""

    @property
    def comment_count(self) -> int:
        """All comments, shown or not."""
        return self.hidden + sum(1 for _ in walk(self.comments))


def walk(comments: tuple[Comment, ...]) -> Iterator[Comment]:
    """Every comment, parents first."""
    for comment in comments:
        yield comment
        yield from walk(comment.replies)


@lru_cache(maxsize=4)
def posts(today: date) -> tuple[Post, ...]:
    """All posts as of `today`: the same text for any date, only its dates move."""
    now = datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp()
    found: list[Post] = []
    for slug in companies():
        drafts = [*read(slug).drafts, *post_writer.write(slug)]
        by_title = {draft.title: _id(slug, str(place), draft.title) for place, draft in enumerate(drafts)}
        found.extend(_post(slug, place, draft, by_title, now) for place, draft in enumerate(drafts))
    return tuple(found)


def _post(slug: str, place: int, draft: Draft, by_title: dict[str, str], now: float) -> Post:
    head = draft.head
    rng = Random(f"{slug} {place} {draft.title}")
    created = now - int(head["ago"]) * DAY + rng.randrange(6 * 3600, 23 * 3600)
    hidden = int(head.get("more", rng.randrange(3, 40) if len(draft.remarks) >= _MANY_COMMENTS else 0))
    post_id = _id(slug, str(place), draft.title)
    return Post(
        id=post_id,
        company=slug,
        place=head["sub"],
        title=draft.title,
        body=draft.body,
        author=head.get("by", "[deleted]"),
        score=int(head["score"]),
        created=created,
        comments=tuple(_comments(draft.remarks, post_id, created, now)),
        hidden=hidden,
        flair=head.get("flair", ""),
        also=head.get("also", "").replace("_", " "),
        parent=by_title.get(draft.title, "") if "crosspost" in head else "",
    )


def _comments(remarks: list[Remark], parent: str, after: float, now: float) -> Iterator[Comment]:
    for place, remark in enumerate(remarks):
        comment_id = _id(parent, str(place), remark.body)
        created = min(now, after + Random(comment_id).randrange(600, DAY))
        replies = tuple(_comments(remark.replies, comment_id, created, now))
        yield Comment(comment_id, remark.author, remark.body, remark.score, created, replies)


def _id(*parts: str) -> str:
    number = int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:8])
    digits = []
    for _ in range(6):
        number, digit = divmod(number, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return "zz" + "".join(digits)
