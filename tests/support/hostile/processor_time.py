"""What a call costs its own thread in processor time, whatever else the machine and this process do meanwhile."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TRIES = 3
"""A busy machine makes a call look dear now and then; what is dear by itself is so every time."""


def takes_at_most(seconds: float, call: Callable[[], object]) -> bool:
    """Whether a call, or the same call again, took so many processor seconds at most.

    The bar is for what grows faster than its input: that takes minutes where the rest takes a tenth of the bar or less.
    """
    return any(_took(call) <= seconds for _ in range(TRIES))


def _took(call: Callable[[], object]) -> float:
    collecting = gc.isenabled()
    gc.disable()  # a look for garbage goes through all that earlier tests have left
    began = time.thread_time()
    try:
        call()
        return time.thread_time() - began
    finally:
        if collecting:
            gc.enable()
