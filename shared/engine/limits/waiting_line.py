"""Who waits for one resource, and whose turn it is: interactive before bulk, then the job that has had least.

Those who were put back count as well, as long as they are away: each job's part of what goes before a newcomer is then known
without asking anybody. A job of which nobody is here any more (it was cancelled, say) holds up nobody, whatever it has away.
"""

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
STARVED = 9.0
"""Seconds after which bulk work may have what is left to interactive work: other processes' calls have taken all since."""
MANY_JOBS = 10_000


class Load(defaultdict[str, float]):
    """What calls want, by unit; and how many calls."""

    def __init__(self) -> None:
        super().__init__(float)
        self.calls = 0

    def count(self, amounts: Mapping[str, float], by: int) -> None:
        """Add one call, or (`by` -1) take it off. Nothing is left over of none."""
        self.calls += by
        for unit, amount in amounts.items():
            self[unit] = self[unit] + by * amount if self.calls else 0.0


@dataclass(eq=False)
class Waiter:
    """One call that waits since `since`; `ready` gets its grant; None: it waited too long.

    `paced`: it came when the limit was about to be free for it.
    """

    lane: str
    job: str
    amounts: Mapping[str, float]
    since: float
    ready: asyncio.Future[Grant | None]
    grant: Grant | None = None
    served: float = 0.0
    gone: bool = False
    paced: bool = False


class LaneQueue:
    """The waiters of one lane. Jobs take turns, each at its own pace: O(log jobs) a grant, however many wait."""

    def __init__(self) -> None:
        self.load = Load()
        """What the waiters want in all."""
        self._here: dict[str, Load] = {}
        self._away: dict[str, Load] = {}
        self._returns: list[tuple[float, int, str, Mapping[str, float]]] = []
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
        self.load.count(waiter.amounts, 1)
        _count(self._here, waiter.job, waiter.amounts, 1)

    def leave(self, waiter: Waiter) -> None:
        """It has been served, or gave up; where it stood is cleared when its turn comes."""
        if not waiter.gone:
            waiter.gone = True
            self.load.count(waiter.amounts, -1)
            _count(self._here, waiter.job, waiter.amounts, -1)

    def send_away(self, job: str, amounts: Mapping[str, float], until: float) -> None:
        """A call of the job has been put back, and returns then, to whichever process."""
        heapq.heappush(self._returns, (until, next(self._order), job, amounts))
        _count(self._away, job, amounts, 1)

    def ahead(self, job: str, amounts: Mapping[str, float], now: float, *, away: bool) -> dict[str, float]:
        """What is served before and with a newcomer of the job, as jobs take turns: of each other job no more than of its own.

        `away`: those who are away would be back by then.
        """
        while self._returns and self._returns[0][0] <= now:
            _, _, returned, back = heapq.heappop(self._returns)
            _count(self._away, returned, back, -1)
        own = {unit: amount + self._load_of(job, unit, away=away) for unit, amount in amounts.items()}
        others = [other for other in self._here if other != job]
        return {
            unit: mine + sum(min(mine, self._load_of(other, unit, away=away)) for other in others) for unit, mine in own.items()
        }

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

    def _load_of(self, job: str, unit: str, *, away: bool) -> float:
        here, gone = self._here.get(job), self._away.get(job) if away else None
        return (here[unit] if here else 0.0) + (gone[unit] if gone else 0.0)

    def _queue(self, job: str, had: int) -> None:
        heapq.heappush(self._turns, (had, next(self._order), job))


class WaitingLine:
    """Both lanes of one resource."""

    def __init__(self) -> None:
        self.lanes = {INTERACTIVE: LaneQueue(), BULK: LaneQueue()}
        self._served = 0
        self._arrivals: deque[Waiter] = deque()

    def __len__(self) -> int:
        return sum(lane.load.calls for lane in self.lanes.values())

    @property
    def load(self) -> dict[str, float]:
        """What all who are here want, by unit."""
        mine, other = (lane.load for lane in self.lanes.values())
        return {unit: mine[unit] + other[unit] for unit in {*mine, *other}}

    def waiting(self, lane: str) -> int:
        return self.lanes[lane].load.calls

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

    def urgency(self, first: Waiter, now: float) -> str:
        """The lane as which the first is served: bulk may have its share before interactive calls, here or elsewhere."""
        return INTERACTIVE if self.waiting(INTERACTIVE) or now - first.since > STARVED else BULK

    def serve(self, waiter: Waiter) -> None:
        """`waiter`, the first, has been served."""
        self._served += 1
        self.lanes[waiter.lane].serve()

    def oldest(self) -> Waiter | None:
        """Who has waited longest."""
        while self._arrivals and self._arrivals[0].gone:
            self._arrivals.popleft()
        return self._arrivals[0] if self._arrivals else None

    def ahead(self, lane: str, job: str, amounts: Mapping[str, float], now: float, *, away: bool = False) -> dict[str, float]:
        """What goes before and with a newcomer, by unit: interactive work leaves bulk its share. `away`: see `LaneQueue`."""
        mine = self.lanes[lane].ahead(job, amounts, now, away=away)
        other = self.lanes[INTERACTIVE if lane == BULK else BULK].load
        share = BULK_FLOOR - 1 if lane == BULK else 1 / (BULK_FLOOR - 1)
        return {unit: amount + min(other[unit], amount * share) for unit, amount in mine.items()}


def _count(loads: dict[str, Load], job: str, amounts: Mapping[str, float], by: int) -> None:
    load = loads.setdefault(job, Load())
    load.count(amounts, by)
    if not load.calls:
        del loads[job]
