"""Scheduled upkeep, one function per schedule. `SCHEDULES` is what Cloud Scheduler, and the local cloud, call and when."""

from __future__ import annotations

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from structlog.stdlib import get_logger

from functions import pipelines
from functions.upkeep.daily import daily_posts
from functions.upkeep.notify import notify
from functions.upkeep.popular import popular
from shared.bootstrap import limits_of, ports
from shared.engine.recovery.retention import retain
from shared.engine.recovery.sweep import sweep
from shared.engine.trigger.schedule_slots import HEADER, Schedule, Slot, Work, once, slot_time
from shared.engine.trigger.scheduled_starts import Starts, start
from shared.errors import BadInput, HeadraceError
from shared.ports.documents import Data

log = get_logger()

SCHEDULES = {
    "upkeep_sweep": Schedule("* * * * *", missed="skip"),
    "upkeep_notify": Schedule("* * * * *", missed="skip"),
    "upkeep_retention": Schedule("17 * * * *"),
    "upkeep_start": Schedule("5 * * * *"),
    "upkeep_daily": Schedule("*/5 * * * *"),
}
RECORDS = ("posts", "fingerprints", "bands", "quotas", "contexts", "topics", "feeds")
"""The pipelines' own records that say until when they are kept: posts for three years, what keeps them unlike each other for 30 days."""
STARTS = (Starts("warm", "interview-prep", popular),)
"""Jobs that nobody has to ask for: what `upkeep_start` looks through."""
DAILY = (Starts("daily", "daily-post", daily_posts),)
"""Jobs whose time of day comes: what `upkeep_daily` looks through. A post is late by five minutes at most."""


@functions_framework.aio.http
async def upkeep_sweep(request: Request) -> Response:
    """Bring back lost tasks of all open jobs. Safe to run at any time, twice, or late: it needs no slots."""
    del request
    return JSONResponse({"brought_back": await sweep(pipelines(), ports())})


@functions_framework.aio.http
async def upkeep_notify(request: Request) -> Response:
    """Send again what a receiver has not taken. It needs no slots either."""
    del request
    return JSONResponse(await notify(ports()))


@functions_framework.aio.http
async def upkeep_retention(request: Request) -> Response:
    """Delete what has expired and jobs that ended long ago: an hour's worth, so that no run is long."""

    async def work(_: Slot) -> Data:
        made = ports()
        accounts = {limit.account or name for name, limit in limits_of(made.settings).items()}
        days = made.settings.keep_jobs_days
        ttl = made.settings.profile == "cloud"
        return await retain(made, keep_jobs_days=days, accounts=sorted(accounts), records=RECORDS, ttl=ttl)

    return await _in_slot("upkeep_retention", request, work)


@functions_framework.aio.http
async def upkeep_start(request: Request) -> Response:
    """Start the jobs that have come due."""

    async def work(slot: Slot) -> Data:
        return await start(STARTS, slot, pipelines(), ports())

    return await _in_slot("upkeep_start", request, work)


@functions_framework.aio.http
async def upkeep_daily(request: Request) -> Response:
    """Start the daily posts of the agents whose time has come."""

    async def work(slot: Slot) -> Data:
        return await start(DAILY, slot, pipelines(), ports())

    return await _in_slot("upkeep_daily", request, work)


async def _in_slot(function: str, request: Request, work: Work) -> Response:
    """Do a slot's work once. Answers 503 when it is to be called again."""
    try:
        at = slot_time(request.headers.get(HEADER), ports().clock.now())
        return JSONResponse(await once(function, at, work, ports()))
    except BadInput as error:
        return JSONResponse({"said": error.message}, 400)
    except HeadraceError as error:
        log.info("try_again", function=function, code=error.code, error=error.message)
        return JSONResponse({"said": error.message}, 503)
