"""Clocks that differ by minutes, and one that jumps back (row 26)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import pytest

from shared.engine.task import claim
from shared.ports import Ports
from shared.ports.clock import Clock
from tests.faults.faulty import drain, post
from tests.faults.slow import Slow
from tests.support.engine.world import World, sweep_now
from tests.support.waiting import PATIENCE

MINUTES = 300.0


@dataclass
class Skewed:
    """Another machine's clock, by so many seconds ahead."""

    clock: Clock
    by: float

    def now(self) -> float:
        return self.clock.now() + self.by

    async def sleep(self, seconds: float) -> None:
        await self.clock.sleep(seconds)


def machine(world: World, ahead: float) -> Ports:
    return replace(world.ports, clock=Skewed(world.clock, ahead), instance=f"machine {ahead:+}")


@pytest.mark.fault(26)
@pytest.mark.parametrize(("first", "second"), [(-MINUTES, MINUTES), (0.0, MINUTES), (-MINUTES, 0.0)])
async def test_a_claim_that_looks_old_to_a_fast_clock_is_recorded_once(world: World, first: float, second: float) -> None:
    """The store's versions decide, not the clocks: a skew beyond the lease may do work twice, and never counts it twice."""
    slow = Slow()
    flow = slow.flow()
    job = await world.start(flow, size=1)
    await post(world, (await world.due())[0], flow)
    (delivery,) = await world.due()
    behind = asyncio.create_task(post(world, delivery, flow, machine(world, first)))
    await slow.at_work.wait()
    ahead = asyncio.create_task(post(world, delivery, flow, machine(world, second)))
    async with asyncio.timeout(PATIENCE):
        while len(slow.ran) < 2:
            await asyncio.sleep(0.01)
    slow.go_on.set()
    assert sorted([(await behind).status_code, (await ahead).status_code]) == [200, 409]
    await drain(world, flow)
    done = await world.job(job)
    row = next(stage for stage in done["summary"] if stage["name"] == "square")
    assert (done["status"], done["result"]["members"], row["done"]) == ("succeeded", 1, 1)


@pytest.mark.fault(26)
async def test_a_claim_of_a_dead_machine_ahead_of_time_ends_when_its_lease_does(world: World) -> None:
    slow = Slow()
    flow = slow.flow()
    job = await world.start(flow, size=1)
    await post(world, (await world.due())[0], flow)
    (delivery,) = await world.due()
    dead = asyncio.create_task(post(world, delivery, flow, machine(world, MINUTES)))
    await slow.at_work.wait()
    dead.cancel()
    await asyncio.gather(dead, return_exceptions=True)
    slow.go_on.set()
    await world.queue.end([delivery.name])
    begun = world.clock.now()
    while (await world.job(job))["status"] == "running":
        world.clock.time += 30
        await sweep_now({"toy": flow}, world.ports)
        await drain(world, flow)
        assert world.clock.now() - begun < MINUTES + claim.LEASE + 130
    assert (await world.job(job))["result"]["members"] == 1


@pytest.mark.fault(26)
@pytest.mark.parametrize("work", ["spread", "square 1", "add"])
async def test_a_clock_that_jumps_back_delays_at_most_and_counts_no_negative_time(world: World, work: str) -> None:
    jumped: list[str] = []

    def hook(now_at: str) -> None:
        if now_at == work and not jumped:
            jumped.append(work)
            world.clock.time -= MINUTES

    world.toy.hook = hook
    job = await world.start(size=3)
    await drain(world)
    for _ in range(4):
        world.clock.time += 130
        await sweep_now({"toy": world.flow}, world.ports)
        await drain(world)
    done = await world.job(job)
    assert (done["status"], done["result"]["members"], jumped) == ("succeeded", 3, [work])
    assert len(world.toy.ran) == 3 + 3
    assert all(min(row["work_s"], row["wait_s"], row["seconds"]) >= 0 for row in done["summary"])
