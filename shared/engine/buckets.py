"""What is left of a limit, as plain data in one document: a token bucket, or a count over a sliding window."""

from __future__ import annotations

from dataclasses import dataclass

from shared.ports.documents import Data

GRAIN = 0.5
"""Seconds: grants closer together than this are kept as one, dated by the later."""
GRACE = 1.0
"""Seconds that may pass between a grant and its request: a grant is counted for that much longer than the window."""


@dataclass(frozen=True)
class Limit:
    """Requests and tokens per minute (tokens 0: not counted).

    A token bucket, of which `burst` minutes' worth may go at once. With `window` (seconds) instead: never more requests
    in any `window` than it gives, so that no reading of "per minute" is ever exceeded; tokens are not counted then.
    """

    requests: int
    tokens: int = 0
    burst: float = 1.0
    window: float = 0.0

    @property
    def at_once(self) -> float:
        """Requests that may go at once."""
        return self.requests * self.window / 60 if self.window else self.requests * self.burst


@dataclass(frozen=True)
class Left:
    """What may be taken now, and `data` to be kept with what was taken before."""

    requests: float
    tokens: float
    data: Data


def left(data: Data | None, limit: Limit, now: float) -> Left:
    """What the kept data leaves at `now`."""
    if limit.window:
        grants = [grant for grant in (data or {}).get("grants", []) if grant[0] > now - limit.window - GRACE]
        return Left(limit.at_once - sum(count for _, count in grants), 0.0, {"grants": grants})
    full_requests, full_tokens = limit.at_once, limit.tokens * limit.burst
    if data is None:
        return Left(full_requests, full_tokens, {"at": now})
    passed = max(0.0, now - data["at"])
    requests = min(full_requests, data["requests"] + passed * limit.requests / 60)
    tokens = min(full_tokens, data["tokens"] + passed * limit.tokens / 60)
    return Left(requests, tokens, {"at": max(now, data["at"])})


def wait(of: Left, limit: Limit, requests: float, tokens: float, now: float) -> float:
    """Seconds until so much is left, 0 if it is."""
    if limit.window:
        return 0.0 if requests <= of.requests else max(0.0, of.data["grants"][0][0] + limit.window + GRACE - now)
    short_requests = (requests - of.requests) / (limit.requests / 60)
    short_tokens = (tokens - of.tokens) / (limit.tokens / 60) if limit.tokens else 0.0
    return max(0.0, short_requests, short_tokens)


def taken(of: Left, limit: Limit, requests: float, tokens: float, now: float) -> Data:
    """The data to keep once so much was taken."""
    if not limit.window:
        return {**of.data, "requests": of.requests - requests, "tokens": of.tokens - tokens}
    grants = list(of.data["grants"])
    at = max(now, grants[-1][0]) if grants else now  # clocks differ, and whoever read the time first may commit last
    if grants and at - grants[-1][0] < GRAIN:
        requests += grants.pop()[1]
    return {"grants": [*grants, [at, requests]]}
