"""Jobs: accepted once, ended once."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from shared.engine import paths
from shared.engine.envelope import Envelope, to_task
from shared.engine.flow import Flow
from shared.engine.join import queued
from shared.engine.payloads import canonical, keep, kept
from shared.engine.spent import add_up
from shared.engine.step import Step
from shared.errors import BadInput, Conflict, Permanent
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update, Write

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
        "warnings": [], "summary": None, "cost": None, "critical_path": [],
        **{name.replace("result", "input"): value for name, value in (await keep(ports, request.model_dump(mode="json"))).items()},
    }  # fmt: skip
    first = _first(flow, job_id, ports, run=1, lane=options.lane, now=now)
    writes: list[Write] = [
        Create(paths.job(job_id), data),
        Create(first.envelope.task_path, queued(first, first.stage, now)),
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
    await ports.tasks.enqueue(to_task(flow, first.stage, first.envelope))
    return Accepted(Document(paths.job(job_id), data, committed.version))


def _first(flow: Flow, job_id: str, ports: Ports, *, run: int, lane: str, now: float) -> Step:
    """Where a run begins."""
    stage = flow.stages[0]
    return Step(flow, stage, Envelope(job=job_id, run=run, stage=stage.name, lane=lane, queued_at=now), ports)


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
        await ports.tasks.enqueue(to_task(flow, first.stage, first.envelope))
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
    return await kept(ports, {"result": job.data.get("input"), "result_blob": job.data.get("input_blob")})


async def change(job_id: str, fields: Mapping[str, Any], ports: Ports, *, unless: frozenset[str] = TERMINAL) -> Document:
    """Set fields of a job, unless its status is one of `unless`. Answers the job as it is afterwards."""
    while True:
        job = await read(job_id, ports)
        if job.data["status"] in unless:
            return job
        data = {**job.data, **fields}
        try:
            committed = await ports.documents.commit(Update(job.path, dict(fields), version=job.version))
        except Conflict:
            continue
        return Document(job.path, data, committed.version)


async def started(job: Document, ports: Ports) -> None:
    """The job's first task was claimed."""
    if job.data["status"] == "queued":
        await change(
            job.id, {"status": "running", "started_at": ports.clock.now()}, ports, unless=TERMINAL | {"running", "paused"}
        )


async def cancel(job_id: str, ports: Ports) -> Document:
    """Stop a job: nothing of it starts any more, what runs is dropped. A job that has ended stays as it ended."""
    return await change(job_id, {"status": "cancelled", "finished_at": ports.clock.now()}, ports)


async def retry(flow: Flow, job_id: str, ports: Ports) -> Document:
    """Run a failed, partial or cancelled job again: what was recorded is reused, the rest is done.

    Raises:
        Conflict: the job has not ended, or has succeeded (`not_retryable`).
    """
    job = await read(job_id, ports)
    if job.data["status"] not in ("failed", "partial", "cancelled"):
        raise Conflict(f"job {job_id} is {job.data['status']}", code="not_retryable")
    now = ports.clock.now()
    run = job.data["run"] + 1
    first = _first(flow, job_id, ports, run=run, lane=job.data["options"]["lane"], now=now)
    fields = {
        "status": "queued", "run": run, "flow_version": flow.version, "created_at": now, "started_at": None,
        "finished_at": None, "error": None, "warnings": [], "summary": None, "critical_path": [], "result": None,
        "result_blob": None, "cost": None,
        "earlier_cost": add_up([job.data.get("earlier_cost") or {}, job.data.get("cost") or {}]),
        "first_created_at": job.data.get("first_created_at", job.data["created_at"]),
    }  # fmt: skip
    committed = await ports.documents.commit(
        Update(job.path, fields, version=job.version),
        Create(first.envelope.task_path, queued(first, first.stage, now)),
    )
    await ports.tasks.enqueue(to_task(flow, first.stage, first.envelope))
    return Document(job.path, {**job.data, **fields}, committed.version)
