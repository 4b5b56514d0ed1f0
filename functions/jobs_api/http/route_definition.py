"""A route as data, for dispatch and for /openapi.json alike, and the call that its handler gets."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path

from functions.jobs_api.http import request_body
from functions.jobs_api.http.callers import OPERATOR, Caller, Scope
from functions.jobs_api.http.load_shedding import Load
from functions.jobs_api.http.request_body import Model
from shared import error_codes
from shared.engine.flow import Flow
from shared.engine.job import lifecycle
from shared.engine.store.schema.job import JobRecord
from shared.errors import BadInput, Permanent
from shared.ports import Ports
from shared.ports.documents import Document
from shared.text.validation_faults import pointer

Answers: TypeAlias = Mapping[int, type[BaseModel] | str]
"""Status to the body's model, or to a media type; empty for no body."""
LONGEST_ID = 64


def is_made_id(name: str) -> bool:
    """Whether a path's part can be an id that we made: letters and digits, 64 at most."""
    return name.isascii() and name.isalnum() and len(name) <= LONGEST_ID


@dataclass(frozen=True)
class Route:
    """One method of one path. Names in the path's braces are handed to the handler."""

    method: str
    path: str
    handle: Callable[[Call], Awaitable[Response]]
    summary: str
    answers: Answers
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    headers: Mapping[str, str] | None = None
    """Request headers it heeds, each with its meaning."""
    load: Load = ""
    """What it costs (`load_shedding`); empty: a read to read, a write to change, and next to nothing to watch."""
    scope: Scope | None = None
    """What a caller needs besides a key; None: `read` to read and `write` to change."""
    record: str = ""
    """The kind of record that `{id}` names, if each may be one owner's: to others it is not there."""
    missing: str = error_codes.NOT_FOUND
    """The code that says so, as where there is none."""

    @property
    def needs(self) -> Scope:
        """The scope that a caller needs."""
        return self.scope or ("read" if self.method == "GET" else "write")

    @property
    def takes(self) -> Load:
        """What it costs."""
        reading: Load = "none" if self.streams else "read"
        return self.load or (reading if self.method == "GET" else "write")

    @property
    def streams(self) -> bool:
        """Whether its answer stays open."""
        return "text/event-stream" in self.answers.values()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return compile_path(self.path)[0]


@dataclass(frozen=True)
class Call:
    """One request, and the world it is answered in."""

    request: Request
    path: Mapping[str, str]
    flows: Mapping[str, Flow]
    ports: Ports
    routes: tuple[Route, ...]
    caller: Caller = OPERATOR

    async def job(self) -> Document[JobRecord]:
        """The job that the path names.

        Raises:
            Permanent: there is none (`job_not_found`), or it is another owner's; so is what cannot be an id.
        """
        job_id = self.path["id"]
        if not is_made_id(job_id):
            raise Permanent("there is no such job", code="job_not_found")
        job = await lifecycle.read(job_id, self.ports)
        if self.caller.sees not in (None, job.data["owner"]):
            raise Permanent("there is no such job", code="job_not_found")
        return job

    def query(self, model: type[Model]) -> Model:
        """The query as a `model`.

        Raises:
            BadInput: a parameter does not fit, or there is none of its name (`invalid_query`).
        """
        known = {field.alias or name for name, field in model.model_fields.items()}
        if unknown := [name for name in self.request.query_params if name not in known]:
            faults = [{"pointer": f"/query{pointer(name)}", "detail": "there is no such parameter"} for name in unknown]
            advice = f"There are: {', '.join(sorted(known))}."
            raise BadInput(f"there is no parameter {unknown[0][:40]!r} here", code="invalid_query", advice=advice, errors=faults)
        return request_body.fit(model, dict(self.request.query_params), "/query", "invalid_query")


def answer(model: BaseModel, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A model as a JSON response."""
    return Response(model.model_dump_json(), status, headers, "application/json")
