"""Waiting for what others do: for a condition and never for a time, as long as a machine that is busy with others may take."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

Value = TypeVar("Value")
PATIENCE = 120.0
"""Seconds after which what was waited for counts as never to come. Nothing is measured by it."""


async def until(found: Callable[[], Awaitable[Value | None]], seconds: float = PATIENCE, *, every: float = 0.02) -> Value:
    """What `found` answers once that is something.

    Raises:
        TimeoutError: it never was.
    """
    async with asyncio.timeout(seconds):
        while not (value := await found()):
            await asyncio.sleep(every)
    return value


async def until_true(holds: Callable[[], object], seconds: float = PATIENCE, *, every: float = 0.01) -> None:
    """Wait until `holds` does.

    Raises:
        TimeoutError: it never did.
    """
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(every)
