"""Jobs that people have asked for again and again: at a cron expression's times, of any pipeline.

`recurring_jobs/{id}` says when the next is due. Whoever comes for it starts the job under a key of that time, and then moves the time
on: a call that dies in between, or comes twice, starts it once. Of times that were missed one job makes up, the latest.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NotRequired
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError
from structlog.stdlib import get_logger
from typing_extensions import TypedDict

from functions import check_sound, owner_spending
from shared.engine.flow import Flow
from shared.engine.job import lifecycle
from shared.engine.store.schema.job import JobOptions
from shared.engine.store.schema.shared_fields import ErrorRecord, read_all_as
from shared.errors import BadInput, Conflict, HeadraceError, Transient
from shared.ports import Ports
from shared.ports.documents import Data, Document, Update, Where

log = get_logger()

COLLECTION = "recurring_jobs"
PAGE, AT_ONCE = 200, 20
"""Due ones per call, and jobs started side by side."""
SOONEST = 60.0
"""Seconds between two of its jobs at least: the clock calls once a minute."""


class RecurringJob(TypedDict):
    """`recurring_jobs/{id}`: what is started, when, and how the last one went."""

    owner: str
    pipeline: str
    input: Any
    options: JobOptions
    cron: str
    zone: str
    created_at: float
    due_at: float | None
    """When the next one starts; None: it is paused."""
    last_at: NotRequired[float]
    last_job: NotRequired[str]
    last_error: NotRequired[ErrorRecord | None]
    """Why the last one was not started."""


class RecurringChange(TypedDict, total=False):
    """What changes about one."""

    due_at: float | None
    last_at: float
    last_job: str
    last_error: ErrorRecord | None


def next_time(cron: str, zone: str, after: float) -> float:
    """The next time of a cron expression in a time zone, POSIX seconds.

    Raises:
        BadInput: it is no such expression (`bad_cron`), comes more often than once a minute, or never; or there is no such zone (`bad_zone`).
    """
    try:
        times = CronSim(cron, datetime.fromtimestamp(after, UTC).astimezone(ZoneInfo(zone)))
        first, second = next(times).timestamp(), next(times).timestamp()
    except (ZoneInfoNotFoundError, OSError) as error:
        raise BadInput(f"{zone[:40]!r} is no time zone", code="bad_zone", advice="Use a name like Europe/Berlin.") from error
    except (CronSimError, StopIteration, ValueError) as error:
        advice = "Five fields: minute, hour, day of the month, month, day of the week. `0 7 * * 1-5` is every weekday at seven."
        raise BadInput(f"{cron[:60]!r} is no cron expression, or never comes", code="bad_cron", advice=advice) from error
    if second - first < SOONEST:
        raise BadInput("it comes more often than once a minute", code="bad_cron", advice="Use five fields, without seconds.")
    return first


async def start_due(flows: Mapping[str, Flow], ports: Ports) -> Data:
    """Start those that are due. Answers how many jobs began. Safe to run at any time, twice, or again after it died.

    Raises:
        Transient: the store did not answer.
    """
    due = Where("due_at", "<=", ports.clock.now())
    found = read_all_as(RecurringJob, await ports.documents.query(COLLECTION, due, order_by="due_at", limit=PAGE))
    room = asyncio.Semaphore(AT_ONCE)

    async def one(recurring: Document[RecurringJob]) -> bool:
        async with room:
            return await start_one(recurring, flows, ports)

    return {"started": sum(await asyncio.gather(*map(one, found)))}


async def start_one(recurring: Document[RecurringJob], flows: Mapping[str, Flow], ports: Ports) -> bool:
    """Start the job of one that is due, and move its time on. False: it was started before, or could not be."""
    data, began = recurring.data, False
    change: RecurringChange = {"last_at": ports.clock.now(), "last_error": None}
    try:
        accepted = await _begin(recurring, flows, ports)
        change["last_job"], began = accepted.job.id, not accepted.replayed
    except Transient:
        raise
    except HeadraceError as error:  # one that cannot be started keeps no other from it, and its own next one neither
        log.warning("not_started", recurring=recurring.id, code=error.code, error=error.message)
        change["last_error"] = {"code": error.code, "message": error.message, "advice": error.advice}
    change["due_at"] = next_time(data["cron"], data["zone"], ports.clock.now())
    with contextlib.suppress(Conflict):  # changed or deleted meanwhile, or somebody else has just done the same
        await ports.documents.commit(Update(recurring.path, change, version=recurring.version))
    return began


def options_of(recurring: Document[RecurringJob]) -> lifecycle.Options:
    """How its jobs run: as they were asked for, and with a label by which they are found."""
    own: dict[str, Any] = dict(recurring.data["options"])
    return lifecycle.Options(**{**own, "labels": {**own.get("labels", {}), "recurring": recurring.id}})


async def _begin(recurring: Document[RecurringJob], flows: Mapping[str, Flow], ports: Ports) -> lifecycle.Accepted:
    data = recurring.data
    flow = flows.get(data["pipeline"])
    check_sound(data["pipeline"])
    if flow is None:
        raise BadInput(f"there is no pipeline {data['pipeline']}", code="unknown_pipeline", advice="Delete it.")
    options = options_of(recurring)
    key, owner = f"recurring:{recurring.id}:{data['due_at']:.0f}", data["owner"]
    if known := await lifecycle.started_by(key, flow, data["input"], options, ports, owner=owner):
        return known
    return await owner_spending.start_within(flow, data["input"], options, ports, owner=owner, idempotency_key=key)
