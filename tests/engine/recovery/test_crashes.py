"""A crash before and after every call on a port, one at a time; then redelivery, or the sweeper alone, finishes the job."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import Any

import pytest

from shared.engine.job import lifecycle
from shared.engine.run_task import run_task
from shared.engine.task import claim
from shared.engine.task import envelope as envelopes
from shared.errors import Transient
from tests.support.engine.world import LANES, World, sweep_now


class Crash(BaseException):
    """The process is gone."""


class Fuse:
    """Wraps a port: raises at the n-th call, before or after its effect."""

    def __init__(self, port: Any, counter: list[int], at: int, *, after: bool, error: type[BaseException] = Crash) -> None:
        self._port, self._counter, self._at, self._after, self._error = port, counter, at, after, error

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._port, name)
        if not asyncio.iscoroutinefunction(method):
            return method

        async def call(*args: Any, **kwargs: Any) -> Any:
            self._counter[0] += 1
            mine = self._counter[0] == self._at
            if mine and not self._after:
                raise self._error("before")
            result = await method(*args, **kwargs)
            if mine:
                raise self._error("after")
            return result

        return call


async def run_with_fault(
    world: World, at: int, *, after: bool, error: type[BaseException], lost: bool, size: int = 3
) -> tuple[dict[str, Any], int]:
    """A whole job in which the `at`-th port call fails; `lost`: the queue never delivers that task again."""
    job = await world.start(world.flow, size=size)
    counter = [0]
    whole = world.ports
    world.ports = replace(
        whole,
        documents=Fuse(whole.documents, counter, at, after=after, error=error),
        tasks=Fuse(whole.tasks, counter, at, after=after, error=error),
    )
    for _ in range(200):
        batch = await world.due()
        if not batch and not world.queue.depth():
            world.clock.time += claim.LEASE + 61
            with contextlib.suppress(Crash, Transient):
                await sweep_now({"toy": world.flow}, world.ports)
                if (await world.job(job))["status"] in lifecycle.TERMINAL:
                    break
            continue
        if not batch:
            world.clock.time = max(world.clock.time, min(world.queue.due(LANES).values()))
        for delivery in batch:
            try:
                await world.deliver(delivery)
            except (Crash, Transient):
                world.clock.time += claim.LEASE + 1
                if lost:
                    await world.queue.end([delivery.name])
                else:
                    await world.queue.put_back(delivery.name, world.clock.now())
    world.ports = whole
    return await world.job(job), counter[0]


async def count_calls(world: World) -> int:
    _, calls = await run_with_fault(world, 0, after=False, error=Crash, lost=False)
    return calls


@pytest.mark.fault(4)
@pytest.mark.fault(5)
@pytest.mark.fault(6)
@pytest.mark.fault(7)
@pytest.mark.fault(11)
@pytest.mark.fault(32)
@pytest.mark.parametrize("lost", [False, True], ids=["redelivered", "lost"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [Crash, Transient], ids=["crash", "no_answer"])
async def test_a_fault_at_any_port_call_loses_nothing_and_joins_once(
    world: World, after: bool, error: type[BaseException], lost: bool
) -> None:
    calls = await count_calls(world)
    assert calls > 30
    for at in range(1, calls + 1):
        world.toy.ran.clear()
        done, _ = await run_with_fault(world, at, after=after, error=error, lost=lost)
        assert done["status"] == "succeeded", f"call {at}: {done['status']} {done['error']}"
        assert done["result"]["total"] == 5, f"call {at}"
        squares = next(stage for stage in done["summary"] if stage["name"] == "square")
        assert (squares["done"], squares["total"]) == (3, 3), f"call {at}"


@pytest.mark.fault(2)
async def test_two_deliveries_at_once_do_the_work_once(world: World) -> None:
    job = await world.start(size=1)
    (delivery,) = await world.due()
    envelope = envelopes.parse(delivery.body.encode(), "spread")
    stage = world.flow.stage("spread")
    answers = await asyncio.gather(*(run_task(world.flow, stage, envelope, world.ports) for _ in range(8)))
    assert sorted(answer.status for answer in answers) == [200] + [409] * 7
    assert world.toy.ran == ["spread"]
    await world.queue.end([delivery.name])
    await world.drain()
    assert (await world.job(job))["status"] == "succeeded"


@pytest.mark.fault(27)
async def test_a_zombie_records_nothing(world: World) -> None:
    """An attempt that outlived its lease finishes after another took over: fenced."""
    job = await world.start(size=1)
    (first,) = await world.due()
    took_over: list[str] = []

    def hook(work: str) -> None:
        if work == "spread" and not took_over:
            took_over.append(work)
            world.clock.time += claim.LEASE + 1

    world.toy.hook = hook
    stage = world.flow.stage("spread")
    envelope = envelopes.parse(first.body.encode(), "spread")

    original = world.ports.documents.commit
    zombie: list[bool] = []

    async def commit(*writes: Any) -> Any:
        if took_over and not zombie and any("spread" in write.path for write in writes):
            zombie.append(True)
            assert (await run_task(world.flow, stage, envelope, world.ports)).status == 200
        return await original(*writes)

    world.ports.documents.commit = commit  # type: ignore[method-assign] # the interleaving under test
    assert (await run_task(world.flow, stage, envelope, world.ports)).status == 409
    await world.queue.end([first.name])
    await world.drain()
    done = await world.job(job)
    assert (done["status"], done["result"]["members"]) == ("succeeded", 1)


@pytest.mark.fault(29)
async def test_a_task_that_kills_its_process_every_time_ends(world: World) -> None:
    job = await world.start(size=1)

    def hook(work: str) -> None:
        if work == "square 0":
            raise Crash

    world.toy.hook = hook
    for _ in range(40):
        for delivery in await world.due():
            try:
                await world.deliver(delivery)
            except Crash:
                await world.queue.put_back(delivery.name, world.clock.now())
        world.clock.time += claim.LEASE + 1
    done = await world.job(job)
    assert (done["status"], done["error"]["code"]) == ("failed", "attempts_spent")


@pytest.mark.fault(9)
async def test_a_purged_queue_is_filled_again_by_the_sweeper(world: World) -> None:
    job = await world.start(size=30)
    await world.drain(most=5)
    await world.queue.end([delivery.name for delivery in await world.due()])
    assert not world.queue.depth()
    for _ in range(5):
        world.clock.time += claim.LEASE + 61
        await sweep_now({"toy": world.flow}, world.ports)
        await world.drain()
    assert (await world.job(job))["status"] == "succeeded"
    assert world.toy.ran.count("add") == 1
