"""Jobs: create, list, read, cancel, pause, resume, retry, delete."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.responses import Response

from functions import owner_spending, registrations
from functions.events import job_notifications, question_notifications
from functions.jobs_api import job_lists, job_request, job_starts
from functions.jobs_api.api_models import Accepted, JobPage, JobQuery, JobRequest, ResumeRequest, RetryRequest
from functions.jobs_api.http import request_body
from functions.jobs_api.http.route_definition import Call, Route, answer
from functions.jobs_api.job_state_cache import shared_look
from functions.jobs_api.reports import job_view
from functions.jobs_api.reports.job_estimate import Plan
from functions.jobs_api.reports.rerun_estimate import plan_retry
from functions.pipeline_registration import load
from shared.engine.job import controls, lifecycle
from shared.engine.job.label_index import forget_writes
from shared.engine.recovery import job_deletion
from shared.engine.store.batches import in_batches
from shared.engine.store.schema.job import JobRecord
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Delete, Document, Where

AT_ONCE = 100
"""Documents deleted in one go."""


async def create_job(call: Call) -> Response:
    """POST /api/v1/jobs."""
    key = job_request.idempotency_key(call)
    job = await job_request.read(call)
    accepted = await job_starts.start(call, job, key)
    return _accepted(accepted.job, {"Idempotency-Replayed": "true"} if accepted.replayed else {})


def _accepted(job: Document[JobRecord], headers: dict[str, str]) -> Response:
    links = job_view.links(job.id)
    return answer(Accepted(id=job.id, links=links), 202, {"Location": links["self"], **headers})


async def list_jobs(call: Call) -> Response:
    """GET /api/v1/jobs."""
    query = call.query(JobQuery)
    wanted = job_lists.filter_of(call, query.status, query.pipeline, query.label)
    found, cursor = await job_lists.page(call, wanted, query.limit, query.cursor)
    return answer(JobPage(items=[job_view.line(job) for job in found], next_cursor=cursor))


async def read_job(call: Call) -> Response:
    """GET /api/v1/jobs/{id}."""
    job = await call.job()
    state = await shared_look(job.id, call.ports.documents).state_of(job, call.flows, call.ports)
    return answer(await job_view.whole(state, job, call.ports))


async def cancel_job(call: Call) -> Response:
    """POST /api/v1/jobs/{id}/cancel. Twice is once; a job that has ended otherwise stays as it ended."""
    job = await controls.cancel((await call.job()).id, call.ports)
    if job.data["status"] != "cancelled":
        raise Conflict(f"the job has already {_as_verb(job.data['status'])}", code="already_ended")
    return answer(await job_view.state(call.flows, job, call.ports))


def _as_verb(status: str) -> str:
    return {"partial": "ended in part", "cancelled": "been cancelled"}.get(status, status)


async def delete_job(call: Call) -> Response:
    """DELETE /api/v1/jobs/{id}. Only of a job that has ended; one whose deletion was cut off is gone on with."""
    if call.caller.sees is None and await job_deletion.finish_deletion(_usable(call.path["id"]), call.ports):
        return Response(status_code=204)
    job = await call.job()
    if job.data["status"] in lifecycle.TERMINAL:
        asked = await call.ports.documents.query("questions", Where("job", "==", job.id))
        told = [
            *job_notifications.paths_of(job.id, job.data),
            *question_notifications.paths_of(job.id, [one.id for one in asked]),
        ]
        beside = [Delete(path) for path in told]
        labels = forget_writes(job.id, job.data["owner"], job.data["options"])
        for some in in_batches([*labels, *beside], AT_ONCE):
            await call.ports.documents.commit(*some)
    registered = registrations().get(job.data["pipeline"])
    if registered is not None and registered.delete_post and job.data["status"] in lifecycle.TERMINAL:
        await _delete_posts(job.id, load(registered.delete_post), call)
    records = [each.name for each in registered.collections if each.of_job] if registered else []
    await job_deletion.delete_job(job, call.ports, records=records)
    await call.ports.documents.erase_deleted()
    return Response(status_code=204)


def _usable(job_id: str) -> str:
    return job_id if job_id.isalnum() else ""


async def _delete_posts(job_id: str, delete_post: Callable[[Document, Ports], Awaitable[None]], call: Call) -> None:
    """Before the job: cut off, it is asked for again."""
    while posts := await call.ports.documents.query("posts", Where("job", "==", job_id), limit=AT_ONCE):
        for post in posts:
            await delete_post(post, call.ports)


async def pause_job(call: Call) -> Response:
    """POST /api/v1/jobs/{id}/pause. What runs ends, nothing further starts; twice is once."""
    job = await controls.pause((await call.job()).id, call.ports)
    if job.data["status"] != "paused":
        raise Conflict(f"the job has already {_as_verb(job.data['status'])}", code="already_ended", advice="Retry runs it again.")
    return answer(await job_view.state(call.flows, job, call.ports))


async def resume_job(call: Call) -> Response:
    """POST /api/v1/jobs/{id}/resume. A job that paused on its budget needs a larger one."""
    asked, job = await request_body.read(call.request, ResumeRequest), await call.job()
    flow = job_request.flow_of(call, job.data["pipeline"], "")
    await owner_spending.set_aside_again(job, asked.budget_usd, call.ports)
    job = await controls.resume(flow, job.id, call.ports, budget_usd=asked.budget_usd)
    return answer(await job_view.state(call.flows, job, call.ports))


async def retry_job(call: Call) -> Response:
    """POST /api/v1/jobs/{id}/retry. What was recorded is reused; what failed, changed, or rests on either, is done again."""
    asked, job = await request_body.read(call.request, RetryRequest), await call.job()
    flow = job_request.flow_of(call, job.data["pipeline"], "")
    if asked.plan:
        return answer(await plan_retry(flow, job, call.ports, failed_only=asked.failed))
    await owner_spending.set_aside_again(job, None, call.ports)
    return _accepted(await controls.retry(flow, job.id, call.ports, failed_only=asked.failed), {})


ROUTES = (
    Route(
        "POST",
        "/api/v1/jobs",
        create_job,
        "Start a job. The same Idempotency-Key starts it once.",
        {202: Accepted},
        body=JobRequest,
        headers={
            "Idempotency-Key": f"Up to {job_request.MAX_KEY} printable ASCII characters, remembered for {lifecycle.IDEMPOTENCY_DAYS} days."
        },
    ),
    Route("GET", "/api/v1/jobs", list_jobs, "Jobs, the newest first.", {200: JobPage}, query=JobQuery),
    Route("GET", "/api/v1/jobs/{id}", read_job, "A job: how far it is, what it cost, what came of it.", {200: job_view.Job}),
    Route(
        "DELETE",
        "/api/v1/jobs/{id}",
        delete_job,
        "Delete an ended job with its documents, files, and cache entries made for it alone.",
        {204: ""},
    ),
    Route("POST", "/api/v1/jobs/{id}/cancel", cancel_job, "Stop a job.", {200: job_view.JobState}),
    Route(
        "POST",
        "/api/v1/jobs/{id}/pause",
        pause_job,
        "Start nothing further of a job until it is resumed.",
        {200: job_view.JobState},
    ),
    Route(
        "POST", "/api/v1/jobs/{id}/resume", resume_job, "Go on with a paused job.", {200: job_view.JobState}, body=ResumeRequest
    ),
    Route(
        "POST",
        "/api/v1/jobs/{id}/retry",
        retry_job,
        "Run an ended job again, or tell what that would take. What was recorded is reused.",
        {202: Accepted, 200: Plan},
        body=RetryRequest,
    ),
)
