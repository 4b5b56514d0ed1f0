"""One queue of Cloud Tasks: what waits, what is under way, which names are taken, and when each delivery is due."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from google.cloud import tasks_v2

DEDUPE = 3600.0
"""Seconds a name stays taken after its task ended."""
RATE, CONCURRENCY, ATTEMPTS = 500.0, 1000, 100
MIN_BACKOFF, MAX_BACKOFF, MAX_DOUBLINGS = 0.1, 3600.0, 16
"""Cloud Tasks' own values for what a queue does not set."""
IDLE = 60.0
OK = range(200, 300)


@dataclass(eq=False)
class Kept:
    """A task in its queue. `answers` are the statuses its deliveries got; `at` is when the next one is due."""

    task: tasks_v2.Task
    at: float
    attempts: int = 0
    answers: list[int] = field(default_factory=list)
    under_way: bool = False


Deliver = Callable[[Kept], Awaitable[int]]
"""POST the task; answers the HTTP status, 504 when it took longer than its deadline, 503 when nobody was there."""


class Queue:
    """Delivers in the order of due times, within the queue's rate and concurrency, until `end()`."""

    def __init__(self, settings: tasks_v2.Queue, deliver: Deliver, dedupe: float = DEDUPE) -> None:
        self.settings = settings
        self.tasks: dict[str, Kept] = {}
        self.paused = False
        self._deliver = deliver
        self._dedupe = dedupe
        self._taken: dict[str, float] = {}
        self._due: list[tuple[float, int, Kept]] = []
        self._numbers = itertools.count()
        self._changed = asyncio.Event()
        self._posts: set[asyncio.Task[None]] = set()
        self._tokens, self._at = self._burst, time.monotonic()
        self._loop = asyncio.create_task(self._run())

    def add(self, task: tasks_v2.Task) -> bool:
        """Take it in; False if its name is taken."""
        if task.name in self.tasks or self._taken.get(task.name, 0.0) > time.monotonic():
            return False
        self._put(Kept(task, task.schedule_time.timestamp()))
        return True

    def remove(self, name: str) -> bool:
        """Forget a task that is not yet delivered; its name stays taken."""
        kept = self.tasks.pop(name, None)
        if kept is None:
            return False
        self._taken[name] = time.monotonic() + self._dedupe
        return True

    def purge(self) -> None:
        """Remove every task."""
        for name in list(self.tasks):
            self.remove(name)

    def wake(self) -> None:
        """Look again: it was paused or resumed."""
        self._changed.set()

    async def end(self) -> None:
        """Stop delivering."""
        for task in (self._loop, *self._posts):
            task.cancel()
        await asyncio.gather(self._loop, *self._posts, return_exceptions=True)

    @property
    def _rate(self) -> float:
        return self.settings.rate_limits.max_dispatches_per_second or RATE

    @property
    def _burst(self) -> float:
        return max(1.0, min(100.0, self._rate / 5))

    def _put(self, kept: Kept) -> None:
        self.tasks[kept.task.name] = kept
        heapq.heappush(self._due, (kept.at, next(self._numbers), kept))
        self._changed.set()

    async def _run(self) -> None:
        while True:
            self._changed.clear()
            pause = self._start_due()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._changed.wait()

    def _start_due(self) -> float:
        """Start what may start. Answers the seconds until something more may."""
        now = time.monotonic()
        self._tokens, self._at = min(self._burst, self._tokens + (now - self._at) * self._rate), now
        most = self.settings.rate_limits.max_concurrent_dispatches or CONCURRENCY
        while self._due and not self.paused and len(self._posts) < most:
            at, _, kept = self._due[0]
            if self.tasks.get(kept.task.name) is not kept:  # removed
                heapq.heappop(self._due)
            elif at > time.time():
                return at - time.time()
            elif self._tokens < 1:
                return (1 - self._tokens) / self._rate
            else:
                heapq.heappop(self._due)
                self._tokens -= 1
                self._start(kept)
        return IDLE

    def _start(self, kept: Kept) -> None:
        kept.under_way = True
        post = asyncio.create_task(self._post(kept))
        self._posts.add(post)
        post.add_done_callback(self._ended)

    def _ended(self, post: asyncio.Task[None]) -> None:
        self._posts.discard(post)
        self._changed.set()

    async def _post(self, kept: Kept) -> None:
        status = await self._deliver(kept)
        kept.under_way = False
        kept.attempts += 1
        kept.answers.append(status)
        if self.tasks.get(kept.task.name) is not kept:
            return
        retries = self.settings.retry_config
        if status in OK or 0 < (retries.max_attempts or ATTEMPTS) <= kept.attempts:
            self.remove(kept.task.name)
        else:
            kept.at = time.time() + self._backoff(kept.attempts)
            self._put(kept)

    def _backoff(self, attempts: int) -> float:
        """Doubling, then growing evenly, up to the most."""
        retries = self.settings.retry_config
        shortest = retries.min_backoff.total_seconds() or MIN_BACKOFF
        doublings = retries.max_doublings or MAX_DOUBLINGS
        times = 2.0 ** min(attempts - 1, doublings) * max(1, attempts - doublings)
        return float(min(retries.max_backoff.total_seconds() or MAX_BACKOFF, shortest * times))
