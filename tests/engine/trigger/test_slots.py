"""Slots of a schedule: duplicates, overlap, crashes before and after, late calls, clock changes. Time is virtual."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time

import pytest

from shared.engine.store import ended_instances
from shared.engine.task.claim import LEASE
from shared.engine.trigger.schedule_slots import Slot, local_time, run_once, slot_time
from shared.errors import BadInput, Conflict, Transient
from shared.ports import Ports
from shared.ports.documents import Data
from tests.faults.faulty import Faulty, Killed, Together, at
from tests.support.engine.world import World

FIRST, HOUR = 1_800_000_000.0, 3600.0


class Job:
    """A schedule's work, and what it was told."""

    def __init__(self) -> None:
        self.did: list[Slot] = []

    async def __call__(self, slot: Slot) -> Data:
        self.did.append(slot)
        return {"did": len(self.did)}


@pytest.mark.fault(34)
async def test_a_slot_delivered_twice_is_done_once(world: World) -> None:
    job = Job()
    assert await run_once("toy", FIRST, job, world.ports) == {"did": 1}
    assert await run_once("toy", FIRST, job, world.ports) == {"skipped": "done before"}
    assert job.did == [Slot(FIRST, None)]


@pytest.mark.fault(34)
async def test_a_slot_delivered_often_at_once_is_done_once(world: World) -> None:
    job = Job()
    for slot in (FIRST, FIRST + 60):
        together = Together(world.ports.documents, 4, lambda name, _, __: name == "get")  # all have looked before one takes it
        ports = world.with_ports(documents=together)
        all_four = await asyncio.gather(*(run_once("toy", slot, job, ports) for _ in range(4)), return_exceptions=True)
        assert together.met == 1
        assert sorted(type(one).__name__ for one in all_four) == ["Conflict", "Conflict", "Conflict", "dict"]
    assert job.did == [Slot(FIRST, None), Slot(FIRST + 60, FIRST)]


async def test_work_is_told_since_when_nothing_was_done(world: World) -> None:
    job = Job()
    for slot in (FIRST, FIRST + HOUR, FIRST + 5 * HOUR):
        await run_once("toy", slot, job, world.ports)
    assert job.did == [Slot(FIRST, None), Slot(FIRST + HOUR, FIRST), Slot(FIRST + 5 * HOUR, FIRST + HOUR)]


@pytest.mark.fault(34)
async def test_a_late_slot_after_a_later_one_does_nothing(world: World) -> None:
    job = Job()
    await run_once("toy", FIRST + HOUR, job, world.ports)
    assert await run_once("toy", FIRST, job, world.ports) == {"skipped": "done before"}
    assert len(job.did) == 1


@pytest.mark.fault(34)
async def test_a_slot_is_skipped_while_the_one_before_runs_and_its_duplicate_comes_again(world: World) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def slow(_: Slot) -> Data:
        begun.set()
        await go.wait()
        return {"done": 1}

    job = Job()
    running = asyncio.create_task(run_once("toy", FIRST, slow, world.ports))
    await begun.wait()
    assert await run_once("toy", FIRST + 60, job, world.ports) == {"skipped": "an earlier slot still runs"}
    with pytest.raises(Conflict, match="under way"):
        await run_once("toy", FIRST, job, world.ports)
    go.set()
    assert await running == {"done": 1}
    assert await run_once("toy", FIRST + 120, job, world.ports) == {"did": 1}
    assert job.did == [Slot(FIRST + 120, FIRST)]  # what the skipped slot would have done is in it


def dying(world: World) -> Ports:
    """Ports of a process whose next end is a SIGKILL: it cannot write that its work is over."""
    dead = Faulty(
        world.ports.documents, lambda name, writes: name == "commit" and writes[0].data.get("lease_until") == 0, error=Killed
    )
    return world.with_ports(documents=dead, instance="dead")


@pytest.mark.fault(34)
@pytest.mark.parametrize("known", [False, True], ids=["after_its_lease", "known_to_be_gone"])
async def test_a_run_that_dies_after_its_work_is_taken_over(world: World, known: bool) -> None:
    job = Job()
    with pytest.raises(Killed):
        await run_once("toy", FIRST, job, dying(world))
    with pytest.raises(Conflict):
        await run_once("toy", FIRST, job, world.ports)
    if known:
        await ended_instances.record_ended("dead", world.ports)
    else:
        world.clock.time += LEASE + 1
    assert await run_once("toy", FIRST, job, world.ports) == {"did": 2}
    assert await run_once("toy", FIRST, job, world.ports) == {"skipped": "done before"}


@pytest.mark.fault(34)
async def test_a_run_that_died_goes_along_with_the_next_slot(world: World) -> None:
    job = Job()
    with pytest.raises(Killed):
        await run_once("toy", FIRST, job, dying(world))
    world.clock.time += HOUR
    await run_once("toy", FIRST + HOUR, job, world.ports)
    assert job.did == [Slot(FIRST, None), Slot(FIRST + HOUR, None)]
    assert await run_once("toy", FIRST, job, world.ports) == {"skipped": "done before"}


async def test_a_late_slot_takes_a_later_one_along_that_somebody_died_over(world: World) -> None:
    job = Job()
    with pytest.raises(Killed):
        await run_once("toy", FIRST + HOUR, job, dying(world))
    world.clock.time += LEASE + 1
    await run_once("toy", FIRST, job, world.ports)
    assert job.did == [Slot(FIRST + HOUR, None)] * 2


@pytest.mark.fault(34)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_process_killed_as_it_takes_a_slot(world: World, after: bool) -> None:
    job = Job()
    dead = Faulty(world.ports.documents, at("commit"), after=after, error=Killed)
    with pytest.raises(Killed):
        await run_once("toy", FIRST, job, world.with_ports(documents=dead))
    world.clock.time += LEASE + 1
    assert await run_once("toy", FIRST, job, world.ports) == {"did": 1}


async def test_an_end_whose_answer_was_lost_is_an_end(world: World) -> None:
    job = Job()
    lost = Faulty(world.ports.documents, at("commit", then=lambda writes: writes[0].data.get("state") == "done"), after=True)
    with pytest.raises(Transient):
        await run_once("toy", FIRST, job, world.with_ports(documents=lost))
    assert await run_once("toy", FIRST, job, world.ports) == {"skipped": "done before"}


async def test_work_that_fails_leaves_its_slot_free_at_once(world: World) -> None:
    async def fails(_: Slot) -> Data:
        raise Transient("no store")

    with pytest.raises(Transient):
        await run_once("toy", FIRST, fails, world.ports)
    job = Job()
    assert await run_once("toy", FIRST, job, world.ports) == {"did": 1}


async def test_schedules_do_not_wait_for_each_other(world: World) -> None:
    job = Job()

    async def calls_another(_: Slot) -> Data:
        return await run_once("other", FIRST, job, world.ports)

    assert await run_once("toy", FIRST, calls_another, world.ports) == {"did": 1}


def test_the_slot_is_in_the_header() -> None:
    assert slot_time("2027-01-15T08:00:00Z", FIRST) == FIRST
    assert slot_time("2027-01-15T08:00:00.5Z", FIRST) == FIRST + 0.5
    assert slot_time(None, FIRST) == FIRST
    for bad in ("", "yesterday", "2027-01-16T08:00:00Z"):
        with pytest.raises(BadInput) as caught:
            slot_time(bad, FIRST)
        assert caught.value.code == "bad_slot"


def utc(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.fault(34)
@pytest.mark.parametrize(
    ("since", "until", "due"),
    [
        ("2026-06-01T06:00", "2026-06-01T07:00", "2026-06-01T07:00"),  # 9 o'clock in Berlin
        ("2026-06-01T07:00", "2026-06-01T08:00", None),
        ("2026-06-01T05:00", "2026-06-01T06:59", None),
        ("2026-06-01T06:00", "2026-06-04T12:00", "2026-06-04T07:00"),  # days missed: the latest alone
        ("2026-06-01T08:00", "2026-06-02T01:00", None),
        ("2026-10-24T12:00", "2026-10-25T12:00", "2026-10-25T08:00"),  # the clocks went back
    ],
)
def test_a_time_of_day_comes_due_in_its_own_zone(since: str, until: str, due: str | None) -> None:
    slot = Slot(utc(until), utc(since))
    assert local_time(time(9), "Europe/Berlin", slot, first=HOUR) == (utc(due) if due else None)


@pytest.mark.fault(34)
@pytest.mark.parametrize(
    ("day", "due"), [("2026-03-29", "2026-03-29T01:30"), ("2026-10-25", "2026-10-25T00:30")], ids=["left_out", "twice"]
)
def test_a_clock_change_makes_no_day_without_its_time_and_none_with_two(day: str, due: str) -> None:
    start = utc(f"{day}T00:00")
    hours = [Slot(start + n * HOUR, start + (n - 1) * HOUR) for n in range(-2, 20)]
    found = [local_time(time(2, 30), "Europe/Berlin", slot, first=HOUR) for slot in hours]
    assert [one for one in found if one is not None] == [utc(due)]


def test_it_is_another_day_there() -> None:
    half_past_nine = Slot(utc("2026-06-01T21:30"), utc("2026-06-01T20:30"))
    assert local_time(time(9), "Pacific/Auckland", half_past_nine, first=HOUR) == utc("2026-06-01T21:00")


def test_the_first_slot_ever_looks_back_as_far_as_it_is_told() -> None:
    at_ten = Slot(utc("2026-06-01T10:00"), None)
    assert local_time(time(9), "UTC", at_ten, first=HOUR) is None
    assert local_time(time(9), "UTC", at_ten, first=2 * HOUR) == utc("2026-06-01T09:00")
    with pytest.raises(BadInput):
        local_time(time(9), "Mars/Olympus", at_ten, first=HOUR)
