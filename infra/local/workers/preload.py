"""Loads ahead what stages would load when they first run: before workers are forked, or in a thread while the first job waits."""

from __future__ import annotations

import asyncio
from importlib import import_module

from structlog.stdlib import get_logger

from functions import registrations
from functions.pipeline_registration import load
from shared import bootstrap, eventarc

log = get_logger()


async def warm() -> None:
    """`load_all`, beside whatever else this process does."""
    await asyncio.to_thread(load_all)


def load_all(*more: str) -> None:
    """Load everything that is loaded late, and `more` modules. What fails here fails again, and is reported, where it is used."""
    pipelines = [late for registered in registrations().values() for late in registered.late_imports]
    for name in [*bootstrap.LATE_IMPORTS, *eventarc.LATE_IMPORTS, *pipelines, *more]:
        try:
            if ":" in name:
                load(name)()
            else:
                import_module(name)
        except (ImportError, AttributeError) as error:
            log.warning("not_warmed", module=name, error=str(error))
