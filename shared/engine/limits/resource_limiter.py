"""The limiter of one resource in one process: calls wait in line, are granted in turn, or put back if the wait is too long."""

from __future__ import annotations

import asyncio
import contextlib
import math
import random
from collections.abc import Mapping
from typing import Any, Protocol

from structlog.stdlib import get_logger

from shared.engine.limits.rate_limit_headers import RateLimitHeaders, parse_rate_limit_headers
from shared.engine.limits.waiting_line import BULK, INTERACTIVE, Waiter, WaitingLine
from shared.engine.spending import usage_meter
from shared.errors import HeadraceError, PutBack, Transient
from shared.ports.clock import Clock
from shared.ports.limits import Grant

log = get_logger()

PATIENCE = 8.0
"""Seconds an invocation is held for a limit; whoever will wait longer is put back at once."""
TURNS, MOST_PATIENCE = 4, 30.0
"""It is held for so many calls of its kind where the limit takes seconds for each, but not longer."""
OVERDUE = 2.0
"""Times its patience after which it is put back though it was expected to be served: others came first."""
MOST_AWAY = 60.0
"""Seconds that nobody stays away longer, however many are before it: what was before it may be gone by then."""
RETURNS, EARLY, LEAST_AWAY = (0.25, 0.55), 2.0, 0.5
"""The part of its expected wait after which it returns at the earliest, and seconds that it stays away at least. Returns at
random between that part and the whole keep somebody here at all times, where exact ones that are a little late leave gaps."""
SOON, POLL = 0.005, 0.1
"""Seconds between two looks, at least and at most."""
STORE_SILENT = 0.5
TELL_EACH = 20
"""Of the times in a row that the store has not answered, each how manyth is logged."""
REFUSED = 429
DEFAULT_HOLD = 1.0
"""Seconds, after a refusal that does not say how long."""


class Source(Protocol):
    """What a resource's grants come from: a bucket, or windows. Times are POSIX seconds, waits seconds, amounts by unit."""

    @property
    def units(self) -> frozenset[str]: ...
    @property
    def dirty(self) -> bool: ...
    @property
    def tolerance(self) -> float: ...
    def ready(self, waiter: Waiter, line: WaitingLine, now: float, /) -> float: ...
    def take(self, waiter: Waiter, now: float, /) -> Any: ...
    def settle(self, kept: Any, reserved: Mapping[str, float], used: Mapping[str, float], now: float, /) -> None: ...
    def hear(self, said: RateLimitHeaders, hold: float | None, now: float, /) -> None: ...
    def wait(self, load: Mapping[str, float], lane: str, now: float, /, *, alone: bool = False) -> float: ...
    def closed(self, amounts: Mapping[str, float], now: float, /) -> float: ...
    def seconds(self, amounts: Mapping[str, float], /) -> float: ...
    async def fetch(self, line: WaitingLine, now: float, /) -> float: ...
    async def give_back(self, now: float, /) -> None: ...


class ResourceLimiter:
    """Grants what its source gives, in the order of its line."""

    def __init__(self, name: str, source: Source, clock: Clock) -> None:
        self.name = name
        self.line = WaitingLine()
        self._source, self._clock = source, clock
        self._pump: asyncio.Task[None] | None = None
        self._silent = 0

    async def acquire(self, amounts: Mapping[str, float]) -> Grant:
        """Wait in line; again, when this process was too busy to use what it was granted while it held.

        Raises:
            PutBack: the wait is longer than its patience.
        """
        account = usage_meter.current_meter.get()
        lane = INTERACTIVE if account is None or account.lane == INTERACTIVE else BULK
        job = account.job if account else ""
        now = self._clock.now()
        wanted = {unit: amount for unit, amount in amounts.items() if unit in self._source.units and amount}
        expected = self._expected(lane, job, wanted, now)
        if expected > self._patience(wanted):
            raise self._put_back(lane, job, wanted)
        what = f"{self.name}, {max(0.0, expected):.0f} s"
        with account.wait_for(what, self._clock.now) if account else contextlib.nullcontext():
            grant = await self._granted(lane, job, wanted, now, paced=account is not None and account.paced)
        if grant is None:
            raise self._put_back(lane, job, wanted)
        return grant

    async def _granted(self, lane: str, job: str, wanted: Mapping[str, float], since: float, *, paced: bool) -> Grant | None:
        """A grant that is fresh when it is answered; None: it takes too long."""
        while True:
            waiter = Waiter(lane, job, wanted, since, asyncio.get_running_loop().create_future(), paced=paced)
            self.line.join(waiter)
            self._hand_out(self._clock.now())
            self._keep_pumping()
            try:
                grant = await waiter.ready
            except asyncio.CancelledError:
                self._gave_up(waiter)
                raise
            now = self._clock.now()
            if grant is None or now - waiter.served <= self._source.tolerance:
                return grant
            self._source.settle(grant.kept, grant.amounts, {}, now)

    def settle(self, grant: Grant, used: Mapping[str, float | None], headers: Mapping[str, str], status: int) -> None:
        """See the port."""
        now = self._clock.now()
        said = parse_rate_limit_headers(headers, now)
        hold = (said.hold or DEFAULT_HOLD) if status == REFUSED else None
        spent = {unit: amount if used.get(unit) is None else used[unit] for unit, amount in grant.amounts.items()}
        self._source.settle(grant.kept, grant.amounts, {unit: amount or 0.0 for unit, amount in spent.items()}, now)
        self._source.hear(said, hold, now)
        self._keep_pumping()

    async def close(self) -> None:
        """Serve nobody any more, and give back what is held.

        Raises:
            Transient: the store did not answer.
        """
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.wait([self._pump])
        while (waiter := self.line.first()) is not None:
            self._refuse(waiter, Transient("this process is ending", code="process_ending"))
        await self._source.give_back(self._clock.now())

    def _expected(self, lane: str, job: str, wanted: Mapping[str, float], now: float) -> float:
        """Seconds until it is served if it stays, about.

        The only one here stays if the limit has room for it: what others leased lately says little of what they still want.
        """
        load = self.line.ahead(lane, job, wanted, now)
        return self._source.wait(load, lane, now, alone=not self.line)

    def _patience(self, wanted: Mapping[str, float]) -> float:
        return max(PATIENCE, min(MOST_PATIENCE, TURNS * self._source.seconds(wanted)))

    def _put_back(self, lane: str, job: str, wanted: Mapping[str, float]) -> PutBack:
        """Away for about as long as what goes before it takes, those included who are away already."""
        now = self._clock.now()
        closed = self._source.closed(wanted, now)
        load = self.line.ahead(lane, job, wanted, now, away=True)
        behind = min(MOST_AWAY, self._source.wait(load, lane, now) - closed) * random.uniform(*RETURNS)
        away = max(LEAST_AWAY, closed - random.uniform(0, EARLY) + behind)
        self.line.lanes[lane].send_away(job, wanted, now + away)
        return PutBack(self.name, away)

    def _gave_up(self, waiter: Waiter) -> None:
        """Its task was cancelled, perhaps after it had been served."""
        if waiter.grant is None:
            self.line.leave(waiter)
        else:
            self._source.settle(waiter.grant.kept, waiter.grant.amounts, {}, self._clock.now())
            self._keep_pumping()

    def _keep_pumping(self) -> None:
        if (self.line or self._source.dirty) and (self._pump is None or self._pump.done()):
            self._pump = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        """Serve while anybody waits or anything is to be told."""
        try:
            while self.line or self._source.dirty:
                try:
                    pause = await self._round()
                    self._silent = 0
                except HeadraceError as error:
                    if self._silent % TELL_EACH == 0:
                        log.warning("limit_store_silent", resource=self.name, why=error.message)
                    self._silent, pause = self._silent + 1, STORE_SILENT
                await self._clock.sleep(min(max(pause, SOON), POLL))
        except Exception as error:  # whoever waits must hear of it; the next to ask starts anew
            log.exception("limit_crashed", resource=self.name)
            while (waiter := self.line.first()) is not None:
                self._refuse(waiter, Transient(f"the limit of {self.name} failed: {type(error).__name__}", code="internal"))

    async def _round(self) -> float:
        now = self._clock.now()
        self._send_away(now)
        self._hand_out(now)
        pause = await self._source.fetch(self.line, now)
        return min(pause, self._hand_out(self._clock.now()))

    def _hand_out(self, now: float) -> float:
        """Serve everybody who may go now. Answers seconds until the next may."""
        while (waiter := self.line.first()) is not None:
            ready = self._source.ready(waiter, self.line, now)
            if ready > now:
                return ready - now
            self.line.serve(waiter)
            waiter.served = now
            waiter.grant = Grant(self.name, waiter.amounts, self._source.take(waiter, now))
            waiter.ready.set_result(waiter.grant)
        return math.inf

    def _send_away(self, now: float) -> None:
        """Put back who would wait too long."""
        for lane in (INTERACTIVE, BULK):
            while (waiter := self.line.lanes[lane].first()) and self._source.closed(waiter.amounts, now) > PATIENCE:
                self._refuse(waiter, None)
        while (waiter := self.line.oldest()) and now - waiter.since > OVERDUE * self._patience(waiter.amounts):
            if waiter is self.line.first() and self._source.ready(waiter, self.line, now) < math.inf:
                return  # what it needs is leased, and would lapse
            self._refuse(waiter, None)

    def _refuse(self, waiter: Waiter, why: HeadraceError | None) -> None:
        self.line.leave(waiter)
        if waiter.ready.done():
            return
        if why is None:
            waiter.ready.set_result(None)
        else:
            waiter.ready.set_exception(why)
