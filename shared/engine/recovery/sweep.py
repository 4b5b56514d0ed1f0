"""The sweeper: finds the open jobs that are due for a look, and enqueues one look each. What a look does: `job_look`.

A job's `look_at` says when it is due. It moves on when the look is enqueued, so a sweep that is cut off, or that cannot look at
all jobs in its time, leaves the rest to the next one, the longest waiting first.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection, Mapping
from typing import NamedTuple

from shared.engine.flow import Flow
from shared.engine.job import finish, stand_still
from shared.engine.job.initial_tasks import job_signal
from shared.engine.recovery.failed_looks import count_failure
from shared.engine.store.schema.job import JobChange, JobRecord, StillBecause
from shared.engine.store.schema.shared_fields import ErrorRecord, read_all_as
from shared.errors import Conflict, Transient
from shared.ports import Ports
from shared.ports.documents import Document, Update, Where
from shared.ports.tasks import Task

EVERY = 60.0
"""Seconds between two sweeps."""
DUE_AFTER = 45.0
"""Seconds after a look at a job until it is due for the next: a sweep that comes a little early shall not pass it over."""
PAGE = 200
LONGEST = 45.0
"""Seconds that a sweep takes at most."""
OPEN = ("queued", "running", "paused")
GONE_AFTER = 900.0
"""Seconds for which nobody here knows a job's pipeline before the job ends: a newer revision may know it, and this one be the last."""


SHORT = 5.0
"""Seconds without anybody at work that are not worth a word: a start takes as much."""


class Takeover(NamedTuple):
    """The process before this one, the only one there was: until when it was at work (POSIX seconds), and how it ended."""

    until: float
    why: StillBecause


async def sweep(
    flows: Mapping[str, Flow], ports: Ports, *, takeover: Takeover | None = None, asleep: Collection[str] = ()
) -> int:
    """Enqueue a look at every open job that is due. Answers how many.

    `takeover`: this process has just started and nobody else runs: all open jobs are looked at, and every claim is a dead process's.
    `asleep`: pipelines that are there and cannot run for now: their jobs wait, however long that takes.

    Raises:
        Transient: the store or the queue did not answer.
    """
    began, looks = ports.clock.now(), 0
    after: str | None = None
    while ports.clock.now() - began < LONGEST:
        where = [Where("status", "in", OPEN)]
        if takeover:
            found = await ports.documents.query("jobs", *where, limit=PAGE, after=after)
        else:
            found = await ports.documents.query("jobs", *where, Where("look_at", "<=", began), order_by="look_at", limit=PAGE)
        page = read_all_as(JobRecord, found)
        tasks: list[Task] = []
        for job in page:
            flow = flows.get(job.data["pipeline"])
            if flow is None and job.data["pipeline"] in asleep:
                continue
            try:
                tasks += [_look(flow, job, began, takeover=takeover is not None)] if flow else await _unknown(job, began, ports)
            except Transient:
                raise
            except Exception as error:  # noqa: BLE001 - one damaged job holds up no other
                await count_failure(None, job, error, ports)
        await ports.tasks.enqueue(*tasks)
        await asyncio.gather(*(_move_on(job, _moved_on(job.data, began, takeover), ports) for job in page))
        looks += len(tasks)
        if len(page) < PAGE:
            break
        after = page[-1].path
    return looks


def _moved_on(job: JobRecord, now: float, takeover: Takeover | None) -> JobChange:
    """When the job's next look is due; and that it stood still while nobody was at work."""
    fields: JobChange = {"look_at": now + DUE_AFTER}
    if takeover and job["status"] == "running":
        since = max(takeover.until, job["started_at"] or job["created_at"])
        if now - since >= SHORT:
            fields["stood_still"] = stand_still.ended(job, since, now, takeover.why)
    return fields


async def _move_on(job: Document[JobRecord], fields: JobChange, ports: Ports) -> None:
    """One that changed meanwhile stays due: it may have ended, and what has ended never changes."""
    with contextlib.suppress(Conflict):
        await ports.documents.commit(Update(job.path, fields, version=job.version))


def _look(flow: Flow, job: Document[JobRecord], now: float, *, takeover: bool) -> Task:
    epoch = int(now * 1000) if takeover else int(now // (EVERY / 2))
    return in_engine_lane(job_signal(flow, job, "takeover" if takeover else "look", epoch=epoch, queued_at=now, maker="sweep"))


def in_engine_lane(task: Task) -> Task:
    """A task that looks after others: never behind them in their lane."""
    return Task(task.name, "engine-interactive", task.function, task.body, task.at)


async def _unknown(job: Document[JobRecord], now: float, ports: Ports) -> list[Task]:
    """Nobody here knows the job's pipeline: after a while it ends, with the reason. There is nobody who could look at it."""
    since = job.data.get("unknown_since") or now
    if now - since >= GONE_AFTER:
        error: ErrorRecord = {
            "code": "pipeline_gone", "message": f"there is no pipeline {job.data['pipeline']} any more",
            "advice": "Deploy it again, or delete the job.",
        }  # fmt: skip
        await finish.abandon(job, error, ports)
    elif "unknown_since" not in job.data:
        moved_on: JobChange = {"unknown_since": since, "look_at": now + EVERY}
        with contextlib.suppress(Conflict):
            await ports.documents.commit(Update(job.path, moved_on, version=job.version))
    return []
