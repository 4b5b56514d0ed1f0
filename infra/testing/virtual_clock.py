"""A clock on which waiting takes no time."""

from __future__ import annotations

import asyncio

from shared.engine.task.claim import LEASE

RENEWAL = LEASE / 3
"""Seconds between a claim's renewals: never due while nothing really takes time, and must not move the clock."""


class VirtualClock:
    """Time passes when somebody sleeps, or by hand."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        if seconds == RENEWAL:
            await asyncio.sleep(3600)
        self.time += seconds
        await asyncio.sleep(0)
