"""What watching a job costs, and when what happens is told."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from functions.jobs_api import event_stream, job_state_cache
from functions.jobs_api.reports import job_view
from shared.engine.job import controls, lifecycle
from shared.ports import Ports
from shared.ports.documents import Document, Documents, Where
from tests.support.engine.world import World


@dataclass(eq=False)
class Counting:
    """Documents that count what is read."""

    inner: Documents
    reads: list[str] = field(default_factory=list)

    async def get(self, path: str) -> Document | None:
        self.reads.append(path)
        return await self.inner.get(path)

    async def query(self, collection: str, *where: Where, **how: Any) -> list[Document]:
        self.reads.append(collection)
        return await self.inner.query(collection, *where, **how)


def counted(world: World) -> tuple[Counting, Ports]:
    documents = Counting(world.ports.documents)
    return documents, world.with_ports(documents=documents)


async def test_an_ended_job_is_read_from_what_was_stored(world: World) -> None:
    job = await world.start(size=50)
    await world.drain()
    documents, ports = counted(world)
    ended = await lifecycle.read(job.id, world.ports)
    flows = {world.flow.pipeline: world.flow}
    await job_view.whole(await job_view.state(flows, ended, ports), ended, ports)
    assert documents.reads == ["jobs"]  # how long earlier jobs took, once; nothing of its tasks
    await job_view.whole(await job_view.state(flows, ended, ports), ended, ports)
    assert len(documents.reads) == 1


async def test_a_quiet_stream_costs_one_read_a_look_and_a_view_each_second(world: World) -> None:
    job = await world.start(size=200)
    for delivery in await world.due():
        await world.deliver(delivery)
    documents, ports = counted(world)
    begun = world.clock.now()
    stream = event_stream.stream({"toy": world.flow}, job.id, None, ports)
    while ": still here" not in await anext(stream):
        pass
    looks = (world.clock.now() - begun) / job_state_cache.LOOK
    assert looks >= 4 * 15
    own = documents.reads.count(f"jobs/{job.id}")
    assert own == pytest.approx(looks, abs=2)
    assert (len(documents.reads) - own) / looks < 3.5  # a view reads four stages, 200 members' 10 shards and who waits in 7 reads
    await stream.aclose()  # type: ignore[attr-defined]  # an async generator has it


async def test_the_end_is_told_at_the_next_look_however_quiet_it_was(world: World) -> None:
    job = await world.start(size=1)
    stream = event_stream.stream({"toy": world.flow}, job.id, None, world.ports)
    while ": still here" not in await anext(stream):
        pass
    ended = world.clock.now()
    await controls.cancel(job.id, world.ports)
    assert "event: progress" in await anext(stream)
    assert "event: done" in await anext(stream)
    assert world.clock.now() - ended <= job_state_cache.LOOK


async def test_a_stage_that_begins_without_a_task_ending_is_told(world: World) -> None:
    """A fan-out closed because its time was up: no task ended, and yet the job went on."""
    flow = world.toy.flow(within=10.0)
    job = await world.start(flow, size=3)
    for delivery in await world.due():
        await world.deliver(delivery, flow)
    await world.due()  # the members are taken and never come back
    stream = event_stream.stream({"toy": flow}, job.id, None, world.ports)
    await anext(stream)
    before = await anext(stream)
    world.clock.time += 11
    for delivery in await world.due():
        await world.deliver(delivery, flow)
    while not (after := await anext(stream)).startswith("id:"):
        pass
    heard = [json.loads(event.split("data: ", 1)[1]) for event in (before, after)]
    assert [sum(row["done"] for row in told["stages"]) for told in heard] == [1, 1]
    assert heard[0]["progress"]["percent"] < heard[1]["progress"]["percent"]
    await stream.aclose()  # type: ignore[attr-defined]  # an async generator has it
