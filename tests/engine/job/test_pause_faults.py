"""Faults around a pause, and claims that are renewed or taken over."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from shared.engine.job import controls, lifecycle
from shared.engine.store import ended_instances, paths
from shared.engine.store.schema.shared_fields import read_as
from shared.engine.store.schema.task import TaskRecord
from shared.engine.task import claim
from shared.engine.task import envelope as envelopes
from shared.errors import Transient
from tests.engine.recovery.test_crashes import Crash, Fuse
from tests.support.engine.paid import Shop
from tests.support.engine.world import LANES, World, sweep_now


async def test_a_resume_while_a_task_is_let_go_brings_it_back(world: World) -> None:
    """The task sees the pause, the job is resumed and mended, and only then is the task put back: nobody else would look."""
    shop = Shop(world)
    await shop.open(size=1, cap=None)
    await world.drain(shop.flow, most=1)
    (delivery,) = await world.due()
    original, models = world.ports.documents.commit, world.ports.models

    async def commit(*writes: Any) -> Any:
        if any(write.data.get("state") == "queued" for write in writes):
            world.ports.documents.commit = original  # type: ignore[method-assign] # once
            await controls.resume(shop.flow, shop.job.id, world.ports)
            for repairing in [one for one in await world.due() if '"repair"' in one.body]:
                await world.deliver(repairing, shop.flow)
        return await original(*writes)

    class Pausing:
        label = "pausing"

        async def ask(self, **question: Any) -> Any:
            await controls.pause(shop.job.id, world.ports)
            world.ports.documents.commit = commit  # type: ignore[method-assign] # the interleaving under test
            return await models.ask(**question)

    world.ports = replace(world.ports, models=Pausing())  # type: ignore[arg-type] # only `ask` is called
    await world.deliver(delivery, shop.flow)
    world.ports = replace(world.ports, models=models)
    await world.drain(shop.flow)
    assert (await shop.status(), shop.provider.calls) == ("succeeded", 1)
    assert world.clock.now() < 1_800_000_000.0 + claim.LEASE  # at once, not by the sweeper


async def test_a_claim_of_a_process_known_to_be_dead_is_taken_over_at_once(world: World) -> None:
    job = await world.start(size=1)
    (delivery,) = await world.due()

    def dies(_: str) -> None:
        raise Crash

    world.toy.hook = dies
    with pytest.raises(Crash):
        await world.deliver(delivery)
    world.toy.hook = lambda _: None
    dead, world.ports = world.ports.instance, world.with_ports(instance="another")
    assert (await world.deliver(delivery)).status == 409
    await ended_instances.record_ended(dead, world.ports)
    assert (await world.deliver(delivery)).status == 200
    await world.drain()
    assert (await world.job(job))["status"] == "succeeded"
    task = await world.ports.documents.get(paths.task(job.id, "1.spread"))
    assert task is not None
    assert (task.data["deaths"], task.data["epoch"]) == (1, 2)


async def run_with_fault(world: World, at: int, *, after: bool, error: type[BaseException], pause_at: int) -> int:
    """A job that is paused and resumed, in which the `at`-th port call fails."""
    world.toy.ran.clear()
    job = await world.start(size=3)
    counter, whole = [0], world.ports
    fused = replace(
        whole,
        documents=Fuse(whole.documents, counter, at, after=after, error=error),
        tasks=Fuse(whole.tasks, counter, at, after=after, error=error),
    )
    world.ports = fused
    for turn in range(400):
        batch = (await world.due())[: 3 if turn < pause_at else None]
        try:
            if turn == pause_at:
                await controls.pause(job.id, fused)
            if turn >= pause_at + 2 and (await lifecycle.read(job.id, whole)).data["status"] == "paused":
                await controls.resume(world.flow, job.id, fused)
            if not batch and not world.queue.depth():
                if (await lifecycle.read(job.id, whole)).data["status"] in lifecycle.TERMINAL:
                    break
                world.clock.time += claim.LEASE + 61
                await sweep_now({"toy": world.flow}, fused)
        except (Crash, Transient):
            pass
        if not batch and world.queue.depth():
            world.clock.time = max(world.clock.time, min(world.queue.due(LANES).values()))
        for delivery in batch:
            try:
                await world.deliver(delivery)
            except (Crash, Transient):
                await world.queue.put_back(delivery.name, world.clock.now() + claim.LEASE + 1)
        await world.queue.recover()
    world.ports = whole
    done = await world.job(job)
    assert (done["status"], (done["result"] or {}).get("total")) == ("succeeded", 5), f"call {at}: {done}"
    return counter[0]


@pytest.mark.untraced
@pytest.mark.parametrize("pause_at", [0, 1, 2])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [Crash, Transient], ids=["crash", "no_answer"])
async def test_a_fault_at_any_port_call_around_a_pause_loses_nothing(
    world: World, after: bool, error: type[BaseException], pause_at: int
) -> None:
    calls = await run_with_fault(world, 0, after=False, error=Crash, pause_at=pause_at)
    assert calls > 30
    for at in range(1, calls + 1):
        await run_with_fault(world, at, after=after, error=error, pause_at=pause_at)


async def test_the_renewal_of_a_claim_says_what_its_work_waits_for(world: World) -> None:
    job = await world.start(size=1)
    (delivery,) = await world.due()
    envelope = envelopes.parse(delivery.body.encode(), "spread")
    held = await claim.claim(world.ports, envelope, read_as(TaskRecord, await world.ports.documents.get(envelope.task_path)))
    ticks = [0]

    async def sleep(seconds: float) -> None:
        ticks[0] += 1
        await asyncio.sleep(0 if ticks[0] < 4 else 3600)

    world.clock.sleep = sleep  # type: ignore[method-assign] # time passes quickly
    async with claim.keep_alive(world.ports, held, lambda: "openai, 3 s"):
        while ticks[0] < 4:
            await asyncio.sleep(0.01)
    task = await world.ports.documents.get(paths.task(job.id, "1.spread"))
    assert task is not None
    assert (task.data["waiting"], task.version) == ("openai, 3 s", held.version)


async def test_a_renewal_that_is_not_answered_is_tried_again(world: World) -> None:
    await world.start(size=1)
    (delivery,) = await world.due()
    envelope = envelopes.parse(delivery.body.encode(), "spread")
    held = await claim.claim(world.ports, envelope, read_as(TaskRecord, await world.ports.documents.get(envelope.task_path)))
    ticks, original = [0], world.ports.documents.commit

    async def sleep(seconds: float) -> None:
        ticks[0] += 1
        await asyncio.sleep(0 if ticks[0] < 4 else 3600)

    async def commit(*writes: Any) -> Any:
        done = await original(*writes)
        if ticks[0] == 1:
            raise Transient("committed, but nobody said so")
        return done

    world.clock.sleep = sleep  # type: ignore[method-assign] # time passes quickly
    world.ports.documents.commit = commit  # type: ignore[method-assign] # the fault under test
    async with claim.keep_alive(world.ports, held):
        while ticks[0] < 4:
            await asyncio.sleep(0.01)
    task = await world.ports.documents.get(envelope.task_path)
    assert task is not None
    assert task.version == held.version
