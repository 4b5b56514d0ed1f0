"""The tasks that a job's run starts with: the first stage's and the deadline's; also signals to the job as a whole."""

from __future__ import annotations

from typing import Any, Literal

from shared.engine.flow import Flow
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import Expiry
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import Envelope, Maker, to_task
from shared.ports import Ports
from shared.ports.documents import Document
from shared.ports.tasks import Task


def first_task(flow: Flow, job: Document[JobRecord], ports: Ports) -> TaskContext:
    """Where the job's run begins."""
    stage = flow.stages[0]
    return TaskContext(flow, stage, envelope_in(job, stage.name, queued_at=job.data["created_at"]), ports)


def expiry_of(now: float, ports: Ports) -> Expiry:
    """The field that says until when the documents of a run that begins now are kept; none: for ever."""
    days = ports.settings.keep_jobs_days
    return {"expires_at": now + days * 86400.0} if days > 0 else {}


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
    flow: Flow,
    job: Document[JobRecord],
    kind: Literal["repair", "deadline", "look", "takeover"],
    *,
    at: float | None = None,
    maker: Maker = "release",
    **fields: Any,
) -> Task:
    """A delivery for the job as a whole."""
    stage = flow.stages[0]
    return to_task(flow, stage, envelope_in(job, stage.name, kind=kind, **fields), at=at, maker=maker)


def envelope_in(job: Document[JobRecord], stage: str, **fields: Any) -> Envelope:
    """A delivery to one of the stages, in the job's present run."""
    data = job.data
    run = {"run": data["run"], "lane": data["options"]["lane"], "expires_at": data.get("expires_at") or 0}
    return Envelope(job=job.id, stage=stage, **{**run, **fields})
