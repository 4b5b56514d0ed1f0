"""Tells triggered functions what changed, as Eventarc would: CloudEvents over HTTP, at least once, in no certain order.

A change leaves the store's feed only after every function that it concerns has answered 2xx.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from structlog.stdlib import get_logger

from infra.local.dispatch_client import Server
from infra.local.function_mounts import PREFIX
from shared import eventarc
from shared.engine.trigger.document_events import Change, Trigger
from shared.ports.declared_queries import Declared
from shared.ports.documents import Data

log = get_logger()

PROJECT = "headrace-local"
LOOK = 0.05
"""Seconds between looks at the feed: commits happen in any process."""
AT_ONCE = 20
DEADLINE = 600.0
"""Seconds a function may take."""
LEAST_BACKOFF, MOST_BACKOFF = 0.5, 60.0
GIVE_UP = 86400.0
"""Seconds after which a change is no longer told: as long as Eventarc keeps one by default."""
MOST_DOUBLINGS = 10


class StoredChange(Protocol):
    """A change in the feed; `at` in microseconds since 1970."""

    @property
    def number(self) -> int: ...
    @property
    def path(self) -> str: ...
    @property
    def before(self) -> Data | None: ...
    @property
    def after(self) -> Data | None: ...
    @property
    def at(self) -> int: ...
    @property
    def attempts(self) -> int: ...


class Feed(Protocol):
    """The store's side."""

    async def watch(self, collections: Iterable[str]) -> None: ...
    def due(self, now: float, limit: int, but: Iterable[int] = ()) -> Sequence[StoredChange]: ...
    async def end(self, number: int) -> None: ...
    async def put_back(self, number: int, due: float) -> None: ...


class HasChangeFeed(Protocol):
    """A document store that keeps a feed, and indexes for the queries that it is told of."""

    @property
    def changes(self) -> Feed: ...
    async def declare(self, asked: Declared) -> None: ...


class ChangeEventSender:
    """Runs until cancelled. `triggers` by function; `url` is the server to tell."""

    def __init__(self, feed: Feed, triggers: Mapping[str, Trigger], url: str) -> None:
        self._feed = feed
        self._triggers = triggers
        self._server = Server(url)
        self._under_way: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Tell what is due, and look again."""
        try:
            while True:
                try:
                    self._start()
                except Exception:
                    log.exception("feed_failed")  # the store is asked again
                    await asyncio.sleep(LEAST_BACKOFF)
                await asyncio.sleep(LOOK)
        finally:
            running = list(self._under_way.values())
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            self._server.close()

    def _start(self) -> None:
        if (room := AT_ONCE - len(self._under_way)) > 0:
            for change in self._feed.due(time.time(), room, self._under_way):
                self._under_way[change.number] = asyncio.create_task(self._tell(change))

    async def _tell(self, change: StoredChange) -> None:
        try:
            wanted = [name for name, trigger in self._triggers.items() if trigger.wants(change.path)]
            if all([await self._post(name, change) for name in wanted]):
                await self._feed.end(change.number)
            elif change.at / 1e6 + GIVE_UP < time.time():
                log.error("change_dropped", document=change.path, attempts=change.attempts + 1)
                await self._feed.end(change.number)
            else:
                backoff = min(MOST_BACKOFF, LEAST_BACKOFF * 2 ** min(change.attempts, MOST_DOUBLINGS))
                await self._feed.put_back(change.number, time.time() + backoff)
        except Exception:
            log.exception("telling_failed", document=change.path)  # it stays in the feed
            await asyncio.sleep(LEAST_BACKOFF)
        finally:
            del self._under_way[change.number]

    async def _post(self, function: str, change: StoredChange) -> bool:
        """Whether the function has taken it."""
        told = Change(str(change.number), change.path, change.before, change.after, change.at * 1000)
        headers, body = eventarc.write(told, project=PROJECT)
        try:
            async with asyncio.timeout(DEADLINE):
                status = await self._server.post(f"{PREFIX}/{function}/", headers, body)
        except OSError as error:  # a timeout is one as well
            log.info("telling_failed", function=function, document=change.path, error=str(error) or type(error).__name__)
            return False
        return 200 <= status < 300  # noqa: PLR2004 - HTTP's own numbers
