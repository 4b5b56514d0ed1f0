"""How work becomes a deployed function: its one entry, who may come in by it, and how its process ends."""

from __future__ import annotations

import asyncio
import functools
import os
import signal
import threading
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from functions.caller_auth import refusal
from shared import bootstrap
from shared.bootstrap import ports
from shared.engine.delivery_handler import Handler, Letter, Work, as_text, deliver, stage_work
from shared.engine.flow import Flow
from shared.engine.recovery import process_drain
from shared.errors import HeadraceError
from shared.ports import Ports
from shared.ports.documents import Data

GRACE, BACK = 6.0, 2.0
"""Seconds after SIGTERM for work to end, and for the rest to be given back: Cloud Run kills the process after 10."""
LATEST = 9.5
"""Seconds after SIGTERM at which it ends by itself, whatever hangs."""


def stage_function(flow: Flow, name: str) -> Handler:
    """The function that serves one stage: `{flow}_{stage}` is what `FUNCTION_TARGET` names."""
    stage = flow.stage(name)
    return called_function(flow.function(stage), stage_work(flow, stage))


def task_function(name: str, work: Callable[[bytes, Ports], Awaitable[Data]]) -> Handler:
    """A function for tasks that are no stage's: `work` gets the body, and answers what it did."""

    async def of_body(request: Request, ports: Ports) -> Data:
        return await work(await request.body(), ports)

    return called_function(name, of_body)


def called_function(name: str, work: Work, letter: Letter = as_text) -> Handler:
    """A function that queues, schedules and triggers call, known to functions-framework by `name`.

    What comes of a call is `delivery_handler.deliver`'s to say. Raises as `private_function`.
    """
    return private_function(name, lambda request, _: deliver(name, request, work, ports, letter))


def private_function(name: str, answer: Callable[[Request, Ports], Awaitable[Response]]) -> Handler:
    """A function that only accounts of the settings may call, known to functions-framework by `name`: the one entry of all that are private.

    Raises:
        BadInput: the settings leave open where it is, or who may call it (`bad_setting`); it does not start.
    """
    bootstrap.check_functions(bootstrap.settings())

    async def handle(request: Request) -> Response:
        if (refused := await refusal(name, request, ports())) is not None:
            return refused
        try:
            return await answer(request, ports())
        finally:
            await ports().telemetry.flush()

    handle.__name__ = name
    handler = drained(handle)
    import functions_framework.aio  # noqa: PLC0415 - brings a web framework, and a command line that reads schedules serves nothing

    functions_framework.aio.http(handler)
    return handler


def drained(handler: Handler) -> Handler:
    """Answers 503 once the process is told to end: another one shall have the delivery."""

    @functools.wraps(handler)
    async def handle(request: Request) -> Response:
        _listen()
        try:
            with process_drain.PROCESS.delivery():
                return await handler(request)
        except HeadraceError as error:
            return JSONResponse({"said": error.message}, 503)

    return handle


@functools.cache
def _listen() -> None:
    """Have SIGTERM drain this process before its server hears of it, from the first delivery on: before, it holds nothing.

    Not the server's shutdown hook, ASGI's lifespan: a server calls it after all requests have ended, for which it waits. Only
    uvicorn, as it runs in a function's own process, is asked to wait; whoever runs functions in a process of theirs, as the local
    cloud does, drains it as they see fit.
    """
    server = signal.getsignal(signal.SIGTERM)
    if not callable(server) or not type(getattr(server, "__self__", None)).__module__.startswith("uvicorn."):
        return
    loop, under_way = asyncio.get_running_loop(), set[asyncio.Task[None]]()

    async def end() -> None:
        try:
            await process_drain.PROCESS.run(ports(), grace=GRACE, back=BACK)
            await ports().telemetry.flush(last=True)
        finally:
            server(signal.SIGTERM, None)

    def told() -> None:
        if not under_way:  # told again, it is at it already
            under_way.add(asyncio.create_task(end()))
            last = threading.Timer(LATEST, os._exit, (0,))
            last.daemon = True
            last.start()

    loop.add_signal_handler(signal.SIGTERM, told)
