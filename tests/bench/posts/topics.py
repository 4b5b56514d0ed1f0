"""Sixty days of news for several agents: no topic comes again inside the decay window.

The sample feeds tell many stories twice: elsewhere, days later, in other words. Which tellings belong together only the samples
know (`News.stories`); the chooser sees what any reader of the feeds sees.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, cast
from unittest import mock
from urllib.parse import urlsplit

from functions.daily_post.topics import daily_topic, topic_history
from functions.daily_post.topics.topic_choice_types import Choice
from functions.daily_post.topics.topic_history import WINDOW, Memory
from infra.local.uvicorn_server import serve
from infra.offline_model.embeddings import embed
from infra.sample_sites.news.feeds import ODD, News
from infra.sample_sites.server import samples_app
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.web.guarded_client import GuardedWeb
from shared.errors import Transient
from shared.ports import Ports
from shared.settings import Settings
from tests.bench.row import Row
from tests.support.fakes import FakeBlobs, FakeLimits

DAYS = 60
FIRST = date(2026, 9, 1)
MOST_WRONGLY = 0.06
SIZE = 512
"""Numbers in an offline vector: fewer than a model's, as sixty days of them are made here."""


@dataclass(frozen=True)
class Agent:
    """See `AgentLike`."""

    id: str
    feeds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    shares_stories: bool = False


@dataclass
class Day:
    """A clock that stands at eight in the morning of a day."""

    today: date = FIRST

    def now(self) -> float:
        return datetime(self.today.year, self.today.month, self.today.day, 8, tzinfo=UTC).timestamp()

    async def sleep(self, seconds: float) -> None:
        """Nobody waits here."""


@dataclass
class Vectors:
    """The models port, as far as topics need it; `fails` as a provider that is down does."""

    fails: bool = False
    calls: int = 0

    async def embed(self, texts: Sequence[str], *, timeout: float = 30.0) -> list[list[float]]:
        self.calls += 1
        if self.fails:
            raise Transient("the models do not answer", code="model_unavailable")
        return [_vector(text) for text in texts]


@lru_cache(maxsize=4000)
def _vector(text: str) -> list[float]:
    return embed(text, SIZE)


@dataclass
class World:
    """Feeds on loopback, an empty store, and a clock to set."""

    ports: Ports
    base: str
    clock: Day
    news: News
    requests: list[Any]

    def feeds(self, *names: str) -> tuple[str, ...]:
        return tuple(f"{self.base}/news/{name}" for name in names)

    def set(self, today: date) -> None:
        self.clock.today = self.news.today = today


@contextlib.asynccontextmanager
async def world(folder: Path, models: Vectors | None = None) -> AsyncIterator[World]:
    app, clock = samples_app(today=FIRST), Day()
    async with serve(app) as base:
        web, database = GuardedWeb([urlsplit(base).netloc]), Database(folder / "topics.db")
        ports = Ports(
            documents=SqliteDocuments(database), tasks=cast(Any, None), blobs=FakeBlobs(), models=cast(Any, models or Vectors()),
            web=web, limits=FakeLimits(), settings=Settings(), clock=clock,
        )  # fmt: skip
        try:
            yield World(ports, base, clock, app.state.news, app.state.log)
        finally:
            await web.aclose()
            database.close()


@dataclass
class Diary:
    """What an agent wrote about: the stories as the samples know them, by day."""

    stories: dict[date, str] = field(default_factory=dict)
    titles: dict[date, str] = field(default_factory=dict)
    fillers: int = 0
    wrongly: set[str] = field(default_factory=set)
    good: set[str] = field(default_factory=set)

    def note(self, today: date, choice: Choice, news: News) -> None:
        """Of a choice: its story, the stories that were new and yet passed over as repetitions, and those that were new."""
        if choice.topic is not None and choice.topic.kind == "news":
            self.stories[today] = story_of(choice.topic.url, news)
            self.titles[today] = choice.topic.title
        else:
            self.fillers += choice.topic is not None
        known = {story for day, story in self.stories.items() if day >= today - timedelta(days=WINDOW)}
        for skipped in choice.skipped:
            story = story_of(skipped.url, news) if skipped.url else ""
            if story and story not in known and skipped.code in ("same_story", "alike", "names_again", "less"):
                self.good.add(story)
                if skipped.code != "less":
                    self.wrongly.add(story)

    def repeats(self) -> list[tuple[date, date]]:
        """Pairs of days within the window with one story."""
        days = sorted(self.stories)
        return [(one, other) for one in days for other in days
                if one < other <= one + timedelta(days=WINDOW) and self.stories[one] == self.stories[other]]  # fmt: skip


def story_of(url: str, news: News) -> str:
    return news.stories[urlsplit(url).path]


def agents(w: World) -> list[Agent]:
    return [
        Agent("payments", w.feeds("payments.rss", "markets.rss", "old.rss"), ("payments", "banks"), (), ("en",)),
        Agent("machines", w.feeds("robots.rss", "energy.atom", *ODD), ("robots",), ("patent",), ("en",)),
        Agent("everything", w.feeds("payments.rss", "energy.atom", "robots.rss", "markets.rss"), (), (), ("en",)),
        Agent("cai-jing", w.feeds("markets-zh.rss", "chips-zh.atom"), ("半導體", "晶片"), (), ("zh-Hant",)),
        Agent("both", w.feeds("markets-zh.rss", "chips-zh.atom", "markets.rss"), ("綠能",), ("罷工",), ("zh-TW",)),
    ]


async def simulate(w: World, days: int = DAYS, only: str = "") -> dict[str, Diary]:
    """Every agent's choice on every day, or one agent's."""
    diaries = {agent.id: Diary() for agent in agents(w) if only in ("", agent.id)}
    for number in range(days):
        today = FIRST + timedelta(days=number)
        w.set(today)
        for agent in (agent for agent in agents(w) if agent.id in diaries):
            choice = await daily_topic.choose_topic(agent, today.isoformat(), w.ports)
            diaries[agent.id].note(today, choice, w.news)
    return diaries


@contextlib.contextmanager
def forgetful() -> Iterator[None]:
    """Every day is the first."""
    remember = topic_history.remember

    async def nothing(agent_id: str, day: str, ports: Ports) -> Memory:
        return replace(await remember(agent_id, day, ports), past=())

    with mock.patch.object(topic_history, "remember", nothing):
        yield


async def _repeats(models: Vectors | None = None) -> tuple[int, dict[str, Diary], int]:
    with tempfile.TemporaryDirectory() as folder:
        async with world(Path(folder), models) as w:
            diaries = await simulate(w)
            return sum(len(diary.repeats()) for diary in diaries.values()), diaries, len(set(w.news.stories.values()))


async def sixty_days() -> list[Row]:
    """Repeats found by the samples' own knowledge; beside them, what a chooser without memory, or without embeddings, does."""
    repeated, diaries, stories = await _repeats()
    by_words, _, _ = await _repeats(Vectors(fails=True))
    with forgetful():
        forgotten, _, _ = await _repeats()
    posts = sum(len(diary.stories) for diary in diaries.values())
    good = sum(len(diary.good) for diary in diaries.values())
    beside = {
        "stories": stories, "agent days": len(diaries) * DAYS, "with news": posts, "own topic": sum(diary.fillers for diary in diaries.values()),
        "new stories offered": good, "passed over wrongly": sum(len(diary.wrongly) for diary in diaries.values()),
        "repeats without embeddings": by_words, "repeats without memory": forgotten,
    }  # fmt: skip
    wrongly = sum(len(diary.wrongly) for diary in diaries.values()) / good
    return [
        Row("60-day simulated feed: no topic repeated inside the decay window", repeated, "repeats", 0, beside=beside),
        Row("60-day simulated feed: new stories passed over as repetitions", wrongly, "share", MOST_WRONGLY),
    ]
