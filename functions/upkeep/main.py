"""Scheduled upkeep, one function per schedule.

A schedule that a pipeline registers is `upkeep_{name}`, made when it is asked for: it loads its own pipeline alone.
"""

from __future__ import annotations

from starlette.requests import Request

from functions import expiring, left_out, pipelines
from functions.entry import called_function
from functions.upkeep.recurring_jobs import start_due
from functions.upkeep.resend_notifications import notify
from functions.upkeep.schedules import registered_function, slot_function
from shared.engine.delivery_handler import Handler
from shared.engine.limits.configured_limits import limits_of
from shared.engine.recovery.job_deletion import finish_deletions
from shared.engine.recovery.retention import retain
from shared.engine.recovery.sweep import sweep
from shared.engine.trigger.schedule_slots import Slot
from shared.model_batches import ended_jobs
from shared.ports import Ports
from shared.ports.documents import Data

SHARED_RECORDS = ("contexts", "feeds")
"""Collections of what pipelines share that say until when they are kept."""


async def _sweep(request: Request, ports: Ports) -> Data:
    """Enqueue a look at each open job that is due for one, go on with deletions that were cut off, book what jobs took back from batches.

    Safe to run at any time, twice, or late: it needs no slots.
    """
    del request
    looks = await sweep(pipelines(), ports, asleep=left_out())
    return {"looks": looks, "deleted": await finish_deletions(ports), "booked": await ended_jobs.look_after(ports)}


async def _notify(request: Request, ports: Ports) -> Data:
    """Send again what a receiver has not taken. It needs no slots either."""
    del request
    return await notify(ports)


async def _recurring(request: Request, ports: Ports) -> Data:
    """Start the recurring jobs that are due. Each is started once for each of its times, so it needs no slots either."""
    del request
    return await start_due(pipelines(), ports)


async def _retain(_: Slot, ports: Ports) -> Data:
    """Delete what has expired and jobs that ended long ago: an hour's worth, so that no run is long."""
    accounts = {limit.account or name for name, limit in limits_of(ports.settings).items()}
    days, ttl = ports.settings.keep_jobs_days, ports.settings.profile == "cloud"
    records = dict.fromkeys((*SHARED_RECORDS, *expiring()))
    return await retain(ports, keep_jobs_days=days, accounts=sorted(accounts), records=records, ttl=ttl)


upkeep_sweep = called_function("upkeep_sweep", _sweep)
upkeep_notify = called_function("upkeep_notify", _notify)
upkeep_recurring = called_function("upkeep_recurring", _recurring)
upkeep_retention = slot_function("upkeep_retention", _retain)


def __getattr__(name: str) -> Handler:
    """The function of a registered schedule.

    Raises:
        AttributeError: there is none.
    """
    try:
        return registered_function(name)
    except KeyError as error:
        raise AttributeError(f"there is no function {name!r}") from error
