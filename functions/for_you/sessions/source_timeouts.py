"""Sources with a time budget: what is slow or broken is left out and named, never an error."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from structlog.stdlib import get_logger

from shared.errors import HeadraceError

log = get_logger()

Value = TypeVar("Value")
STORE = 0.8
"""Seconds for one round trip to the document store."""
VECTORS = 1.5
"""Seconds for a search by the vector store: a refresh goes on without, nobody waits for it."""
VECTORS_AWAITED = 0.3
"""The same while somebody waits: it runs beside the reads, and takes three times what it usually takes at most."""
CATALOGUE = 4.0
"""Seconds for a new process's first load of the catalogue."""


async def within(seconds: float, source: str, work: Awaitable[Value], degraded: list[str]) -> Value | None:
    """What `work` gives in time; else None, with the source's name in `degraded`."""
    try:
        async with asyncio.timeout(seconds):
            return await work
    except (TimeoutError, HeadraceError, OSError) as error:
        log.warning("source_left_out", source=source, error=str(error) or type(error).__name__)
        if source not in degraded:
            degraded.append(source)
        return None
