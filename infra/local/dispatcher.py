"""Delivers tasks as Cloud Tasks would: HTTP with its headers, per lane a rate, a concurrency, retries with backoff."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import httpx2
from structlog.stdlib import get_logger

from infra.local.mounts import PREFIX
from shared.engine.flow import Lane

log = get_logger()

DEADLINE = 600.0
"""Seconds a delivery may take: Cloud Tasks' default dispatch deadline."""
IDLE = 1.0


class Delivery(Protocol):
    """A task taken from the queue; `attempts` counts earlier deliveries."""

    @property
    def name(self) -> str: ...
    @property
    def lane(self) -> str: ...
    @property
    def function(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def at(self) -> float: ...
    @property
    def attempts(self) -> int: ...


class Queue(Protocol):
    """The dispatcher's side of the durable queue."""

    arrived: asyncio.Event

    async def take(self, lane: str, limit: int) -> Sequence[Delivery]: ...
    def due(self, lanes: Iterable[str]) -> dict[str, float]: ...
    async def end(self, names: Sequence[str]) -> None: ...
    async def put_back(self, name: str, at: float) -> None: ...
    async def recover(self) -> None: ...


@dataclass
class _Load:
    """A lane's state: deliveries under way, and the rate's bucket."""

    lane: Lane
    under_way: int = 0
    tokens: float = 0.0
    at: float = field(default_factory=time.monotonic)

    def room(self) -> int:
        """How many deliveries may start now."""
        now = time.monotonic()
        self.tokens = min(self.lane.rate, self.tokens + (now - self.at) * self.lane.rate)
        self.at = now
        return max(0, min(int(self.tokens), self.lane.concurrency - self.under_way))


class Dispatcher:
    """Runs until cancelled. `lanes` by queue name (`forum-bulk`); `urls` are the servers to deliver to, in turn."""

    def __init__(self, queue: Queue, lanes: Mapping[str, Lane], urls: Sequence[str]) -> None:
        self._queue = queue
        self._loads = {name: _Load(lane, tokens=lane.rate) for name, lane in lanes.items()}
        self._urls = urls
        self._running: set[asyncio.Task[None]] = set()
        self._turn = 0

    async def run(self) -> None:
        """Deliver what is due, then wait for what comes."""
        limits = httpx2.Limits(max_connections=1000, max_keepalive_connections=1000)
        async with httpx2.AsyncClient(timeout=DEADLINE, trust_env=False, limits=limits) as client:
            try:
                while True:
                    self._queue.arrived.clear()
                    pause = await self._round(client)
                    # Not wait_for: on Python 3.11 it can swallow the cancellation that ends this loop.
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(pause):
                            await self._queue.arrived.wait()
            finally:
                for task in self._running:
                    task.cancel()
                await asyncio.gather(*self._running, return_exceptions=True)

    async def _round(self, client: httpx2.AsyncClient) -> float:
        """Start what may start. Answers the seconds until something may be due."""
        now = time.time()
        pause = IDLE
        for name, at in self._queue.due(self._loads).items():
            if at > now:
                pause = min(pause, at - now)
                continue
            load = self._loads[name]
            for delivery in await self._queue.take(name, load.room()) if load.room() else ():
                load.under_way += 1
                load.tokens -= 1
                task = asyncio.create_task(self._deliver(client, delivery, load))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
            if load.under_way < load.lane.concurrency:
                pause = min(pause, max(0.002, (1 - load.tokens) / load.lane.rate))
        return pause

    async def _deliver(self, client: httpx2.AsyncClient, delivery: Delivery, load: _Load) -> None:
        try:
            status = await self._post(client, delivery)
            if 200 <= status < 300:  # noqa: PLR2004 - HTTP's own numbers
                await self._queue.end([delivery.name])
            elif delivery.attempts + 1 >= load.lane.attempts:
                log.error("task_dropped", task_name=delivery.name, attempts=delivery.attempts + 1, status=status)
                await self._queue.end([delivery.name])
            else:
                backoff = min(load.lane.max_backoff, load.lane.min_backoff * 2**delivery.attempts)
                await self._queue.put_back(delivery.name, time.time() + backoff)
        except Exception:
            log.exception("delivery_lost", task_name=delivery.name)  # the sweeper brings it back
        finally:
            load.under_way -= 1
            self._queue.arrived.set()

    async def _post(self, client: httpx2.AsyncClient, delivery: Delivery) -> int:
        self._turn += 1
        url = f"{self._urls[self._turn % len(self._urls)]}{PREFIX}/{delivery.function}/"
        headers = {
            "content-type": "application/json",
            "user-agent": "Google-Cloud-Tasks",
            "x-cloudtasks-queuename": delivery.lane,
            "x-cloudtasks-taskname": delivery.name,
            "x-cloudtasks-taskretrycount": str(delivery.attempts),
            "x-cloudtasks-taskexecutioncount": str(delivery.attempts),
            "x-cloudtasks-tasketa": f"{delivery.at:.6f}",
        }
        try:
            return (await client.post(url, content=delivery.body.encode(), headers=headers)).status_code
        except httpx2.HTTPError as error:
            log.warning("delivery_failed", task_name=delivery.name, error=str(error) or type(error).__name__)
            return 503
