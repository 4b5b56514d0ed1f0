"""Several processes, one store, one provider, no real time: what the tests of limits have in common."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from shared.engine.limits import Limit, SharedLimits
from shared.engine.spending import usage_meter
from shared.errors import PutBack
from shared.ports.documents import Committed, Document, Documents, Where, Write

T = TypeVar("T")

START = 1_800_000_000.0


class VirtualClock:
    """Time jumps to the next sleeper once nobody has anything left to do."""

    def __init__(self) -> None:
        self.time = START
        self._busy: set[asyncio.Future[Any]] = set()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.time + seconds, next(self._order), sleeper))
        await sleeper

    async def without_time(self, call: Awaitable[T]) -> T:
        """Await what another thread works at: until it has answered, no time passes."""
        answer = asyncio.ensure_future(call)
        self._busy.add(answer)
        try:
            return await answer
        finally:
            self._busy.discard(answer)

    async def run(self, *work: Coroutine[Any, Any, Any]) -> None:
        """Do all of `work`."""
        loop: Any = asyncio.get_running_loop()
        tasks = [asyncio.create_task(one) for one in work]
        while True:
            await asyncio.sleep(0)
            if loop._ready:
                continue
            if self._busy:
                await asyncio.wait(self._busy, return_when=asyncio.FIRST_COMPLETED)
            elif all(task.done() for task in tasks):
                break
            else:
                self._jump()
        for task in tasks:
            task.result()

    def _jump(self) -> None:
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        assert self._sleepers, "nothing left that could happen"
        self.time = max(self.time, self._sleepers[0][0])
        while self._sleepers and self._sleepers[0][0] <= self.time:
            sleeper = heapq.heappop(self._sleepers)[2]
            if not sleeper.done():
                sleeper.set_result(None)


class Slow:
    """Documents that take virtual time to answer, and count the writes to each."""

    def __init__(self, documents: Documents, clock: VirtualClock, delay: float = 0.01) -> None:
        self._documents, self._clock, self._delay = documents, clock, delay
        self.writes: list[tuple[float, str]] = []

    async def get(self, path: str) -> Document | None:
        await self._clock.sleep(self._delay)
        return await self._documents.get(path)

    async def get_many(self, paths: Sequence[str]) -> list[Document | None]:
        await self._clock.sleep(self._delay)
        return await self._documents.get_many(paths)

    async def query(self, collection: str, *where: Where, **options: Any) -> list[Document]:
        return await self._documents.query(collection, *where, **options)

    async def count(self, collection: str, *where: Where) -> int:
        return await self._documents.count(collection, *where)

    async def erase_deleted(self) -> None:
        await self._documents.erase_deleted()

    async def commit(self, *writes: Write) -> Committed:
        await self._clock.sleep(self._delay)
        committed = await self._clock.without_time(self._documents.commit(*writes))
        self.writes += [(self._clock.time, write.path) for write in writes]
        await self._clock.sleep(self._delay)
        return committed

    def most_per_second(self, skip: float = 0.0) -> float:
        """Writes a second to the document written most, from `skip` seconds after the first on."""
        late = [(at, path) for at, path in self.writes if at >= self.writes[0][0] + skip]
        return max(Counter(path for _, path in late).values()) / (late[-1][0] - late[0][0])


@dataclass
class Provider:
    """A token bucket of requests and tokens, `burst` seconds deep, on the provider's own books."""

    clock: VirtualClock
    requests: float
    tokens: float = 0.0
    burst: float = 6.0
    refused: int = 0
    sent: list[float] = field(default_factory=list)
    words: bool = True
    """Whether it says what remains."""
    _left: dict[str, float] = field(default_factory=dict)
    _at: float = START

    def __post_init__(self) -> None:
        self.rates = {unit: rate / 60 for unit, rate in (("requests", self.requests), ("tokens", self.tokens)) if rate}
        self._left = {unit: rate * self.burst for unit, rate in self.rates.items()}

    def ask(self, tokens: float = 0.0) -> tuple[int, dict[str, str]]:
        """Status and headers."""
        now, amounts = self.clock.time, {"requests": 1.0, "tokens": tokens}
        for unit, rate in self.rates.items():
            self._left[unit] = min(rate * self.burst, self._left[unit] + rate * (now - self._at))
        self._at = now
        fits = all(self._left[unit] >= amounts[unit] - 1e-6 for unit in self.rates)
        for unit in self.rates if fits else ():
            self._left[unit] -= amounts[unit]
        self.sent += [now] if fits else []
        self.refused += not fits
        words = {f"x-ratelimit-remaining-{unit}": str(int(left)) for unit, left in self._left.items()} if self.words else {}
        return (200, words) if fits else (429, {"retry-after": "1", **words})

    def use(self, skip: float) -> float:
        """Share of the rate used from `skip` seconds after the first request to the last."""
        after = [at for at in self.sent if at > self.sent[0] + skip]
        return len(after) / (after[-1] - self.sent[0] - skip) / (self.requests / 60)

    def most_in(self, seconds: float) -> int:
        """The most requests accepted within any so many seconds."""
        times, first, most = sorted(self.sent), 0, 0
        for last, at in enumerate(times):
            while times[first] <= at - seconds:
                first += 1
            most = max(most, last - first + 1)
        return most


@dataclass
class Windows:
    """Reddit: `allowed` requests in a window that begins with its first."""

    clock: VirtualClock
    allowed: int
    seconds: float
    used: int = 0
    ends: float = -math.inf
    windows: list[int] = field(default_factory=list)
    """What was used of each that is over."""
    refused: int = 0
    sent: list[float] = field(default_factory=list)

    def ask(self, tokens: float = 0.0) -> tuple[int, dict[str, str]]:
        now = self.clock.time
        if now >= self.ends:
            self.windows += [self.used] if self.used else []
            self.used, self.ends = 0, now + self.seconds
        fits = self.used < self.allowed
        self.used += fits
        self.refused += not fits
        self.sent += [now] if fits else []
        left, reset = self.allowed - self.used, max(1, math.ceil(self.ends - now))
        return 200 if fits else 429, {"x-ratelimit-remaining": f"{left}.0", "x-ratelimit-reset": str(reset)}


def account(lane: str, job: str = "") -> usage_meter.Meter:
    """A running task's meter."""

    async def alive() -> None: ...

    return usage_meter.Meter(job or lane, lane, alive, alive)


@dataclass
class Call:
    """What one call uses."""

    tokens: float = 0.0
    estimate: float = 0.0
    usd: float = 0.0
    lane: str = "bulk"
    job: str = "job"


@dataclass
class Workers:
    """Processes that share one limit: each call is a task that comes again when it is put back."""

    clock: VirtualClock
    provider: Any
    processes: Sequence[SharedLimits]
    resource: str = "model"
    latency: Callable[[], float] = lambda: 1.0
    way: Callable[[], float] = lambda: 0.0
    """Seconds from grant to provider."""
    put_back: Counter[int] = field(default_factory=Counter)
    granted: list[tuple[float, Call]] = field(default_factory=list)

    async def call(self, number: int, call: Call, process: SharedLimits | None = None) -> None:
        """Until it is answered."""
        while True:
            shared = process or random.choice(self.processes)
            usage_meter.current_meter.set(account(call.lane, call.job))
            try:
                grant = await shared.acquire(self.resource, tokens=call.estimate or call.tokens, usd=call.usd)
            except PutBack as wait:
                self.put_back[number] += 1
                await self.clock.sleep((wait.retry_after or 0.0) + random.uniform(0, 0.1))
                continue
            self.granted.append((self.clock.time, call))
            await self.clock.sleep(self.way())
            status, headers = self.provider.ask(call.tokens)
            await self.clock.sleep(self.latency() if status == 200 else 0.0)
            shared.settle(grant, tokens=call.tokens, usd=call.usd / 2, headers=headers, status=status)
            if status == 200:
                return

    async def all(self, calls: Sequence[Call], *, over: float = 0.0) -> None:
        """All of them, arriving within `over` seconds."""

        async def one(number: int, call: Call) -> None:
            await self.clock.sleep(over * number / len(calls))
            await self.call(number, call)

        await self.clock.run(*(one(number, call) for number, call in enumerate(calls)))


def processes(count: int, documents: Any, clock: VirtualClock, limits: Mapping[str, Limit]) -> list[SharedLimits]:
    return [SharedLimits(documents, clock, limits, instance=f"process-{n}") for n in range(count)]
