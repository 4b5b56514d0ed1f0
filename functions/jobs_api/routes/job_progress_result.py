"""Routes for a job's progress and its result: JSON, or a redirect to the result file."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, RedirectResponse, Response

from functions.jobs_api.http.route_definition import Call, Route, answer
from functions.jobs_api.job_state_cache import shared_look
from functions.jobs_api.reports import job_view
from functions.jobs_api.reports.progress import WITH_RESULT
from shared.engine.job.lifecycle import TERMINAL
from shared.engine.store.payloads import load_value
from shared.engine.store.schema.job import JobRecord
from shared.errors import Conflict, Permanent
from shared.ports.documents import Document

URL_SECONDS = 900


class ResultQuery(BaseModel):
    """What of a result is wanted."""

    file: str = Field("", max_length=64, description="One of the files beside the result's own, by the ending of its name.")


async def read_progress(call: Call) -> Response:
    """GET /api/v1/jobs/{id}/progress."""
    job = await call.job()
    return answer(await shared_look(job.id, call.ports.documents).state_of(job, call.flows, call.ports))


async def read_result(call: Call) -> Response:
    """GET /api/v1/jobs/{id}/result. A file is handed out by a short-lived address, unless JSON is asked for by name."""
    job, wanted = await call.job(), call.query(ResultQuery).file
    status = job.data["status"]
    if status not in TERMINAL:
        raise Conflict(f"the job is {status}", code="not_ended", advice="Its progress and events tell when it is done.")
    if status not in WITH_RESULT:
        raise Conflict(f"the job was {status} and has no result", code="no_result", advice="Retry it.")
    value = await load_value(call.ports, job.data)
    name = _file(call, job, value)
    if name is None:
        return JSONResponse(value)
    pipeline, beside = job.data["pipeline"], _beside(call, job, value)
    if wanted and wanted not in beside:
        raise Permanent(
            f"the result has no file {wanted!r}", code="not_found", advice=f"It has {', '.join(beside) or 'one file'}."
        )
    if wanted:
        return RedirectResponse(await _url(call, beside[wanted], f"{pipeline}.{wanted}"), 303)
    url = await _url(call, name, pipeline + PurePosixPath(name).suffix)
    if _asks_for_json(call.request.headers.get("accept", "")):
        urls = {ending: await _url(call, blob, f"{pipeline}.{ending}") for ending, blob in beside.items()}
        return JSONResponse({**value, "file_url": url, **({"file_urls": urls} if urls else {})})
    return RedirectResponse(url, 303)


async def _url(call: Call, name: str, filename: str) -> str:
    return await call.ports.blobs.url(name, seconds=URL_SECONDS, filename=filename)


def _file(call: Call, job: Document[JobRecord], value: Any) -> str | None:
    """The blob that is the result. A flow's result model names its field: `file_field: ClassVar[str] = "pdf"`."""
    flow = call.flows.get(job.data["pipeline"])
    field = getattr(flow.result, "file_field", None) if flow else None
    return (value.get(field) or None) if field else None


def _beside(call: Call, job: Document[JobRecord], value: Any) -> dict[str, str]:
    """The blobs beside the file, by the ending of their names: `files_field: ClassVar[str] = "files"` of the result's model."""
    flow = call.flows.get(job.data["pipeline"])
    field = getattr(flow.result, "files_field", None) if flow else None
    return (value.get(field) or {}) if field else {}


def _asks_for_json(accept: str) -> bool:
    kinds = [[part.strip() for part in kind.lower().split(";")] for kind in accept.split(",")]
    return any(kind[0] == "application/json" and "q=0" not in kind[1:] for kind in kinds)


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
        read_result,
        "What came of a job: JSON, or a redirect to its file. `Accept: application/json` gives JSON with `file_url` instead; "
        "`?file=` one of the files beside it, by the ending of its name.",
        {200: "application/json", 303: ""},
        query=ResultQuery,
    ),
)
