"""What documents' changes call, one function per trigger, and the tasks that follow: a job to start, a notification to send."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from structlog.stdlib import get_logger

from functions.events import notifications, start_job
from functions.events.notification_delivery import send
from functions.events.start_job import start
from functions.events.triggers import trigger_function
from shared.bootstrap import ports
from shared.engine.task.dead_letters import bury
from shared.errors import HeadraceError, Permanent
from shared.ports import Ports

LATE_IMPORTS = ("google.events.cloud.firestore_v1",)
"""What the functions import when they are first called: see `functions.interview_prep.main.LATE_IMPORTS`."""

log = get_logger()

events_job_ended = trigger_function("events_job_ended")
events_profile_written = trigger_function("events_profile_written")
events_agent_written = trigger_function("events_agent_written")
events_engagement_written = trigger_function("events_engagement_written")
events_user_written = trigger_function("events_user_written")
events_cursor_moved = trigger_function("events_cursor_moved")
events_episode_written = trigger_function("events_episode_written")


@functions_framework.aio.http
async def events_start_job(request: Request) -> Response:
    """Start the job that a trigger asked for."""
    return await _task(start_job.FUNCTION, "job", request, start)


@functions_framework.aio.http
async def events_notify(request: Request) -> Response:
    """Send a notification. What fails now is for the schedule to try again."""
    return await _task(notifications.FUNCTION, "notification", request, send)


async def _task(function: str, what: str, request: Request, work: Callable[[bytes, Ports], Awaitable[str]]) -> Response:
    """One delivery of a task, which comes once or more. 503: it shall come again."""
    body = await request.body()
    try:
        try:
            return JSONResponse({what: await work(body, ports())})
        except Permanent as error:  # 2xx, or the queue would bring it for ever
            await bury(function, body.decode("utf-8", "replace"), error, ports())
            return JSONResponse({"said": error.message})
    except HeadraceError as error:
        log.warning("try_again", code=error.code, error=error.message)
        return JSONResponse({"said": error.message}, 503)
