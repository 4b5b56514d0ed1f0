"""Imports ahead what stages would import when they first run: before workers are forked, or in a thread while the first job waits."""

from __future__ import annotations

import asyncio
from importlib import import_module

from structlog.stdlib import get_logger

from functions import registrations
from shared import bootstrap, eventarc

log = get_logger()


async def warm() -> None:
    """`import_all`, beside whatever else this process does."""
    await asyncio.to_thread(import_all)


def import_all(*more: str) -> None:
    """Import everything that is imported late, and `more` modules. A module that fails here fails again, and is reported, where it is used."""
    pipelines = [late for registered in registrations().values() for late in registered.late_imports]
    for name in [*bootstrap.LATE_IMPORTS, *eventarc.LATE_IMPORTS, *pipelines, *more]:
        try:
            import_module(name)
        except ImportError as error:
            log.warning("not_warmed", module=name, error=str(error))
