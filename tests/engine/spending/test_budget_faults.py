"""The books under faults: dead attempts, zombies, calls left behind, and a fault at any port call."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import Any

import pytest

from shared.engine.job import lifecycle
from shared.engine.run_task import run_task
from shared.engine.store import paths
from shared.engine.task import claim
from shared.engine.task import envelope as envelopes
from shared.errors import Transient
from tests.engine.recovery.test_crashes import Crash, Fuse
from tests.support.engine.paid import CEILING, Provider, Shop, flow_of
from tests.support.engine.world import LANES, World, sweep_now
from tests.support.metered import metered_models
from tests.support.waiting import until_true


@pytest.mark.fault(27)
async def test_the_money_of_a_dead_attempt_counts_as_spent_and_its_zombie_pays_no_more(world: World) -> None:
    shop = Shop(world, flow=flow_of(calls=2))
    await shop.open(size=1, cap=10_000)
    await world.drain(shop.flow, most=1)
    (delivery,) = [one for lane in LANES for one in await world.queue.take(lane, 10)]
    stage = shop.flow.stage("ask")
    envelope = envelopes.parse(delivery.body.encode(), "ask")
    other = replace(shop.ports, instance="another")
    answers: list[Any] = []

    class Slow(Provider):
        async def ask(self, **question: Any) -> Any:
            if not answers:  # its process stands still for longer than the lease, and another takes over
                answers.append(None)
                world.clock.time += claim.LEASE + 1
                answers.append((await run_task(shop.flow, stage, envelope, other)).status)
            return await super().ask(**question)

    shop.provider = Slow()
    models = metered_models(shop.provider)
    world.ports, other = replace(shop.ports, models=models), replace(other, models=models)
    assert (await run_task(shop.flow, stage, envelope, world.ports)).status == 409
    assert answers == [None, 200]
    assert shop.provider.calls == 3  # two of the second attempt, the first of the zombie
    await world.queue.end([delivery.name])
    await shop.drain()
    books = await shop.audit(at_rest=True)
    assert (await shop.status(), books["spent"]) == ("succeeded", CEILING + 2 * 400)
    late = await shop.ports.documents.get(paths.late_spending(shop.job.id, 1))
    assert late is not None
    assert (late.data["calls"], late.data["usd_micros"]) == (1, 0)
    assert (await shop.data())["cost"]["calls"] == 3


@pytest.mark.fault(27)
async def test_an_attempt_that_was_superseded_is_part_of_the_cost(world: World) -> None:
    shop = Shop(world)
    await shop.open(size=1, cap=None)
    await world.drain(shop.flow, most=1)
    (delivery,) = await world.due()
    envelope = envelopes.parse(delivery.body.encode(), "ask")
    answers: list[int] = []

    def takes_over() -> None:
        world.clock.time += claim.LEASE + 1

    original = shop.provider.ask

    async def ask(**question: Any) -> Any:
        answer = await original(**question)
        if not answers:
            answers.append(0)
            takes_over()
            answers.append((await run_task(shop.flow, shop.flow.stage("ask"), envelope, shop.ports)).status)
        return answer

    shop.provider.ask = ask  # type: ignore[method-assign] # the interleaving under test
    assert (await run_task(shop.flow, shop.flow.stage("ask"), envelope, shop.ports)).status == 409
    await world.queue.end([delivery.name])
    await world.drain(shop.flow)
    done = await shop.data()
    assert (done["status"], done["cost"]["usd"], done["cost"]["calls"]) == ("succeeded", 800 / 1e6, 2)


async def tend(shop: Shop, cap: int) -> bool:
    """Nothing is due: wait for what is queued, else sweep, and give a job more money that paused for it. Whether it has ended."""
    world = shop.world
    if world.queue.depth():
        world.clock.time = max(world.clock.time, min(world.queue.due(LANES).values()))
        return False
    world.clock.time += claim.LEASE + 61
    await sweep_now({"toy": shop.flow}, world.ports)
    status = await shop.status()
    if status == "paused":
        await shop.resume(cap + 3 * CEILING)
    return status in lifecycle.TERMINAL


async def run_with_fault(shop: Shop, at: int, *, after: bool, error: type[BaseException], lost: bool, cap: int) -> int:
    """A job in which the `at`-th call on a port fails. Resumed with more money when it stops for want of it."""
    world, counter = shop.world, [0]
    shop.provider.paid = shop.provider.calls = 0
    whole = world.ports
    await shop.open(size=3, cap=cap)

    def fused(port: Any) -> Any:
        return Fuse(port, counter, at, after=after, error=error)

    inner = fused(shop.provider)
    world.ports = replace(
        whole,
        documents=fused(whole.documents),
        tasks=fused(whole.tasks),
        models=metered_models(inner),
    )
    for _ in range(300):
        batch = await world.due()
        with contextlib.suppress(Crash, Transient):
            if not batch and await tend(shop, cap):
                break
        for delivery in batch:
            try:
                await world.deliver(delivery, shop.flow)
            except (Crash, Transient):
                world.clock.time += claim.LEASE + 1
                if lost:
                    await world.queue.end([delivery.name])
                else:
                    await world.queue.put_back(delivery.name, world.clock.now())
    world.ports = whole
    await shop.audit()
    return counter[0]


@pytest.mark.untraced
@pytest.mark.fault(11)
@pytest.mark.parametrize("lost", [False, True], ids=["redelivered", "lost"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [Crash, Transient], ids=["crash", "no_answer"])
async def test_a_fault_at_any_port_call_keeps_books_and_cap(
    world: World, after: bool, error: type[BaseException], lost: bool
) -> None:
    shop = Shop(world)
    cap = 400 + CEILING  # two calls fit in turn: the third has to wait for money
    calls = await run_with_fault(shop, 0, after=False, error=Crash, lost=False, cap=cap)
    assert await shop.status() == "succeeded"
    assert calls > 40
    for at in range(1, calls + 1):
        await run_with_fault(shop, at, after=after, error=error, lost=lost, cap=cap)
        done = await shop.data()
        assert done["status"] == "succeeded", f"call {at}: {done['status']} {done['paused']} {done['error']}"
        assert done["result"]["total"] == 5, f"call {at}"
        assert (await shop.audit())["reserved"] == 0, f"call {at}"


@pytest.mark.parametrize("held_up", ["the_call", "its_reservation"])
async def test_a_call_that_its_stage_left_behind_is_counted(world: World, held_up: str) -> None:
    """Of two calls at once one fails and the task is put back, while the other is under way, or about to be."""
    shop = Shop(world, flow=flow_of(calls=2, at_once=True))
    ask, commit, reserved = shop.provider.ask, world.ports.documents.commit, [0]

    async def first_fails(**question: Any) -> Any:
        if shop.provider.calls == 0:
            shop.provider.calls += 1
            raise Transient("503", code="model_turned_away")
        if held_up == "the_call":
            for _ in range(200):
                await asyncio.sleep(0.001)
        return await ask(**question)

    async def slow(*writes: Any) -> Any:
        done = await commit(*writes)
        reserved[0] += any(getattr(write, "data", {}).get("reserved") for write in writes)
        if held_up == "its_reservation" and reserved[0] == 2:
            for _ in range(50):
                await asyncio.sleep(0.001)
        return done

    shop.provider.ask = first_fails  # type: ignore[method-assign] # the interleaving under test
    world.ports.documents.commit = slow  # type: ignore[method-assign] # the interleaving under test
    await shop.open(size=1, cap=20_000)
    before = len(asyncio.all_tasks())
    await shop.drain()
    await until_true(lambda: len(asyncio.all_tasks()) <= before)  # the call that was left behind has ended, too
    await shop.audit(at_rest=True)
    assert await shop.status() == "succeeded"
