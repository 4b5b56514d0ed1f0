"""What a job would take, before it is started."""

from __future__ import annotations

from starlette.responses import Response

from functions.jobs_api import job_request
from functions.jobs_api.api_models import JobRequest
from functions.jobs_api.http.route_definition import Call, Route, answer
from functions.jobs_api.reports import past_job_statistics
from functions.jobs_api.reports.job_estimate import Plan, plan


async def make_plan(call: Call) -> Response:
    """POST /api/v1/plans."""
    job = await job_request.read(call)
    past = await past_job_statistics.earlier_jobs(job.flow, call.ports.clock.now(), call.ports)
    return answer(plan(job.flow, job.request, past, call.ports))


ROUTES = (
    Route(
        "POST",
        "/api/v1/plans",
        make_plan,
        "What a job would take: calls, tokens, dollars, and the shortest possible time under the limits. Starts and spends nothing.",
        {200: Plan},
        body=JobRequest,
        load="read",
    ),
)
