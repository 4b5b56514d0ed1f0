"""A job's parts: how far it is, its result, its tasks."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from starlette.responses import JSONResponse, RedirectResponse, Response

from functions.jobs_api.api_models import Task, TaskPage, TaskQuery
from functions.jobs_api.http import cursors
from functions.jobs_api.http.route_definition import Call, Route, answer
from shared.engine.job.lifecycle import TERMINAL
from shared.engine.report import job_view
from shared.engine.report.progress import WITH_RESULT
from shared.engine.store import paths
from shared.engine.store.payloads import load_value
from shared.errors import BadInput, Conflict
from shared.ports.documents import Data, Document, Where

URL_SECONDS = 900


async def read_progress(call: Call) -> Response:
    """GET /api/v1/jobs/{id}/progress."""
    return answer(await job_view.state(call.flows, await call.job(), call.ports))


async def result(call: Call) -> Response:
    """GET /api/v1/jobs/{id}/result. A file is handed out by a short-lived address, unless JSON is asked for by name."""
    job = await call.job()
    status = job.data["status"]
    if status not in TERMINAL:
        raise Conflict(f"the job is {status}", code="not_ended", advice="Its progress and events tell when it is done.")
    if status not in WITH_RESULT:
        raise Conflict(f"the job was {status} and has no result", code="no_result", advice="Retry it.")
    value = await load_value(call.ports, job.data)
    name = _file(call, job, value)
    if name is None:
        return JSONResponse(value)
    filename = job.data["pipeline"] + PurePosixPath(name).suffix
    url = await call.ports.blobs.url(name, seconds=URL_SECONDS, filename=filename)
    if _asks_for_json(call.request.headers.get("accept", "")):
        return JSONResponse({**value, "file_url": url})
    return RedirectResponse(url, 303)


def _file(call: Call, job: Document, value: Any) -> str | None:
    """The blob that is the result. A flow's result model names its field: `file_field: ClassVar[str] = "pdf"`."""
    flow = call.flows.get(job.data["pipeline"])
    field = getattr(flow.result, "file_field", None) if flow else None
    return (value.get(field) or None) if field else None


def _asks_for_json(accept: str) -> bool:
    kinds = [[part.strip() for part in kind.lower().split(";")] for kind in accept.split(",")]
    return any(kind[0] == "application/json" and "q=0" not in kind[1:] for kind in kinds)


async def tasks(call: Call) -> Response:
    """GET /api/v1/jobs/{id}/tasks. Those of the present run that have been queued, in the order of their ids."""
    query, job = call.query(TaskQuery), await call.job()
    flow = call.flows.get(job.data["pipeline"])
    if query.stage is not None and flow is not None and query.stage not in flow.by_name:
        fault = {"pointer": "/query/stage", "detail": "no such stage"}
        raise BadInput(
            "the job has no such stage", code="invalid_query", errors=[fault], advice=f"It has: {', '.join(flow.by_name)}."
        )
    where = [Where("run", "==", job.data["run"])]
    where += [Where(name, "==", value) for name in ("stage", "state") if (value := getattr(query, name)) is not None]
    after = paths.task(job.id, cursors.decode_id(query.cursor)) if query.cursor is not None else None
    found = await call.ports.documents.query(paths.tasks(job.id), *where, after=after, limit=query.limit + 1)
    page = found[: query.limit]
    more = cursors.encode([page[-1].id]) if found[query.limit :] else None
    return answer(TaskPage(items=[_task(task) for task in page], next_cursor=more))


def _task(task: Document) -> Task:
    data: Data = task.data
    return Task(
        id=task.id,
        **{name: data[name] for name in ("stage", "index", "state", "attempt")},
        branch=data.get("branch"),
        queued_at=job_view.moment(data["queued_at"]),
        started_at=job_view.moment(data.get("started_at")),
        finished_at=job_view.moment(data.get("finished_at")),
        work_s=data.get("work_s", 0),
        wait_s=data.get("wait_s", 0),
        waiting=data.get("waiting"),
        due_at=job_view.moment(data.get("due_at")) if data["state"] == "queued" else None,
        cached=bool(data.get("hits")),
        **{name: int(data.get(name, 0)) for name in ("calls", "input_tokens", "output_tokens", "cached_tokens")},
        cost_usd=data.get("usd_micros", 0) / 1e6,
        error=data.get("error"),
    )


ROUTES = (
    Route(
        "GET",
        "/api/v1/jobs/{id}/progress",
        read_progress,
        "How far a job is, without its input and result.",
        {200: job_view.JobState},
    ),
    Route(
        "GET",
        "/api/v1/jobs/{id}/result",
        result,
        "What came of a job: JSON, or a redirect to its file. `Accept: application/json` gives JSON with `file_url` instead.",
        {200: "application/json", 303: ""},
    ),
    Route("GET", "/api/v1/jobs/{id}/tasks", tasks, "The tasks of a job's present run.", {200: TaskPage}, query=TaskQuery),
)
