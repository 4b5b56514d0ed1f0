"""Threads of one adapter's own, so that slow work elsewhere (name look-ups, drawing) never keeps its calls waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Threads:
    """At most `count`, each started when it is first needed. `close()` waits for what runs."""

    def __init__(self, count: int, name: str) -> None:
        self._count, self._name = count, name
        self._pool: ThreadPoolExecutor | None = None

    async def run(self, call: Callable[P, T], /, *arguments: P.args, **options: P.kwargs) -> T:
        """`call(*arguments, **options)` in one of them, with the caller's context variables."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._count, thread_name_prefix=self._name)
        context = copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: context.run(call, *arguments, **options))

    def close(self) -> None:
        """Wait for what runs, and end them; they start again when asked to."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None
