"""Who waits for one resource, and whose turn it is: interactive before bulk, then the job that has had least."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass

from shared.ports.limits import Grant

INTERACTIVE, BULK = "interactive", "bulk"
BULK_FLOOR = 5
"""Every so many grants one goes to bulk work, if any waits: it never starves."""
MANY_JOBS = 10_000


@dataclass(eq=False)
class Waiter:
    """One call that waits since `since`; `ready` gets its grant; None: it waited too long."""

    lane: str
    job: str
    amounts: Mapping[str, float]
    since: float
    ready: asyncio.Future[Grant | None]
    grant: Grant | None = None
    gone: bool = False


class Lane:
    """The waiters of one lane. Jobs take turns, each at its own pace: O(log jobs) a grant, however many wait."""

    def __init__(self) -> None:
        self.waiting = 0
        self.load: dict[str, float] = defaultdict(float)
        """What the waiters want in all, by unit."""
        self._jobs: dict[str, deque[Waiter]] = {}
        self._turns: list[tuple[int, int, str]] = []
        self._had: dict[str, int] = {}
        """Grants by job. A newcomer starts at what the last served had, or it would be served alone until it caught up."""
        self._level = 0
        self._order = itertools.count()

    def join(self, waiter: Waiter) -> None:
        if waiter.job not in self._jobs:
            self._jobs[waiter.job] = deque()
            self._queue(waiter.job, max(self._level, self._had.get(waiter.job, 0)))
        self._jobs[waiter.job].append(waiter)
        self._count(waiter, 1)

    def leave(self, waiter: Waiter) -> None:
        """It has been served, or gave up; where it stood is cleared when its turn comes."""
        if not waiter.gone:
            waiter.gone = True
            self._count(waiter, -1)

    def first(self) -> Waiter | None:
        """Whose turn it is."""
        while self._turns:
            job = self._turns[0][2]
            waiters = self._jobs[job]
            while waiters and waiters[0].gone:
                waiters.popleft()
            if waiters:
                return waiters[0]
            heapq.heappop(self._turns)
            del self._jobs[job]
        return None

    def serve(self) -> None:
        """The first one has been served: its job's next turn comes after those who have had less."""
        self._level, _, job = heapq.heappop(self._turns)
        self.leave(self._jobs[job].popleft())
        self._had[job] = self._level + 1
        self._queue(job, self._level + 1)
        if len(self._had) > MANY_JOBS:
            self._had = {name: had for name, had in self._had.items() if had > self._level}

    def _queue(self, job: str, had: int) -> None:
        heapq.heappush(self._turns, (had, next(self._order), job))

    def _count(self, waiter: Waiter, by: int) -> None:
        self.waiting += by
        for unit, amount in waiter.amounts.items():
            self.load[unit] = self.load[unit] + by * amount if self.waiting else 0.0


class Line:
    """Both lanes of one resource."""

    def __init__(self) -> None:
        self.lanes = {INTERACTIVE: Lane(), BULK: Lane()}
        self._served = 0
        self._arrivals: deque[Waiter] = deque()

    def __len__(self) -> int:
        return sum(lane.waiting for lane in self.lanes.values())

    def waiting(self, lane: str) -> int:
        return self.lanes[lane].waiting

    def join(self, waiter: Waiter) -> None:
        self.lanes[waiter.lane].join(waiter)
        self._arrivals.append(waiter)

    def leave(self, waiter: Waiter) -> None:
        self.lanes[waiter.lane].leave(waiter)

    def first(self) -> Waiter | None:
        """Interactive work, but for bulk's share."""
        share = self._served % BULK_FLOOR == BULK_FLOOR - 1
        for lane in (BULK, INTERACTIVE) if share else (INTERACTIVE, BULK):
            waiter = self.lanes[lane].first()
            if waiter is not None:
                return waiter
        return None

    def serve(self, waiter: Waiter) -> None:
        """`waiter`, the first, has been served."""
        self._served += 1
        self.lanes[waiter.lane].serve()

    def oldest(self) -> Waiter | None:
        """Who has waited longest."""
        while self._arrivals and self._arrivals[0].gone:
            self._arrivals.popleft()
        return self._arrivals[0] if self._arrivals else None

    def ahead(self, lane: str) -> dict[str, float]:
        """What goes before a newcomer to the lane, by unit: interactive work leaves bulk its share."""
        mine, other = self.lanes[lane].load, self.lanes[INTERACTIVE if lane == BULK else BULK].load
        share = 1.0 if lane == BULK else 1 / (BULK_FLOOR - 1)
        units = {*mine, *other}
        return {unit: mine[unit] + min(other[unit], other[unit] if lane == BULK else mine[unit] * share) for unit in units}
