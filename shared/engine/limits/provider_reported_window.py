"""A limit whose windows the provider keeps (Reddit): its word counts, and until it has spoken our own sliding window.

`limits/{resource}` is changed by compare-and-swap, for as many waiters at a time as may go. It holds what is left by the
lowest remainder heard in the current window, less what processes have taken and not had answered: an answer's remainder
includes every call answered before, so what is left is never overrated, whichever answer comes first. When the window
ends, one call asks what the next one has. A provider that says nothing is asked within our own sliding window.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from shared.engine.limits.limit import Limit
from shared.engine.limits.rate_limit_headers import RateLimitHeaders
from shared.engine.limits.waiting_line import BULK, INTERACTIVE, Waiter, WaitingLine
from shared.engine.store import paths
from shared.errors import Conflict
from shared.ports.documents import Create, Data, Document, Documents, Update

SAME = 5.0
"""Seconds by which two answers' reset times may differ and mean the same window."""
GRAIN, GRACE = 0.5, 1.0
"""Seconds: our own window's grants closer together than GRAIN are kept as one, dated by the later, and each counts for GRACE
longer than the window, as time may pass between a grant and its call."""
RESERVE, RECENT, LAST = 0.2, 30.0, 1.0
"""Share of a window that bulk work leaves to interactive work seen in the last RECENT seconds, or it would empty each new
window before a later step of an interactive job can ask. What is left in a window's LAST second is free for all."""
FLUSH, AT_LEISURE = 1.0, 5.0
"""Seconds at most between an answer and its being told to other processes: when others wait for it, and when it changes little."""
LEASE = 60.0
"""Seconds after which a silent process's calls count as made."""
TRIES = 5
"""Of a process that ends, to tell what it has heard."""
POLL = 0.25
"""Seconds between looks while nothing is left."""


@dataclass
class State:
    """The shared document."""

    grants: list[list[float]] = field(default_factory=list)
    """`[time, count]` of our own sliding window: while the provider has said nothing of the current one."""
    remaining: float | None = None
    reset_at: float = 0.0
    """The provider's window, by the lowest remainder heard of it; None: it has not spoken. A past reset is the last one's."""
    leases: dict[str, list[float]] = field(default_factory=dict)
    """Calls taken and not known to be answered, by process, and until when that is believed."""
    interactive_at: float = 0.0
    """When interactive work last took something."""
    hold_until: float = 0.0

    @property
    def outstanding(self) -> float:
        return sum(count for count, _ in self.leases.values())

    def roll(self, limit: Limit, now: float) -> None:
        """Bring it up to `now`: the dead and the past drop out."""
        for name, (count, until) in list(self.leases.items()):
            if until <= now:
                del self.leases[name]
                self.lose(count)
        if self.remaining is not None and now >= self.reset_at:
            self.remaining, self.grants = None, [[now, self.outstanding]]
        self.grants = [grant for grant in self.grants if grant[0] > now - limit.window - GRACE]

    def hear(self, remaining: float, reset_at: float) -> None:
        """An answer's word: of this window, the next, or (late) the last."""
        if self.remaining is None:
            if reset_at > self.reset_at + SAME:
                self.remaining, self.reset_at = remaining, reset_at
        elif reset_at > self.reset_at + SAME:
            self.remaining, self.reset_at = remaining, reset_at
        elif reset_at > self.reset_at - SAME:
            self.remaining, self.reset_at = min(self.remaining, remaining), min(self.reset_at, reset_at)

    def lose(self, count: float) -> None:
        """Calls of which nothing is known were made."""
        if self.remaining is not None:
            self.remaining -= count

    def asking(self, now: float) -> bool:
        """Whether one call is to find out if the provider's next window has begun, and what it has."""
        return self.remaining is None and now < self.reset_at + SAME

    def free(self, limit: Limit, now: float) -> float:
        """Requests that may be taken now."""
        if self.remaining is not None:
            return self.remaining - self.outstanding
        if self.asking(now):
            return 1 - self.outstanding
        return limit.at_once - sum(count for _, count in self.grants)

    def opens(self, limit: Limit, now: float) -> float:
        """When there will be more."""
        if self.remaining is not None or self.asking(now):
            return self.reset_at
        return self.grants[0][0] + limit.window + GRACE if self.grants else 0.0

    def take(self, count: int, now: float) -> None:
        """Note it in our own window: the provider's may turn out to be over."""
        if self.remaining is None and count:
            at = max(now, self.grants[-1][0]) if self.grants else now  # clocks differ, and the first to read may write last
            if self.grants and at - self.grants[-1][0] < GRAIN:
                count += int(self.grants.pop()[1])
            self.grants.append([at, count])


class ProviderWindow:
    """One resource's windows, as this process sees them."""

    units = frozenset({"requests"})
    tolerance = math.inf
    """Seconds by which a call may be later than its grant: the provider counts it in the window in which it comes."""

    def __init__(self, resource: str, limit: Limit, documents: Documents, instance: str) -> None:
        self._limit, self._documents, self._instance = limit, documents, instance
        self._path = paths.limit(resource)
        self._state = State()
        self._spare = 0.0
        """Taken for waiters, and not handed out: only for a moment."""
        self._in_flight = 0.0
        self._answers: list[tuple[float, float]] = []
        """(remaining, reset time) heard and not told yet."""
        self._lost = 0
        self._untold = False
        self._silent = False
        """Whether the latest answer said nothing of windows."""
        self._hold_until = 0.0
        self._synced_at = -math.inf
        self._look_at = 0.0

    @property
    def dirty(self) -> bool:
        """Whether others have to hear of something."""
        return self._untold

    def ready(self, waiter: Waiter, _line: WaitingLine, now: float) -> float:
        if self._spare and now - self._synced_at > GRACE:  # who it was for has given up
            self._spare, self._untold = 0.0, True
        return max(self._hold_until, now if self._spare >= waiter.amounts["requests"] else math.inf)

    def take(self, waiter: Waiter, _now: float) -> None:
        self._spare -= waiter.amounts["requests"]
        self._in_flight += waiter.amounts["requests"]

    def settle(self, _kept: None, reserved: Mapping[str, float], _used: Mapping[str, float], _now: float) -> None:
        self._in_flight -= reserved["requests"]
        self._untold = True

    def hear(self, said: RateLimitHeaders, hold: float | None, now: float) -> None:
        """Obey what the provider says."""
        if hold is not None:
            self._hold_until = max(self._hold_until, now + hold)
        self._silent = said.window is None
        if said.window is None:
            self._lost += 1
            return
        self._look_at = now
        remaining, reset = said.window
        self._answers.append((remaining, now + reset))
        self._state.hear(remaining, now + reset)

    def wait(self, load: Mapping[str, float], lane: str, now: float, *, alone: bool = False) -> float:  # noqa: ARG002
        """Seconds until so much will have been let through, about."""
        state = self._state
        left = state.free(self._limit, now) + (state.outstanding if state.remaining is not None else 0)
        enough = load.get("requests", 0.0) <= left - (self._reserve(now) if lane == BULK else 0.0)
        asked = state.remaining is None and state.outstanding > 0 and not self._silent  # an answer will tell how much there is
        opens = 0.0 if enough or asked else state.opens(self._limit, now) - now
        return max(0.0, opens, self._hold_until - now)

    def seconds(self, amounts: Mapping[str, float]) -> float:
        """Seconds in which the limit lets so much through, on average."""
        return amounts.get("requests", 0.0) / self._limit.at_once * self._limit.window

    def closed(self, _amounts: Mapping[str, float], now: float) -> float:
        """Seconds in which nothing will be granted for sure."""
        return self.wait({"requests": 1}, INTERACTIVE, now)

    async def fetch(self, line: WaitingLine, now: float) -> float:
        """Take what waiters may have, tell what was answered. Answers seconds until there is more to do."""
        urgent = self._state.remaining is None or self._hold_until > max(now, self._state.hold_until)
        due = self._look_at if line else self._synced_at + (FLUSH if urgent else AT_LEISURE)
        if now < due:
            return due - now
        found = await self._documents.get(self._path)
        state = State(**found.data) if found else State()
        self._claim(state, 0, now)
        state.roll(self._limit, now)
        answers, lost = self._answers, self._lost
        for remaining, reset_at in answers:
            state.hear(remaining, reset_at)
        state.lose(lost)
        state.hold_until = self._hold_until = max(state.hold_until, self._hold_until)
        if line.waiting(INTERACTIVE):
            state.interactive_at = now
        self._state = state
        count = 0 if self._hold_until > now else self._share(line, now)
        self._look_at = now if count else now + POLL
        if not count and not self._untold:
            return POLL
        self._answers, self._lost, self._untold = [], 0, False
        try:
            await self._write(found, state, count, now)
        except BaseException as error:
            self._answers, self._lost, self._untold = answers + self._answers, lost + self._lost, True
            if isinstance(error, Conflict):
                return random.uniform(0.005, 0.03)
            raise
        self._spare += count
        return 0.0 if line else FLUSH

    async def give_back(self, now: float) -> None:
        """Tell what was answered, and hold nothing for waiters. Calls that nobody has heard of again count as made in time."""
        self._untold, self._spare = self._untold or self._spare > 0, 0.0
        for _ in range(TRIES):
            if not self._untold:
                return
            self._synced_at = -math.inf
            await self.fetch(WaitingLine(), now)

    async def _write(self, found: Document | None, state: State, count: int, now: float) -> None:
        state.take(count, now)
        self._claim(state, count, now)
        data: Data = asdict(state)
        write = Create(self._path, data) if found is None else Update(self._path, data, version=found.version)
        await self._documents.commit(write)
        self._synced_at = now

    def _claim(self, state: State, count: int, now: float) -> None:
        """What this process has under way, and `count` more."""
        mine = self._in_flight + self._spare + count
        state.leases.pop(self._instance, None)
        if mine:
            state.leases[self._instance] = [mine, now + LEASE]

    def _share(self, line: WaitingLine, now: float) -> int:
        """How many of the waiters may go: interactive ones while anything is left, bulk but for the reserve."""
        free = max(0, math.floor(self._state.free(self._limit, now)))
        wanted = {lane: math.ceil(line.lanes[lane].load["requests"]) for lane in (INTERACTIVE, BULK)}
        interactive = min(wanted[INTERACTIVE], free)
        bulk = min(wanted[BULK], math.floor(free - interactive - self._reserve(now)))
        return max(0, interactive + max(0, bulk) - math.floor(self._spare))

    def _reserve(self, now: float) -> float:
        state = self._state
        ending = state.remaining is not None and state.reset_at - now <= LAST
        if ending or state.asking(now) or now - state.interactive_at >= RECENT:
            return 0.0
        return max(0.0, min(self._limit.at_once * RESERVE, self._limit.at_once - 1))
