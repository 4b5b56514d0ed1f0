"""Reddit's rate limit: so many requests in a window of ten minutes, told in `x-ratelimit-*` headers."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class RateWindow:
    """A window begins with its first request and ends `seconds` later. `refused` counts the 429s of all windows."""

    allowed: int
    seconds: float
    clock: Callable[[], float] = time.monotonic
    used: int = 0
    refused: int = 0
    ends: float = -math.inf

    def take(self) -> bool:
        """One request; False if the window has none left."""
        if self.clock() >= self.ends:
            self.used, self.ends = 0, self.clock() + self.seconds
        if self.used >= self.allowed:
            self.refused += 1
            return False
        self.used += 1
        return True

    def headers(self) -> dict[str, str]:
        """As Reddit writes them: used is whole, remaining has one decimal, reset is in seconds."""
        return {
            "x-ratelimit-used": str(self.used),
            "x-ratelimit-remaining": f"{self.allowed - self.used:.1f}",
            "x-ratelimit-reset": str(max(1, math.ceil(self.ends - self.clock()))),
        }


def reddit_limit(per_minute: float = 100, window: float = 600) -> RateWindow:
    """Reddit's: `per_minute` averaged over `window` seconds, so bursts are fine."""
    return RateWindow(max(1, round(per_minute * window / 60)), window)
