"""for_you's deployed functions: one per stage, one that refreshes queues, and one per trigger. `FUNCTION_TARGET` names one of them."""

from __future__ import annotations

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from structlog.stdlib import get_logger

from functions.entry import stage_function
from functions.for_you.flow import FLOW
from shared.bootstrap import ports
from shared.errors import HeadraceError, Permanent

LATE_IMPORTS = ("numpy", "functions.for_you.sessions.create")
"""What functions import when they first run: see `functions.interview_prep.main.LATE_IMPORTS`."""

log = get_logger()

for_you_read_catalogue = stage_function(FLOW, "read_catalogue")
for_you_embed_episodes = stage_function(FLOW, "embed_episodes")
for_you_build_snapshot = stage_function(FLOW, "build_snapshot")
for_you_make_session = stage_function(FLOW, "make_session")


@functions_framework.aio.http
async def for_you_refresh_queue(request: Request) -> Response:
    """Make a user's queue anew. A task's delivery, once or more."""
    from functions.for_you.sessions import refresh  # noqa: PLC0415 - numpy, which the stages' starts need not wait for

    try:
        return JSONResponse({"queue": await refresh.deliver(await request.body(), ports())})
    except Permanent as error:  # 2xx, or the queue would bring it for ever
        log.warning("refresh_given_up", code=error.code, error=error.message)
        return JSONResponse({"said": error.message})
    except HeadraceError as error:
        log.warning("try_again", code=error.code, error=error.message)
        return JSONResponse({"said": error.message}, 503)
