"""The queue's faults: doubled, early, lost, dropped and forgotten tasks (rows 1-9 of docs/faults.md)."""

from __future__ import annotations

import asyncio
import contextlib
from itertools import pairwise

import pytest

from shared.adapters.embedded.tasks import Delivery
from shared.engine.attempt.run_stage import DEATHS
from shared.engine.flow import Flow, Stage
from shared.engine.job import controls
from shared.engine.recovery.sweep import Takeover
from shared.engine.run_task import run_task
from shared.engine.task.envelope import Envelope, to_task
from shared.errors import Permanent
from shared.ports import Ports
from tests.faults.faulty import Faulty, Killed, at, drain, enqueued, everything, post, records
from tests.support.engine.world import Total, ToyRequest, World, sweep_now
from tests.support.waiting import PATIENCE


async def swept(world: World, seconds: float = 130.0) -> int:
    """What the sweeper brings back after a while."""
    world.clock.time += seconds
    return await sweep_now({"toy": world.flow}, world.ports)


async def lose_all(world: World) -> list[Delivery]:
    """The queue forgets what is due, as after a purge."""
    lost = await world.due()
    await world.queue.end([delivery.name for delivery in lost])
    return lost


@pytest.mark.fault(1)
async def test_a_task_delivered_again_after_it_was_recorded_changes_nothing(world: World) -> None:
    await world.start(size=2)
    (first,) = await world.due()
    assert (await post(world, first)).json()["said"] == "done"
    for delivery in await world.due():
        await post(world, delivery)
    before, ran = everything(world), list(world.toy.ran)
    again = await post(world, first)
    assert (again.status_code, again.json()["said"]) == (200, "recorded before")
    assert (everything(world), world.toy.ran) == (before, ran)


@pytest.mark.fault(2)
async def test_a_task_delivered_while_the_first_is_at_work_is_never_told_200(world: World) -> None:
    at_work, go_on, ran = asyncio.Event(), asyncio.Event(), list[str]()

    async def only(request: ToyRequest, ports: Ports) -> Total:
        ran.append("only")
        at_work.set()
        await go_on.wait()
        return Total(total=1, members=1)

    flow = Flow("toy", request=ToyRequest, result=Total, stages=(Stage(only),))
    job = await world.start(flow, size=1)
    (delivery,) = await world.due()
    first = asyncio.create_task(post(world, delivery, flow))
    await at_work.wait()
    async with asyncio.timeout(PATIENCE):
        assert [(await post(world, delivery, flow)).status_code for _ in range(3)] == [409] * 3
    go_on.set()
    assert (await first).status_code == 200
    assert (await post(world, delivery, flow)).status_code == 200
    assert ran == ["only"]
    assert (await world.job(job))["status"] == "succeeded"


@pytest.mark.fault(3)
@pytest.mark.parametrize("stage", ["add", "note"])
async def test_a_task_delivered_before_its_predecessor_has_no_effect(world: World, stage: str) -> None:
    job = await world.start(size=3)
    early = Envelope(job=job.id, stage=stage)
    for _ in range(6):
        answer = await run_task(world.flow, world.flow.stage(stage), early, world.ports)
        assert answer.status == 200
        world.clock.time += 20
    await drain(world)
    done = await world.job(job)
    assert (done["status"], done["result"]["members"]) == ("succeeded", 3)
    assert world.toy.ran.count(stage) == 1


@pytest.mark.fault(4)
async def test_a_process_killed_before_its_commit_is_repeated_after_its_lease(world: World) -> None:
    job = await world.start(size=2)
    world.ports = world.with_ports(documents=Faulty(world.ports.documents, at("commit", then=records(".square.1")), error=Killed))
    await drain(world)
    assert (await world.job(job))["result"]["members"] == 2
    assert [world.toy.ran.count(f"square {n}") for n in (0, 1)] == [1, 2]


@pytest.mark.fault(4)
async def test_a_process_killed_between_keeping_and_recording_pays_once(world: World) -> None:
    flow = world.toy.flow(cache=True)
    job = await world.start(flow, size=2)
    world.ports = world.with_ports(documents=Faulty(world.ports.documents, at("commit", then=records(".square.1")), error=Killed))
    await drain(world, flow)
    assert (await world.job(job))["result"]["members"] == 2
    assert [world.toy.ran.count(f"square {n}") for n in (0, 1)] == [1, 1]


@pytest.mark.fault(5)
async def test_a_process_killed_after_its_commit_and_before_its_answer_is_not_repeated(world: World) -> None:
    job = await world.start(size=2)
    tasks = Faulty(world.ports.tasks, at("enqueue", then=lambda tasks: "square" in str(tasks)), after=True, error=Killed)
    world.ports = world.with_ports(tasks=tasks)
    await drain(world)
    assert tasks.failed == 1
    assert (await world.job(job))["result"]["members"] == 2
    assert sorted(world.toy.ran) == ["add", "note", "spread", "square 0", "square 1"]
    assert len(enqueued(world, "-square-")) == 2


@pytest.mark.fault(6)
@pytest.mark.parametrize("redelivered", [True, False])
async def test_a_process_killed_between_commit_and_enqueue_loses_nothing(world: World, redelivered: bool) -> None:
    job = await world.start(size=2)
    whole = world.ports
    world.ports = world.with_ports(tasks=Faulty(whole.tasks, lambda name, _: name == "enqueue", error=Killed))
    (first,) = await world.due()
    with pytest.raises(Killed):
        await post(world, first)
    assert not enqueued(world, "-square-")
    world.ports = whole
    if redelivered:
        await world.queue.put_back(first.name, world.clock.now())
    else:
        await world.queue.end([first.name])
        assert await swept(world) >= 2
    await drain(world)
    assert (await world.job(job))["result"]["members"] == 2
    assert sorted(world.toy.ran) == ["add", "note", "spread", "square 0", "square 1"]


@pytest.mark.fault(7)
async def test_an_enqueue_whose_answer_was_lost_makes_no_second_task(world: World) -> None:
    job = await world.start(size=3)
    tasks = Faulty(world.ports.tasks, at("enqueue", times=3), after=True)
    world.ports = world.with_ports(tasks=tasks)
    await drain(world)
    assert tasks.failed == 3
    assert (await world.job(job))["result"]["members"] == 3
    assert len(enqueued(world, "-square-")) == 3
    assert len(world.toy.ran) == 3 + 3


@pytest.mark.fault(8)
async def test_a_task_brought_back_within_the_names_window_is_delivered(world: World) -> None:
    """The queue drops a name it has seen in the last hour without a word: what comes back needs a new one."""
    await world.start(size=1)
    (lost,) = await lose_all(world)
    first = Envelope.model_validate_json(lost.body)
    await world.queue.enqueue(to_task(world.flow, world.flow.stage("spread"), first))
    assert not await world.due()
    assert await swept(world) == 1
    (back,) = await world.due()
    assert back.name != lost.name
    assert (await post(world, back)).json()["said"] == "done"


@pytest.mark.fault(8)
async def test_a_retry_within_the_names_window_is_delivered(world: World) -> None:
    def hook(work: str) -> None:
        if work == "spread":
            raise Permanent("no", code="no")

    world.toy.hook = hook
    job = await world.start(size=1)
    await drain(world)
    assert (await world.job(job))["status"] == "failed"
    world.toy.hook = lambda _: None
    await controls.retry(world.flow, job.id, world.ports)
    await drain(world)
    assert (await world.job(job))["status"] == "succeeded"


@pytest.mark.fault(9)
async def test_tasks_lost_again_and_again_are_brought_back_ever_more_seldom_until_they_come_through(world: World) -> None:
    job = await world.start(size=1)
    times: list[float] = []
    await lose_all(world)
    while len(times) < 5:
        if await swept(world, 60.0):
            times.append(world.clock.now())
            await lose_all(world)
    gaps = [later - sooner for sooner, later in pairwise(times)]
    assert gaps == sorted(gaps)
    assert gaps[-1] >= 4 * gaps[0]
    while not await swept(world, 60.0):
        pass
    for _ in range(60):
        await drain(world)
        await swept(world, 60.0)
    assert (await world.job(job))["status"] == "succeeded"


@pytest.mark.fault(9)
async def test_a_task_that_dies_and_is_dropped_every_time_ends_with_a_reason(world: World) -> None:
    """Nothing is ever redelivered: the sweeper alone brings it back, and not for ever."""
    kills = []

    def hook(work: str) -> None:
        if work == "square 0":
            kills.append(work)
            raise Killed

    world.toy.hook = hook
    job = await world.start(size=2)
    for _ in range(12):
        for delivery in await world.due():
            with contextlib.suppress(Killed):
                await post(world, delivery)
            await world.queue.end([delivery.name])
        await swept(world)
    done = await world.job(job)
    assert (done["status"], done["error"]["code"], done["error"]["stage"]) == ("failed", "attempts_spent", "square")
    assert len(kills) == DEATHS + 2  # the first left no claim behind that would tell of it


@pytest.mark.fault(29)
async def test_a_task_that_takes_the_whole_local_cloud_down_at_every_start_ends(world: World) -> None:
    """One process for everything, started again by somebody or something each time: not for ever."""
    starts = 0

    def hook(work: str) -> None:
        if work == "square 0":
            raise Killed

    world.toy.hook = hook
    job = await world.start(size=2)
    while (await world.job(job))["status"] in ("queued", "running"):
        starts += 1
        assert starts <= 12
        await world.queue.recover()
        await sweep_now({"toy": world.flow}, world.ports, takeover=Takeover(world.ports.clock.now(), "killed"))
        with contextlib.suppress(Killed):
            while world.queue.depth():
                for delivery in await world.due():
                    await post(world, delivery)
    assert (await world.job(job))["error"]["code"] == "attempts_spent"
