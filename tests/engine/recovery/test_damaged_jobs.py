"""One damaged job never stops another's work: each look is its job's alone, and what cannot be repaired ends with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shared.engine.flow import Flow, Join, Stage
from shared.engine.job import lifecycle
from shared.engine.recovery import sweep as sweeping
from shared.engine.store import paths
from shared.engine.task.envelope import Envelope
from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Update, Where
from shared.ports.tasks import Task
from tests.support.engine.world import Item, Squared, Total, ToyRequest, World, sweep_now


def flow_of(parent: str = "spread", **join: Any) -> Flow:
    """A list, its members, their join, and one stage more; the first stage by any name."""

    async def spread(request: ToyRequest, ports: Ports) -> list[Item]:
        return [Item(number=number) for number in range(request.size)]

    async def square(item: Item, ports: Ports) -> Squared:
        return Squared(number=item.number, square=1)

    async def add(squares: list[Squared], ports: Ports) -> Total:
        return Total(total=sum(one.square for one in squares), members=len(squares))

    async def after(total: Total, ports: Ports) -> Total:
        return total

    spread.__name__ = parent
    stages = (Stage(spread, then=square), Stage(square, join=Join(add, **join)), Stage(add, then=after), Stage(after))
    return Flow("toy", request=ToyRequest, result=Total, stages=stages)


class NoQueue:
    """A queue that refuses one job's tasks for one stage for good, as when its lane was never made."""

    def __init__(self, inner: Any, job: str, function: str) -> None:
        self.inner, self.job, self.function = inner, job, function

    async def enqueue(self, *tasks: Task) -> None:
        if any(task.function == self.function and self.job in task.name for task in tasks):
            raise Permanent("create a task: the queue does not exist", code="store_missing")
        await self.inner.enqueue(*tasks)


async def forgotten(world: World) -> None:
    """The queue loses all that it holds."""
    await world.queue.end([delivery.name for delivery in await world.due()])


async def minutes(world: World, count: int, flow: Flow, ports: Ports | None = None) -> None:
    """Sweeps, one a minute, with what they bring back."""
    world.ports = ports or world.ports
    for _ in range(count):
        world.clock.time += 61
        await sweep_now({"toy": flow}, world.ports)
        for delivery in await world.due():
            if delivery.function.removeprefix("toy_") in flow.by_name:
                try:
                    await world.deliver(delivery, flow)
                    continue
                except (Permanent, Transient):
                    pass
            await world.queue.end([delivery.name])


async def test_a_job_whose_queue_is_missing_ends_and_its_neighbour_goes_on(world: World) -> None:
    flow = flow_of()
    bad = await world.start(flow, size=3)
    for _ in range(2):
        for delivery in await world.due():
            await world.deliver(delivery, flow)
    good = await world.start(flow, size=3)
    await forgotten(world)
    await minutes(world, 12, flow, world.with_ports(tasks=NoQueue(world.queue, bad.id, "toy_after")))
    assert (await world.job(good))["status"] == "succeeded"
    ended = await world.job(bad)
    assert ended["status"] == "failed"
    assert "queue does not exist" in ended["error"]["message"]


@pytest.mark.parametrize("begun", [1, 2])
async def test_a_renamed_stage_ends_its_jobs_and_no_other(world: World, begun: int) -> None:
    old, new = flow_of(), replace(flow_of("plan"), version=1)
    bad = await world.start(old, size=3)
    for _ in range(begun):
        for delivery in await world.due():
            await world.deliver(delivery, old)
    await forgotten(world)
    good = await world.start(new, size=3)
    await forgotten(world)
    await minutes(world, 8, new)
    assert (await world.job(good))["status"] == "succeeded"
    assert (await world.job(bad))["status"] in ("failed", "succeeded")
    if begun == 1:
        assert (await world.job(bad))["error"]["code"] == "flow_changed"


async def test_a_job_whose_pipeline_is_gone_ends_with_its_reason(world: World) -> None:
    job = await world.start(size=2)
    await world.ports.documents.commit(Update(job.path, {"pipeline": "gone"}))
    good = await world.start(size=2)
    await forgotten(world)
    await minutes(world, 20, world.flow)
    ended = await world.job(job)
    assert (ended["status"], ended["error"]["code"]) == ("failed", "pipeline_gone")
    assert (await world.job(good))["status"] == "succeeded"


@pytest.mark.parametrize("damage", [{"options": None}, {"run": "one"}, {"flow_version": None}])
async def test_a_damaged_document_holds_up_nobody(world: World, damage: dict[str, Any]) -> None:
    bad, good = await world.start(size=2), await world.start(size=2)
    await forgotten(world)
    await world.ports.documents.commit(Update(bad.path, damage))
    await minutes(world, 10, world.flow)
    assert (await world.job(good))["status"] == "succeeded"
    assert (await world.job(bad))["status"] == "failed"


async def test_only_jobs_that_are_due_are_looked_at(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "PAGE", 7)
    for _ in range(20):
        await world.start(size=1)
    assert await sweeping.sweep({"toy": world.flow}, world.ports) == 0
    world.clock.time += 61
    assert await sweeping.sweep({"toy": world.flow}, world.ports) == 20
    assert await sweeping.sweep({"toy": world.flow}, world.ports) == 0


async def test_looks_are_sent_past_a_full_lane(world: World) -> None:
    job = await world.start(size=2)
    await forgotten(world)
    world.clock.time += 61
    await sweeping.sweep({"toy": world.flow}, world.ports)
    (look,) = await world.due()
    assert (look.lane, Envelope.model_validate_json(look.body).kind) == ("engine-interactive", "look")
    assert await world.ports.documents.query(paths.tasks(job.id), Where("state", "==", "queued"))
    assert lifecycle.LOOK_AFTER <= sweeping.EVERY
