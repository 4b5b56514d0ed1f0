"""A scheduler that calls twice, late, or again while its last call still runs (row 34)."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infra.local import cron
from infra.local.uvicorn_server import serve
from shared.engine.job import lifecycle
from shared.engine.recovery import job_look
from shared.engine.task.envelope import Envelope
from shared.engine.trigger.schedule_slots import Schedule
from tests.faults.faulty import Together, drain
from tests.support.engine.world import World, sweep_now
from tests.support.waiting import PATIENCE


async def lost_job(world: World) -> str:
    """A job all of whose tasks the queue has forgotten."""
    job = await world.start(size=5)
    await world.drain(most=1)
    await world.queue.end([delivery.name for delivery in await world.due()])
    return job.id


@pytest.mark.fault(34)
async def test_sweeps_at_once_bring_each_task_back_once(world: World) -> None:
    job = await lost_job(world)
    world.clock.time += 130
    together = Together(world.ports.documents, 4, lambda name, arguments, _: name == "query" and "/tasks" in arguments[0])
    ports = world.with_ports(documents=together)
    look = Envelope(kind="look", job=job, stage="spread", queued_at=world.clock.time)
    started = await lifecycle.read(job, ports)
    brought = await asyncio.gather(*(job_look.look_at_job(world.flow, started, look, ports) for _ in range(4)))
    assert together.met == 1
    assert sum(brought) == 1  # the side stage, which has a document
    await drain(world)  # of the looks through the fan-out, one is due
    assert world.toy.ran.count("note") == 1
    assert (await world.ports.documents.get(f"jobs/{job}")).data["status"] == "succeeded"  # type: ignore[union-attr] # it is there
    assert len(world.toy.ran) == 5 + 3


@pytest.mark.fault(34)
async def test_sweeps_missed_for_hours_are_caught_up_by_one(world: World) -> None:
    await lost_job(world)
    world.clock.time += 3 * 3600
    assert [await sweep_now({"toy": world.flow}, world.ports) for _ in range(3)] == [6, 0, 0]


class FakeTime(datetime):
    """Stands still until somebody sleeps or works."""

    at = datetime(2026, 11, 23, 12, 0, 30, tzinfo=UTC)

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override] # always UTC
        return cls.at


@pytest.mark.fault(34)
async def test_a_call_that_outlasts_its_slots_is_not_overlapped_and_what_passed_is_skipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slots: list[datetime] = []
    running, third = [0], asyncio.Event()
    real_sleep = asyncio.sleep

    async def endpoint(request: Request) -> Response:
        running[0] += 1
        assert running[0] == 1
        slots.append(datetime.fromisoformat(request.headers["x-cloudscheduler-scheduletime"]))
        await real_sleep(0.02)
        FakeTime.at += timedelta(seconds=150 if len(slots) == 1 else 1)
        running[0] -= 1
        if len(slots) == 3:
            third.set()
        return Response()

    async def sleep(seconds: float) -> None:
        FakeTime.at += timedelta(seconds=seconds)
        await real_sleep(0.005)

    monkeypatch.setattr(cron, "datetime", FakeTime)
    monkeypatch.setattr("infra.local.cron.asyncio.sleep", sleep)
    async with serve(Starlette(routes=[Route("/_functions/upkeep_sweep/", endpoint, methods=["POST"])])) as url:
        calling = asyncio.create_task(cron.run_cron({"upkeep_sweep": Schedule("* * * * *", missed="skip")}, url))
        await asyncio.wait_for(third.wait(), PATIENCE)
        calling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await calling
    # The call of 12:01 lasted until 12:03:30: 12:02 and 12:03 are skipped, not called one after the other.
    assert [f"{slot:%H:%M}" for slot in slots[:3]] == ["12:01", "12:04", "12:05"]
