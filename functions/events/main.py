"""What documents' changes call, one function per trigger, and the task that starts a job after one."""

from __future__ import annotations

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from structlog.stdlib import get_logger

from functions.events.start_job import FUNCTION, start
from functions.events.triggers import trigger_function
from shared.bootstrap import ports
from shared.engine.dead_letters import bury
from shared.errors import HeadraceError, Permanent

LATE_IMPORTS = ("google.events.cloud.firestore_v1",)
"""What the functions import when they are first called: see `functions.interview_prep.main.LATE_IMPORTS`."""

log = get_logger()

events_job_ended = trigger_function("events_job_ended")
events_profile_written = trigger_function("events_profile_written")
events_agent_written = trigger_function("events_agent_written")


@functions_framework.aio.http
async def events_start_job(request: Request) -> Response:
    """Start the job that a trigger asked for. A task's delivery, once or more."""
    body = await request.body()
    try:
        try:
            return JSONResponse({"job": await start(body, ports())})
        except Permanent as error:  # 2xx, or the queue would bring it for ever
            await bury(FUNCTION, body.decode("utf-8", "replace"), error, ports())
            return JSONResponse({"said": error.message})
    except HeadraceError as error:
        log.warning("try_again", code=error.code, error=error.message)
        return JSONResponse({"said": error.message}, 503)
