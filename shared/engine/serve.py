"""A stage as a deployed function: an HTTP request in, one delivery handled, a status for the queue out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from structlog.stdlib import get_logger

from shared.engine import envelope as envelopes
from shared.engine import paths
from shared.engine.flow import Flow
from shared.engine.run_task import run_task
from shared.errors import HeadraceError, Permanent
from shared.ports import Ports
from shared.ports.documents import Merge

log = get_logger()

MOST_KEPT = 16 * 1024
"""Characters of a dead letter's body that are kept."""

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
                answer = await run_task(flow, stage, envelope, world)
            except Permanent as error:  # 2xx, or the queue would bring it for ever
                await _bury(flow.function(stage), body, error, ports())
                return JSONResponse({"said": error.message}, 200)
        except HeadraceError as error:
            log.warning("try_again", code=error.code, error=error.message)
            return JSONResponse({"said": error.message}, 503)
        return JSONResponse({"said": answer.say}, answer.status)

    handle.__name__ = flow.function(stage)
    return handle


async def _bury(function: str, body: bytes, error: Permanent, ports: Ports) -> None:
    """Keep what no delivery can help, for somebody to look at: the queue has no dead letters of its own.

    Raises:
        Transient: the store did not answer; the delivery shall come again.
    """
    log.error("dead_letter", function=function, code=error.code, error=error.message)
    text = body.decode("utf-8", "replace")
    letter = {"function": function, "code": error.code, "error": error.message, "at": ports.clock.now(), "body": text[:MOST_KEPT]}
    await ports.documents.commit(Merge(paths.dead_letter(function, text), letter, {"deliveries": 1}))
