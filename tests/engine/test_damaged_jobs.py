"""One damaged job never stops another's work: each look is its job's alone, and what cannot be repaired ends with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shared.engine.flow import Flow, Join, Stage
from shared.engine.job import controls, lifecycle
from shared.engine.recovery import sweep as sweeping
from shared.engine.store import paths
from shared.engine.task.envelope import Envelope
from shared.errors import Permanent, PutBack, Transient
from shared.ports import Ports
from shared.ports.documents import Update, Where
from shared.ports.tasks import Task
from tests.support.engine.world import Item, Squared, Total, ToyRequest, World, sweep_now


class Heavy(ToyRequest):
    pasted: str = ""


class HeavyItem(Item):
    text: str = ""


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


async def test_what_no_store_takes_is_a_small_failure_and_paid_once(world: World) -> None:
    paid = 0

    async def first(request: ToyRequest, ports: Ports) -> list[Item]:
        nonlocal paid
        paid += 1
        return [{"nummer": number} for number in range(9000)]  # type: ignore[misc]  # what a model may give

    async def last(items: list[Item], ports: Ports) -> Total:
        return Total(total=0, members=0)

    flow = Flow("toy", request=ToyRequest, result=Total, stages=(Stage(first, then=last), Stage(last)))
    job = await world.start(flow, size=1)
    await world.drain(flow)
    ended = await world.job(job)
    assert (ended["status"], ended["error"]["code"], paid) == ("failed", "bad_result", 1)
    assert len(ended["error"]["message"]) < 3000


async def test_a_record_that_the_store_refuses_for_good_is_recorded_small(world: World) -> None:
    inner = world.ports.documents

    class Refusing:
        def __getattr__(self, name: str) -> Any:
            return getattr(inner, name)

        async def commit(self, *writes: Any) -> Any:
            if any(getattr(write, "data", {}).get("state") == "done" for write in writes):
                raise Permanent("the document is over 1 MiB", code="document_too_large")
            return await inner.commit(*writes)

    world.ports = world.with_ports(documents=Refusing())
    job = await world.start(size=2)
    await world.drain()
    ended = await world.job(job)
    assert (ended["status"], ended["error"]["code"]) == ("failed", "unrecordable")
    assert world.toy.ran == ["spread"]


async def test_members_do_not_load_the_request_nor_the_whole_list(world: World) -> None:
    read = 0
    inner = world.ports.blobs

    class Counting:
        def __getattr__(self, name: str) -> Any:
            return getattr(inner, name)

        async def get(self, name: str) -> bytes | None:
            nonlocal read
            found = await inner.get(name)
            read += len(found or b"")
            return found

    async def spread(request: Heavy, ports: Ports) -> list[HeavyItem]:
        return [HeavyItem(number=number, text="z" * 40_000) for number in range(request.size)]

    async def square(item: HeavyItem, ports: Ports) -> Squared:
        return Squared(number=item.number, square=1)

    async def add(squares: list[Squared], ports: Ports) -> Total:
        return Total(total=0, members=len(squares))

    flow = Flow(
        "toy", request=Heavy, result=Total, stages=(Stage(spread, then=square), Stage(square, join=Join(add)), Stage(add))
    )
    world.ports = world.with_ports(blobs=Counting())
    job = await world.start(flow, size=40, pasted="p" * 300_000)
    await world.drain(flow)
    assert (await world.job(job))["result"]["members"] == 40
    assert read < 2 * (40 * 41_000 + 300_000)  # once for whom it is for, and the list once


async def test_looks_are_sent_past_a_full_lane(world: World) -> None:
    job = await world.start(size=2)
    await forgotten(world)
    world.clock.time += 61
    await sweeping.sweep({"toy": world.flow}, world.ports)
    (look,) = await world.due()
    assert (look.lane, Envelope.model_validate_json(look.body).kind) == ("engine-interactive", "look")
    assert await world.ports.documents.query(paths.tasks(job.id), Where("state", "==", "queued"))
    assert lifecycle.LOOK_AFTER <= sweeping.EVERY
