"""Jobs that a schedule starts: one per item and time, in the bulk lane, whatever dies on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

import pytest

from shared.engine.flow import Flow
from shared.engine.trigger.schedule_slots import Slot, local_time, run_once
from shared.engine.trigger.scheduled_starts import OWNER, Item, start_jobs
from shared.errors import Transient
from shared.ports import Ports
from shared.ports.documents import Data, Document
from tests.faults.faulty import Faulty, at
from tests.support.engine.world import World

HOUR = 3600.0
AGENTS = {"lisbon": "Europe/Lisbon", "tokyo": "Asia/Tokyo", "york": "America/New_York"}


async def at_nine(slot: Slot, _: Flow, __: Ports) -> Sequence[Item]:
    """A job per agent at nine in the morning where it lives."""
    due = {name: local_time(time(9), zone, slot, first=HOUR) for name, zone in AGENTS.items()}
    return [Item(name, {"size": len(name)}, when) for name, when in due.items() if when is not None]


async def started(world: World) -> list[Document]:
    return sorted(await world.ports.documents.query("jobs"), key=lambda job: float(job.data["created_at"]))


async def run(world: World, at_hour: float, ports: Ports | None = None) -> Data:
    async def work(slot: Slot) -> Data:
        return await start_jobs("morning", world.flow, at_nine, slot, ports or world.ports)

    midnight = datetime(2027, 1, 18, tzinfo=UTC).timestamp()
    world.clock.time = midnight + at_hour * HOUR
    return await run_once("toy", world.clock.time, work, world.ports)


@pytest.mark.fault(34)
async def test_each_item_has_one_job_a_day_when_its_own_time_comes(world: World) -> None:
    begun = [(await run(world, hour)).get("morning") for hour in range(25)]
    assert {hour: count for hour, count in enumerate(begun) if count} == {0: 1, 9: 1, 14: 1, 24: 1}
    jobs = await started(world)
    assert [job.data["input"]["size"] for job in jobs] == [len("tokyo"), len("lisbon"), len("york"), len("tokyo")]
    assert {(job.data["options"]["lane"], job.data["owner"]) for job in jobs} == {("bulk", OWNER)}
    await world.drain()
    assert {job.data["status"] for job in await started(world)} == {"succeeded"}


@pytest.mark.fault(34)
async def test_days_that_were_missed_are_made_up_for_by_one_job_each(world: World) -> None:
    await run(world, 0)
    assert await run(world, 5 * 24 - 1) == {"morning": 3}
    assert await run(world, 5 * 24) == {"morning": 1}


@pytest.mark.fault(34)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", ["commit", "enqueue"])
async def test_a_start_that_fails_half_way_is_done_again_and_starts_nothing_twice(world: World, call: str, after: bool) -> None:
    await run(world, 0)
    broken = at(call, times=1) if call == "commit" else at(call, then=lambda tasks: "lane" not in tasks, times=1)
    ports = world.with_ports(
        documents=Faulty(world.ports.documents, broken, after=after), tasks=Faulty(world.ports.tasks, broken, after=after)
    )
    with pytest.raises(Transient):
        await run(world, 23, ports)
    await run(world, 23)
    assert len(await started(world)) == 1 + 2
    await world.drain()
    assert {job.data["status"] for job in await started(world)} == {"succeeded"}


async def test_an_item_that_cannot_be_started_keeps_no_other_from_it(world: World) -> None:
    async def items(slot: Slot, _: Flow, __: Ports) -> Sequence[Item]:
        return [Item("bad", {"size": "many"}, slot.at), Item("good", {"size": 2}, slot.at)]

    said = await start_jobs("some", world.flow, items, Slot(world.clock.now()), world.ports)
    assert said == {"some": 1}
