"""What one resource allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MOST_SHARDS = 64
SHARD_RATE = 2.0
"""Requests a second that a shard has at least: a lease of one second's worth is then more than one request."""
SHARD_REQUESTS, SHARD_TOKENS = 6, 12_000
"""What may go at once of one shard, at least: a call larger than that would have to wait for a lucky moment."""
FEW = 4
"""Requests that may go at once under any limit that allows so many a minute."""
SLACK, LONG_SLACK, MOST_SLACK = 0.1, 0.25, 0.4
"""Of what may go at once, so much stays unused: a tenth, or what comes in a quarter of a second, at most 40 %.
Calls take unequal time from grant to provider (the first opens a connection), and those after a slow one catch up with it."""


@dataclass(frozen=True)
class Limit:
    """What a resource allows: requests and tokens per minute, dollars per UTC day (0: not counted).

    Requests and tokens are a bucket of which `burst` minutes' worth may go at once. With `window` (seconds) instead: never
    more requests in any `window` than the rate gives, so that no reading of "per minute" is exceeded, unless the provider's
    own headers say more; tokens and dollars are not counted then. Resources of one `account` share their dollars.
    """

    requests: float
    tokens: float = 0
    usd: float = 0.0
    burst: float = 1.0
    window: float = 0.0
    account: str = ""

    @property
    def at_once(self) -> float:
        """Requests that may go at once."""
        return self.requests * self.window / 60 if self.window else self.burst_seconds * self.requests / 60

    @property
    def burst_seconds(self) -> float:
        """Seconds' worth of the rate that may go at once."""
        return max(self.burst, min(FEW, self.requests) / self.requests) * 60

    @property
    def depth(self) -> float:
        """The same, less what is left unused for safety."""
        spared = max(SLACK * self.burst_seconds, min(LONG_SLACK, MOST_SLACK * self.burst_seconds))
        return self.burst_seconds - spared

    @property
    def shards(self) -> int:
        """Documents that the limit is divided over."""
        parts = [self.requests / 60 / SHARD_RATE, self.at_once / SHARD_REQUESTS]
        if self.tokens:
            parts.append(self.tokens / 60 * self.burst_seconds / SHARD_TOKENS)
        return max(1, min(MOST_SHARDS, int(min(parts))))

    @property
    def rates(self) -> Mapping[str, float]:
        """Per second, by unit."""
        return {unit: amount / 60 for unit, amount in (("requests", self.requests), ("tokens", self.tokens)) if amount}

    def least_seconds(self, requests: float, tokens: float) -> float:
        """Seconds in which so much goes through, from a full bucket or an unused window."""
        if self.window:
            return max(0.0, -(-requests // self.at_once) - 1) * self.window
        amounts = {"requests": requests, "tokens": tokens}
        return max(0.0, *(amounts[unit] / rate - self.burst_seconds for unit, rate in self.rates.items()))
