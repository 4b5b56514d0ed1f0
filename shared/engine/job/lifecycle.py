"""Jobs: accepted once, ended once."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from shared.engine.fanout.join import queued
from shared.engine.flow import Flow
from shared.engine.job import prewarm
from shared.engine.job.run_cost import run_cost as cost_of_run
from shared.engine.job.stage_summary import summarise
from shared.engine.spending import budget
from shared.engine.store import paths
from shared.engine.store.counters import add_up
from shared.engine.store.payloads import canonical, load_value, store_value
from shared.engine.task.context import TaskContext
from shared.engine.task.envelope import Envelope, to_task
from shared.errors import BadInput, Conflict, Permanent
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update, Write
from shared.ports.tasks import Task

TERMINAL = frozenset({"succeeded", "partial", "failed", "cancelled"})
IDEMPOTENCY_DAYS = 7


@dataclass(frozen=True)
class Options:
    """How a job runs. `lane`: interactive overtakes bulk."""

    lane: str = "interactive"
    budget_usd: float | None = None
    deadline_s: float | None = None


@dataclass(frozen=True)
class Accepted:
    """A job's document; `replayed` when the idempotency key had created it before."""

    job: Document
    replayed: bool = False


def check_input(flow: Flow, raw: Any) -> BaseModel:
    """The request, validated.

    Raises:
        BadInput: it does not fit; `errors` point at each fault.
    """
    try:
        return flow.request.model_validate_json(json.dumps(raw))
    except ValidationError as error:
        errors = [
            {"pointer": "/input" + "".join(f"/{part}" for part in fault["loc"]), "detail": fault["msg"]}
            for fault in error.errors()
        ]
        message = "; ".join(f"{fault['pointer']}: {fault['detail']}" for fault in errors[:3])
        raise BadInput(
            message, code="invalid_input", errors=errors, advice="See /openapi.json for the input's schema."
        ) from error


def pointer(*parts: str | int) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


async def create(
    flow: Flow, raw: Any, options: Options, ports: Ports, *, owner: str = "", idempotency_key: str | None = None
) -> Accepted:
    """Accept a job: its document, its first task, and its idempotency key in one commit; then the first task is enqueued.

    Raises:
        BadInput: the input does not fit, or the key was used for another body (`idempotency_mismatch`).
        Transient: not known to be accepted; ask again with the same key.
    """
    request = check_input(flow, raw)
    body = canonical([flow.pipeline, raw, vars(options)])
    job_id = secrets.token_hex(10)
    now = ports.clock.now()
    key = paths.idempotency(owner, idempotency_key) if idempotency_key else None
    used = await ports.documents.get(key) if key else None
    if used is not None and used.data["expires_at"] > now:
        return await _replay(flow, used, body, ports)
    data: Data = {
        "pipeline": flow.pipeline, "owner": owner, "options": vars(options), "status": "queued", "run": 1,
        "flow_version": flow.version, "created_at": now, "started_at": None, "finished_at": None, "error": None,
        "warnings": [], "summary": None, "cost": None, "critical_path": [], "paused": None, "resumes": 0, "failed_only": False,
        **{name.replace("result", "input"): value for name, value in (await store_value(ports, request.model_dump(mode="json"))).items()},
    }  # fmt: skip
    first = _first(flow, job_id, ports, run=1, lane=options.lane, now=now)
    writes: list[Write] = [
        Create(paths.job(job_id), data),
        Create(first.envelope.task_path, queued(first, first.stage, now)),
        *budget.opened(job_id, options.budget_usd),
    ]
    if key:
        fields = {"job": job_id, "body": paths.digest(body), "expires_at": now + IDEMPOTENCY_DAYS * 86400}
        writes.append(Update(key, fields, version=used.version) if used else Create(key, fields))
    try:
        committed = await ports.documents.commit(*writes)
    except Conflict:
        used = await ports.documents.get(key) if key else None
        if used is None:
            raise
        return await _replay(flow, used, body, ports)
    job = Document(paths.job(job_id), data, committed.version)
    await ports.tasks.enqueue(*_opening(first, job))
    await prewarm.prewarm(flow, options.lane, ports)
    return Accepted(job)


def _first(flow: Flow, job_id: str, ports: Ports, *, run: int, lane: str, now: float) -> TaskContext:
    """Where a run begins."""
    stage = flow.stages[0]
    return TaskContext(flow, stage, Envelope(job=job_id, run=run, stage=stage.name, lane=lane, queued_at=now), ports)


def _opening(first: TaskContext, job: Document) -> list[Task]:
    """What a run is begun with: its first task, and the one that ends it when its time is up."""
    tasks = [to_task(first.flow, first.stage, first.envelope)]
    if (seconds := job.data["options"].get("deadline_s")) is not None:
        tasks.append(_signal(first.flow, job, "deadline", at=job.data["created_at"] + seconds))
    return tasks


def _signal(flow: Flow, job: Document, kind: Literal["repair", "deadline"], *, epoch: int = 0, at: float | None = None) -> Task:
    """A delivery for the job as a whole."""
    stage, lane = flow.stages[0], job.data["options"]["lane"]
    envelope = Envelope(kind=kind, job=job.id, run=job.data["run"], stage=stage.name, lane=lane, epoch=epoch)
    return to_task(flow, stage, envelope, at=at)


async def _replay(flow: Flow, used: Document, body: str, ports: Ports) -> Accepted:
    if used.data["body"] != paths.digest(body):
        raise BadInput(
            "this Idempotency-Key was used for another request",
            code="idempotency_mismatch",
            advice="Use a new key for a new request.",
        )
    job = await read(used.data["job"], ports)
    if job.data["status"] == "queued":  # the first answer, and perhaps the first task, was lost on the way
        first = _first(flow, job.id, ports, run=job.data["run"], lane=job.data["options"]["lane"], now=job.data["created_at"])
        await ports.tasks.enqueue(*_opening(first, job))
    return Accepted(job, replayed=True)


async def read(job_id: str, ports: Ports) -> Document:
    """A job's document.

    Raises:
        Permanent: there is none (`job_not_found`).
    """
    found = await ports.documents.get(paths.job(job_id)) if job_id.isalnum() else None
    if found is None:
        raise Permanent(
            f"there is no job {job_id[:40]}", code="job_not_found", advice="`headrace jobs list` shows the jobs there are."
        )
    return found


async def request_of(job: Document, ports: Ports) -> Any:
    """The request as JSON."""
    return await load_value(ports, {"result": job.data.get("input"), "result_blob": job.data.get("input_blob")})


async def change(
    job_id: str,
    fields: Mapping[str, Any],
    ports: Ports,
    *,
    unless: frozenset[str] = TERMINAL,
    run: int | None = None,
    seen: Document | None = None,
) -> Document:
    """Set fields of a job, unless its status is one of `unless`. Answers the job as it is afterwards.

    `run`: in this run only. `seen`: only if it was not resumed, given another budget or run again since.
    """
    while True:
        job = await read(job_id, ports)
        passed = (run is not None and job.data["run"] != run) or (seen is not None and _era(job) != _era(seen))
        if job.data["status"] in unless or passed:
            return job
        data = {**job.data, **fields}
        try:
            committed = await ports.documents.commit(Update(job.path, dict(fields), version=job.version))
        except Conflict:
            continue
        return Document(job.path, data, committed.version)


def _era(job: Document) -> list[Any]:
    return [job.data["run"], job.data.get("resumes", 0), job.data["options"].get("budget_usd")]


async def started(job: Document, ports: Ports) -> None:
    """The job's first task was claimed."""
    if job.data["status"] == "queued":
        await change(
            job.id, {"status": "running", "started_at": ports.clock.now()}, ports, unless=TERMINAL | {"running", "paused"}
        )


async def cancel(job_id: str, ports: Ports) -> Document:
    """Stop a job: nothing of it starts any more, what runs is dropped. A job that has ended stays as it ended."""
    return await change(job_id, {"status": "cancelled", "finished_at": ports.clock.now(), "paused": None}, ports)


BY_HAND = {"code": "paused", "message": "Paused by hand.", "advice": "`headrace jobs resume` goes on."}


async def pause(job_id: str, ports: Ports, because: Data | None = None, *, seen: Document | None = None) -> Document:
    """Let a job stand still: what runs is finished and recorded, nothing new starts, no paid call begins.

    `because`: `{"code", "message", "advice"}`, shown as the job's `paused`. A job that has ended or is paused stays as it is,
    and so does one that was resumed or run again after it was `seen`.
    """
    fields = {"status": "paused", "paused": because or BY_HAND}
    return await change(job_id, fields, ports, unless=TERMINAL | {"paused"}, seen=seen)


async def resume(flow: Flow, job_id: str, ports: Ports, *, budget_usd: float | None = None) -> Document:
    """Let a paused job go on, with another budget if one is given: every unfinished task is brought back at once.

    A job that runs is given the budget, and looked after. Repeating it is harmless.

    Raises:
        Conflict: the job has ended (`not_paused`).
        BadInput: the budget is below what is spent (`budget_too_small`), or the job has none (`no_budget`).
    """
    while True:
        job = await read(job_id, ports)
        if job.data["status"] in TERMINAL:
            advice = "`headrace jobs retry` runs a job again that has ended."
            raise Conflict(f"job {job_id} is {job.data['status']}", code="not_paused", advice=advice)
        fields: Data = {}
        writes: list[Write] = []
        if job.data["status"] == "paused":
            status = "running" if job.data["started_at"] else "queued"
            fields = {"status": status, "paused": None, "resumes": job.data.get("resumes", 0) + 1}
        if budget_usd is not None:
            fields["options"] = {**job.data["options"], "budget_usd": budget_usd}
            writes = budget.raised(await budget.ledger(job_id, ports), budget_usd)
        try:
            committed = await ports.documents.commit(Update(job.path, fields, version=job.version), *writes)
        except Conflict:
            continue  # the job changed, or somebody reserved
        job = Document(job.path, {**job.data, **fields}, committed.version)
        if job.data.get("resumes"):  # named after the last resume: whoever repeats it repeats nothing
            await ports.tasks.enqueue(_signal(flow, job, "repair", epoch=job.data["resumes"]))
        return job


def overdue(job: Document, now: float) -> bool:
    """Whether a job's deadline has passed."""
    deadline = job.data["options"].get("deadline_s")
    return deadline is not None and bool(now >= job.data["created_at"] + deadline)


async def retry(flow: Flow, job_id: str, ports: Ports, *, failed_only: bool = False) -> Document:
    """Run a job again that has ended: a task is done anew if its input or its code changed, or if it has no result yet.

    `failed_only`: results of older code are good enough. Budget and spending go on: the cap is for all runs together.

    Raises:
        Conflict: the job has not ended (`not_retryable`).
    """
    job = await read(job_id, ports)
    if job.data["status"] not in TERMINAL:
        raise Conflict(f"job {job_id} is {job.data['status']}", code="not_retryable", advice="It has not ended.")
    now = ports.clock.now()
    run = job.data["run"] + 1
    first = _first(flow, job_id, ports, run=run, lane=job.data["options"]["lane"], now=now)
    cost = add_up([await _cost(flow, job, ports), job.data.get("earlier_cost") or {}])
    fields = {
        "status": "queued", "run": run, "flow_version": flow.version, "created_at": now, "started_at": None,
        "finished_at": None, "error": None, "warnings": [], "summary": None, "critical_path": [], "result": None,
        "result_blob": None, "cost": None, "paused": None, "failed_only": failed_only, "earlier_cost": cost,
        "first_created_at": job.data.get("first_created_at", job.data["created_at"]),
    }  # fmt: skip
    committed = await ports.documents.commit(
        Update(job.path, fields, version=job.version),
        Create(first.envelope.task_path, queued(first, first.stage, now)),
    )
    again = Document(job.path, {**job.data, **fields}, committed.version)
    await ports.tasks.enqueue(*_opening(first, again))
    return again


async def _cost(flow: Flow, job: Document, ports: Ports) -> Data:
    """What the run has cost by now: tasks that were under way at its end are not in what was written down then."""
    run = job.data["run"]
    return await cost_of_run(await summarise(flow, job.id, run, ports), job.id, run, ports)
