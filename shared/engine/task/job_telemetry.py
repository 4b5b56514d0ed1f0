"""What the engine tells of jobs and tasks: a span for each attempt, one for the run, and numbers to alert by."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from structlog.stdlib import get_logger

from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.task import TaskRecord
from shared.engine.task.delivery_context import TaskContext
from shared.ports import Ports
from shared.ports.documents import Document
from shared.ports.telemetry import Attributes, JobTrace, Span
from shared.text.log_lines import JOB_ENDED

log = get_logger()


def attempt_span(context: TaskContext, attempt: int) -> AbstractContextManager[Span]:
    """The span of one attempt."""
    envelope = context.envelope
    told: Attributes = {
        "headrace.pipeline": context.flow.pipeline, "headrace.job": envelope.job, "headrace.stage": context.stage.name,
        "headrace.task": envelope.task_id, "headrace.attempt": attempt, "headrace.lane": envelope.lane,
    }  # fmt: skip
    name, trace = f"{context.flow.name} {context.stage.name}", JobTrace(envelope.job, envelope.run)
    return context.ports.telemetry.task_span(name, trace, envelope.traceparent, told)


def log_fields(span: Span) -> dict[str, str]:
    """What leads from a line of the log to the span it was written in."""
    return {} if span.ids is None else {"trace_id": span.ids[0], "span_id": span.ids[1]}


def task_ended(context: TaskContext, data: TaskRecord) -> None:
    """A task's outcome is recorded."""
    telemetry = context.ports.telemetry
    of = {"pipeline": context.flow.pipeline, "stage": context.stage.name, "lane": context.envelope.lane}
    telemetry.count("headrace.tasks", 1, {**of, "state": data["state"]})
    telemetry.measure("headrace.task.duration", data.get("work_s", 0.0), of)
    for name, value, unit in (
        ("headrace.limit.wait", data.get("wait_s", 0.0), "s"),
        ("headrace.cache.hits", data.get("hits", 0), "1"),
        ("headrace.cost", data.get("usd_micros", 0) / 1e6, "USD"),
    ):
        if value:
            telemetry.count(name, value, of, unit)


def job_ended(job: Document[JobRecord], ports: Ports) -> None:
    """A run of a job has ended."""
    data: Mapping[str, Any] = job.data
    told = {"headrace.pipeline": data["pipeline"], "headrace.job": job.id, "headrace.status": data["status"]}
    begun, ended = data["created_at"], data["finished_at"]
    ports.telemetry.run_span(f"job {data['pipeline']}", JobTrace(job.id, data["run"]), begun, ended, told)
    of = {"pipeline": data["pipeline"], "status": data["status"]}
    ports.telemetry.count("headrace.jobs", 1, of)
    ports.telemetry.measure("headrace.job.duration", max(0.0, ended - begun), of)
    error, cost = data.get("error") or {}, data.get("cost") or {}
    why = {name: error[key] for name, key in (("error", "message"), ("code", "code"), ("stage", "stage")) if error.get(key)}
    log.info(JOB_ENDED, job_id=job.id, **of, seconds=round(max(0.0, ended - begun), 3), usd=cost.get("usd", 0.0), **why)
