"""Schedules, called as Cloud Scheduler would: an HTTP POST per slot. Slots that passed while nobody ran are caught up by one call."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import httpx2
from cronsim import CronSim
from structlog.stdlib import get_logger

from infra.local.function_mounts import PREFIX
from shared.engine.trigger.schedule_slots import HEADER, Schedule

log = get_logger()

TRIES, APART = 4, 15.0
"""Calls for one slot, and seconds between them: a slot whose last run died is free when its lease has run out."""
LOOK = 60.0
"""Seconds slept at most: a machine that was asleep counts them anew."""


async def run_cron(
    schedules: Mapping[str, Schedule], url: str, *, path: str = f"{PREFIX}/{{function}}/", auth: httpx2.Auth | None = None
) -> None:
    """Call each function at its times until cancelled. A call still running skips its next slot."""
    async with httpx2.AsyncClient(timeout=600, trust_env=False, auth=auth) as client, asyncio.TaskGroup() as group:
        for function, schedule in schedules.items():
            group.create_task(_alone(client, url + path.format(function=function), schedule))


async def _alone(client: httpx2.AsyncClient, url: str, schedule: Schedule) -> None:
    """One schedule; what is wrong with it ends no other."""
    try:
        await _one(client, url, schedule)
    except Exception:
        log.exception("schedule_ended", url=url, cron=schedule.cron)


async def _one(client: httpx2.AsyncClient, url: str, schedule: Schedule) -> None:
    tries = TRIES if schedule.missed == "once" else 1
    if schedule.missed == "once":  # whether the last slot was missed, its function knows
        await _call(client, url, next(CronSim(schedule.cron, _now(schedule), reverse=True)), tries)
    while True:
        slot = next(CronSim(schedule.cron, _now(schedule)))
        while (left := (slot - _now(schedule)).total_seconds()) > 0:  # noqa: ASYNC110 - it is time that is waited for
            await asyncio.sleep(min(left, LOOK))
        await _call(client, url, slot, tries)


async def _call(client: httpx2.AsyncClient, url: str, slot: datetime, tries: int) -> None:
    """Call until it is answered with success, at most `tries` times."""
    error = ""
    for tried in range(tries):
        if tried:
            await asyncio.sleep(APART)
        try:
            answer = await client.post(url, headers={HEADER: f"{slot.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"})
        except Exception as failure:  # noqa: BLE001 - whatever it was, the next slot comes
            error = str(failure) or type(failure).__name__
        else:
            if answer.is_success:
                return
            error = f"status {answer.status_code}"
    log.warning("schedule_failed", url=url, error=error)


def _now(schedule: Schedule) -> datetime:
    return datetime.now(UTC).astimezone(ZoneInfo(schedule.zone))
