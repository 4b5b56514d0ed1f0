"""The provider's token bucket: what it lets through, and what its headers say."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Bucket:
    """`rate` per second, at most `depth` at once; full at first."""

    rate: float
    depth: float
    left: float = field(init=False)
    at: float | None = None

    def __post_init__(self) -> None:
        self.left = self.depth

    def fill(self, now: float) -> None:
        """Bring what is left up to `now`."""
        passed = 0.0 if self.at is None else max(0.0, now - self.at)
        self.left = min(self.depth, self.left + passed * self.rate)
        self.at = now

    def wait(self, amount: float) -> float:
        """Seconds from the last fill until `amount` is there."""
        return max(0.0, amount - self.left) / self.rate

    def reset(self) -> str:
        """Time until it is full, as the provider writes durations: `120ms`, `1.5s`, `6m0s`."""
        seconds = (self.depth - self.left) / self.rate
        if seconds < 1:
            return f"{seconds * 1000:.0f}ms"
        minutes, rest = divmod(seconds, 60)
        return f"{minutes:.0f}m{rest:.0f}s" if minutes else f"{rest:.3f}s"
