"""The end of a job: its outcome, what it cost, and where its time went."""

from __future__ import annotations

from typing import Any

from structlog.stdlib import get_logger

from shared.engine.flow import Flow
from shared.engine.job import lifecycle, stand_still
from shared.engine.job.run_cost import add_costs, run_cost
from shared.engine.job.stage_summary import summarise_job
from shared.engine.spending.unpriced_models import price_warnings
from shared.engine.store import paths
from shared.engine.store.payloads import store_value
from shared.engine.store.schema.job import JobChange, JobCost, JobRecord, JobStatus, PathShare, StageSummary
from shared.engine.store.schema.shared_fields import ErrorRecord, read_all_as, with_fields
from shared.engine.store.schema.task import TaskRecord
from shared.errors import HeadraceError
from shared.ports import Ports
from shared.ports.documents import Document, Where

log = get_logger()
LOOKED_AT = 50
"""Tasks among which one is looked for that says what holds the job up."""


async def succeed(flow: Flow, job_id: str, run: int, result: Any, ports: Ports) -> None:
    """The last stage is recorded. Some members failed but were tolerated, or the result itself says what is missing: `partial`."""
    job = await lifecycle.read(job_id, ports)
    stages = await summarise_job(flow, job, run, ports)
    warnings = await _warnings(flow, job_id, run, ports) if any(stage["failed"] for stage in stages) else []
    failed = sum(row["failed"] for stage, row in zip(flow.rows, stages, strict=True) if not flow.is_beside(stage))
    lacking = _lacking(flow, result)
    if lacking:
        warnings = [*warnings, f"{lacking} of what was asked for is missing: the result says why"]
    status: JobStatus = "partial" if failed or lacking else "succeeded"
    fields: JobChange = {"summary": stages, "status": status, "warnings": warnings}
    await _end(flow, job, run, with_fields(fields, await store_value(ports, result, job_id)), ports)


def _lacking(flow: Flow, result: Any) -> int:
    """How much a result says is missing, in the field that its model names as `missing_field`."""
    name = getattr(flow.result, "missing_field", "")
    found = (result.get(name) if isinstance(result, dict) else getattr(result, name, None)) if name else None
    return len(found or ())


async def fail(flow: Flow, job_id: str, run: int, error: ErrorRecord, ports: Ports) -> None:
    """A stage that the job cannot do without has failed."""
    job = await lifecycle.read(job_id, ports)
    stages = await summarise_job(flow, job, run, ports)
    await _end(flow, job, run, {"summary": stages, "status": "failed", "error": error}, ports)


async def abandon(job: Document[JobRecord], error: ErrorRecord, ports: Ports) -> None:
    """End a job that nobody here can go on with, not even to sum up what it did."""
    ended: JobChange = {"status": "failed", "error": error, "finished_at": ports.clock.now(), "paused": None}
    await lifecycle.change(job.id, ended, ports, run=job.data["run"])


async def expire(flow: Flow, job: Document[JobRecord], ports: Ports) -> bool:
    """End a job whose deadline has passed, with what it has. Answers whether it has passed."""
    if not lifecycle.is_overdue(job, ports.clock.now()):
        return False
    error: ErrorRecord = {
        "code": "deadline_exceeded", "message": f"not done within {job.data['options']['deadline_s']:g} s{await _held_up(job, ports)}",
        "advice": f"headrace jobs retry {job.id} goes on from what it has.",
    }  # fmt: skip
    await fail(flow, job.id, job.data["run"], error, ports)
    return True


async def _held_up(job: Document[JobRecord], ports: Ports) -> str:
    """What a task of the job waits for: a limit, or another try after a fault. Of a paused one, whose tasks wait for somebody, nothing."""
    if job.data["status"] == "paused":
        return ""
    wanted = (Where("run", "==", job.data["run"]), Where("waiting", ">", ""))
    found = read_all_as(
        TaskRecord, await ports.documents.query(paths.tasks(job.id), *wanted, order_by="waiting", limit=LOOKED_AT)
    )
    return next((f": {task.data['waiting']}" for task in found if task.data["state"] in ("queued", "running")), "")


async def _end(flow: Flow, job: Document[JobRecord], run: int, fields: JobChange, ports: Ports) -> None:
    if job.data["run"] != run:
        return  # a straggler of an earlier run
    stages = fields["summary"] or []
    cost = await run_cost(stages, job.id, run, ports)
    ended: JobChange = {
        "finished_at": ports.clock.now(),
        "cost": add_costs(cost, job.data.get("earlier_cost")),
        "critical_path": critical_path(flow, stages),
        "warnings": [*fields.get("warnings", []), *_blind(job, cost), *_unpriced(flow, cost, ports)],
        "paused": None,
    }
    _tell_if_slow(flow, await lifecycle.change(job.id, {**fields, **ended}, ports, run=run))


def _tell_if_slow(flow: Flow, job: Document[JobRecord]) -> None:
    began = job.data.get("started_at") or job.data["created_at"]
    seconds = stand_still.worked(job.data.get("stood_still", []), began, job.data.get("finished_at") or began)
    if flow.slow_after and seconds > flow.slow_after:
        log.warning("job_slow", job_id=job.id, pipeline=flow.pipeline, seconds=round(seconds, 1), slow_after=flow.slow_after)


def _blind(job: Document[JobRecord], cost: JobCost) -> list[str]:
    """A budget that could not see what it was to watch."""
    unseen = job.data["options"].get("budget_usd") is not None and cost["input_tokens"] > 0 and not cost["usd"]
    return ["the budget could not see the model calls: the model has no price"] if unseen else []


def _unpriced(flow: Flow, cost: JobCost, ports: Ports) -> list[str]:
    """Of whose tokens the dollars are a guess."""
    asking = [expect.role for expect in flow.expects.values() if expect.input_tokens or expect.output_tokens]
    return price_warnings(asking, ports.models) if cost["input_tokens"] > 0 else []


def critical_path(flow: Flow, stages: list[StageSummary]) -> list[PathShare]:
    """The stages that the job waited for, in order: their spans follow each other without a gap.

    Inside of branches, those of the branch that was waited for last.
    """
    beside = {stage.beside.__name__ for stage in flow.stages if stage.beside}
    row = [stage for stage in stages if stage["name"] not in beside and stage["seconds"] is not None]
    told = {stage["branch"] for stage in row if stage.get("branch")}  # branches whose stages tell what was waited for inside
    spans = [(stage["name"], stage["seconds"] or 0.0) for stage in row if stage["name"] not in told]
    whole = sum(seconds for _, seconds in spans) or 1.0
    return [{"stage": name, "seconds": round(seconds, 3), "share": round(seconds / whole, 4)} for name, seconds in spans]


async def _warnings(flow: Flow, job_id: str, run: int, ports: Ports) -> list[str]:
    """Why tolerated members failed, each reason once with its count."""
    where = (Where("run", "==", run), Where("state", "==", "failed"))
    failed = read_all_as(TaskRecord, await ports.documents.query(paths.tasks(job_id), *where, limit=100))
    reasons: dict[str, int] = {}
    ends = {branch.name for branch in flow.branches}
    for task in (task for task in failed if task.data["stage"] not in ends):  # what ended a branch is there by itself
        reason = f"{task.data['stage']}: {error['message'] if (error := task.data.get('error')) else 'failed'}"
        reasons[reason] = reasons.get(reason, 0) + 1
    return [f"{reason} (x{count})" if count > 1 else reason for reason, count in reasons.items()]


LONGEST = 2000
"""Characters of a recorded error's message or advice. A validation error can name a hundred thousand faults."""


def error_record(error: HeadraceError) -> ErrorRecord:
    """An error as it is recorded and shown, within bounds: what cannot be recorded would be paid for again."""
    return {"code": error.code[:100], "message": clip(error.message), "advice": clip(error.advice)}


def clip(text: str) -> str:
    """A text within what is recorded of one; its end says when something was left out."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text) - LONGEST} more characters)"
