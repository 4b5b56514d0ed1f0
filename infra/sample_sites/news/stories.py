"""Invented news without end: who, what and where from `news/*.txt`, some told again days later in other words, elsewhere.

A text file holds `[feed] Its title` with its companies (`name | what it makes | place | person`), then `=== event` blocks with two
wordings each, `title | text`. Every story has its day; after all have been told they come round again with other figures.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
LANGUAGES = {"en": "en", "zh": "zh-Hant"}
A_DAY, SHOWN = 2, 7
"""New stories a day in each feed, and the days for which a feed shows one."""
LAGS = (0, 0, 1, 2, 4, 9, 15)
"""Days after which a story is told again in the other wording, if it is."""
FIRST = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed. `story` is the same for every telling of one story; no feed says it."""

    feed: str
    number: int
    story: str
    day: date
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A text file: its feeds' titles and companies, its events' wordings."""

    language: str
    titles: dict[str, str]
    companies: dict[str, list[list[str]]]
    events: dict[str, list[list[str]]]


@cache
def sources() -> tuple[Source, ...]:
    """The text files, read."""
    return tuple(_source(name, tag) for name, tag in LANGUAGES.items())


def titles() -> dict[str, str]:
    """The feeds, and what they are called."""
    return {feed: title for source in sources() for feed, title in source.titles.items()}


def shown(feed: str, today: date) -> list[Item]:
    """What a feed shows on a day, the latest first."""
    days = [today - timedelta(days=ago) for ago in range(SHOWN)]
    return [item for day in days for item in published(feed, day)]


def published(feed: str, day: date) -> list[Item]:
    """What a feed brings out on a day: its own stories, and those of the other feeds that it tells again."""
    source = next(source for source in sources() if feed in source.titles)
    own = [(feed, ordinal, 0) for ordinal in _of(day)]
    again = [(other, ordinal, 1) for other in source.titles for lag in set(LAGS) for ordinal in _of(day - timedelta(days=lag))
             if _again(source, other, ordinal) == (feed, lag)]  # fmt: skip
    return [_item(source, feed, day, told) for told in (*own, *again)]


def _of(day: date) -> range:
    first = (day - FIRST).days * A_DAY
    return range(first, first + A_DAY)


def _again(source: Source, feed: str, ordinal: int) -> tuple[str, int] | None:
    """Where a story is told again, and after how many days; three in five are not."""
    chance = random.Random(f"{feed}:{ordinal}")
    if chance.random() > 0.4:  # noqa: PLR2004 - two in five
        return None
    return chance.choice(sorted(source.titles)), chance.choice(LAGS)


def _item(source: Source, feed: str, day: date, told: tuple[str, int, int]) -> Item:
    told_by, ordinal, wording = told
    order = [(company, event) for company in range(len(source.companies[told_by])) for event in sorted(source.events)]
    random.Random(told_by).shuffle(order)
    company, event = order[ordinal % len(order)]
    who, what, where, person = source.companies[told_by][company]
    figures = random.Random(f"{told_by}:{ordinal}:figures")
    slots = {"who": who, "what": what, "where": where, "person": person, "n": figures.randint(3, 19), "m": figures.randint(2, 9)}
    title, text = (part.format(**slots) for part in source.events[event][wording])
    number = ordinal * 20 + sorted(source.titles).index(told_by) * 2 + wording
    return Item(feed, number, f"{told_by}:{ordinal}", day, title[:1].upper() + title[1:], text[:1].upper() + text[1:])


def _source(name: str, language: str) -> Source:
    head, *blocks = (FOLDER / f"{name}.txt").read_text("utf-8").split("=== ")
    titles: dict[str, str] = {}
    companies: dict[str, list[list[str]]] = {}
    for line in filter(None, head.splitlines()):
        if line.startswith("["):
            feed, title = line[1:].split("] ")
            titles[feed], companies[feed] = title, []
        else:
            companies[feed].append(_parts(line))
    events = {event: [_parts(line) for line in lines if line] for event, *lines in (block.splitlines() for block in blocks)}
    return Source(language, titles, companies, events)


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.split(" | ")]
