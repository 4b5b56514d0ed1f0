"""Each agent's post once a day at its own time, over clock changes, outages and calls that come twice."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from functions.daily_post.due_posts import daily_posts
from functions.daily_post.flow import FLOW
from functions.upkeep.schedules import schedules
from shared.engine.trigger.schedule_slots import Slot
from shared.engine.trigger.scheduled_starts import start_jobs
from tests.unit.functions.daily_post.daily_world import DailyWorld

STEP = 300.0


def at(text: str, zone: str = "UTC") -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


async def fired(world: DailyWorld, begin: float, end: float, step: float = STEP) -> list[tuple[str, str, float]]:
    """Agent, date and slot of all that was due, slot after slot."""
    found, since = [], begin
    while since < end:
        due = await daily_posts(Slot(since + step, since), FLOW, world.ports)
        since += step
        found += [(item.key, item.input["date"], since) for item in due]
    return found


@pytest.mark.parametrize(
    ("zone", "clock", "day", "local"),
    [
        ("Europe/Berlin", "02:30", "2026-03-29", "03:30"),  # left out: due when it would have been
        ("Europe/Berlin", "02:30", "2026-10-25", "02:30"),  # comes twice: the first one
        ("America/New_York", "01:30", "2026-11-01", "01:30"),
        ("Australia/Lord_Howe", "02:10", "2026-10-04", "02:40"),  # half an hour is left out
        ("Asia/Taipei", "07:00", "2026-10-25", "07:00"),
        ("Pacific/Kiritimati", "00:00", "2026-06-01", "00:00"),
        ("America/Sao_Paulo", "23:56", "2026-06-01", "00:00"),  # of the day that has just ended
    ],
)
async def test_a_day_has_one_post_whatever_the_clock_does(world: DailyWorld, zone: str, clock: str, day: str, local: str) -> None:
    await world.agent(time_zone=zone, post_time=clock)
    noon = at(f"{day}T12:00", zone)
    found = await fired(world, noon - 36 * 3600, noon + 36 * 3600)
    assert Counter(date for _, date, _ in found)[day] == 1
    (slot,) = [slot for _, date, slot in found if date == day]
    due = datetime.fromtimestamp(slot, ZoneInfo(zone))
    assert f"{due:%H:%M}" == local


async def test_sixty_days_over_both_clock_changes_have_sixty_posts_each(world: DailyWorld) -> None:
    zones = {"berlin": "Europe/Berlin", "york": "America/New_York", "taipei": "Asia/Taipei", "none": "UTC"}
    for name, zone in zones.items():
        await world.agent(name, time_zone=zone, **({} if name == "none" else {"post_time": "02:30"}))
    for begin in ("2026-02-20T12:00", "2026-10-01T12:00"):
        found = await fired(world, at(begin), at(begin) + 60 * 86400, step=1800)
        first = datetime.fromisoformat(begin).date()
        wanted = {(first + timedelta(days=n)).isoformat() for n in range(1, 61)}
        for name in ("berlin", "york", "taipei"):
            dates = [date for agent, date, _ in found if agent == name]
            assert len(dates) == len(set(dates)) == 60, name
            assert set(dates) == wanted, name
        assert not [agent for agent, _, _ in found if agent == "none"]


async def test_an_outage_is_made_up_for_once(world: DailyWorld) -> None:
    await world.agent(post_time="07:00")
    (item,) = await daily_posts(Slot(at("2026-06-10T09:00"), at("2026-06-03T09:00")), FLOW, world.ports)
    assert item.input == {"agents": ["mei"], "date": "2026-06-10", "publish": "post"}
    (item,) = await daily_posts(Slot(at("2026-06-10T05:00"), at("2026-06-03T09:00")), FLOW, world.ports)
    assert item.input["date"] == "2026-06-09"


async def test_one_job_per_agent_and_date_whatever_is_called(world: DailyWorld) -> None:
    await world.agent(post_time="07:00")
    await world.agent("odd", time_zone="Mars", post_time="07:00")
    slot = Slot(at("2026-06-10T07:05"), at("2026-06-10T06:55"))
    begun = [await start_jobs("daily", FLOW, daily_posts, slot, world.ports) for _ in range(3)]
    assert begun == [{"daily": 1}, {"daily": 0}, {"daily": 0}]
    overlapping = Slot(at("2026-06-10T07:30"), at("2026-06-10T06:00"))
    assert await start_jobs("daily", FLOW, daily_posts, overlapping, world.ports) == {"daily": 0}
    assert len(await world.ports.documents.query("jobs")) == 1


async def test_more_agents_than_a_page_are_all_seen(world: DailyWorld) -> None:
    for n in range(205):
        await world.agent(f"a{n:03}", post_time="07:00")
    found = await daily_posts(Slot(at("2026-06-10T07:05"), at("2026-06-10T06:55")), FLOW, world.ports)
    assert len({item.key for item in found}) == 205


def test_it_is_called_every_few_minutes() -> None:
    assert schedules()["upkeep_daily"].cron == "*/5 * * * *"
