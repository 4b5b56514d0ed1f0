"""The local cloud's schedules: each slot is called once at its time, what was missed is caught up by one call."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from cronsim import CronSim
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from functions.upkeep.schedules import schedules
from infra.local import cron
from infra.local.uvicorn_server import serve
from shared.engine.trigger.schedule_slots import HEADER, Schedule
from tests.support.waiting import PATIENCE

REAL_SLEEP = asyncio.sleep


class FakeTime(datetime):
    """Stands still until somebody sleeps."""

    at: datetime

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override] # always UTC
        return cls.at


@dataclass
class Called:
    """Slots that an endpoint was called for, `answers` in turn and then 200."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    slots: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, schedule: Schedule, until: Callable[[], bool]) -> list[str]:
        running = asyncio.create_task(cron.run_cron({"toy": schedule}, self.url))
        async with asyncio.timeout(PATIENCE):
            while not until():
                self.arrived.clear()
                await self.arrived.wait()
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        return self.slots


@pytest.fixture
async def called(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Called]:
    made = Called()

    async def endpoint(request: Request) -> Response:
        made.slots.append(request.headers[HEADER])
        made.arrived.set()
        return Response(status_code=made.answers.pop(0) if made.answers else 200)

    async def sleep(seconds: float) -> None:
        made.slept.append(seconds)
        FakeTime.at += timedelta(seconds=seconds)
        await REAL_SLEEP(0.001)

    FakeTime.at = datetime(2026, 11, 23, 12, 0, 30, tzinfo=UTC)
    monkeypatch.setattr(cron, "datetime", FakeTime)
    monkeypatch.setattr("infra.local.cron.asyncio.sleep", sleep)
    async with serve(Starlette(routes=[Route("/_functions/toy/", endpoint, methods=["POST"])])) as made.url:
        yield made


@pytest.mark.fault(34)
async def test_each_schedule_is_called_at_its_slots(called: Called) -> None:
    slots = await called.run(Schedule("* * * * *", missed="skip"), lambda: len(called.slots) == 3)
    assert slots[:3] == ["2026-11-23T12:01:00Z", "2026-11-23T12:02:00Z", "2026-11-23T12:03:00Z"]


@pytest.mark.fault(34)
async def test_what_was_missed_is_caught_up_by_one_call_for_the_latest_slot(called: Called) -> None:
    slots = await called.run(Schedule("*/5 * * * *"), lambda: len(called.slots) == 2)
    assert slots[:2] == ["2026-11-23T12:00:00Z", "2026-11-23T12:05:00Z"]


async def test_a_call_that_fails_is_repeated_for_the_same_slot_and_then_given_up(called: Called) -> None:
    called.answers = [503, 503, 200, 503, 503, 503, 503]
    slots = await called.run(Schedule("0 * * * *"), lambda: len(called.slots) == 8)
    assert slots[:3] == ["2026-11-23T12:00:00Z"] * 3
    assert slots[3:7] == ["2026-11-23T13:00:00Z"] * 4
    assert slots[7] == "2026-11-23T14:00:00Z"


async def test_a_long_wait_is_slept_in_parts_as_a_machine_may_sleep_too(called: Called) -> None:
    await called.run(Schedule("0 3 * * *", missed="skip"), lambda: bool(called.slots))
    assert max(called.slept) <= 60


@pytest.mark.fault(34)
@pytest.mark.parametrize(
    ("at", "cron_expression", "expected"),
    [  # Berlin: 2026-03-29 has no 02:30; 2026-10-25 has two
        ("2026-03-28T23:00:00+00:00", "30 2 * * *", ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]),
        ("2026-10-24T22:00:00+00:00", "30 2 * * *", ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]),
        ("2026-10-24T22:00:00+00:00", "0 9 * * *", ["2026-10-25T08:00:00Z", "2026-10-26T08:00:00Z"]),
    ],
    ids=["left_out", "twice", "shifted"],
)
async def test_clock_changes_neither_lose_nor_double_a_daily_slot(
    called: Called, at: str, cron_expression: str, expected: list[str]
) -> None:
    FakeTime.at = datetime.fromisoformat(at)
    schedule = Schedule(cron_expression, zone="Europe/Berlin", missed="skip")
    assert (await called.run(schedule, lambda: len(called.slots) == 2))[:2] == expected


def test_every_schedule_is_one_that_can_be_read() -> None:
    for schedule in schedules().values():
        assert next(CronSim(schedule.cron, datetime(2026, 11, 23, tzinfo=ZoneInfo(schedule.zone))))
