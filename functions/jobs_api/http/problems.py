"""Errors as RFC 9457 problems. The one place that turns an error into a status."""

from __future__ import annotations

import math
from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from functions import statuses
from functions.jobs_api.api_models import Fault, Problem
from functions.jobs_api.docs.code_meanings import place_of
from shared import error_codes
from shared.errors import BadInput, Conflict, HeadraceError, Transient
from shared.text.validation_faults import LONGEST, MOST

MEDIA_TYPE = "application/problem+json"
OURS = {
    error_codes.BAD_SETTING: 500,
    error_codes.BODY_TIMEOUT: 408,
    error_codes.EVENT_NOT_FOUND: 404,
    error_codes.FOREIGN_ORIGIN: 403,
    error_codes.INVALID_CURSOR: 400,
    error_codes.INVALID_EVENT_ID: 400,
    error_codes.INVALID_IDEMPOTENCY_KEY: 400,
    error_codes.INVALID_JSON: 400,
    error_codes.JOB_NOT_FOUND: 404,
    error_codes.TASK_NOT_FOUND: 404,
    error_codes.METHOD_NOT_ALLOWED: 405,
    error_codes.NO_PUBLISHING: 409,
    error_codes.NOT_REWRITTEN: 409,
    error_codes.NOT_FOUND: 404,
    error_codes.POST_NOT_FOUND: 404,
    error_codes.OUT_OF_SCOPE: 403,
    error_codes.PUBLISH_REFUSED: 502,
    error_codes.CHANNEL_CREDENTIALS: 502,
    error_codes.NO_CHANNEL: 409,
    error_codes.IMAGE_GONE: 409,
    error_codes.DAY_SPENT: 429,
    error_codes.TOO_LARGE: 413,
    error_codes.UNAUTHORISED: 401,
    error_codes.UNSUPPORTED_MEDIA_TYPE: 415,
    error_codes.WRONG_HOST: 421,
}
"""Codes whose status is not their class's; pipelines register their own."""


def by_code() -> dict[str, int]:
    """Every code whose status is not its class's, ours and the pipelines'."""
    return {**statuses(), **OURS}


def status_of(error: Exception) -> int:
    """The status of an error: by its code, else by its class. What is not ours is a 500."""
    if isinstance(error, HeadraceError) and (status := by_code().get(error.code)) is not None:
        return status
    for kind, status in ((BadInput, 422), (Conflict, 409), (Transient, 503)):
        if isinstance(error, kind):
            return status
    return 500


def response(request: Request, error: Exception, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to an error. A 500 tells nothing of what happened: the log has it, under the request's id."""
    status = status_of(error)
    known = error if isinstance(error, HeadraceError) and status != HTTPStatus.INTERNAL_SERVER_ERROR else None
    code = known.code if known else error_codes.INTERNAL
    problem = Problem(
        type=place_of(code),
        title=HTTPStatus(status).phrase,
        status=status,
        detail=_detail(known) if known else "Something went wrong here. The request_id finds it in the logs.",
        instance=request.url.path[:LONGEST],
        code=code,
        request_id=request.state.request_id,
        errors=_faults(error),
    )
    more = {"Retry-After": str(wait)} if (wait := _wait(error)) else {}
    body = problem.model_dump_json(exclude={"errors"} if not problem.errors else None)
    return Response(body, status, {**more, **(headers or {})}, MEDIA_TYPE)


def _detail(error: HeadraceError) -> str:
    message = error.message if len(error.message) <= 2 * LONGEST else error.message[: 2 * LONGEST] + "…"
    message = message[:1].upper() + message[1:] + ("" if message.endswith((".", "!", "?")) else ".")
    return f"{message} {error.advice}".strip()


def _faults(error: Exception) -> list[Fault]:
    if not isinstance(error, BadInput):
        return []
    return [Fault(pointer=f["pointer"][:LONGEST], detail=f["detail"][:LONGEST]) for f in error.errors[:MOST]]


def _wait(error: Exception) -> int | None:
    """Seconds after which the same request may do better."""
    if isinstance(error, Transient):
        return math.ceil(error.retry_after or 1)
    return 1 if isinstance(error, Conflict) and error.code in (error_codes.CONFLICT, error_codes.NOT_ENDED) else None
