"""When a job may begin: not before its `start_at`, and, of a group of jobs, when one of the group's places is free.

Who runs is in the group's one document, changed on condition that nobody else did: never more than its places. Nobody has to give a
place back: who finds them all taken looks which of those jobs still run. First come, first served, by the jobs' own `line_at`; a
job's end calls the next (`next_in_line`), and whoever that misses asks again by itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.engine.flow import Flow
from shared.engine.job.initial_tasks import job_signal
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord, RunningJobs
from shared.engine.store.schema.shared_fields import read_all_as, read_as
from shared.engine.store.schema.task import TaskChange, TaskRecord
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import to_task
from shared.ports import Ports
from shared.ports.documents import Create, Document, Update, Where
from shared.settings import Settings

SOONEST, SELDOM = 2.0, 60.0
"""Seconds until a job in line asks again: a quarter of what it has waited, within these."""
KEPT = 90 * 86400.0
"""Seconds for which a group is remembered in which nothing begins."""
RUNS = ("queued", "running")


def groups(owner: str, key: str | None, settings: Settings) -> dict[str, int]:
    """The groups that a job is in, each with its places; the one whose line it stands in comes first."""
    found = {paths.admission_group(owner, key): settings.key_jobs} if key is not None and settings.key_jobs else {}
    if owner and settings.owner_jobs:
        found[paths.admission_group(owner)] = settings.owner_jobs
    return found


async def hold_back(context: TaskContext, job: Document[JobRecord], task: Document[TaskRecord]) -> str | None:
    """Put a job's first task back if it may not begin yet. Answers why it waits; None: it begins, and has its places.

    Raises:
        Conflict: the task, or a group, changed just now.
        Transient: the store or the queue did not answer.
    """
    ports, now = context.ports, context.ports.clock.now()
    starts = job.data["options"].get("start_at", 0.0)
    if now < starts:
        await _again(context, task, starts, "its start")
        return "its time has not come"
    if "admission" not in job.data or await _enters(job, ports):
        return None
    waited = now - job.data.get("line_at", now)
    await _again(context, task, now + min(max(SOONEST, waited / 4), SELDOM), "a place among the jobs of its key or owner")
    return "others of its key or owner run"


async def _again(context: TaskContext, task: Document[TaskRecord], at: float, what: str) -> None:
    """Deliver the task again at a time, its attempt not burned."""
    seconds = at - context.ports.clock.now()
    epoch = task.data["epoch"] + 1
    fields: TaskChange = {"epoch": epoch, "due_at": at, "waiting": f"waiting {seconds:.1f} s for {what}"}
    await context.ports.documents.commit(Update(task.path, fields, version=task.version))
    envelope = context.envelope.model_copy(update={"epoch": epoch})
    await context.ports.tasks.enqueue(to_task(context.flow, context.stage, envelope, at=at, maker="putback"))


async def _enters(job: Document[JobRecord], ports: Ports) -> bool:
    """Take a place in each of the job's groups, or in none."""
    now = ports.clock.now()
    places = groups(job.data["owner"], job.data["options"].get("key"), ports.settings)
    writes: list[Create | Update] = []
    for group, most in places.items():
        path = paths.admission(group)
        found = read_as(RunningJobs, await ports.documents.get(path))
        running = dict(found.data["running"]) if found else {}
        if job.id not in running and len(running) >= most:
            running = await _still_running(running, ports)
        if job.id not in running:
            if not await _has_its_turn(group, most - len(running), job, ports):
                return False
            running[job.id] = now
            fields: RunningJobs = {"running": running, "expires_at": now + KEPT}
            writes.append(Update(path, fields, version=found.version) if found else Create(path, fields))
    if writes:
        await ports.documents.commit(*writes)
    return True


async def _still_running(running: dict[str, float], ports: Ports) -> dict[str, float]:
    jobs = [read_as(JobRecord, found) for found in await ports.documents.get_many([paths.job(one) for one in running])]
    return {job.id: running[job.id] for job in jobs if job is not None and job.data["status"] in RUNS}


async def _has_its_turn(group: str, free: int, job: Document[JobRecord], ports: Ports) -> bool:
    """Whether the job is among the first in line for the free places. In a group whose line it does not stand in, any place is its own."""
    if free <= 0:
        return False
    if job.data.get("admission") != group:
        return True
    return job.id in [first.id for first in await _line(group, free, ports)]


async def _line(group: str, most: int, ports: Ports) -> list[Document[JobRecord]]:
    waiting = (Where("admission", "==", group), Where("status", "==", "queued"), Where("line_at", "<=", ports.clock.now()))
    return read_all_as(JobRecord, await ports.documents.query("jobs", *waiting, order_by="line_at", limit=most))


async def next_in_line(flow_of: Mapping[str, Flow], group: str, ports: Ports) -> int:
    """Call the next jobs of a group in which one has just ended. Answers how many were called.

    Raises:
        Transient: the store or the queue did not answer.
    """
    found = read_as(RunningJobs, await ports.documents.get(paths.admission(group)))
    running = await _still_running(found.data["running"], ports) if found else {}
    most = max(1, ports.settings.key_jobs, ports.settings.owner_jobs)
    called = [job for job in await _line(group, most, ports) if job.id not in running]
    epoch = int(ports.clock.now() * 1000)
    signals = [
        job_signal(flow_of[job.data["pipeline"]], job, "repair", epoch=epoch) for job in called if job.data["pipeline"] in flow_of
    ]
    await ports.tasks.enqueue(*signals)
    return len(signals)
