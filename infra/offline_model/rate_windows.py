"""Rate limits as OpenAI counts and announces them: requests and tokens over the last minute."""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import dataclass, field

WINDOW = 60.0
UNLIMITED = 1_000_000_000


@dataclass
class Window:
    """A sum over the last minute that may not pass `limit`."""

    limit: int
    spent: deque[tuple[float, int]] = field(default_factory=deque)

    def wait(self, amount: int, now: float) -> float:
        """Seconds until `amount` more fits; 0 if it does now. More than the whole limit waits for an empty window."""
        while self.spent and self.spent[0][0] <= now - WINDOW:
            self.spent.popleft()
        over = sum(count for _, count in self.spent) + min(amount, self.limit) - self.limit
        for moment, count in self.spent:
            if over <= 0:
                break
            over -= count
            until = moment + WINDOW - now
            if over <= 0:
                return max(until, 0.001)
        return 0.0

    @property
    def remaining(self) -> int:
        return max(0, self.limit - sum(count for _, count in self.spent))

    def reset(self, now: float) -> float:
        """Seconds until the window is empty."""
        return max(0.0, self.spent[-1][0] + WINDOW - now) if self.spent else 0.0


class Windows:
    """The two limits of a model: each request is taken from both or from neither."""

    def __init__(self, rpm: int | None, tpm: int | None) -> None:
        self.requests = Window(rpm or UNLIMITED)
        self.tokens = Window(tpm or UNLIMITED)

    def take(self, tokens: int) -> float:
        """Take one request with its tokens; else the seconds until it fits."""
        now = time.monotonic()
        wait = max(self.requests.wait(1, now), self.tokens.wait(tokens, now))
        if wait == 0:
            self.requests.spent.append((now, 1))
            self.tokens.spent.append((now, tokens))
        return wait

    def headers(self) -> dict[str, str]:
        """`x-ratelimit-*` as OpenAI sends them."""
        now = time.monotonic()
        return {
            header: value
            for name, window in (("requests", self.requests), ("tokens", self.tokens))
            for header, value in (
                (f"x-ratelimit-limit-{name}", str(window.limit)),
                (f"x-ratelimit-remaining-{name}", str(window.remaining)),
                (f"x-ratelimit-reset-{name}", duration(window.reset(now))),
            )
        }


def duration(seconds: float) -> str:
    """Seconds in Go's notation: `120ms`, `1.5s`, `6m0s`."""
    if seconds < 1:
        return f"{math.ceil(seconds * 1000)}ms"
    minutes, rest = divmod(round(seconds, 3), 60)
    return f"{int(minutes)}m{rest:g}s" if minutes else f"{rest:g}s"
