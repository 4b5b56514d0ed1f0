"""Moves the clock of every Python process that has this folder on its path, by the seconds that `TEST_CLOCK_OFFSET` says.

Wall clock only: monotonic time, and the times of files, stay the machine's.
"""

from __future__ import annotations

import os
import sys
import time

OFFSET = "TEST_CLOCK_OFFSET"


def _move(seconds: float) -> None:
    absent = [name for name in ("pytest", "dateutil.parser") if name not in sys.modules]
    sys.modules |= dict.fromkeys(absent)  # type: ignore[arg-type] # time-machine would import them into every process
    import time_machine  # noqa: PLC0415 - only where the clock is moved

    for name in absent:
        del sys.modules[name]
    time_machine.travel(time.time() + seconds).start()  # a time with a zone would set TZ as well


if OFFSET in os.environ:
    _move(float(os.environ[OFFSET]))
