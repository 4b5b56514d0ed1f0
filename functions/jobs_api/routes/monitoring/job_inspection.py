"""A job from the inside: its waterfall, its failures grouped, the files of its result."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from functions.jobs_api.api_models import Cursor
from functions.jobs_api.http import cursors
from functions.jobs_api.http.route_definition import Call, Route, answer
from functions.jobs_api.reports import failure_groups, waterfall
from functions.jobs_api.reports.progress import WITH_RESULT
from functions.jobs_api.routes.job_progress_result import URL_SECONDS
from shared.engine.store.payloads import load_value

MOST_FILES = 200
_BLOB = re.compile(r"[a-z]{1,20}/(?:[0-9a-z]{1,40}/)?[0-9a-f]{64}\.[a-z0-9]{1,8}")
"""A content-addressed file: nobody can name one whose content they do not know."""


class WaterfallQuery(BaseModel):
    """How much of it."""

    limit: int = Field(2000, ge=1, le=5000, description="How many tasks at most.")
    cursor: Cursor = None


class WaterfallPage(waterfall.Waterfall):
    """A page of a run's tasks as columns of numbers."""

    next_cursor: str | None


class ResultFile(BaseModel):
    """A file of a result: `url` shows it, `download_url` saves it; both hold for a quarter of an hour."""

    model_config = ConfigDict(defer_build=True)

    name: str
    media: str
    url: str
    download_url: str


class ResultFiles(BaseModel):
    """The files that a job's result names, by the names that stand there."""

    model_config = ConfigDict(defer_build=True)

    items: list[ResultFile]


async def read_waterfall(call: Call) -> Response:
    """GET /api/v1/jobs/{id}/waterfall."""
    query, job = call.query(WaterfallQuery), await call.job()
    after = cursors.decode_id(query.cursor) if query.cursor is not None else None
    made, last = await waterfall.page(call.flows.get(job.data["pipeline"]), job, call.ports, after=after, limit=query.limit)
    fields = {name: getattr(made, name) for name in waterfall.Waterfall.model_fields}
    return answer(WaterfallPage(**fields, next_cursor=cursors.encode([last]) if last is not None else None))


async def read_failures(call: Call) -> Response:
    """GET /api/v1/jobs/{id}/failures."""
    return answer(await failure_groups.group(await call.job(), call.ports))


async def read_files(call: Call) -> Response:
    """GET /api/v1/jobs/{id}/files."""
    job = await call.job()
    value = await load_value(call.ports, job.data) if job.data["status"] in WITH_RESULT else None
    names = list(dict.fromkeys(_blobs(value)))[:MOST_FILES]
    return answer(ResultFiles(items=[await _file(name, call) for name in names]))


async def _file(name: str, call: Call) -> ResultFile:
    saved_as = name.replace("/", "-")
    return ResultFile(
        name=name,
        media=mimetypes.guess_type(name)[0] or "application/octet-stream",
        url=await call.ports.blobs.url(name, seconds=URL_SECONDS),
        download_url=await call.ports.blobs.url(name, seconds=URL_SECONDS, filename=saved_as),
    )


def _blobs(value: Any) -> Iterator[str]:
    """Every text in a result that is a file's name."""
    if isinstance(value, str):
        if _BLOB.fullmatch(value):
            yield value
    elif isinstance(value, dict | list):
        for child in value.values() if isinstance(value, dict) else value:
            yield from _blobs(child)


ROUTES = (
    Route(
        "GET", "/api/v1/jobs/{id}/waterfall", read_waterfall,
        "A run's tasks as columns of numbers, in the order of their ids: when each was queued, begun and ended, and what held it up.",
        {200: WaterfallPage}, query=WaterfallQuery,
    ),
    Route("GET", "/api/v1/jobs/{id}/failures", read_failures, "A run's failures, the same ones together.", {200: failure_groups.Failures}),
    Route("GET", "/api/v1/jobs/{id}/files", read_files, "The files of a result, each with addresses that show and save it.", {200: ResultFiles}),
)  # fmt: skip
