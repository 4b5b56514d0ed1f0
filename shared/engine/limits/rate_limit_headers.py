"""What an answer's headers say about the provider's limits. Values that cannot be true are ignored."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shared.retry_after import retry_after

A_DAY = 86_400.0
_PART = r"\d+(?:\.\d+)?(?:ms|h|m|s)"
_SCALE = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
UNITS = ("requests", "tokens")


@dataclass(frozen=True)
class RateLimitHeaders:
    """One answer's word. `remaining` and `limit` by unit; seconds: `reset` by unit, `retry_after`.

    `window`: requests that the provider's current window still has, and seconds until its end.
    """

    remaining: Mapping[str, float] = field(default_factory=dict)
    limit: Mapping[str, float] = field(default_factory=dict)
    reset: Mapping[str, float] = field(default_factory=dict)
    window: tuple[float, float] | None = None
    retry_after: float | None = None

    @property
    def hold(self) -> float | None:
        """Seconds to wait after a refusal: as told, else until what is used up comes back."""
        if self.retry_after is not None:
            return self.retry_after
        spent = [self.reset[unit] for unit in self.reset if self.remaining.get(unit, math.inf) < 1]
        return max(spent) if spent else (self.window[1] if self.window else None)


def parse_rate_limit_headers(headers: Mapping[str, str], now: float) -> RateLimitHeaders:
    """Parse OpenAI's `x-ratelimit-*-requests|tokens`, Reddit's `x-ratelimit-remaining|reset`, and `retry-after(-ms)`."""
    seen = {name.lower(): value for name, value in headers.items()}

    def by_unit(what: str, parse: Callable[[str | None], float | None]) -> dict[str, float]:
        found = {unit: parse(seen.get(f"x-ratelimit-{what}-{unit}")) for unit in UNITS}
        return {unit: value for unit, value in found.items() if value is not None}

    left, reset = amount(seen.get("x-ratelimit-remaining")), duration(seen.get("x-ratelimit-reset"))
    wait = retry_after(seen, now, most=A_DAY) or 0.0
    return RateLimitHeaders(
        remaining=by_unit("remaining", amount),
        limit={unit: value for unit, value in by_unit("limit", amount).items() if value > 0},
        reset=by_unit("reset", duration),
        window=(left, reset) if left is not None and reset is not None else None,
        retry_after=wait if 0 < wait < A_DAY else None,  # a longer one is a mistake, and would stop everybody
    )


def duration(text: str | None) -> float | None:
    """Seconds of `12`, `1.5`, `120ms`, `6m0s`, `1h2m3s`; None for what is none, not positive, or over a day."""
    text = (text or "").strip()
    if re.fullmatch(rf"(?:{_PART})+", text):
        seconds = sum(float(value) * _SCALE[unit] for value, unit in re.findall(r"(?<![\d.])([\d.]+)(ms|h|m|s)", text))
    else:
        seconds = amount(text) or 0.0
    return seconds if 0 < seconds <= A_DAY else None


def amount(text: str | None) -> float | None:
    """A count; None for what is none, negative or infinite."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 <= value < math.inf else None
