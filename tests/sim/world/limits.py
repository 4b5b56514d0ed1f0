"""A history of the limiter alone: several processes under one limit, and a provider that keeps its own account."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from shared.engine.limits import Limit, SharedLimits
from shared.engine.spending import usage_meter
from shared.errors import PutBack, Transient
from tests.sim.history import Outcome
from tests.sim.world.documents import SimDocuments
from tests.sim.world.faults import CRASHES, STALLS, STORE, Faults, draw
from tests.sim.world.loop import EPOCH, Stuck
from tests.sim.world.process import Crash, Process, ProcessClock
from tests.sim.world.simulated_world import Setting, World, determined

RESOURCE = "provider"
LATEST = 1800.0
LONGEST_AWAY = 120.0
"""Seconds after which whoever is put back is to return at the latest; the limit itself is never closed for so long here."""


@dataclass
class Caller:
    """One call to be made. `tokens` are reserved, `used` are what it took."""

    at: float
    lane: str
    tokens: int
    used: int
    latency: float


@dataclass
class Plan:
    """Everything that a seed decides."""

    setting: Setting
    limit: Limit
    callers: list[Caller] = field(default_factory=list)
    leavers: int = 0
    """Calls of a job that is cancelled: they ask before the others, once, and never come again."""


def plan(seed: int, log: list[str] | None = None) -> Plan:
    """The seed's plan."""
    dice = random.Random(f"limits {seed}")
    requests = dice.choice((60, 300, 1200))
    window = dice.choice((0.0, 0.0, 10.0))
    tokens = 0 if window else dice.choice((0, requests * 100))
    kinds: tuple[str, ...] = dice.choice(((), CRASHES, STORE, STALLS, CRASHES + STORE))
    setting = Setting(
        seed=seed,
        processes=dice.randint(1, 4),
        faults=Faults(draw(dice, kinds, 4, 60)),
        pace=dice.choice((0.001, 0.01)),
        lifo=dice.choice((0.0, 0.5)),
        log=log,
    )
    reserved = 100 if tokens else 0
    callers = [
        Caller(
            at=dice.random() * dice.choice((0.01, 2.0, 20.0)),
            lane=dice.choice(("interactive", "bulk")),
            tokens=reserved,
            used=dice.randint(20, 100) if tokens else 0,
            latency=dice.random() * 2,
        )
        for _ in range(dice.choice((10, 40)))
    ]
    return Plan(setting, Limit(requests, tokens, burst=0.1, window=window), callers, dice.choice((0, 0, 300)))


class Provider:
    """Keeps its own account of what comes in."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._calls: list[tuple[float, int]] = []

    def called(self, now: float, tokens: int) -> str | None:
        """What the limit has to say against this call."""
        self._calls.append((now, tokens))
        limit = self._limit
        if limit.window:
            within = sum(at > now - limit.window for at, _ in self._calls)
            return f"{within} calls in {limit.window:.0f} s, {limit.at_once:.0f} allowed" if within > limit.at_once else None
        for name, rate in limit.rates.items():
            over = self._over(rate, weighed=name == "tokens")
            if over > 1e-6:
                return f"{over:.2f} {name} over {rate * 60:.0f} a minute"
        return None

    def _over(self, rate: float, *, weighed: bool) -> float:
        """How far below nothing a bucket of the provider's has gone; `rate` per second."""
        capacity = level = self._limit.burst_seconds * rate
        last = 0.0
        for at, tokens in self._calls:
            level = min(capacity, level + (at - last) * rate) - (tokens if weighed else 1)
            last = at
        return max(0.0, -level)


def run(planned: Plan) -> Outcome:
    """Run a plan and check what came of it."""
    limit, setting = planned.limit, planned.setting
    world = World(setting, {})
    provider = Provider(limit)
    limiters: dict[str, SharedLimits] = {}
    with determined(setting):
        try:
            world.run(_lived(world, planned, provider, limiters))
        except Stuck as stuck:
            world.watch.report(4, f"stuck: {stuck}")
    seconds = world.loop.time() - EPOCH
    return Outcome(setting.seed, world.watch.violations, setting.faults.calls, world.loop.turns, seconds, setting.faults.hit, [])


async def _lived(world: World, planned: Plan, provider: Provider, limiters: dict[str, SharedLimits]) -> None:
    calls = [world.loop.create_task(_call(world, planned, caller, provider, limiters)) for caller in planned.callers]
    for _ in range(planned.leavers):
        leaving = Caller(0.0, "bulk", planned.callers[0].tokens, 0, 0.0)
        world.loop.create_task(_call(world, planned, leaving, provider, limiters, leaves=True))
    needed = (len(calls) + min(planned.leavers, planned.limit.requests / 6)) / planned.limit.requests * 60
    latest = max(caller.at for caller in planned.callers) + 2 * needed + 30
    while not all(call.done() for call in calls):
        await world.wait(1.0)
        if world.loop.time() - EPOCH > (LATEST if planned.setting.faults.plan else latest):
            world.watch.report(
                4, f"{sum(not call.done() for call in calls)} calls still wait; {needed:.0f} s would have been enough"
            )
            return
    for call in calls:
        call.result()


async def _call(
    world: World, planned: Plan, caller: Caller, provider: Provider, limiters: dict[str, SharedLimits], *, leaves: bool = False
) -> None:
    await world.wait(caller.at)
    while True:
        process = world.processes[int(world.dice.random() * len(world.processes))]
        if process.name not in limiters:
            limits = {RESOURCE: planned.limit}
            limiters[process.name] = SharedLimits(SimDocuments(process, world.store), ProcessClock(process), limits)
        try:
            await _unless_dead(process, _limited(world, process, limiters[process.name], caller, provider))
        except PutBack as later:
            if (later.retry_after or 0.0) > LONGEST_AWAY:
                world.watch.report(4, f"sent away for {later.retry_after:.0f} s")
            if leaves:
                return
            await world.wait(later.retry_after or 1.0)
        except (Crash, Transient):
            await world.wait(1.0)
        else:
            return


async def _unless_dead(process: Process, work: Coroutine[Any, Any, None]) -> None:
    """What waits in a process's memory alone, its port cannot stop when the process dies."""
    working = process.loop.create_task(work)
    await asyncio.wait([working, process.died], return_when=asyncio.FIRST_COMPLETED)
    if not working.done():
        working.cancel()
        raise Crash
    working.result()


async def _limited(world: World, process: Process, limiter: SharedLimits, caller: Caller, provider: Provider) -> None:
    async def alive() -> None:
        pass

    paced = int(1000 * caller.latency) % 2 == 0  # some lease what they have not seen to be free
    usage_meter.current_meter.set(usage_meter.Meter(f"job {caller.lane}", caller.lane, alive, alive, paced=paced))
    grant = await limiter.acquire(RESOURCE, tokens=caller.tokens)
    if process.dead:
        raise Crash
    if (process.stalled_until <= process.now) and (complaint := provider.called(process.now, caller.used)):
        world.watch.report(4, complaint)
    with contextlib.suppress(Crash):
        await process.sleep(caller.latency)
    limiter.settle(grant, tokens=caller.used, status=200)
