"""The door of every function that queues, schedules and triggers call: one delivery handled, its verdict turned into a status."""

from __future__ import annotations

import json
import math
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from structlog.stdlib import get_logger

from shared.engine.flow import Flow, Stage
from shared.engine.request_limits import with_bounded_body
from shared.engine.run_task import run_task
from shared.engine.task import dead_letters
from shared.engine.task import envelope as envelopes
from shared.errors import HeadraceError, Permanent
from shared.ports import Ports
from shared.ports.documents import Data
from shared.ports.tasks import NOT_BEFORE, Task

log = get_logger()

MAX_BYTES = 4 * 1024 * 1024
"""Of a delivery. Of a task a tenth is more than there is; an event holds a document before and after, 1 MiB each."""
HOP = 86400.0
"""Seconds in which a delivery that is too early is sent on once, however often it comes."""

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]
Work: TypeAlias = Callable[[Request, Ports], Awaitable[Data | Response]]
"""What a delivery is for. Answers what it did (JSON), or a response of its own; raises what is wrong with it."""
Letter: TypeAlias = Callable[[Mapping[str, str], bytes], str]
"""A delivery as somebody may read it later, from its headers and its body."""


def as_text(_: Mapping[str, str], body: bytes) -> str:
    """A body that is JSON, or should have been."""
    return body.decode("utf-8", "replace")


async def deliver(function: str, request: Request, work: Work, ports: Callable[[], Ports], letter: Letter = as_text) -> Response:
    """One delivery, which may come twice and late. The only place where a verdict becomes a status.

    Permanent: 200, or it would come for ever, and it is kept as a dead letter. Any other of our errors: 503, it shall come again.
    What is no error of ours is a fault in the code: it is raised, a 500, and comes again.
    """
    request, body = with_bounded_body(request, MAX_BYTES), b""
    try:
        try:
            body = await request.body()
            if (at := _not_before(request)) > ports().clock.now():
                return await _sent_on(function, request, at, ports())
            done = await work(request, ports())
        except Permanent as error:
            await dead_letters.keep_dead_letter(function, letter(request.headers, body), error, ports())
            return JSONResponse({"said": error.message})
    except HeadraceError as error:
        log.warning("try_again", function=function, code=error.code, error=error.message)
        return JSONResponse({"said": error.message}, 503)  # no Retry-After: the whole queue would heed it
    return done if isinstance(done, Response) else JSONResponse(done)


def _not_before(request: Request) -> float:
    try:
        at = float(request.headers.get(NOT_BEFORE, ""))
    except ValueError:
        return 0.0
    return at if math.isfinite(at) else 0.0


async def _sent_on(function: str, request: Request, at: float, ports: Ports) -> Response:
    """Back into its queue for its own time. The day is in its name: delivered twice, it is sent on once."""
    given, lane = (request.headers.get(f"x-cloudtasks-{part}", "") for part in ("taskname", "queuename"))
    name = f"{given[:40]}+{ports.clock.now() // HOP:.0f}"
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise Permanent(f"not a task: {error}", code="poison") from error
    await ports.tasks.enqueue(Task(name, lane, function, body, at))
    return JSONResponse({"said": "it is too early"})


def stage_work(flow: Flow, stage: Stage) -> Work:
    """A stage's deliveries: the task that the body names, run."""

    async def work(request: Request, ports: Ports) -> Data | Response:
        envelope = envelopes.parse(await request.body(), stage=stage.name)
        if envelope.kind == "warm":  # the process is up and its clients are loaded: that was all
            return {"said": "warm"}
        answer = await run_task(flow, stage, envelope, ports, again=_again(request))
        return JSONResponse({"said": answer.reason}, answer.status)

    return work


def _again(request: Request) -> bool:
    """Whether the queue has delivered this task before, answered or not."""
    return request.headers.get("x-cloudtasks-taskretrycount", "0") != "0"
