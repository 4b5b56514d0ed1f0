"""Rate capacity that one process has leased of a shared GCRA timeline: kept, used, put back, lapsed.

A timeline with rate r is one number, its end: everything before it is taken. Taking an amount moves the end on by
amount / r, and the stretch between old and new end is what was taken. Of a stretch `(start, end]` calls may be sent

    from  end - depth   (before, the bucket would not hold so much)
    until start         (after, it would have run over: the stretch has lapsed)

So what is sent in any t seconds lies within t + depth of one timeline, on which no two stretches overlap: it is never more
than r * (t + depth), whoever took them, however they are mixed. `tests/engine/limits/test_limits_timeline.py` tries to refute it.
"""

from __future__ import annotations

import bisect
import math
from dataclasses import dataclass, field
from typing import TypeAlias

Stretch: TypeAlias = tuple[float, float]
"""Start and end on a timeline, POSIX seconds."""
DUST = 2e-6
"""Seconds below which nothing is missing: POSIX seconds in a float are that coarse."""


@dataclass
class LeasedCapacity:
    """Stretches that this process has leased and not used of one unit, whose `rate` is per second; oldest first."""

    rate: float
    debt: float = 0.0
    """Amount that was used beyond what was reserved: taken out of what comes next."""
    _stretches: list[Stretch] = field(default_factory=list)

    def add(self, start: float, end: float) -> None:
        """Keep a stretch, less what is owed."""
        paid = min(self.debt / self.rate, end - start)
        self.debt = max(0.0, self.debt - paid * self.rate)
        if start + paid < end:
            bisect.insort(self._stretches, (start + paid, end))

    def held(self, now: float) -> float:
        """The amount that has not lapsed."""
        self._lapse(now)
        return sum(end - start for start, end in self._stretches) * self.rate

    def ready(self, amount: float, depth: float, now: float) -> float:
        """When `amount` may be sent; infinite if not so much is held."""
        self._lapse(now)
        missing, moment = amount / self.rate, -math.inf
        for start, end in self._stretches:
            if missing <= DUST:
                break
            part = min(missing, end - start)
            missing -= part
            moment = max(moment, start + part - depth)
        return moment if missing <= DUST else math.inf

    def take(self, amount: float) -> list[Stretch]:
        """Use `amount` of what is `ready`."""
        missing, taken = amount / self.rate, []
        while missing > DUST:
            start, end = self._stretches.pop(0)
            part = min(missing, end - start)
            missing -= part
            taken.append((start, start + part))
            if start + part < end:
                bisect.insort(self._stretches, (start + part, end))
        return taken

    def put_back(self, amount: float, taken: list[Stretch]) -> None:
        """Of what was taken, `amount` was not used after all: the latest of it, which lapses last."""
        left = amount / self.rate
        for start, end in reversed(taken):
            part = min(left, end - start)
            left -= part
            if part > 0:
                bisect.insort(self._stretches, (end - part, end))

    def free_from(self, end: float, now: float) -> float:
        """From when on nothing is used, and nothing owed, of a stretch that ends at `end`; `end` if none does."""
        self._lapse(now)
        start = next((start for start, until in self._stretches if abs(until - end) < DUST), end)
        return min(end, start + self.debt / self.rate)

    def cut(self, start: float, end: float) -> None:
        """What lies between is held no more."""
        number = next(number for number, (_, until) in enumerate(self._stretches) if abs(until - end) < DUST)
        self._stretches[number] = (self._stretches[number][0], start)

    def clear(self) -> None:
        """Let everything lapse."""
        self._stretches.clear()

    def _lapse(self, now: float) -> None:
        while self._stretches and self._stretches[0][0] < now:
            _, end = self._stretches.pop(0)
            if end > now:
                bisect.insort(self._stretches, (now, end))
