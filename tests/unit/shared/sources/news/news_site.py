"""A site with feeds that answer as a test says, a client that may reach it, and a clock to turn."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infra.local.uvicorn_server import serve
from infra.testing.virtual_clock import VirtualClock
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.web.guarded_client import GuardedWeb
from shared.ports import Ports
from shared.ports.documents import Data
from shared.settings import Settings
from shared.sources.news import conditional_fetch
from tests.support.fakes import FakeBlobs, FakeLimits

Answer = Response | Callable[[Request], Response]


def rss(*titles: str, name: str = "The Daily") -> str:
    """A feed of items without dates, each with a link of its own."""
    items = "".join(
        f"<item><title>{title}</title><link>https://news.example/{title.replace(' ', '-')}</link>"
        f"<description>All there is to know of it: {title}.</description></item>"
        for title in titles
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'


def xml(text: str, status: int = 200, **headers: str) -> Response:
    """A feed as an answer; header names may use underscores."""
    return Response(text, status, {name.replace("_", "-"): value for name, value in headers.items()}, "application/rss+xml")


@dataclass
class NewsSite:
    """`answers` by path; `seen` are the requests as they came."""

    ports: Ports
    clock: VirtualClock
    base: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    seen: list[Request] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"{self.base}{path}"

    def asked(self, path: str) -> int:
        return sum(request.url.path == path for request in self.seen)

    async def read(self, path: str) -> conditional_fetch.FeedRead:
        return await conditional_fetch.read_feed(self.url(path), self.ports, until=self.ports.clock.now() + 15)

    async def known(self, path: str) -> Data:
        document = await self.ports.documents.get(conditional_fetch.path_of(self.url(path)))
        assert document is not None
        return document.data

    async def answer(self, request: Request) -> Response:
        self.seen.append(request)
        answer = self.answers[request.url.path]
        return answer if isinstance(answer, Response) else answer(request)


@contextlib.asynccontextmanager
async def news_site(folder: Path) -> AsyncIterator[NewsSite]:
    clock, database = VirtualClock(), Database(folder / "news.db", synchronous="OFF")
    ports = Ports(
        documents=SqliteDocuments(database), tasks=cast(Any, None), blobs=FakeBlobs(), models=cast(Any, None), web=cast(Any, None),
        limits=FakeLimits(), settings=Settings(), clock=clock,
    )  # fmt: skip
    site = NewsSite(ports, clock)
    async with serve(Starlette(routes=[Route("/{path:path}", site.answer)])) as site.base:
        web = GuardedWeb([urlsplit(site.base).netloc])
        object.__setattr__(ports, "web", web)
        try:
            yield site
        finally:
            await web.aclose()
            database.close()
