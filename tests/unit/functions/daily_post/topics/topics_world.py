"""An agent, an empty store, and feeds that say what a test writes into them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import formatdate
from html import escape
from pathlib import Path
from typing import Any, cast

from functions.daily_post.topics.daily_topic import choose_topic
from functions.daily_post.topics.topic_choice_types import Choice
from infra.offline_model.embeddings import embed
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.ports import Ports
from shared.ports.web import Page
from shared.settings import Settings
from tests.support.fakes import FakeBlobs, FakeLimits

DAY = 86400.0
FEED = "https://feeds.example/news.rss"


@dataclass(frozen=True)
class Agent:
    """See `AgentLike`."""

    id: str = "mira"
    feeds: tuple[str, ...] = (FEED,)
    topics: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    shares_stories: bool = False


@dataclass
class Models:
    """The models port, as far as topics need it. `error` is raised instead of an answer."""

    error: Exception | None = None
    asked: list[list[str]] = field(default_factory=list)

    async def embed(self, texts: Sequence[str], *, timeout: float = 30.0) -> list[list[float]]:
        self.asked.append(list(texts))
        if self.error is not None:
            raise self.error
        return [embed(text, 256) for text in texts]


@dataclass
class Entry:
    """An item of a feed; `age` in days."""

    title: str
    text: str = "Nobody had expected it this soon, and the shops in the old town are already preparing for it."
    age: float = 0.2
    link: str = ""


@dataclass
class TopicsWorld:
    """`feeds` by address; turn the day with `later`."""

    ports: Ports
    models: Models
    feeds: dict[str, list[Entry]] = field(default_factory=dict)
    time: float = datetime(2026, 11, 2, 8, tzinfo=UTC).timestamp()
    fetched: int = 0

    @property
    def today(self) -> str:
        return datetime.fromtimestamp(self.time, UTC).date().isoformat()

    def later(self, days: float) -> None:
        self.time += days * DAY

    def tell(self, *entries: Entry | str, feed: str = FEED) -> None:
        self.feeds[feed] = [Entry(entry) if isinstance(entry, str) else entry for entry in entries]

    async def choose(self, agent: Agent | None = None, date: str = "", *, given: str | None = None) -> Choice:
        return await choose_topic(agent or Agent(), date or self.today, self.ports, given=given)

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += 0.001
        await asyncio.sleep(0.01)

    def check(self, url: str) -> str:
        return url

    async def fetch(self, url: str, **_: Any) -> Page:
        self.fetched += 1
        items = "".join(map(self._item, self.feeds.get(url, [])))
        text = f"<rss version='2.0'><channel><title>{url.split('/')[2]}</title>{items}</channel></rss>"
        return Page(url, 200, {"content-type": "application/rss+xml; charset=utf-8"}, text.encode())

    def _item(self, entry: Entry) -> str:
        link = entry.link or f"https://news.example/{entry.title.replace(' ', '-')}"
        date = formatdate(self.time - entry.age * DAY, usegmt=True)
        return (
            f"<item><title>{escape(entry.title)}</title><link>{escape(link)}</link><pubDate>{date}</pubDate>"
            f"<description>{escape(entry.text)}</description></item>"
        )


@contextlib.contextmanager
def topics_world(folder: Path) -> Iterator[TopicsWorld]:
    database, models = Database(folder / "topics.db", synchronous="OFF"), Models()
    ports = Ports(
        documents=SqliteDocuments(database), tasks=cast(Any, None), blobs=FakeBlobs(), models=cast(Any, models), web=cast(Any, None),
        limits=FakeLimits(), settings=Settings(news_feeds=(FEED,)),
    )  # fmt: skip
    world = TopicsWorld(ports, models)
    world.ports = replace(ports, web=world, clock=world)
    yield world
    database.close()


def codes(choice: Choice) -> dict[str, str]:
    """The skipped stories' codes by title."""
    return {skipped.title: skipped.code for skipped in choice.skipped}


def title(choice: Choice) -> str:
    return choice.topic.title if choice.topic else ""
