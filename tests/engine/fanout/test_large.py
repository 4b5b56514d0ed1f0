"""Large fan-outs: released page by page, combined on the way up, found again by the sweeper. Small sizes stand for large ones."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from functions.lane_sizes import MOST_PER_SECOND
from shared.engine.fanout import item_pages, outbox, shard_tree
from shared.engine.fanout.shard_tree import Layout
from shared.engine.flow import Flow, Join, Stage
from shared.engine.job.stage_summary import summarise
from shared.engine.store import paths
from shared.ports import Ports
from shared.ports.documents import Where
from tests.support.engine.world import Item, Squared, Total, ToyRequest, World, sweep_now

PAGE, SHARD, STRIPE = 7, 3, 4


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_pages, "PAGE", PAGE)
    monkeypatch.setattr(shard_tree, "SHARD", SHARD)
    monkeypatch.setattr(shard_tree, "STRIPE", STRIPE)


class Padded(Item):
    padding: str = ""


def merged(parts: list[Squared]) -> Squared:
    return Squared(number=sum(part.number for part in parts), square=sum(part.square for part in parts))


def large(*, combine: bool = True, generate: bool = True, **join: Any) -> Flow:
    async def generated(request: ToyRequest, ports: Ports) -> AsyncIterator[Padded]:
        for n in range(request.size):
            yield Padded(number=n, fail=n in request.fail, padding="x" * (40_000 if n == 5 else 0))

    async def listed(request: ToyRequest, ports: Ports) -> list[Padded]:
        return [item async for item in generated(request, ports)]

    async def square(item: Padded, ports: Ports) -> Squared:
        assert (len(item.padding) > 0) == (item.number == 5)
        if item.fail:
            raise ValueError(item.number)
        return Squared(number=1, square=item.number**2)

    async def total(sum_of: Squared, ports: Ports) -> Total:
        return Total(total=sum_of.square, members=sum_of.number)

    async def add(squares: list[Squared], ports: Ports) -> Total:
        return Total(total=sum(s.square for s in squares), members=len(squares))

    first, last = (generated if generate else listed), (total if combine else add)
    policy = Join(last, combine=merged if combine else None, **join)
    members = Stage(square, join=policy, attempts=1, sums=("number",))
    return Flow("toy", request=ToyRequest, result=Total, stages=(Stage(first, then=square), members, Stage(last)))


@pytest.mark.fault(31)
@pytest.mark.parametrize("generate", [True, False], ids=["generator", "list"])
@pytest.mark.parametrize("combine", [True, False], ids=["combined", "list_joined"])
@pytest.mark.parametrize("size", [0, 1, PAGE, PAGE + 1, 61])
async def test_every_member_counts_once(world: World, size: int, combine: bool, generate: bool) -> None:
    flow = large(combine=combine, generate=generate)
    job = await world.start(flow, size=size)
    await world.drain(flow, seed=size, double=True)
    done = await world.job(job)
    assert done["status"] == "succeeded", done["error"]
    assert done["result"] == {"total": sum(n * n for n in range(size)), "members": size, "note": ""}


@pytest.mark.fault(31)
async def test_a_result_over_a_page_is_released_by_dispatcher_tasks(world: World) -> None:
    flow = large()
    await world.start(flow, size=20)
    (first,) = await world.due()
    await world.deliver(first, flow)
    world.clock.time += 20 / outbox.MEMBERS_A_SECOND
    waiting = await world.due()
    assert [delivery.body.count('"kind":"release"') for delivery in waiting] == [1, 1, 1]
    for delivery in waiting:
        await world.deliver(delivery, flow)
    assert len(await world.due()) == 20


async def test_pages_are_released_faster_than_any_queue_starts_their_members(world: World) -> None:
    flow = large()
    await world.start(flow, size=700)
    (first,) = await world.due()
    await world.deliver(first, flow)
    began = world.clock.time
    pages = 700 // PAGE
    world.clock.time += 700 / (10 * MOST_PER_SECOND)
    due = sorted(delivery.at for delivery in await world.queue.take("engine-interactive", 2 * pages))
    assert len(due) == pages
    assert due[0] <= began < due[1] < due[-1]  # in their order all the same


@pytest.mark.fault(9)
async def test_members_and_pages_that_were_lost_come_back(world: World) -> None:
    flow = large()
    job = await world.start(flow, size=30)
    await world.drain(flow, most=9)
    await world.queue.end([delivery.name for delivery in await world.due()])
    for _ in range(8):
        world.clock.time += 130
        await sweep_now({"toy": flow}, world.ports)
        await world.drain(flow)
    assert (await world.job(job))["result"]["members"] == 30


@pytest.mark.fault(31)
async def test_a_backlog_is_not_enqueued_every_minute(world: World) -> None:
    flow = large()
    await world.start(flow, size=30)
    await world.drain(flow, most=5)
    waiting = sum(world.queue.depth().values())
    brought = []
    for _ in range(40):
        world.clock.time += 60
        brought.append(await sweep_now({"toy": flow}, world.ports))
    assert sum(1 for count in brought if count) == 5  # at 1, 3, 7, 14 and 28 minutes
    assert max(brought) <= waiting + 30


async def test_an_early_join_combines_what_was_there(world: World) -> None:
    flow = large(enough=("number", 25))
    job = await world.start(flow, size=61)
    await world.drain(flow, seed=3)
    done = await world.job(job)
    assert done["status"] == "succeeded"
    assert 25 <= done["result"]["members"] < 61


async def test_tolerated_failures_are_left_out(world: World) -> None:
    flow = large(tolerate=0.2)
    job = await world.start(flow, size=30, fail=(2, 11))
    await world.drain(flow, seed=1)
    done = await world.job(job)
    assert (done["status"], done["result"]["members"]) == ("partial", 28)


async def test_a_combiner_that_crashes_fails_the_job(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def merge(parts: list[Squared]) -> Squared:
        raise ZeroDivisionError

    flow = large()
    policy = flow.stage("square").join
    assert policy is not None
    object.__setattr__(policy, "combine", merge)
    job = await world.start(flow, size=12)
    await world.drain(flow)
    done = await world.job(job)
    assert (done["status"], done["error"]["code"]) == ("failed", "combine_failed")


@pytest.mark.fault(12)
async def test_no_document_is_written_more_often_than_a_shard_has_members(world: World) -> None:
    flow = large()
    written: dict[str, int] = {}
    commit = world.ports.documents.commit

    async def counted(*writes: Any) -> Any:
        for write in writes:
            written[write.path] = written.get(write.path, 0) + 1
        return await commit(*writes)

    world.ports.documents.commit = counted  # type: ignore[method-assign] # a counter in its way
    job = await world.start(flow, size=200)
    await world.drain(flow, seed=2)
    assert (await world.job(job))["status"] == "succeeded"
    assert max(written.values()) <= SHARD + 1


async def test_a_lost_last_failure_still_fails_the_job(world: World) -> None:
    """The member recorded its failure; the job's end was lost with its process and its task."""
    flow = large()
    job = await world.start(flow, size=2, fail=(1,))
    await world.drain(flow, most=1)
    for delivery in sorted(await world.due(), key=lambda one: '"index":1' in one.body):  # it is the last: no other tells
        if '"index":1' in delivery.body:
            original, world.ports.documents.query = world.ports.documents.query, None  # type: ignore[method-assign,assignment] # the end
            with pytest.raises(TypeError):
                await world.deliver(delivery, flow)
            world.ports.documents.query = original  # type: ignore[method-assign] # back
            await world.queue.end([delivery.name])
        else:
            await world.deliver(delivery, flow)
    failed = await world.ports.documents.count(paths.tasks(job.id), Where("state", "==", "failed"))
    assert (failed, (await world.job(job))["status"]) == (1, "running")
    world.clock.time += 130
    await sweep_now({"toy": flow}, world.ports)
    assert (await world.job(job))["status"] == "failed"


@pytest.mark.fault(32)
@pytest.mark.parametrize("size", [0, 1, 3, 4, 11, 12, 13, 100, 1000])
def test_the_tree_counts_every_child_once(size: int) -> None:
    layout = Layout(size)
    below = size
    for level, width in enumerate(layout.widths):
        members = [child for number in range(width) for child in layout.children(level, number)]
        assert sorted(members) == list(range(below))
        assert all(layout.expected(level, number) <= SHARD for number in range(width))
        for number in range(width):
            for child in layout.children(level, number):
                assert (layout.shard_of(child) if level == 0 else layout.parent(level - 1, child)[1]) == number
        below = width
    assert layout.widths[-1] == 1


async def test_numbers_for_display_grow_to_the_exact_ones_from_fewer_reads(world: World) -> None:
    flow = large()
    job = await world.start(flow, size=200)
    reads = 0
    original = world.ports.documents.get_many

    async def counting(wanted: Any) -> Any:
        nonlocal reads
        reads += len(wanted)
        return await original(wanted)

    seen, spared = [0], 0
    for _ in range(40):
        await world.drain(flow, most=8)
        exact = (await summarise(flow, job.id, 1, world.ports))[1]["done"]
        world.ports.documents.get_many, reads = counting, 0  # type: ignore[method-assign,assignment] # a counter in its way
        seen.append((await summarise(flow, job.id, 1, world.ports, exact=False))[1]["done"])
        world.ports.documents.get_many = original  # type: ignore[method-assign] # back
        assert seen[-2] <= seen[-1] <= exact <= seen[-1] + SHARD * STRIPE
        spared += reads < 200 // SHARD
    assert seen[-1] == 200
    assert spared > 30
