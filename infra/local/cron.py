"""Schedules, called as Cloud Scheduler would: an HTTP POST per slot. A slot that passed while nobody ran is caught up once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

import httpx2
from cronsim import CronSim
from structlog.stdlib import get_logger

from infra.local.mounts import PREFIX

log = get_logger()


async def run_cron(schedules: Mapping[str, str], url: str) -> None:
    """Call each function at its times, in UTC, until cancelled. A call still running skips its next slot."""
    async with httpx2.AsyncClient(timeout=600, trust_env=False) as client, asyncio.TaskGroup() as group:
        for function, expression in schedules.items():
            group.create_task(_one(client, f"{url}{PREFIX}/{function}/", expression))


async def _one(client: httpx2.AsyncClient, url: str, expression: str) -> None:
    while True:
        now = datetime.now(UTC)
        slot = next(CronSim(expression, now))
        await asyncio.sleep((slot - now).total_seconds())
        try:
            await client.post(url, headers={"x-cloudscheduler-scheduletime": slot.isoformat()})
        except httpx2.HTTPError as error:
            log.warning("schedule_failed", url=url, error=str(error))
