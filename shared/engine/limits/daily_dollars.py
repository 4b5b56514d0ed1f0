"""Dollars a day of one account: counters of the day (UTC), taken by increments that answer how much is taken in all."""

from __future__ import annotations

import datetime as dt
import math
import random

from shared.engine.limits.rate_limit_headers import A_DAY
from shared.engine.store import paths
from shared.ports.documents import Merge

MOST_SHARDS, SHARD_USD = 4, 10.0
CENT_OF_A_CENT = 1e-6


def counter_path(account: str, day: float, shard: int) -> str:
    """Where one of an account's counters of a day is; `day`: any moment of it (POSIX seconds)."""
    return f"{paths.limit(account)}/days/{dt.datetime.fromtimestamp(day, dt.UTC).date().isoformat()}.{shard}"


class DailyDollars:
    """What this process has taken of the day's dollars and not spent. Nothing is carried over midnight."""

    def __init__(self, account: str, usd: float) -> None:
        shards = max(1, min(MOST_SHARDS, int(usd / SHARD_USD)))
        self.each = usd / shards
        """The day's dollars of one counter; a call reserves at most so much."""
        self.held = 0.0
        self._account = account
        self.day = -1.0
        """The day (its first second) that all of this is of."""
        self._open = [*range(shards)]
        """Counters that have some left, as far as is known."""
        self._shards = shards
        self._last: int | None = None

    def held_at(self, now: float) -> float:
        self._turn(now)
        return self.held

    def ready(self, amount: float, now: float) -> float:
        """When `amount` may be spent: at once, tomorrow, or (infinite) when more has been taken."""
        self._turn(now)
        if min(amount, self.each) <= self.held + CENT_OF_A_CENT:
            return now
        return math.inf if self._open else self.day + A_DAY

    def use(self, amount: float, now: float) -> float:
        """Reserve it. Answers the day it belongs to, for `settle`."""
        self._turn(now)
        self.held -= min(amount, self.each)
        return self.day

    def settle(self, reserved: float, used: float, day: float, now: float) -> None:
        """What was not used may be used today; of yesterday's nothing."""
        self._turn(now)
        if day == self.day:
            self.held += min(reserved, self.each) - used

    def write(self, amount: float, now: float) -> tuple[int, Merge] | None:
        """The counter to take `amount` from, and the write that does; None when the day's dollars are taken."""
        self._turn(now)
        if not self._open:
            return None
        shard = random.choice(self._open)
        return shard, self._merge(shard, amount)

    def back(self, now: float) -> Merge | None:
        """The write that returns what is held, to the counter that was last taken from."""
        self._turn(now)
        amount, self.held = self.held, 0.0
        return self._merge(self._last, -amount) if self._last is not None and abs(amount) > CENT_OF_A_CENT else None

    def _merge(self, shard: int, amount: float) -> Merge:
        return Merge(counter_path(self._account, self.day, shard), {"expires_at": self.day + 2 * A_DAY}, {"usd": amount})

    def taken(self, shard: int, amount: float, total: float, day: float) -> None:
        """The counter stands at `total` with our `amount`: what is above its share is nobody's."""
        if day != self.day:
            return
        self.held += max(0.0, min(amount, self.each - (total - amount)))
        self._last = shard
        if total >= self.each - CENT_OF_A_CENT and shard in self._open:
            self._open.remove(shard)

    def _turn(self, now: float) -> None:
        day = now // A_DAY * A_DAY
        if day != self.day:
            self.day, self.held, self._open, self._last = day, 0.0, [*range(self._shards)], None
