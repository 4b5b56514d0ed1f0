"""The order in which calls that were put back return: a line in time that all processes share, as fast as the limit."""

from __future__ import annotations

import asyncio
import contextlib
import random

from shared.engine.limits.timeline_shard import Shard
from shared.errors import HeadraceError
from shared.ports.clock import Clock

PATIENCE = 5.0
"""Seconds an invocation is held for a limit; whoever will wait longer is put back at once, with a time of its own."""
PACE = 0.5
"""Seconds between two writes of one process: calls that come together are given their turns together."""
TRIES = 5


class Later:
    """Hands out turns: to each call a time of its own."""

    def __init__(self, line: Shard, clock: Clock) -> None:
        self._line, self._clock = line, clock
        self._asking: list[tuple[float, float, asyncio.Future[float]]] = []
        self._giving: asyncio.Task[None] | None = None

    async def turn(self, seconds: float, at: float) -> float:
        """When a call that takes `seconds` of the whole limit may return: POSIX seconds, not before `at`."""
        turn: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._asking.append((seconds, at, turn))
        if self._giving is None or self._giving.done():
            self._giving = asyncio.get_running_loop().create_task(self._give())
        return await turn

    async def _give(self) -> None:
        while self._asking:
            asking, self._asking = self._asking, []
            floor = min(at for _, at, _ in asking)
            start = await self._take(sum(seconds for seconds, _, _ in asking), floor)
            for seconds, at, turn in asking:
                start += seconds
                if not turn.done():
                    turn.set_result(max(at, start))
            await self._clock.sleep(PACE)

    async def _take(self, length: float, floor: float) -> float:
        with contextlib.suppress(HeadraceError):
            for _ in range(TRIES):
                if self._line.end < floor:
                    await self._line.look()
                if (taken := await self._line.take(length, floor)) is not None:
                    return taken[0]
        return floor + random.uniform(0, length)  # a store that does not answer: out of step is better than stuck
