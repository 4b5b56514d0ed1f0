"""What looks read, and how repairs go on: only what is due, page by page, under names of their own."""

from __future__ import annotations

from typing import Any

import pytest

from shared.engine.flow import Flow, Join, Stage
from shared.engine.job import controls
from shared.engine.recovery.sweep import EVERY
from shared.engine.store import paths
from shared.engine.store.schema.shared_fields import read_as
from shared.engine.store.schema.task import TaskRecord
from shared.engine.task.claim import claim
from shared.engine.task.envelope import Envelope
from shared.errors import PutBack, Transient
from shared.ports import Ports
from shared.ports.documents import Merge
from shared.ports.tasks import Task
from tests.support.engine.world import Item, Squared, Total, ToyRequest, World, sweep_now


async def waiting_job(world: World, size: int) -> tuple[str, Flow]:
    """A job all of whose members wait two hours for a limit."""

    async def spread(request: ToyRequest, ports: Ports) -> list[Item]:
        return [Item(number=number) for number in range(request.size)]

    async def square(item: Item, ports: Ports) -> Squared:
        raise PutBack("openai", 7200.0)

    async def add(squares: list[Squared], ports: Ports) -> Total:
        return Total(total=0, members=len(squares))

    stages = (Stage(spread, then=square), Stage(square, join=Join(add)), Stage(add))
    flow = Flow("toy", request=ToyRequest, result=Total, stages=stages)
    job = await world.start(flow, size=size)
    for _ in range(3):
        for delivery in await world.due():
            await world.deliver(delivery, flow)
    return job.id, flow


WITHIN = 120.0
"""Seconds in which a lost task has to be enqueued anew."""


async def back_in_queue(world: World, flow: Flow, lost: float) -> float:
    """Sweep, late by what a sweep takes, until a task is in the queue again. Answers the seconds since it was `lost`."""
    while not await world.due():
        world.clock.time += EVERY + 0.1
        assert world.clock.time - lost <= WITHIN, "nobody has brought it back"
        await sweep_now({"toy": flow}, world.ports)
    return world.clock.time - lost


@pytest.mark.parametrize("after", [0.0, 9.5, 10.5, 39.5, 40.5, 59.5], ids="{}s_after_a_sweep".format)
@pytest.mark.parametrize("claimed", [False, True], ids=["unclaimed", "claimed"])
async def test_a_lost_task_is_back_within_two_minutes_and_sooner_when_lost_once_more(
    world: World, claimed: bool, after: float
) -> None:
    flow = world.toy.flow()
    job = await world.start(flow, size=1)
    (delivery,) = await world.due()
    world.clock.time += 5 * EVERY
    await sweep_now({"toy": flow}, world.ports)
    await world.queue.end([each.name for each in await world.due()])
    path = paths.task(job.id, "1.spread")
    await world.ports.documents.commit(Merge(path, {"due_at": world.clock.time + after, "swept": 0}))
    world.clock.time += after
    if claimed:
        found = read_as(TaskRecord, await world.ports.documents.get(path))
        await claim(world.ports, Envelope.model_validate_json(delivery.body), found)
    assert await back_in_queue(world, flow, lost=world.clock.time) <= WITHIN
    await world.queue.end([each.name for each in await world.due()])
    assert await back_in_queue(world, flow, lost=world.clock.time) <= EVERY + 1


async def test_a_sweep_reads_no_member_that_waits(world: World) -> None:
    _, flow = await waiting_job(world, 300)
    world.clock.time += 61
    read = 0
    inner = world.ports.documents

    class Counting:
        def __getattr__(self, name: str) -> Any:
            async def call(*arguments: Any, **more: Any) -> Any:
                nonlocal read
                found = await getattr(inner, name)(*arguments, **more)
                read += len(found) if isinstance(found, list) else 1
                return found

            return call

    await sweep_now({"toy": flow}, world.with_ports(documents=Counting()))
    assert read < 60


async def test_a_repair_that_is_cut_off_goes_on_where_it_was(world: World) -> None:
    job, flow = await waiting_job(world, 300)
    await controls.pause(job, world.ports)
    await controls.resume(flow, job, world.ports)
    reached: set[int] = set()

    class Cut:
        """Dies after a hundred tasks of the members, each time."""

        def __init__(self, inner: Any) -> None:
            self.inner, self.left = inner, 100

        async def enqueue(self, *tasks: Task) -> None:
            for task in tasks:
                if "square" in task.name:
                    if not self.left:
                        raise Transient("cut off")
                    self.left -= 1
                    reached.add(task.body["index"])
                await self.inner.enqueue(task)

    for _ in range(6):
        for delivery in await world.due():
            if Envelope.model_validate_json(delivery.body).kind == "repair":
                whole, world.ports = world.ports, world.with_ports(tasks=Cut(world.queue))
                try:
                    await world.deliver(delivery, flow)
                except Transient:
                    await world.queue.put_back(delivery.name, world.clock.time)
                world.ports = whole
            else:
                await world.queue.end([delivery.name])
    assert len(reached) == 300


@pytest.mark.parametrize("resumed", [False, True])
@pytest.mark.parametrize("why", [PutBack("openai", 3.0), Transient("provider 503")])
async def test_what_is_put_back_after_a_resume_comes_back_by_itself(world: World, resumed: bool, why: Exception) -> None:
    tried: set[int] = set()

    async def spread(request: ToyRequest, ports: Ports) -> list[Item]:
        return [Item(number=number) for number in range(request.size)]

    async def square(item: Item, ports: Ports) -> Squared:
        if item.number not in tried:
            tried.add(item.number)
            raise why
        return Squared(number=item.number, square=1)

    async def add(squares: list[Squared], ports: Ports) -> Total:
        return Total(total=0, members=len(squares))

    flow = Flow(
        "toy", request=ToyRequest, result=Total, stages=(Stage(spread, then=square), Stage(square, join=Join(add)), Stage(add))
    )
    job = await world.start(flow, size=10)
    await world.deliver((await world.due())[0], flow)
    if resumed:
        await controls.pause(job.id, world.ports)
        await world.drain(flow)
        await controls.resume(flow, job.id, world.ports)
    await world.drain(flow)
    assert (await world.job(job))["status"] == "succeeded"
