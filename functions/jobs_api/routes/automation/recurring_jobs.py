"""Jobs that recur: made, listed, paused, begun now, deleted. Any pipeline's, at a cron expression's times."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from functions import owner_spending
from functions.jobs_api import job_request
from functions.jobs_api.api_models import Accepted, Cursor, JobOptions, Limit
from functions.jobs_api.http import newest_first_pages, record_owners, request_body
from functions.jobs_api.http.route_definition import Call, Route, answer, is_made_id
from functions.jobs_api.reports import job_view
from functions.jobs_api.reports.job_view import JobError, moment
from functions.upkeep.recurring_jobs import COLLECTION, RecurringJob, next_time, options_of
from shared.engine.store.payloads import INLINE_BYTES, json_bytes
from shared.engine.store.schema.shared_fields import read_all_as, read_as
from shared.errors import BadInput, Permanent
from shared.ports.documents import Create, Delete, Document, Update, Where
from shared.records.record_use import records_used


class RecurringRequest(BaseModel):
    """A job to start again and again. Each has the label `recurring` with this one's id."""

    model_config = ConfigDict(extra="forbid", strict=True)

    pipeline: str = Field(max_length=100)
    input: dict[str, Any]
    options: JobOptions = JobOptions()
    cron: str = Field(
        max_length=100, description="Minute, hour, day of the month, month, day of the week.", examples=["0 7 * * 1-5"]
    )
    zone: str = Field("UTC", max_length=60, description="The time zone that it is meant in.", examples=["Europe/Berlin"])


class Recurring(BaseModel):
    """A recurring job: when its next job starts (null: paused), and what became of the last."""

    model_config = ConfigDict(defer_build=True)

    id: str
    pipeline: str
    about: str = Field(description="The first short values of its input.")
    cron: str
    zone: str
    created_at: datetime
    next_at: datetime | None
    last_at: datetime | None
    last_job: str | None
    last_error: JobError | None = Field(description="Why the last one was not started.")


class RecurringPage(BaseModel):
    """Recurring jobs, the newest first."""

    model_config = ConfigDict(defer_build=True)

    items: list[Recurring]
    next_cursor: str | None


class RecurringQuery(BaseModel):
    """Which page."""

    limit: Limit = 50
    cursor: Cursor = None


async def create_recurring_job(call: Call) -> Response:
    """POST /api/v1/recurring-jobs. Checked as a job is, so that what recurs can start."""
    asked = await request_body.read(call.request, RecurringRequest)
    now = call.ports.clock.now()
    due_at = next_time(asked.cron, asked.zone, now)
    flow = job_request.flow_of(call, asked.pipeline, "/pipeline")
    if asked.options.start_at is not None or asked.options.debounce_s is not None:
        fault = {"pointer": "/options", "detail": "start_at and debounce_s are not for what recurs"}
        raise BadInput(fault["detail"], code="invalid_body", errors=[fault])
    request = job_request.input_of(flow, asked.input, call)
    if json_bytes(asked.input) > INLINE_BYTES:
        advice = "Let it name a record or an address that the job reads."
        raise BadInput(f"an input that recurs has at most {INLINE_BYTES // 1024} KiB", code="too_large", advice=advice)
    await record_owners.claim(records_used(request), call.caller, call.ports)
    made: RecurringJob = {
        "owner": call.caller.owner, "pipeline": flow.pipeline, "input": asked.input, "cron": asked.cron, "zone": asked.zone,
        "options": job_request.options(asked.options, call.ports).record, "created_at": now,
        "due_at": due_at,
    }  # fmt: skip
    name = secrets.token_hex(8)
    committed = await call.ports.documents.commit(Create(f"{COLLECTION}/{name}", made))
    return answer(
        _shown(Document(f"{COLLECTION}/{name}", made, committed.version)), 201, {"Location": f"/api/v1/recurring-jobs/{name}"}
    )


async def list_recurring_jobs(call: Call) -> Response:
    """GET /api/v1/recurring-jobs."""
    query = call.query(RecurringQuery)
    where = [] if call.caller.sees is None else [Where("owner", "==", call.caller.sees)]
    found, cursor = await newest_first_pages.page(call.ports.documents, COLLECTION, where, query.limit, query.cursor)
    return answer(RecurringPage(items=[_shown(one) for one in read_all_as(RecurringJob, found)], next_cursor=cursor))


async def read_recurring_job(call: Call) -> Response:
    """GET /api/v1/recurring-jobs/{id}."""
    return answer(_shown(await _find(call)))


async def pause_recurring_job(call: Call) -> Response:
    """POST /api/v1/recurring-jobs/{id}/pause."""
    return await _due(call, None)


async def resume_recurring_job(call: Call) -> Response:
    """POST /api/v1/recurring-jobs/{id}/resume. What was missed meanwhile is not made up for."""
    found = await _find(call)
    return await _due(call, next_time(found.data["cron"], found.data["zone"], call.ports.clock.now()))


async def start_recurring_job(call: Call) -> Response:
    """POST /api/v1/recurring-jobs/{id}/start. A job of it now, besides those of its times."""
    found = await _find(call)
    flow = job_request.flow_of(call, found.data["pipeline"], "")
    accepted = await owner_spending.start_within(
        flow, found.data["input"], options_of(found), call.ports, owner=found.data["owner"]
    )
    links = job_view.links(accepted.job.id)
    return answer(Accepted(id=accepted.job.id, links=links), 202, {"Location": links["self"]})


async def delete_recurring_job(call: Call) -> Response:
    """DELETE /api/v1/recurring-jobs/{id}. Jobs that it has started stay."""
    found = await _find(call)
    await call.ports.documents.commit(Delete(found.path))
    await call.ports.documents.erase_deleted()
    return Response(status_code=204)


async def _due(call: Call, at: float | None) -> Response:
    found = await _find(call)
    committed = await call.ports.documents.commit(Update(found.path, {"due_at": at}, version=found.version))
    return answer(_shown(Document(found.path, {**found.data, "due_at": at}, committed.version)))


async def _find(call: Call) -> Document[RecurringJob]:
    """The one that the path names.

    Raises:
        Permanent: there is none, or it is another owner's (`not_found`).
    """
    name = call.path["id"]
    found = read_as(RecurringJob, await call.ports.documents.get(f"{COLLECTION}/{name}")) if is_made_id(name) else None
    if found is None or call.caller.sees not in (None, found.data["owner"]):
        raise Permanent(
            "there is no such recurring job", code="not_found", advice="`headrace recurring list` shows those there are."
        )
    return found


def _shown(found: Document[RecurringJob]) -> Recurring:
    data = found.data
    return Recurring(
        id=found.id,
        **{name: data[name] for name in ("pipeline", "cron", "zone")},
        about=job_view.input_in_words(data["input"]),
        created_at=moment(data["created_at"]),
        next_at=moment(data["due_at"]),
        last_at=moment(data.get("last_at")),
        last_job=data.get("last_job"),
        last_error=data.get("last_error"),
    )


_HERE = "/api/v1/recurring-jobs"
ROUTES = (
    Route(
        "POST",
        _HERE,
        create_recurring_job,
        "Start a job at a cron expression's times, of any pipeline.",
        {201: Recurring},
        body=RecurringRequest,
    ),
    Route("GET", _HERE, list_recurring_jobs, "Recurring jobs, the newest first.", {200: RecurringPage}, query=RecurringQuery),
    Route("GET", f"{_HERE}/{{id}}", read_recurring_job, "A recurring job.", {200: Recurring}),
    Route("POST", f"{_HERE}/{{id}}/pause", pause_recurring_job, "Start none until it is resumed.", {200: Recurring}),
    Route("POST", f"{_HERE}/{{id}}/resume", resume_recurring_job, "Go on with a paused one.", {200: Recurring}),
    Route("POST", f"{_HERE}/{{id}}/start", start_recurring_job, "Start one of its jobs now.", {202: Accepted}),
    Route("DELETE", f"{_HERE}/{{id}}", delete_recurring_job, "Delete it; jobs that it has started stay.", {204: ""}),
)
