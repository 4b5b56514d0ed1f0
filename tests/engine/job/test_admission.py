"""When a job may begin: not before its time, and only so many of one key or one owner at once, whoever races with whom."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import pytest

from shared.engine.job import admission, controls, lifecycle
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.ports.documents import Document
from tests.support.engine.world import LANES, World


def with_places(world: World, **settings: Any) -> None:
    world.ports = world.with_ports(settings=dataclasses.replace(world.ports.settings, **settings))


async def start(world: World, owner: str = "", **options: Any) -> Document[JobRecord]:
    world.clock.time += 0.01
    accepted = await lifecycle.create(world.flow, {"size": 2}, lifecycle.Options(**options), world.ports, owner=owner)
    return accepted.job


async def running(world: World, jobs: list[Document[JobRecord]]) -> list[int]:
    return [at for at, job in enumerate(jobs) if (await world.job(job))["status"] == "running"]


async def step(world: World, dice: random.Random) -> None:
    """One delivery of those that are due, or the time until one is."""
    batch = await world.due()
    if not batch:
        world.clock.time = max(world.clock.time, min(world.queue.due(LANES).values()))
        return
    await world.deliver(batch.pop(dice.randrange(len(batch))))
    for delivery in batch:
        await world.queue.put_back(delivery.name, world.clock.now(), failed=False)


async def test_a_job_begins_at_its_time_and_not_before(world: World) -> None:
    at = world.clock.now() + 3600
    job = await start(world, start_at=at, deadline_s=60.0)
    assert not await world.due()
    world.clock.time = at - 1
    assert not await world.due()
    await world.drain()
    done = await world.job(job)
    assert (done["status"], done["started_at"] >= at) == ("succeeded", True)
    assert not lifecycle.is_overdue(job, at + 59)
    assert lifecycle.is_overdue(job, at + 60)


async def test_a_pause_in_between_does_not_make_it_begin_sooner(world: World) -> None:
    at = world.clock.now() + 3600
    job = await start(world, start_at=at)
    await controls.pause(job.id, world.ports)
    await controls.resume(world.flow, job.id, world.ports)  # brings every unfinished task back at once
    for delivery in await world.due():
        await world.deliver(delivery)
    for delivery in await world.due():
        assert (await world.deliver(delivery)).reason == "its time has not come"
    assert (await world.job(job))["status"] == "queued"
    assert not world.toy.ran
    await world.drain()
    done = await world.job(job)
    assert (done["status"], done["started_at"] >= at) == ("succeeded", True)


@pytest.mark.parametrize("seed", range(12))
async def test_of_one_key_never_more_run_than_there_are_places_and_all_end(world: World, seed: int) -> None:
    """That both places are used at once depends on who is delivered first: the next test has them so."""
    with_places(world, key_jobs=2)
    dice = random.Random(seed)
    jobs = [await start(world, key="tenant") for _ in range(6)]
    most = 0
    while world.queue.depth():
        await step(world, dice)
        most = max(most, len(await running(world, jobs)))
    assert most in (1, 2)
    assert [(await world.job(job))["status"] for job in jobs] == ["succeeded"] * 6


async def test_all_places_of_a_key_are_used(world: World) -> None:
    with_places(world, key_jobs=2)
    jobs = [await start(world, key="tenant") for _ in range(4)]
    for delivery in await world.due():
        await world.deliver(delivery)
    assert len(await running(world, jobs)) == 2


async def test_who_came_first_begins_first(world: World) -> None:
    with_places(world, key_jobs=1)
    jobs = [await start(world, key="tenant") for _ in range(4)]
    await world.drain(seed=3)
    began = [(await world.job(job))["started_at"] for job in jobs]
    assert began == sorted(began)


async def test_keys_and_jobs_without_one_wait_for_nobody_else(world: World) -> None:
    with_places(world, key_jobs=1)
    jobs = [await start(world, key="a"), await start(world, key="a"), await start(world, key="b"), await start(world)]
    others = await start(world, owner="somebody", key="a")  # their own key, not the same
    for _ in range(2):
        for delivery in await world.due():
            await world.deliver(delivery)
    assert await running(world, [*jobs, others]) == [0, 2, 3, 4]


async def test_an_owner_has_so_many_places_over_all_their_keys(world: World) -> None:
    with_places(world, key_jobs=2, owner_jobs=2)
    jobs = [
        await start(world, "ann", key="x"),
        await start(world, "ann"),
        await start(world, "ann", key="y"),
        await start(world, "bob"),
    ]
    for _ in range(2):
        for delivery in await world.due():
            await world.deliver(delivery)
    assert await running(world, jobs) == [0, 1, 3]
    await world.drain()
    assert [(await world.job(job))["status"] for job in jobs] == ["succeeded"] * 4


async def test_a_place_whose_job_is_paused_or_gone_is_free(world: World) -> None:
    with_places(world, key_jobs=1)
    first, second = await start(world, key="k"), await start(world, key="k")
    for delivery in await world.due():
        await world.deliver(delivery)
    await controls.pause(first.id, world.ports)
    world.clock.time += 120
    for delivery in await world.due():
        await world.deliver(delivery)
    assert await running(world, [first, second]) == [1]


async def test_the_end_of_one_calls_the_next_at_once(world: World) -> None:
    with_places(world, key_jobs=1)
    first, second = await start(world, key="k"), await start(world, key="k")
    for _ in range(2):
        for delivery in await world.due():
            await world.deliver(delivery)
    await controls.cancel(first.id, world.ports)
    called = await admission.next_in_line({"toy": world.flow}, paths.admission_group("", "k"), world.ports)
    assert called == 1
    for _ in range(2):
        for delivery in await world.due():
            await world.deliver(delivery)
    assert (await world.job(second))["status"] == "running"


async def test_a_fresh_job_takes_nothing_that_was_kept_before_it(world: World) -> None:
    flow = world.toy.flow(cache=True)
    for fresh, work in ((False, 3), (False, 0), (True, 3), (False, 0)):
        world.toy.ran.clear()
        world.clock.time += 10
        job = (await lifecycle.create(flow, {"size": 2}, lifecycle.Options(fresh=fresh), world.ports)).job
        await world.drain(flow)
        assert (await world.job(job))["status"] == "succeeded"
        assert len([ran for ran in world.toy.ran if ran.startswith(("spread", "square"))]) == work
