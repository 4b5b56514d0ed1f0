"""Shared limits: each process leases a slice, so the sum over all processes never exceeds the budget.

A slice is taken from `limits/{resource}` by one commit that fails if anybody else took one meanwhile: check and
debit are one step. What a slice still holds is spent in this process without touching the store, by the most
urgent waiter first: interactive before bulk, and among equals the job that has had least.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.engine import buckets, meter, paths
from shared.engine.buckets import Limit
from shared.errors import Conflict, PutBack
from shared.ports.clock import Clock
from shared.ports.documents import Create, Documents, Update

PATIENCE = 20.0
"""Seconds an invocation is held for a limit; beyond, the task is put back."""
SLICE_SECONDS = 0.5
"""A slice is at most what the limit gives in this time (but at least one request)."""
MANY_JOBS = 10_000
WINDOW_SLACK = 5.0
"""Seconds by which two answers' reset times may differ and mean the same window."""
BULK_FLOOR = 5
"""Every so many grants one goes to bulk work, if any waits: it never starves."""
RESERVE, RECENT, LAST = 0.2, 30.0, 1.0
"""Share of a budget that bulk work leaves to interactive work seen in the last RECENT seconds, or it would empty each new
window before a later step of an interactive job can ask. What is left in a window's LAST second is free for all."""


@dataclass(order=True)
class _Waiter:
    rank: tuple[int, int, int]
    tokens: int = field(compare=False)
    ready: asyncio.Future[None] = field(compare=False)
    job: str = field(compare=False)


@dataclass
class _Held:
    """What this process holds of one resource, and who waits for it."""

    requests: float = 0.0
    tokens: float = 0.0
    in_flight: int = 0
    hold_until: float = 0.0
    """The provider said: nothing before this time."""
    server: tuple[float, float] | None = None
    """(remaining requests, reset time) by the provider's latest headers."""
    waiting: list[_Waiter] = field(default_factory=list)
    pump: asyncio.Task[None] | None = None
    granted: int = 0
    interactive_at: float = float("-inf")
    """When interactive work last asked."""


class SharedLimits:
    """The limits port over the documents port."""

    def __init__(self, documents: Documents, clock: Clock, limits: Mapping[str, Limit]) -> None:
        self._documents = documents
        self._clock = clock
        self._limits = dict(limits)
        self._held: dict[str, _Held] = defaultdict(_Held)
        self._used_by_job: dict[tuple[str, str], int] = defaultdict(int)
        self._order = itertools.count()

    async def acquire(self, resource: str, *, tokens: int = 0) -> None:
        limit = self._limits.get(resource)
        if limit is None:
            return
        held = self._held[resource]
        if (known := self._known_wait(held)) > PATIENCE:
            raise PutBack(resource, known)
        account = meter.current.get()
        lane, job = (account.lane, account.job) if account else ("interactive", "")
        rank = (0 if lane == "interactive" else 1, self._used_by_job[resource, job], next(self._order))
        if lane == "interactive":
            held.interactive_at = self._clock.now()
        waiter = _Waiter(rank, min(tokens, limit.tokens) if limit.tokens else 0, asyncio.get_running_loop().create_future(), job)
        heapq.heappush(held.waiting, waiter)
        if held.pump is None or held.pump.done():
            held.pump = asyncio.create_task(self._serve(resource, limit, held))
        try:
            async with asyncio.timeout(PATIENCE):
                await waiter.ready
        except TimeoutError:
            raise PutBack(resource, max(1.0, self._known_wait(held))) from None

    def _known_wait(self, held: _Held) -> float:
        """Seconds that the provider told us to wait."""
        empty_until = held.server[1] if held.server and held.server[0] < 1 else 0.0
        return max(held.hold_until, empty_until) - self._clock.now()

    def settle(
        self, resource: str, *, reserved: int = 0, used: int = 0, headers: Mapping[str, str] | None = None, status: int = 200
    ) -> None:
        held = self._held[resource]
        held.in_flight = max(0, held.in_flight - 1)
        held.tokens += reserved - used
        seen = {name.lower(): value for name, value in (headers or {}).items()}
        now = self._clock.now()
        remaining = _number(seen.get("x-ratelimit-remaining") or seen.get("x-ratelimit-remaining-requests"))
        reset = duration(seen.get("x-ratelimit-reset") or seen.get("x-ratelimit-reset-requests"))
        if "x-ratelimit-remaining" in seen and remaining is not None and reset is not None:
            # Answers overtake each other, so within one window the lowest remainder is the true one.
            same_window = held.server is not None and abs(held.server[1] - now - reset) < WINDOW_SLACK
            before = held.server[0] if held.server is not None and same_window else remaining
            held.server = (min(before, remaining - held.in_flight), now + reset)
        if status == 429:  # noqa: PLR2004 - HTTP's own number
            wait = duration(seen.get("retry-after")) or reset or 1.0
            held.hold_until = max(held.hold_until, now + wait)

    async def _serve(self, resource: str, limit: Limit, held: _Held) -> None:
        """Grant in order while anybody waits."""
        while _forget_gone(held):
            now = self._clock.now()
            pause = held.hold_until - now
            if pause <= 0:
                pause = await self._grant(resource, limit, held, now)
            if pause > 0:
                await self._clock.sleep(min(pause, 1.0))

    async def _grant(self, resource: str, limit: Limit, held: _Held, now: float) -> float:
        """Let the most urgent waiter go that may. Answers seconds to wait when none may."""
        pause = 0.0
        for waiter in _candidates(held):
            # Bulk work whose turn has come before interactive work that waits takes its floor share, reserve or not.
            beside = waiter.rank[0] == 1 and now - held.interactive_at < RECENT and held.waiting[0] is waiter
            reserve = max(0.0, min(limit.at_once * RESERVE, limit.at_once - 1)) if beside else 0.0
            pause = await self._grantable(resource, limit, held, waiter, reserve)
            if pause > 0:
                continue
            held.waiting.remove(waiter)
            heapq.heapify(held.waiting)
            if not waiter.ready.done():  # else it gave up meanwhile
                held.granted += 1
                held.in_flight += 1
                self._used_by_job[resource, waiter.job] += 1
                waiter.ready.set_result(None)
            return 0.0
        return pause

    async def _grantable(self, resource: str, limit: Limit, held: _Held, waiter: _Waiter, reserve: float) -> float:
        """Take one grant out of what is held, leasing more if need be. Answers seconds to wait, 0 when granted."""
        now = self._clock.now()
        if held.server is not None:
            remaining, reset = held.server
            if now < reset:
                if remaining < 1:
                    return reset - now
                if remaining < 1 + reserve and reset - now > LAST:
                    return reset - now - LAST
                held.server = (remaining - 1, reset)
                return 0.0
            held.server = None
        if held.requests < 1 or held.tokens < waiter.tokens:
            pause = await self._lease(resource, limit, held, waiter, reserve)
            if pause > 0:
                return pause
        held.requests -= 1
        held.tokens -= waiter.tokens
        return 0.0

    async def _lease(self, resource: str, limit: Limit, held: _Held, waiter: _Waiter, reserve: float) -> float:
        """Move a slice from the shared bucket into this process. Answers seconds until there will be enough."""
        now = self._clock.now()
        path = paths.limit(resource)
        if len(self._used_by_job) > MANY_JOBS:
            self._used_by_job.clear()
        found = await self._documents.get(path)
        kept = found.data if found else None
        there = buckets.left(kept, limit, now)
        need_requests = max(0.0, 1 - held.requests)
        need_tokens = max(0.0, waiter.tokens - held.tokens)
        pause = buckets.wait(there, limit, need_requests + reserve, need_tokens, now)
        if pause > 0:
            return max(pause, 0.005)
        share = min(len(held.waiting), limit.requests / 60 * SLICE_SECONDS)
        requests = min(there.requests, max(need_requests, share if not limit.window else 1.0))
        tokens = min(there.tokens, max(need_tokens, limit.tokens / 60 * SLICE_SECONDS))
        data = buckets.taken(there, limit, requests, tokens, now)
        try:
            await self._documents.commit(Create(path, data) if found is None else Update(path, data, version=found.version))
        except Conflict:
            return 0.005
        held.requests += requests
        held.tokens += tokens
        return 0.0


def _forget_gone(held: _Held) -> bool:
    """Drop waiters that gave up; whether any are left."""
    held.waiting = [waiter for waiter in held.waiting if not waiter.ready.done()]
    heapq.heapify(held.waiting)
    return bool(held.waiting)


def _candidates(held: _Held) -> list[_Waiter]:
    """Whom to try, in order: now and then the most urgent bulk waiter, else and after it the most urgent of all."""
    first = held.waiting[0]
    if held.granted % BULK_FLOOR == BULK_FLOOR - 1:
        bulk = [waiter for waiter in held.waiting if waiter.rank[0] == 1]
        if bulk and min(bulk) is not first:
            return [min(bulk), first]
    return [first]


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def duration(text: str | None) -> float | None:
    """Seconds of `12`, `1.5`, `120ms`, `6m0s`, `1h2m3s`; None for what is none or not positive."""
    if not text:
        return None
    parts = re.findall(r"(\d+(?:\.\d+)?)(ms|h|m|s)?", text.strip())
    scale = {"ms": 0.001, "s": 1.0, "": 1.0, "m": 60.0, "h": 3600.0}
    seconds = sum(float(value) * scale[unit] for value, unit in parts)
    return seconds if seconds > 0 and not text.strip().startswith("-") else None
