"""A job's tasks: the list, and all of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from functions.jobs_api.api_models import Attempt, LogLine, Task, TaskDetail, TaskPage, TaskQuery
from functions.jobs_api.http import cursors
from functions.jobs_api.http.route_definition import Call, Route, answer
from functions.jobs_api.reports import job_view, task_input_output
from shared.engine.attempt import attempt_log
from shared.engine.store import paths
from shared.engine.store.schema.shared_fields import read_all_as, read_as
from shared.engine.store.schema.task import AttemptRecord, TaskRecord
from shared.errors import BadInput, Permanent
from shared.ports.documents import Document, Where

TASK_ID = re.compile(r"[A-Za-z0-9@._-]{1,300}")


async def list_tasks(call: Call) -> Response:
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
    return answer(TaskPage(items=[Task(**_fields(task)) for task in read_all_as(TaskRecord, page)], next_cursor=more))


async def read_task(call: Call) -> Response:
    """GET /api/v1/jobs/{id}/tasks/{task}: its input, output and attempts, with what its stage logged."""
    job, wanted = await call.job(), call.path["task"]
    at = paths.task(job.id, wanted) if TASK_ID.fullmatch(wanted) else ""
    found = read_as(TaskRecord, await call.ports.documents.get(at)) if at else None
    if found is None:
        raise Permanent(
            "the job has no such task", code="task_not_found", advice=f"/api/v1/jobs/{job.id}/tasks lists those it has."
        )
    flow = call.flows.get(job.data["pipeline"])
    given, omitted = await task_input_output.arguments_of(flow, job, found, call.ports) if flow is not None else (None, [])
    output, too_large = await task_input_output.output_of(found, call.ports)
    attempts = [_attempt(each) for each in await attempt_log.read(job.id, found.id, call.ports)]
    omitted += ["output"] if too_large else []
    return answer(TaskDetail(**_fields(found), input=given, output=output, omitted=omitted, attempts=attempts))


def _attempt(record: AttemptRecord) -> Attempt:
    lines = [LogLine(at=job_view.moment(line["at"]), level=line["level"], message=line["message"]) for line in record["lines"]]
    times = {name: job_view.moment(record[name]) for name in ("begun_at", "ended_at")}
    return Attempt(**{**record, **times, "lines": lines})


def _fields(task: Document[TaskRecord]) -> dict[str, Any]:
    data: Mapping[str, Any] = task.data
    return dict(
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
        process_losses=data.get("deaths", 0),
        cached=bool(data.get("hits")),
        **{name: int(data.get(name, 0)) for name in ("calls", "input_tokens", "output_tokens", "cached_tokens")},
        cost_usd=data.get("usd_micros", 0) / 1e6,
        error=data.get("error"),
    )


ROUTES = (
    Route("GET", "/api/v1/jobs/{id}/tasks", list_tasks, "The tasks of a job's present run.", {200: TaskPage}, query=TaskQuery),
    Route(
        "GET",
        "/api/v1/jobs/{id}/tasks/{task}",
        read_task,
        "All of a task: its input, its output, its attempts with what the stage logged.",
        {200: TaskDetail},
    ),
)
