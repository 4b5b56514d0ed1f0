"""Delivers tasks as Cloud Tasks would: HTTP with its headers, per lane a rate, a concurrency, retries with backoff."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from structlog.stdlib import get_logger

from infra.local.dispatch_client import Server
from infra.local.function_mounts import PREFIX
from shared.engine.flow import Lane
from shared.errors import HeadraceError

log = get_logger()

DEADLINE = 600.0
"""Seconds a delivery may take: Cloud Tasks' default dispatch deadline."""
IDLE = 1.0
LOOK = 0.02
"""Seconds between looks at the queue while deliveries are under way: their functions may run, and enqueue, in other processes."""
MOST_DOUBLINGS = 16
"""Of a backoff: Cloud Tasks' own default."""
LEFT_OVER = Lane(rate=20, concurrency=10)
"""For tasks in lanes that an earlier start had and this one has not: their functions may still be there."""
GONE = 0.1
"""Seconds before a delivery that reached nobody is tried again."""
SELDOM = 10.0
"""Seconds between two log lines about a store that fails: every delivery under way meets it, again and again."""
ASLEEP = 60.0
"""Seconds between looks at a delivery for a function that nobody serves."""


class Delivery(Protocol):
    """A task taken from the queue; `attempts` counts earlier answers, `lost` what was never answered."""

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
    @property
    def lost(self) -> int: ...


class Queue(Protocol):
    """The dispatcher's side of the durable queue."""

    arrived: asyncio.Event

    async def take(self, lane: str, limit: int) -> Sequence[Delivery]: ...
    def due(self, lanes: Iterable[str]) -> dict[str, float]: ...
    def depth(self) -> dict[str, int]: ...
    async def end(self, names: Sequence[str]) -> None: ...
    async def put_back(self, name: str, at: float, *, failed: bool = True) -> None: ...
    async def recover(self) -> None: ...
    async def forget(self) -> None: ...


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
        self.tokens = min(max(1.0, self.lane.rate), self.tokens + (now - self.at) * self.lane.rate)
        self.at = now
        return max(0, min(int(self.tokens), self.lane.concurrency - self.under_way))


class Dispatcher:
    """Runs until cancelled. `lanes` by queue name (`forum-bulk`); `urls` are the servers to deliver to: the least busy one next.

    `asleep`: functions that nobody serves for now; what is for them stays in the queue as it is.
    """

    def __init__(self, queue: Queue, lanes: Mapping[str, Lane], urls: Sequence[str], asleep: Iterable[str] = ()) -> None:
        self._queue, self._asleep = queue, frozenset(asleep)
        self._loads = {name: _Load(lane, tokens=lane.rate) for name, lane in lanes.items()}
        self._servers = [Server(url) for url in urls]
        self._running: set[asyncio.Task[None]] = set()
        self._ended: list[str] = []
        self._told = -SELDOM
        self._knows_all = False
        """Whether lanes that only the queue knows were looked for."""

    async def run(self) -> None:
        """Deliver what is due, then wait for what comes. A store that fails is asked again; nothing else ends this."""
        try:
            while True:
                self._queue.arrived.clear()
                pause = await self._round()
                # Not wait_for: on Python 3.11 it can swallow the cancellation that ends this loop.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._queue.arrived.wait()
        finally:
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)
            for server in self._servers:
                server.close()

    async def _round(self) -> float:
        """Start what may start. Answers the seconds until something may be due."""
        ended, self._ended = self._ended, []
        ending = asyncio.create_task(self._end(ended)) if ended else None  # beside the rest: one transaction has both
        try:
            if not self._knows_all:
                self._loads |= {name: _Load(LEFT_OVER) for name in self._queue.depth() if name not in self._loads}
                self._knows_all = True
            return await self._start()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told and tried again
            self._tell(error, "dispatch_failed")
            await asyncio.sleep(IDLE)
            return 0.0
        finally:
            if ending is not None:
                await ending

    async def _end(self, names: Sequence[str]) -> None:
        try:
            await self._queue.end(names)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told and tried again
            self._tell(error, "deliveries_not_ended", tasks=len(names))
            self._ended += names
            await asyncio.sleep(IDLE)

    async def _start(self) -> float:
        now = time.time()
        pause = LOOK if self._running else IDLE
        for name, at in self._queue.due(self._loads).items():
            if at > now:
                pause = min(pause, at - now)
                continue
            load = self._loads[name]
            for delivery in await self._queue.take(name, load.room()) if load.room() else ():
                load.under_way += 1
                load.tokens -= 1
                task = asyncio.create_task(self._deliver(delivery, load))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
            if load.under_way < load.lane.concurrency:
                pause = min(pause, max(0.002, (1 - load.tokens) / load.lane.rate))
        return pause

    async def _deliver(self, delivery: Delivery, load: _Load) -> None:
        try:
            if delivery.function in self._asleep:
                await self._put_back(delivery.name, time.time() + ASLEEP, failed=False)
                return
            status = await self._post(delivery)
            if status is None:
                await self._put_back(delivery.name, time.time() + GONE, failed=False)
            elif 200 <= status < 300:  # noqa: PLR2004 - HTTP's own numbers
                self._ended.append(delivery.name)
            elif delivery.attempts + 1 >= load.lane.attempts:
                log.error("task_dropped", task_name=delivery.name, attempts=delivery.attempts + 1, status=status)
                self._ended.append(delivery.name)
            else:
                doublings = 2.0 ** min(delivery.attempts, MOST_DOUBLINGS)
                backoff = min(load.lane.max_backoff, load.lane.min_backoff * doublings)
                await self._put_back(delivery.name, time.time() + backoff)
        except Exception:
            log.exception("delivery_lost", task_name=delivery.name)  # the sweeper brings it back
        finally:
            load.under_way -= 1
            self._queue.arrived.set()

    async def _put_back(self, name: str, at: float, *, failed: bool = True) -> None:
        """Until it is done: what is not put back waits for the next start."""
        while True:
            try:
                return await self._queue.put_back(name, at, failed=failed)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told and tried again
                self._tell(error, "delivery_not_put_back", task_name=name)
                await asyncio.sleep(IDLE)

    def _tell(self, error: Exception, event: str, **fields: object) -> None:
        """What the store does not do, with what helps: once in a while, however many deliveries meet it."""
        if time.monotonic() < self._told + SELDOM:
            return
        self._told = time.monotonic()
        if isinstance(error, HeadraceError):
            log.error(event, code=error.code, error=error.message, advice=error.advice, **fields)
        else:
            log.error(event, exc_info=error, **fields)

    async def _post(self, delivery: Delivery) -> int | None:
        """The answer's status; None when the server went away, which says nothing about the task."""
        server = min(self._servers, key=lambda server: server.under_way)
        headers = {
            "content-type": "application/json",
            "user-agent": "Google-Cloud-Tasks",
            "function-execution-id": f"{delivery.name[:8]}{delivery.attempts + delivery.lost:04}",  # as Cloud Run's front does
            "x-cloudtasks-queuename": delivery.lane,
            "x-cloudtasks-taskname": delivery.name,
            "x-cloudtasks-taskretrycount": str(delivery.attempts + delivery.lost),
            "x-cloudtasks-taskexecutioncount": str(delivery.attempts),
            "x-cloudtasks-tasketa": f"{delivery.at:.6f}",
        }
        try:
            async with asyncio.timeout(DEADLINE):
                return await server.post(f"{PREFIX}/{delivery.function}/", headers, delivery.body.encode())
        except TimeoutError:
            log.warning("delivery_timed_out", task_name=delivery.name, seconds=DEADLINE)
            return 504
        except OSError as error:
            log.info("delivery_failed", task_name=delivery.name, error=str(error) or type(error).__name__)
            return None
