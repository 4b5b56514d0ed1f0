"""The tasks that a job's run starts with: the first stage's and the deadline's; also signals to the job as a whole."""

from __future__ import annotations

from typing import Literal

from shared.engine.flow import Flow
from shared.engine.store.schema.job import JobRecord
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import Envelope, to_task
from shared.ports import Ports
from shared.ports.documents import Document
from shared.ports.tasks import Task


def first_task(flow: Flow, job_id: str, ports: Ports, *, run: int, lane: str, now: float, expires_at: float) -> TaskContext:
    """Where a run begins."""
    stage = flow.stages[0]
    fields = {"run": run, "lane": lane, "queued_at": now, "expires_at": expires_at}
    return TaskContext(flow, stage, Envelope(job=job_id, stage=stage.name, **fields), ports)


def expiry_time(now: float, ports: Ports) -> float:
    """Until when the documents of a run that begins now are kept; 0: for ever."""
    days = ports.settings.keep_jobs_days
    return now + days * 86400.0 if days > 0 else 0.0


def opening_tasks(first: TaskContext, job: Document[JobRecord]) -> list[Task]:
    """What a run is begun with: its first task, and the one that ends it when its time is up."""
    tasks = [to_task(first.flow, first.stage, first.envelope, at=job.data["options"].get("start_at"))]
    if (at := deadline(job)) is not None:
        tasks.append(job_signal(first.flow, job, "deadline", at=at))
    return tasks


def deadline(job: Document[JobRecord]) -> float | None:
    """When the job's time is up: so many seconds after it was asked for, or after its `start_at`; None: never."""
    options = job.data["options"]
    seconds = options.get("deadline_s")
    return None if seconds is None else max(job.data["created_at"], options.get("start_at", 0.0)) + seconds


def job_signal(
    flow: Flow, job: Document[JobRecord], kind: Literal["repair", "deadline"], *, epoch: int = 0, at: float | None = None
) -> Task:
    """A delivery for the job as a whole."""
    stage, lane = flow.stages[0], job.data["options"]["lane"]
    fields = {"run": job.data["run"], "lane": lane, "epoch": epoch, "expires_at": job.data.get("expires_at") or 0}
    envelope = Envelope(kind=kind, job=job.id, stage=stage.name, **fields)
    return to_task(flow, stage, envelope, at=at)
