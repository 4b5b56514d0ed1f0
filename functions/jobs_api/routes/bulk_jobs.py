"""What is done to many jobs at once, by status, pipeline and label: cancelled, or run again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from starlette.responses import Response

from functions import owner_spending
from functions.jobs_api import job_lists, job_request
from functions.jobs_api.api_models import BulkDone, JobFilter, Refused, RetryFilter
from functions.jobs_api.http import request_body
from functions.jobs_api.http.route_definition import Call, Route, answer
from shared.engine.job import controls
from shared.engine.job.lifecycle import TERMINAL
from shared.engine.store.batches import in_batches
from shared.engine.store.schema.job import JobRecord
from shared.errors import BadInput, Conflict, HeadraceError
from shared.ports.documents import Document

AT_ONCE = 10
"""Jobs that something is done to side by side."""


async def cancel_jobs(call: Call) -> Response:
    """POST /api/v1/jobs:cancel. Those that have ended are passed over."""
    asked = await request_body.read(call.request, JobFilter)

    async def cancel(job: Document[JobRecord]) -> None:
        after = await controls.cancel(job.id, call.ports)
        if after.data["status"] != "cancelled":
            raise Conflict(f"the job has already ended: {after.data['status']}", code="already_ended")

    return await _each(call, asked, cancel, lambda job: job.data["status"] not in TERMINAL)


async def retry_jobs(call: Call) -> Response:
    """POST /api/v1/jobs:retry. Those that have not ended are passed over."""
    asked = await request_body.read(call.request, RetryFilter)

    async def retry(job: Document[JobRecord]) -> None:
        flow = job_request.flow_of(call, job.data["pipeline"], "")
        await owner_spending.set_aside_again(job, None, call.ports)
        await controls.retry(flow, job.id, call.ports, failed_only=asked.failed)

    return await _each(call, asked, retry, lambda job: job.data["status"] in TERMINAL)


async def _each(
    call: Call,
    asked: JobFilter,
    action: Callable[[Document[JobRecord]], Awaitable[None]],
    concerns: Callable[[Document[JobRecord]], bool],
) -> Response:
    """Do it to a page of those that it concerns. One that refuses keeps no other from it."""
    if not (asked.status or asked.pipeline or asked.label):
        raise BadInput(
            "nothing says which jobs",
            code="invalid_body",
            advice="Give a status, a pipeline or a label; several narrow it further.",
        )
    wanted = job_lists.filter_of(call, asked.status, asked.pipeline, asked.label, at="")
    jobs, cursor = await job_lists.page(call, wanted, asked.limit, asked.cursor)
    outcomes: list[HeadraceError | None] = []
    concerned = [job for job in jobs if concerns(job)]
    for some in in_batches(concerned, AT_ONCE):
        outcomes += await asyncio.gather(*(_refusal(action, job) for job in some))
    return answer(_told(concerned, outcomes, cursor))


async def _refusal(action: Callable[[Document[JobRecord]], Awaitable[None]], job: Document[JobRecord]) -> HeadraceError | None:
    try:
        await action(job)
    except HeadraceError as error:
        return error
    return None


def _told(jobs: Sequence[Document[JobRecord]], outcomes: Sequence[HeadraceError | None], cursor: str | None) -> BulkDone:
    refused = [
        Refused(id=job.id, code=error.code, detail=error.message)
        for job, error in zip(jobs, outcomes, strict=True)
        if error is not None
    ]
    return BulkDone(
        done=[job.id for job, error in zip(jobs, outcomes, strict=True) if error is None], refused=refused, next_cursor=cursor
    )


ROUTES = (
    Route("POST", "/api/v1/jobs:cancel", cancel_jobs, "Stop many jobs, a page at a time.", {200: BulkDone}, body=JobFilter),
    Route(
        "POST",
        "/api/v1/jobs:retry",
        retry_jobs,
        "Run many ended jobs again, a page at a time.",
        {200: BulkDone},
        body=RetryFilter,
    ),
)
