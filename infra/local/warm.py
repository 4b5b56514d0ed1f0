"""Imports ahead what stages would import when they first run: in a thread, while the first job waits for its page."""

from __future__ import annotations

import asyncio
from importlib import import_module

from structlog.stdlib import get_logger

from infra.local.mounts import deployed
from shared import bootstrap

log = get_logger()


async def warm() -> None:
    """Import everything that is imported late. A module that fails here fails again, and is reported, where it is used."""
    modules = {module.__name__: module for _, module in deployed()}.values()
    names = [*bootstrap.LATE_IMPORTS, *(name for module in modules for name in getattr(module, "LATE_IMPORTS", ()))]
    await asyncio.to_thread(_import, names)


def _import(names: list[str]) -> None:
    for name in names:
        try:
            import_module(name)
        except ImportError as error:
            log.warning("not_warmed", module=name, error=str(error))
