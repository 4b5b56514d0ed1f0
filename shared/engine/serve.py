"""A stage as a deployed function: an HTTP request in, one delivery handled, a status for the queue out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from structlog.stdlib import get_logger

from shared.engine.flow import Flow
from shared.engine.run_task import run_task
from shared.engine.task import dead_letters
from shared.engine.task import envelope as envelopes
from shared.errors import HeadraceError, Permanent
from shared.ports import Ports

log = get_logger()

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]


def stage_handler(flow: Flow, name: str, ports: Callable[[], Ports]) -> Handler:
    """The function that serves one stage. `ports` is called per request: clients are made on first use and shared."""
    stage = flow.stage(name)

    async def handle(request: Request) -> Response:
        body = await request.body()
        try:
            try:
                envelope, world = envelopes.parse(body, stage=name), ports()
                if envelope.kind == "warm":  # the process is up and its clients are loaded: that was all
                    return JSONResponse({"said": "warm"}, 200)
                answer = await run_task(flow, stage, envelope, world, again=_again(request))
            except Permanent as error:  # 2xx, or the queue would bring it for ever
                await dead_letters.bury(flow.function(stage), body.decode("utf-8", "replace"), error, ports())
                return JSONResponse({"said": error.message}, 200)
        except HeadraceError as error:
            log.warning("try_again", code=error.code, error=error.message)
            return JSONResponse({"said": error.message}, 503)
        return JSONResponse({"said": answer.reason}, answer.status)

    handle.__name__ = flow.function(stage)
    return handle


def _again(request: Request) -> bool:
    """Whether the queue has delivered this task before, answered or not."""
    return request.headers.get("x-cloudtasks-taskretrycount", "0") != "0"
