"""A stage's deliveries as its function handles them, without the function's outer door: who calls is not asked."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from shared.engine.delivery_handler import Handler, deliver, stage_work
from shared.engine.flow import Flow
from shared.ports import Ports


def stage_handler(flow: Flow, name: str, ports: Callable[[], Ports]) -> Handler:
    """What serves one stage with these ports."""
    stage = flow.stage(name)
    function, work = flow.function(stage), stage_work(flow, stage)

    async def handle(request: Request) -> Response:
        return await deliver(function, request, work, ports)

    return handle
