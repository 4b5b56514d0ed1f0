"""The other days on which quick tests run, and how a process comes to live there."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

FOLDERS = ("unit", "cli", "render", "pipelines", "infra")
"""Where the quick tests are, in `tests`."""
MOVED = Path(__file__).parent / "moved"


@dataclass(frozen=True)
class Day:
    """A day, and where."""

    name: str
    offset: timedelta
    zone: str


def days(now: datetime) -> tuple[Day, ...]:
    return (
        Day("in 400 days", timedelta(days=400), "Asia/Kolkata"),
        Day("on a leap day that is long gone", datetime(2024, 2, 29, 20, tzinfo=UTC) - now, "America/New_York"),
    )


def _there(day: Day) -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(MOVED), os.environ.get("PYTHONPATH"))))
    return {"TEST_CLOCK_OFFSET": str(day.offset.total_seconds()), "TZ": day.zone, "PYTHONPATH": path}


def environment(day: Day) -> dict[str, str]:
    """What a process inherits to live then and there, and its own children after it."""
    return {**os.environ, **_there(day)}


@contextlib.contextmanager
def living(day: Day) -> Iterator[None]:
    """This process is there, and what it starts is there and then: its own clock is not moved."""
    there = _there(day)
    before = {name: os.environ[name] for name in there if name in os.environ}
    os.environ.update(there)
    time.tzset()
    try:
        yield
    finally:
        for name in there:
            os.environ.pop(name, None)
        os.environ.update(before)
        time.tzset()
