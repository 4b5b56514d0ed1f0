"""A clock on which waiting takes no time."""

from __future__ import annotations

import asyncio

from shared.engine.task.claim import LEASE
from shared.publish.channels.publish_lease import RENEWED

RENEWALS = (LEASE / 3, RENEWED)
"""Seconds between the renewals of a claim, and of a post's try: never due while nothing really takes time, and must not move the clock."""


class VirtualClock:
    """Time passes when somebody sleeps, or by hand."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        if seconds in RENEWALS:
            await asyncio.sleep(3600)
        self.time += seconds
        await asyncio.sleep(0)
