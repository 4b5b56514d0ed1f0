"""A join knows early: how many members run, or are paid, after the point at which their fan-out could have closed or failed."""

from __future__ import annotations

from typing import Any

import pytest

from shared.engine.flow import Flow, Join, Stage
from shared.errors import Permanent
from shared.ports import Ports
from tests.support.engine.world import Item, Squared, Total, ToyRequest, World, sweep_now

LATE = 0.05
"""Share of the members that may run after the point is reached."""


class Counted:
    """A flow whose members count themselves, and fail if they are told to."""

    def __init__(self, *, failing: bool = False, **join: Any) -> None:
        self.ran = 0

        async def spread(request: ToyRequest, ports: Ports) -> list[Item]:
            return [Item(number=number) for number in range(request.size)]

        async def square(item: Item, ports: Ports) -> Squared:
            self.ran += 1
            if failing:
                raise Permanent("refused", code="model_refused")
            return Squared(number=item.number, square=1)

        async def add(squares: list[Squared], ports: Ports) -> Total:
            return Total(total=sum(one.square for one in squares), members=len(squares))

        self.flow = Flow(
            "toy",
            request=ToyRequest,
            result=Total,
            stages=(Stage(spread, then=square), Stage(square, join=Join(add, **join), sums=("square",)), Stage(add)),
        )


@pytest.mark.parametrize("shuffled", [None, 7])
@pytest.mark.parametrize("size", [20, 21, 100, 400, 1000])
async def test_a_fan_out_that_has_enough_runs_no_more(world: World, size: int, shuffled: int | None) -> None:
    wanted = 0.3 * size
    counted = Counted(enough=("square", wanted))
    job = await world.start(counted.flow, size=size)
    await world.drain(counted.flow, seed=shuffled)
    assert (await world.job(job))["status"] == "succeeded"
    assert wanted <= counted.ran <= wanted + max(1, LATE * size)


@pytest.mark.parametrize("size", [20, 100, 1000])
async def test_a_fan_out_that_failed_beyond_tolerance_pays_no_more(world: World, size: int) -> None:
    counted = Counted(failing=True, tolerate=0.1)
    job = await world.start(counted.flow, size=size)
    await world.drain(counted.flow)
    assert (await world.job(job))["status"] == "failed"
    assert counted.ran <= 0.1 * size + max(2, LATE * size)


async def test_tolerated_failures_fail_nothing(world: World) -> None:
    counted = Counted(failing=True, tolerate=1.0)
    job = await world.start(counted.flow, size=60)
    await world.drain(counted.flow)
    assert (await world.job(job))["status"] == "partial"
    assert counted.ran == 60


async def test_the_sweep_closes_what_has_enough(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.engine.fanout.join._check_due", lambda *_: False)
    counted = Counted(enough=("square", 30))
    job = await world.start(counted.flow, size=100)
    for delivery in (await world.due())[:1]:
        await world.deliver(delivery, counted.flow)
    for number, delivery in enumerate(await world.due()):
        await (
            world.deliver(delivery, counted.flow) if number < 40 else world.queue.put_back(delivery.name, world.clock.time + 300)
        )
    world.clock.time += 120
    await sweep_now({"toy": counted.flow}, world.ports)
    await world.drain(counted.flow)
    assert await world.closed_because(job, "square") == "enough"
    assert counted.ran == 40


async def test_looking_costs_a_plain_join_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr("shared.engine.fanout.fanout_counts.read_so_far", never)
    job = await world.start(size=100)
    await world.drain()
    assert (await world.job(job))["status"] == "succeeded"
