"""Ends that race each other, and attempts that outlive their claim (rows 27 and 30)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from shared.engine.job import controls, lifecycle
from shared.engine.store.schema.job import JobRecord
from shared.engine.task import claim
from shared.ports.documents import Document, Where
from tests.faults.faulty import drain, post
from tests.faults.slow import Slow
from tests.support.engine.world import World, sweep_now
from tests.support.waiting import PATIENCE


async def run_cancelled_at(world: World, number: int) -> tuple[Document[JobRecord], str, int]:
    """A job cancelled right before its store's `number`-th commit: the job, what cancelling answered, and all commits."""
    job = await world.start(size=2)
    commit = world.ports.documents.commit
    answered: list[str] = []
    count = 0

    async def counted(*writes: Any) -> Any:
        nonlocal count
        count += 1
        if count == number:
            answered.append((await controls.cancel(job.id, world.ports)).data["status"])
        return await commit(*writes)

    world.ports.documents.commit = counted  # type: ignore[method-assign] # the moment under test
    try:
        await drain(world)
    finally:
        world.ports.documents.commit = commit  # type: ignore[method-assign] # as it was
    return job, (answered or [""])[0], count


@pytest.mark.fault(30)
async def test_a_job_cancelled_at_any_commit_has_one_end_that_never_changes(world: World) -> None:
    _, _, commits = await run_cancelled_at(world, 0)
    ends = set()
    for number in range(1, commits + 1):
        world.toy.ran.clear()
        job, answered, _ = await run_cancelled_at(world, number)
        ended = (await lifecycle.read(job.id, world.ports)).data
        ends.add(ended["status"])
        assert ended["status"] == answered, f"cancel at commit {number} answered {answered}"
        world.clock.time += 600
        await sweep_now({"toy": world.flow}, world.ports)
        await drain(world)
        assert (await controls.cancel(job.id, world.ports)).data["status"] == ended["status"]
        assert (await lifecycle.read(job.id, world.ports)).data == ended, f"commit {number}"
    assert ends == {"cancelled"}


@pytest.mark.fault(30)
async def test_a_job_cancelled_after_its_end_stays_as_it_ended(world: World) -> None:
    job = await world.start(size=2)
    await drain(world)
    ended = (await lifecycle.read(job.id, world.ports)).data
    assert ended["status"] == "succeeded"
    assert (await controls.cancel(job.id, world.ports)).data == ended == (await lifecycle.read(job.id, world.ports)).data


@pytest.mark.fault(30)
async def test_a_job_cancelled_while_its_members_work_never_joins_them(world: World) -> None:
    slow = Slow()
    flow = slow.flow()
    job = await world.start(flow, size=2)
    await post(world, (await world.due())[0], flow)
    at_work = [asyncio.create_task(post(world, delivery, flow)) for delivery in await world.due()]
    async with asyncio.timeout(PATIENCE):
        while len(slow.ran) < 2:
            await asyncio.sleep(0.01)
    await controls.cancel(job.id, world.ports)
    slow.go_on.set()
    assert [answer.status_code for answer in await asyncio.gather(*at_work)] == [200, 200]
    await drain(world, flow)
    ended = await world.job(job)
    assert (ended["status"], ended.get("result")) == ("cancelled", None)
    joins = await world.ports.documents.query(f"{job.path}/tasks", Where("stage", "==", "add"))
    assert {join.data["state"] for join in joins} <= {"queued"}
    await controls.retry(flow, job.id, world.ports)
    await drain(world, flow)
    assert (await world.job(job))["status"] == "succeeded"
    assert len(slow.ran) == 2  # what was done before is not done again


@pytest.mark.fault(27)
async def test_an_attempt_whose_lease_ran_out_records_nothing_and_a_third_one_neither(world: World) -> None:
    """Long pauses of a process: its claim is taken over twice while it still works."""
    slow = Slow()
    flow = slow.flow()
    job = await world.start(flow, size=1)
    await post(world, (await world.due())[0], flow)
    (delivery,) = await world.due()
    attempts = []
    for number in range(3):
        attempts.append(asyncio.create_task(post(world, delivery, flow, replace(world.ports, instance=f"process {number}"))))
        async with asyncio.timeout(PATIENCE):
            while len(slow.ran) <= number:
                await asyncio.sleep(0.01)
        world.clock.time += claim.LEASE + 1
    slow.go_on.set()
    assert sorted([(await attempt).status_code for attempt in attempts]) == [200, 409, 409]
    await drain(world, flow)
    done = await world.job(job)
    row = next(stage for stage in done["summary"] if stage["name"] == "square")
    assert (done["status"], done["result"]["members"], row["done"]) == ("succeeded", 1, 1)
