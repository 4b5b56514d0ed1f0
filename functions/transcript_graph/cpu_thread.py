"""One thread for CPU-bound work, so that the event loop stays free and pieces run one at a time.

A hundred tasks may be under way in one process: were all of them to compute at once, none would get far, and claims would run out.
A second piece beside the first would be no faster, as one thread of a process runs Python at a time, and the event loop, which sends
calls by the millisecond, would have a third of the processor instead of half.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="transcript-graph")


async def run_in_cpu_thread(work: Callable[P, R], *args: P.args, **options: P.kwargs) -> R:
    """What `work` answers, from a thread; in the order of asking."""
    return await asyncio.get_running_loop().run_in_executor(_pool, partial(work, *args, **options))
