"""Jobs: accepted once, ended once."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from shared.engine.fanout.join import queued_task
from shared.engine.flow import Flow
from shared.engine.job import admission, debounce, prewarm
from shared.engine.job.initial_tasks import deadline, expiry_of, first_task, opening_tasks
from shared.engine.job.label_index import label_writes
from shared.engine.spending import budget
from shared.engine.store import paths
from shared.engine.store.payloads import canonical, load_value, store_value
from shared.engine.store.schema.engine_wide import IdempotencyKey
from shared.engine.store.schema.job import JobChange, JobOptions, JobRecord
from shared.engine.store.schema.shared_fields import read_as, with_fields
from shared.engine.task import job_telemetry
from shared.errors import BadInput, Conflict, Permanent
from shared.ports import Ports
from shared.ports.documents import Create, Document, Update, Write
from shared.text.validation_faults import faults, sentence

TERMINAL = frozenset({"succeeded", "partial", "failed", "cancelled"})
IDEMPOTENCY_DAYS = 7
LOOK_AFTER = 30.0
"""Seconds after which the sweeper first looks at a job."""


@dataclass(frozen=True)
class Options:
    """How a job runs; see `JobOptions`. `lane`: interactive overtakes bulk."""

    lane: str = "interactive"
    budget_usd: float | None = None
    deadline_s: float | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    callback_url: str | None = None
    start_at: float | None = None
    key: str | None = None
    debounce_s: float | None = None
    fresh: bool = False

    @property
    def record(self) -> JobOptions:
        """As the job's document has them: without those that say nothing."""
        usual: JobOptions = {"lane": self.lane, "budget_usd": self.budget_usd, "deadline_s": self.deadline_s}
        wishes = {
            "labels": dict(self.labels), "callback_url": self.callback_url, "start_at": self.start_at, "key": self.key,
            "debounce_s": self.debounce_s, "fresh": self.fresh,
        }  # fmt: skip
        return with_fields(usual, {name: wish for name, wish in wishes.items() if wish})


@dataclass(frozen=True)
class Accepted:
    """A job's document; `replayed` when the idempotency key had created it before."""

    job: Document[JobRecord]
    replayed: bool = False


def check_input(flow: Flow, raw: Any) -> BaseModel:
    """The request, validated.

    Raises:
        BadInput: it does not fit; `errors` point at each fault.
    """
    try:
        # A name that is mistyped would be left out without a word: only a model that says so itself takes what it does not know.
        if "extra" in flow.request.model_config:
            return flow.request.model_validate_json(json.dumps(raw))
        return flow.request.model_validate_json(json.dumps(raw), extra="forbid")
    except ValidationError as error:
        told = faults(error, "input")
        advice = f"Its fields are {', '.join(flow.request.model_fields)}: /openapi.json has their schema."
        raise BadInput(sentence(told), code="invalid_input", errors=told, advice=advice) from error


async def create(
    flow: Flow,
    raw: Any,
    options: Options,
    ports: Ports,
    *,
    owner: str = "",
    idempotency_key: str | None = None,
    budget_usd: float | None = None,
) -> Accepted:
    """Accept a job: its document, its first task, and its idempotency key in one commit; then the first task is enqueued.

    `budget_usd`: its cap where `options`, as they were asked for, name none.

    Raises:
        BadInput: the input does not fit, or the key was used for another body (`idempotency_mismatch`).
        Transient: not known to be accepted; ask again with the same key.
    """
    request = check_input(flow, raw)
    body, asked = _body(flow, raw, options), options
    options = replace(options, budget_usd=budget_usd if options.budget_usd is None else options.budget_usd)
    job_id = secrets.token_hex(10)
    now = ports.clock.now()
    key = paths.idempotency(owner, idempotency_key) if idempotency_key else None
    used = read_as(IdempotencyKey, await ports.documents.get(key)) if key else None
    if used is not None and used.data["expires_at"] > now:
        return await _replay(flow, used, body, ports)
    place = await _place(flow, options, owner, job_id, ports)
    options = replace(options, start_at=place.start_at)
    stored = await store_value(ports, request.model_dump(mode="json"), job_id)
    fields = {name.replace("result", "input"): value for name, value in stored.items()}
    data = with_fields(_new_record(flow, options, owner, now, ports), fields)
    first = first_task(flow, Document(paths.job(job_id), data, 0), ports)
    writes: list[Write] = [
        Create(paths.job(job_id), data),
        Create(first.envelope.task_path, queued_task(first, first.stage, now)),
        *budget.open_ledger(job_id, options.budget_usd, first.expiry),
        *label_writes(job_id, owner, options.record, now, first.expiry),
        *place.writes,
    ]
    if key:
        kept: IdempotencyKey = {"job": job_id, "body": body, "expires_at": now + IDEMPOTENCY_DAYS * 86400}
        writes.append(Update(key, kept, version=used.version) if used else Create(key, kept))
    try:
        committed = await ports.documents.commit(*writes)
    except Conflict:
        used = read_as(IdempotencyKey, await ports.documents.get(key)) if key else None
        if used is None and place.writes:  # another of its key was asked for at the very same time
            return await create(flow, raw, asked, ports, owner=owner, idempotency_key=idempotency_key, budget_usd=budget_usd)
        if used is None:
            raise
        return await _replay(flow, used, body, ports)
    if place.before is not None:
        await replace_by(place.before, job_id, ports)
    job = Document(paths.job(job_id), data, committed.version)
    await ports.tasks.enqueue(*opening_tasks(first, job))
    await prewarm.prewarm(flow, options.lane, ports)
    return Accepted(job)


def _new_record(flow: Flow, options: Options, owner: str, now: float, ports: Ports) -> JobRecord:
    """A job that has not begun, without its input."""
    record: JobRecord = {
        "pipeline": flow.pipeline, "owner": owner, "options": options.record, "status": "queued", "run": 1,
        "flow_version": flow.version, "created_at": now, "started_at": None, "finished_at": None,
        "look_at": max(now, options.start_at or now) + LOOK_AFTER, "error": None, "warnings": [], "summary": None, "cost": None,
        "critical_path": [], "paused": None, "resumes": 0, "failed_only": False, "input": None,
    }  # fmt: skip
    return with_fields(record, {**expiry_of(now, ports), **_line_of(owner, options, now, ports)})


async def started_by(
    idempotency_key: str, flow: Flow, raw: Any, options: Options, ports: Ports, *, owner: str = ""
) -> Accepted | None:
    """The job that the key has started; None: it is a new one.

    Raises:
        BadInput: the key was used for another body (`idempotency_mismatch`).
    """
    used = read_as(IdempotencyKey, await ports.documents.get(paths.idempotency(owner, idempotency_key)))
    if used is None or used.data["expires_at"] <= ports.clock.now():
        return None
    return await _replay(flow, used, _body(flow, raw, options), ports)


def _body(flow: Flow, raw: Any, options: Options) -> str:
    """What a request comes to, as its idempotency key remembers it."""
    return paths.digest(canonical([flow.pipeline, raw, options.record]))


async def _place(flow: Flow, options: Options, owner: str, job_id: str, ports: Ports) -> debounce.Place:
    if options.debounce_s is None:
        return debounce.Place(options.start_at)
    return await debounce.take_place(owner, flow.pipeline, options.key or "", ports, debounce_s=options.debounce_s, job_id=job_id)


async def replace_by(job_id: str, by: str, ports: Ports) -> None:
    """Cancel a job that has not begun, because another has taken its place."""
    fields: JobChange = {"status": "cancelled", "finished_at": ports.clock.now(), "error": debounce.why_replaced(by)}
    await change(job_id, fields, ports, unless=TERMINAL | {"running", "paused"})


def _line_of(owner: str, options: Options, now: float, ports: Ports) -> dict[str, Any]:
    """The line that the job stands in, if one of its groups has one."""
    group = next(iter(admission.groups(owner, options.key, ports.settings)), None)
    return {} if group is None else {"admission": group, "line_at": max(now, options.start_at or 0.0)}


async def _replay(flow: Flow, used: Document[IdempotencyKey], body: str, ports: Ports) -> Accepted:
    if used.data["body"] != body:
        raise BadInput(
            "this Idempotency-Key was used for another request",
            code="idempotency_mismatch",
            advice="Use a new key for a new request.",
        )
    job = await read(used.data["job"], ports)
    if job.data["status"] == "queued":  # the first answer, and perhaps the first task, was lost on the way
        await ports.tasks.enqueue(*opening_tasks(first_task(flow, job, ports), job))
    return Accepted(job, replayed=True)


async def read(job_id: str, ports: Ports) -> Document[JobRecord]:
    """A job's document.

    Raises:
        Permanent: there is none (`job_not_found`).
    """
    found = read_as(JobRecord, await ports.documents.get(paths.job(job_id))) if job_id.isalnum() else None
    if found is None:
        raise Permanent(
            f"there is no job {job_id[:40]}", code="job_not_found", advice="`headrace jobs list` shows the jobs there are."
        )
    return found


async def request_of(job: Document[JobRecord], ports: Ports) -> Any:
    """The request as JSON."""
    return await load_value(ports, {"result": job.data.get("input"), "result_blob": job.data.get("input_blob")})


async def change(
    job_id: str,
    fields: JobChange,
    ports: Ports,
    *,
    unless: frozenset[str] = TERMINAL,
    run: int | None = None,
    seen: Document[JobRecord] | None = None,
) -> Document[JobRecord]:
    """Set fields of a job, unless its status is one of `unless`. Answers the job as it is afterwards.

    `run`: in this run only. `seen`: only if it was not resumed, given another budget or run again since.
    """
    while True:
        job = await read(job_id, ports)
        passed = (run is not None and job.data["run"] != run) or (seen is not None and _era(job) != _era(seen))
        if job.data["status"] in unless or passed:
            return job
        try:
            committed = await ports.documents.commit(Update(job.path, fields, version=job.version))
        except Conflict:
            continue
        changed = Document(job.path, with_fields(job.data, fields), committed.version)
        if fields.get("status") in TERMINAL:
            job_telemetry.job_ended(changed, ports)
        return changed


def _era(job: Document[JobRecord]) -> list[Any]:
    return [job.data["run"], job.data.get("resumes", 0), job.data["options"].get("budget_usd")]


async def mark_started(job: Document[JobRecord], ports: Ports) -> None:
    """The job's first task was claimed."""
    if job.data["status"] == "queued":
        await change(
            job.id, {"status": "running", "started_at": ports.clock.now()}, ports, unless=TERMINAL | {"running", "paused"}
        )


def is_overdue(job: Document[JobRecord], now: float) -> bool:
    """Whether a job's deadline has passed."""
    at = deadline(job)
    return at is not None and now >= at
