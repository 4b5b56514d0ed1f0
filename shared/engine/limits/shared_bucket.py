"""A bucket shared by all processes: each leases stretches of its timelines, ahead of the calls that wait.

`limits/{resource}/shards/{k}` holds one number, `end`: up to when the shard's time is taken. Leasing is one blind increment
whose answer says which stretch it was, so leases never conflict. (Processes that share a shard look at it first, to stay
out of each other's way; being wrong costs a wait and no more. A call that comes when the limit is about to be free for it need
not look: a stretch that begins too far ahead goes back.) Within its stretch a process may send what the shard's
rates give, of every unit: requests and tokens are taken by the same step and belong to the same moments.
Only a timeline that nobody has used for a while is brought up to now, by a conditional write; whoever loses that race
leases behind the winner. A clamp (a 429, a remainder below what we believed) moves the ends on, for everybody.
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from shared.engine.limits.daily_dollars import DailyDollars
from shared.engine.limits.leased_capacity import DUST, LeasedCapacity, Stretch
from shared.engine.limits.limit import Limit
from shared.engine.limits.rate_limit_headers import RateLimitHeaders
from shared.engine.limits.shared_timeline import TimelineShard
from shared.engine.limits.waiting_line import BULK, INTERACTIVE, Waiter, WaitingLine
from shared.engine.store import paths
from shared.ports.clock import Clock
from shared.ports.documents import Documents, Write

QUANTUM = 1.0
"""Seconds of a shard's time that one lease takes at most when all of it is in use: so a shard is written about once a second."""
LEAD = 0.75
"""Seconds before they are needed that more is leased."""
RESERVE = 0.2
"""Share of what may go at once that bulk work leaves to interactive work."""
BEYOND = 0.1
"""Part of what may go at once that is leased ahead of its time by who has looked: a look at each turn of others' would cost more."""
GRACE = 0.5
"""Seconds that a lease of an idle timeline may take to arrive, at most, before its first slots lapse."""
LOW = 0.05
"""A remainder below this share of what may go at once is less than our own use leaves: others use the limit too."""
CLAMP_SECONDS = 1.0
MINUTE = (45.0, 75.0)
"""Seconds: the provider's limit is per minute when its bucket takes about so long to fill."""
MEMORY = 0.9
"""How much a call's use of its reserve counts less than that of the one after it."""
LATELY, AT_FIRST = 20.0, 3.0
"""Seconds: what a process has leased counts e times less for each LATELY, in its share of the limit; and as if it had had all
of the limit for AT_FIRST before, as whoever knows little had better return too soon than too late."""


@dataclass(frozen=True)
class Used:
    """Where a grant came from."""

    stretches: Mapping[str, list[Stretch]]
    day: float


class SharedBucket:
    """One resource's bucket, as this process sees it."""

    def __init__(self, resource: str, limit: Limit, documents: Documents, clock: Clock) -> None:
        self._limit, self._documents, self._clock = limit, documents, clock
        path = paths.limit(resource)
        shards = [TimelineShard(f"{path}/shards/{k}", documents) for k in range(limit.shards)]
        self._shards = random.sample(shards, len(shards))  # processes begin at different ones
        self._slots = {unit: LeasedCapacity(rate / limit.shards) for unit, rate in limit.rates.items()}
        self._dollars = DailyDollars(limit.account or resource, limit.usd) if limit.usd else None
        self._depths = {INTERACTIVE: limit.depth, BULK: limit.depth * (1 - RESERVE)}
        self._hold_until = 0.0
        self._floor = 0.0
        self._clamped_at = 0.0
        self._usual = dict.fromkeys(self._slots, 1.0)
        """What calls use of their reserve, lately: it says when those who are put back can return."""
        self._leased, self._leased_at, self._began = 0.0, 0.0, 0.0
        """Seconds of time that this process has leased lately, when it leased last, and (about) when first."""

    @property
    def units(self) -> frozenset[str]:
        return frozenset(self._slots) | ({"usd"} if self._dollars else frozenset())

    @property
    def dirty(self) -> bool:
        """Whether others have to hear of something."""
        return self._floor > 0

    @property
    def tolerance(self) -> float:
        """Seconds by which a call may be later than its grant: half of what is spared, since its way takes the other half."""
        return (self._limit.burst_seconds - self._limit.depth) / 2

    # What is held: no waiting, no writing.

    def ready(self, waiter: Waiter, line: WaitingLine, now: float) -> float:
        """When the line's first may go; infinite when more has to be leased."""
        depth = self._depths[line.urgency(waiter, now)]
        moments = [slots.ready(self._capped(unit, waiter.amounts), depth, now) for unit, slots in self._slots.items()]
        if self._dollars:
            moments.append(self._dollars.ready(waiter.amounts.get("usd", 0.0), now))
        return max(self._hold_until, *moments)

    def take(self, waiter: Waiter, now: float) -> Used:
        """Use what is ready for it. An amount above what one shard gives at once goes: the rest is what comes next.

        It is taken of what is held, and only what is not held is owed: else all that is held would go at more than the rate
        before the first debt was paid.
        """
        stretches = {}
        for unit, slots in self._slots.items():
            whole = waiter.amounts.get(unit, 0.0)
            taken = max(self._capped(unit, waiter.amounts), min(whole, slots.held(now)))
            stretches[unit] = slots.take(taken)
            slots.debt += whole - taken
        day = self._dollars.use(waiter.amounts.get("usd", 0.0), now) if self._dollars else 0.0
        return Used(stretches, day)

    def settle(self, kept: Used, reserved: Mapping[str, float], used: Mapping[str, float], now: float) -> None:
        """Keep what was not used for the next grant; owe what was used beyond."""
        for unit, slots in self._slots.items():
            over = used.get(unit, 0.0) - reserved.get(unit, 0.0)
            if reserved.get(unit):
                self._usual[unit] = MEMORY * self._usual[unit] + (1 - MEMORY) * used.get(unit, 0.0) / reserved[unit]
            paid = min(slots.debt, max(0.0, -over))
            slots.debt += max(0.0, over) - paid
            slots.put_back(max(0.0, -over) - paid, kept.stretches.get(unit, []))
        if self._dollars:
            self._dollars.settle(reserved.get("usd", 0.0), used.get("usd", 0.0), kept.day, now)

    def hear(self, said: RateLimitHeaders, hold: float | None, now: float) -> None:
        """Obey what the provider says. It can only slow us down."""
        shards, burst = len(self._shards), self._limit.burst_seconds
        if hold is not None:
            self._hold_until = max(self._hold_until, now + hold)
            self._floor = max(self._floor, self._hold_until + self._depths[BULK])
            for slots in self._slots.values():
                slots.clear()
        for unit, slots in self._slots.items():
            remaining, most = said.remaining.get(unit), said.limit.get(unit)
            if remaining is None or hold is not None:
                continue
            share = remaining / (slots.rate * shards * burst)
            believed = min(shard.end for shard in self._shards)
            if share < LOW and believed < now + burst * (1 - share) - DUST:
                self._floor = max(self._floor, now + burst * (1 - share))
            if most and most > remaining and MINUTE[0] < said.reset.get(unit, 0.0) * most / (most - remaining) < MINUTE[1]:
                slots.rate = min(slots.rate, most / 60 / shards)

    def wait(self, load: Mapping[str, float], lane: str, now: float, *, alone: bool = False) -> float:
        """Seconds until so much will have been let through, about, of this process's part of the limit; `alone`: of all of it."""
        taken = sum(max(shard.end - now, 0.0) for shard in self._shards) / len(self._shards)
        room = self._depths[lane] - taken
        beyond = max(0.0, self.seconds(self._missing(self._likely(load), now)) - max(0.0, room))
        return max(self.closed(load, now), max(0.0, -room) + beyond / (1.0 if alone else self._share))

    def closed(self, amounts: Mapping[str, float], now: float) -> float:
        """Seconds in which a call for `amounts` will not be granted for sure."""
        paid = self._dollars.ready(amounts.get("usd", 0.0), now) if self._dollars else now
        return max(0.0, self._hold_until - now, paid - now if paid < math.inf else 0.0)

    # Leasing.

    async def fetch(self, line: WaitingLine, now: float) -> float:
        """Lease what waiters lack, tell others of a clamp. Answers seconds until there is more to do."""
        if self._floor and now >= self._clamped_at + CLAMP_SECONDS:
            await self._clamp(now)
        missing = self._missing(line.load, now)
        first = line.first()
        if first is None or not missing or self.closed(first.amounts, now):
            return math.inf
        lane = line.urgency(first, now)
        shard = min(self._shards, key=lambda shard: shard.end + shard.delay)
        horizon = now + self._depths[lane] + LEAD
        lacks = self._missing({unit: self._capped(unit, first.amounts) for unit in first.amounts}, now)
        if lane == BULK or not lacks:
            early = max(shard.end + shard.delay - horizon, 0.0 if lacks else self._supply(missing, now) - LEAD)
            if early > 0:
                return early
        most = horizon + self._limit.depth * BEYOND  # beyond, it would be kept from those who can use it sooner
        unseen = first.paced and not shard.crowded
        if not unseen and (shard.shared or shard.end < now + self._grace):
            await shard.look()
            if shard.end > most:
                shard.let_go_first()
                return 0.0
        await self._lease(shard, missing, lacks, most, unseen=unseen)
        return 0.0

    async def give_back(self, now: float) -> None:
        """Return what is held at the end of a timeline, with nobody's lease behind it, and dollars. For a process that ends."""
        if self._floor:
            await self._clamp(now)
        for shard in self._shards:
            end = await shard.stands()
            start = max((slots.free_from(end, now) for slots in self._slots.values()), default=end)
            if start < end - DUST and await shard.cut(start):
                for slots in self._slots.values():
                    slots.cut(start, end)
        if self._dollars and (bill := self._dollars.back(now)):
            await self._documents.commit(bill)

    async def _lease(
        self, shard: TimelineShard, missing: Mapping[str, float], head: Mapping[str, float], most: float, *, unseen: bool
    ) -> None:
        """Take as long a stretch as the waiters need, but no more than a second's, or what has gathered while nobody asked.

        It is at least what the first of them, the `head`, lacks. One that was taken `unseen` and begins after `most` is given back.
        """
        now = self._clock.now()
        whole = self.seconds(missing) * len(self._shards)
        room = now + self._depths[BULK] + LEAD - max(shard.end, now + self._grace)
        length = max(min(whole, max(QUANTUM, room)), self.seconds(head) * len(self._shards))
        if "requests" in missing:
            rate = self._slots["requests"].rate
            length = max(length, math.ceil(length * rate - DUST) / rate)
        part = min(1.0, length / whole) if whole else 1.0
        usd = max(missing.get("usd", 0.0) * part, head.get("usd", 0.0))
        start = await self._take(shard, length, usd, unseen=unseen)
        if start is None:
            return
        if unseen and start > most and await shard.cut(start):
            shard.let_go_first()
            return
        for slots in self._slots.values():
            slots.add(start, start + length)

    async def _take(self, shard: TimelineShard, length: float, usd: float, *, unseen: bool) -> float | None:
        """Commit a lease, time and dollars in one step. Answers where its stretch begins; None if there is none."""
        now = self._clock.now()
        bill = self._dollars.write(usd, now) if self._dollars and usd > 0 else None
        more: list[Write] = [bill[1]] if bill else []
        day = self._dollars.day if self._dollars else 0.0
        start, committed = None, None
        if length > 0:
            take = shard.take_unseen if unseen else shard.take
            taken = await take(length, now + self._grace, more)
            if taken is None:
                return None
            start, committed = taken
            self._began = self._began or now - QUANTUM
            self._leased, self._leased_at = self._lately(now) + length, now
        elif more:
            committed = await self._documents.commit(*more)
        if bill and self._dollars and committed:
            self._dollars.taken(bill[0], usd, committed.values[0]["usd"], day)
        return start

    async def _clamp(self, now: float) -> None:
        """Nobody is to lease anything before the floor."""
        floor, self._floor, self._clamped_at = self._floor, 0.0, now
        for shard in self._shards:
            if not await shard.push(floor):
                self._floor = floor

    # Sums.

    def _capped(self, unit: str, amounts: Mapping[str, float]) -> float:
        """Half of what a shard gives at once: more would hardly ever be ready before it lapses."""
        slots = self._slots.get(unit)
        return min(amounts.get(unit, 0.0), slots.rate * self._limit.depth / 2) if slots else amounts.get(unit, 0.0)

    def _likely(self, reserved: Mapping[str, float]) -> dict[str, float]:
        """What calls that reserve so much will use."""
        return {unit: amount * self._usual.get(unit, 1.0) for unit, amount in reserved.items()}

    def _missing(self, wanted: Mapping[str, float], now: float) -> dict[str, float]:
        """What is wanted or owed and not held, by unit."""
        lacking = {unit: wanted.get(unit, 0.0) + slots.debt - slots.held(now) for unit, slots in self._slots.items()}
        if self._dollars:
            lacking["usd"] = min(wanted.get("usd", 0.0), self._dollars.each) - self._dollars.held_at(now)
        if not any(wanted.values()):
            return {}
        return {unit: amount for unit, amount in lacking.items() if amount > DUST}

    def seconds(self, amounts: Mapping[str, float]) -> float:
        """In which the limit lets so much through."""
        rates = {unit: slots.rate * len(self._shards) for unit, slots in self._slots.items()}
        return max((amounts.get(unit, 0.0) / rate for unit, rate in rates.items()), default=0.0)

    def _supply(self, units: Collection[str], now: float) -> float:
        """Seconds that what is held will last, at this process's share of the limit: leases are few and large."""
        held = (slots.held(now) / slots.rate for unit, slots in self._slots.items() if unit in units)
        return min(held, default=0.0) / len(self._shards) / self._share

    @property
    def _share(self) -> float:
        """Of the whole limit, so much was leased lately by this process; all of it, until it has leased anything."""
        now = self._clock.now()
        known = LATELY * -math.expm1(-(now - self._began) / LATELY) if self._began else 0.0
        return min(1.0, (self._lately(now) / len(self._shards) + AT_FIRST) / (known + AT_FIRST))

    def _lately(self, now: float) -> float:
        """Seconds of time that this process has leased lately."""
        return self._leased * math.exp(-(now - self._leased_at) / LATELY)

    @property
    def _grace(self) -> float:
        return min(GRACE, self._limit.depth / 4)
