"""Callers of one limited forum on a virtual clock."""

from __future__ import annotations

import asyncio
from typing import Any

from shared.adapters.embedded.documents import SqliteDocuments
from shared.engine.limits import Limit, SharedLimits
from shared.engine.spending import usage_meter
from shared.errors import PutBack
from shared.ports.limits import Grant
from tests.support.engine.limits_world import START, Slow, VirtualClock, account

WINDOW = Limit(requests=60, window=60)


class Forum:
    """One process in virtual time."""

    def __init__(self, documents: SqliteDocuments) -> None:
        self.clock = VirtualClock()
        self.documents = Slow(documents, self.clock)
        self.limits = self.process()

    def process(self, **limits: Limit) -> SharedLimits:
        self.limits = SharedLimits(self.documents, self.clock, limits)
        return self.limits

    @property
    def time(self) -> float:
        return self.clock.time - START

    async def ask(self, resource: str, lane: str = "bulk", job: str = "", **amounts: float) -> Grant:
        usage_meter.current_meter.set(account(lane, job))
        return await self.limits.acquire(resource, **amounts)

    async def many(self, count: int, resource: str = "forum", lane: str = "bulk", **headers: str) -> list[float]:
        """Times of `count` calls in a row, each answered at once."""
        times = []
        for _ in range(count):
            while True:
                try:
                    grant = await self.ask(resource, lane)
                except PutBack as wait:
                    await self.clock.sleep(wait.retry_after or 0)
                    continue
                break
            times.append(self.time)
            self.limits.settle(grant, headers=headers, status=200)
        return times

    def run(self, work: Any) -> Any:
        done: list[Any] = []

        async def main() -> None:
            done.append(await work)

        asyncio.run(self.clock.run(main()))
        return done[0]
