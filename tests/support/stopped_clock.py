"""A clock that stands still: for what is told or decided by the time, without waiting for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.ports.clock import SystemClock


@dataclass
class StoppedClock(SystemClock):
    """Always that time; sleeps are real."""

    at: datetime

    def now(self) -> float:
        return self.at.timestamp()
