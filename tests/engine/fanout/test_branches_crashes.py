"""Branches when things go wrong, on the real store: crashes and a silent store, doubled deliveries, a purged queue, gaps.

Every fault at every port call is tried in the simulator (`tests/sim/test_exhaustive.py`).
"""

from __future__ import annotations

import contextlib
from typing import Any
from unittest.mock import DEFAULT, AsyncMock, patch

import pytest

from shared.adapters.embedded.tasks import Delivery
from shared.engine.attempt import advance_job as engine_ends
from shared.engine.attempt import record_branch_end
from shared.engine.fanout import join, outbox
from shared.engine.job.lifecycle import LOOK_AFTER
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import read_as
from shared.engine.task import claim
from shared.errors import Transient
from shared.ports.documents import Document, Where
from tests.engine.recovery.test_crashes import Crash, run_with_fault
from tests.support.engine.branches import VERSIONS, Posts, ends, rows
from tests.support.engine.world import World, sweep_now

LOOK = claim.LEASE + 100
"""Seconds after which the sweeper takes for lost what nobody is at."""


@pytest.fixture
def posts(world: World) -> Posts:
    """Branch 1 fails by its versions; branch 0 comes to its end."""
    made = Posts(world)
    made.broken = {"version 1.0", "version 1.1", "version 1.2"}
    world.flow = made.flow(tolerate=0.5)
    return made


async def check(world: World, job: Document[JobRecord], at: str) -> None:
    done = await world.job(job)
    table = rows(done)
    assert (done["status"], done["result"]["members"]) == ("partial", 1), f"{at}: {done['status']} {done['error']}"
    assert {number: end["state"] for number, end in (await ends(world, job)).items()} == {0: "done", 1: "failed"}, at
    assert (table["post"]["done"], table["post"]["failed"]) == (1, 1), at
    assert (table["write_version"]["total"], table["choose_version"]["done"]) == (2 * VERSIONS, 1), at


@pytest.mark.untraced
@pytest.mark.parametrize(("error", "after", "lost"), [(Crash, True, True), (Transient, True, False), (Crash, False, False)])
async def test_a_fault_at_any_third_port_call_ends_each_branch_once(
    world: World, posts: Posts, error: type[BaseException], after: bool, lost: bool
) -> None:
    _, calls = await run_with_fault(world, 0, after=False, error=Crash, lost=False, size=2)
    assert calls > 80
    for at in range(1, calls + 1, 3):
        await run_with_fault(world, at, after=after, error=error, lost=lost, size=2)
        newest = max(await world.ports.documents.query("jobs"), key=lambda job: job.version)
        await check(world, read_as(JobRecord, newest), f"call {at} of {calls}")


@pytest.mark.parametrize("seed", range(4))
async def test_doubled_and_shuffled_deliveries_change_nothing(world: World, posts: Posts, seed: int) -> None:
    job = await world.start(world.flow, size=2)
    await world.drain(seed=seed, double=True)
    await check(world, job, f"seed {seed}")
    assert len(posts.ran) == len(set(posts.ran))


async def test_a_purged_queue_is_filled_again_by_the_sweeper(world: World, posts: Posts) -> None:
    """Once per delivery, everything that is queued is lost."""
    job = await world.start(world.flow, size=2)
    for _ in range(300):
        if (await world.job(job))["status"] == "partial":
            break
        batch = await world.due()
        if batch:
            await world.deliver(batch[0])
            await world.queue.end([delivery.name for delivery in batch[1:]])
        world.clock.time += LOOK
        await sweep_now({"toy": world.flow}, world.ports)
    await check(world, job, "purged")
    assert len(posts.ran) == len(set(posts.ran))


async def until(world: World, lost: str, module: Any, name: str) -> None:
    """Deliver, but have `module.name` die when it first stands at a stage, at branches' ends always. No delivery comes again.

    Always also where any member that comes later would do the same: which of them is the last, the queue says.
    """
    always = lost == "post" or (lost, name) == ("write_version", "end_branch")
    original, left = getattr(module, name), [99 if always else 1]

    async def dies(*args: Any, **kwargs: Any) -> Any:
        if left[0] and args[0].stage.name == lost:
            left[0] -= 1
            raise Crash
        return await original(*args, **kwargs)

    with patch.object(module, name, dies):
        while batch := await world.due():
            for delivery in batch:
                with contextlib.suppress(Crash):
                    await world.deliver(delivery)
                await world.queue.end([delivery.name])
    assert left[0] in {0, *range(90, 99)}


@pytest.mark.parametrize(
    ("stage", "module", "name"),
    [
        ("write_main", engine_ends, "on_task_ended"),  # recorded, but what follows was not released
        ("write_version", join, "close_fanout"),  # counted, but the fan-out inside was not closed
        ("choose_version", record_branch_end, "end_branch"),  # the last stage is done, but the branch did not end
        ("write_version", record_branch_end, "end_branch"),  # too many versions failed, but the branch did not end
        ("post", join, "count_arrival"),  # the branch has ended, but that did not close the fan-out of branches
    ],
)
async def test_the_sweeper_closes_every_gap(world: World, posts: Posts, stage: str, module: Any, name: str) -> None:
    job = await world.start(world.flow, size=2)
    await until(world, stage, module, name)
    assert (await world.job(job))["status"] == "running"
    for _ in range(4):
        world.clock.time += LOOK
        await sweep_now({"toy": world.flow}, world.ports)
        await world.drain()
    await check(world, job, f"{stage} {name}")
    assert len(posts.ran) == len(set(posts.ran))


async def test_branches_that_were_never_enqueued_come_back(world: World, posts: Posts) -> None:
    job = await world.start(world.flow, size=2)
    with patch.object(outbox, "release", AsyncMock()):
        await world.drain()
    assert posts.ran == ["plan"]
    for _ in range(2):
        world.clock.time += LOOK
        await sweep_now({"toy": world.flow}, world.ports)
        await world.drain()
    await check(world, job, "never enqueued")


async def test_a_look_at_many_branches_under_way_reads_pages_not_each(world: World) -> None:
    """600 branches wait their turn. The sweeper looks after one that is lost without a call per branch."""
    made = Posts(world)
    world.flow = made.flow()
    job = await world.start(world.flow, size=600)
    await world.drain(most=1)
    world.clock.time += 600 / outbox.MEMBERS_A_SECOND
    for page in await world.due():
        await world.deliver(page)
    waiting: list[Delivery] = await world.due()
    assert len(waiting) == 600
    for delivery in waiting:
        if '"branch":0,' in delivery.body or '"branch":1,' in delivery.body:
            await world.deliver(delivery)
    calls = 0

    def count(*_: Any, **__: Any) -> Any:
        nonlocal calls
        calls += 1
        return DEFAULT

    documents = world.ports.documents
    for name in ("get_many", "query", "commit"):
        setattr(documents, name, AsyncMock(wraps=getattr(documents, name), side_effect=count))
    world.clock.time += LOOK_AFTER / 2
    await sweep_now({"toy": world.flow}, world.ports)
    assert calls < 10  # nothing is old enough to be lost
    world.clock.time += LOOK
    await sweep_now({"toy": world.flow}, world.ports)  # sees that some have begun
    calls = 0
    world.clock.time += LOOK
    brought = await sweep_now({"toy": world.flow}, world.ports)
    assert brought >= 598
    assert calls < 60
    tasks = await world.ports.documents.count(paths.tasks(job.id), Where("stage", "==", "write_main"))
    assert tasks == 2
