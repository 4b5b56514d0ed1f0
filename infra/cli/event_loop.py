"""One event loop per command, ended by SIGINT and SIGTERM alike."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

Value = TypeVar("Value")

SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""Heeded even where a shell script has switched SIGINT off for what it starts with `&`."""


def run(work: Coroutine[Any, Any, Value]) -> Value:
    """Run `work`; a signal cancels it, so that whatever it opened is closed.

    Raises:
        KeyboardInterrupt: a signal ended it.
    """
    interrupted = False

    async def guarded() -> Value:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None  # noqa: S101 - we are in one

        def end() -> None:
            nonlocal interrupted
            interrupted = True
            task.cancel()

        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                loop.add_signal_handler(number, end)
        return await work

    try:
        return uvloop.run(guarded())
    except asyncio.CancelledError:
        if interrupted:
            raise KeyboardInterrupt from None
        raise
