"""The feeds of one reader, side by side within one time, as one list of stories in which each is told once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shared.ports import Ports
from shared.sources.news.conditional_fetch import FeedRead, read_feed
from shared.sources.news.story import Story, link_key, title_key

WITHIN = 15.0
"""Seconds for all feeds together."""
MOST_FEEDS = 50


@dataclass(frozen=True, slots=True)
class News:
    """Stories, the latest first, and what was wrong with which feed."""

    stories: tuple[Story, ...] = ()
    problems: tuple[str, ...] = ()


async def read_feeds(urls: Sequence[str], ports: Ports, *, within: float = WITHIN) -> News:
    """What the feeds tell, each story once. A feed that fails costs its own stories and no other's.

    Raises:
        PutBack, Cancelled: the task that asks may not go on.
    """
    once = list(dict.fromkeys(urls))
    until = ports.clock.now() + within
    tasks = [asyncio.ensure_future(read_feed(url, ports, until=until)) for url in once[:MOST_FEEDS]]
    try:
        if tasks:
            await asyncio.wait(tasks, timeout=within)
        late = FeedRead("", reason=f"it did not answer within {within:g} s")
        reads = [task.result() if task.done() else replace(late, url=url) for url, task in zip(once, tasks, strict=False)]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    problems = [
        f"{read.title or read.url.partition('?')[0]}: {read.reason}" for read in reads if read.reason
    ]  # a query may hold a key
    if len(once) > MOST_FEEDS:
        problems.append(f"{len(once) - MOST_FEEDS} more feeds were not read: at most {MOST_FEEDS} are")
    return News(merged(story for read in reads for story in read.stories), tuple(problems))


def merged(stories: Iterable[Story]) -> tuple[Story, ...]:
    """Stories with the same link or the same title are one: the fullest telling, the earliest date, all its links."""
    groups: dict[str, list[Story]] = {}
    for story in stories:
        met = {
            id(group): group for key in _keys(story) if (group := groups.get(key)) is not None
        }  # one may bring several together
        group = [*(other for group in met.values() for other in group), story]
        groups.update((key, group) for other in group for key in _keys(other))
    once = {id(group): group for group in groups.values()}
    return tuple(sorted(map(_one, once.values()), key=lambda story: (-story.published, story.id)))


def _keys(story: Story) -> set[str]:
    return {story.id, *(link_key(link) for link in story.links), title_key(story.title) or story.id}


def _one(group: list[Story]) -> Story:
    group = sorted(group, key=lambda story: (story.published, story.id, story.feed))
    best = max(group, key=lambda story: (len(story.summary), story.id))
    links = dict.fromkeys(link for story in group for link in (story.url, *story.also) if link and link != best.url)
    feeds = dict.fromkeys(feed for story in group for feed in story.feeds)
    return replace(best, published=group[0].published, also=tuple(links)[:10], feeds=tuple(feeds)[:10])
