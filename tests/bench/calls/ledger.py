"""What the provider saw, and what follows from it: refusals, calls paid twice, the limit's use, calls in flight."""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from dataclasses import dataclass

FRESH = 0.25
"""Seconds: an answer that left the provider so shortly before a kill may still have been on its way through the killed process."""


@dataclass
class Record:
    """One request: when it came (seconds since 1970), for which call, whether it was accepted, when it was answered."""

    arrived: float
    call: int
    accepted: bool
    answered: float | None = None


@dataclass(frozen=True)
class Ledger:
    """Every request of one run. `rate`: what the limit allows per second."""

    records: list[Record]
    rate: float

    @property
    def paid(self) -> list[Record]:
        """Accepted requests in the order they came: the provider bills them, heard or not."""
        return [record for record in self.records if record.accepted]

    @property
    def refused(self) -> int:
        """429s."""
        return len(self.records) - len(self.paid)

    @property
    def repeated(self) -> int:
        """Calls that were paid for more than once: requests beyond each call's first."""
        return len(self.paid) - len({record.call for record in self.paid})

    @property
    def began(self) -> float:
        return self.records[0].arrived

    def since(self, moment: float) -> Ledger:
        """What came from `moment` on."""
        return Ledger([record for record in self.records if record.arrived >= moment], self.rate)

    def used(self, skip: float = 1.0) -> float:
        """The limit's use while calls are queued: accepted per second over the rate, from `skip` seconds after the first
        call (by then the burst is spent) to the last call."""
        times = [record.arrived for record in self.paid]
        after = bisect.bisect_left(times, times[0] + skip)
        span = times[-1] - (times[0] + skip)
        return (len(times) - after) / span / self.rate if span > 0 else 0.0

    def most_in(self, window: float) -> int:
        """The most requests accepted within any `window` seconds."""
        times = [record.arrived for record in self.paid]
        return max((bisect.bisect_right(times, at + window) - number for number, at in enumerate(times)), default=0)

    def most_in_flight(self) -> int:
        """The most calls that were under way at one moment."""
        steps = sorted([(r.arrived, 1) for r in self.paid] + [(r.answered, -1) for r in self.paid if r.answered is not None])
        return max(itertools.accumulate(step for _, step in steps), default=0)

    def repeated_calls(self) -> set[int]:
        """Calls that were paid for more than once."""
        return {call for call, times in Counter(record.call for record in self.paid).items() if times > 1}

    def in_flight_at(self, moment: float) -> set[int]:
        """Calls that had been accepted and not answered at `moment`."""
        return {r.call for r in self.paid if r.arrived <= moment and (r.answered is None or r.answered > moment)}

    def wasted(self, kill: float) -> set[int]:
        """Calls paid for more than once although they had been answered well before the kill: not in flight, yet not kept."""
        return self.repeated_calls() - self.in_flight_at(kill) - self.in_flight_at(kill - FRESH)
