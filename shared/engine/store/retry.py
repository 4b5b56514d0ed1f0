"""Asking a store again that did not answer, when asking twice is asking once."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from shared.errors import Transient
from shared.ports.clock import Clock

T = TypeVar("T")

TRIES = 5
"""Over about three seconds, within a claim's lease: a hiccup must not throw paid work away."""


async def retry_transient(ask: Callable[[], Awaitable[T]], clock: Clock) -> T:
    """What `ask` answers. It must be harmless to repeat.

    Raises:
        Transient: no answer in the last try either.
    """
    for tried in range(TRIES - 1):
        try:
            return await ask()
        except Transient:
            await back_off(tried, clock)
    return await ask()


async def back_off(tried: int, clock: Clock) -> None:
    """Wait longer after each try, and not in step with others."""
    await clock.sleep(0.2 * 2**tried * random.uniform(0.5, 1.5))
