from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infra.local import cron
from infra.local.server import serve


@pytest.mark.fault(34)
async def test_each_schedule_is_called_at_its_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    slots: list[str] = []
    called = asyncio.Event()

    async def endpoint(request: Request) -> Response:
        slots.append(request.headers["x-cloudscheduler-scheduletime"])
        if len(slots) == 2:
            called.set()
        return Response(status_code=200)

    slept: list[float] = []
    real_sleep = asyncio.sleep

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await real_sleep(0.01)

    monkeypatch.setattr("infra.local.cron.asyncio.sleep", sleep)
    async with serve(Starlette(routes=[Route("/_functions/upkeep_sweep/", endpoint, methods=["POST"])])) as url:
        running = asyncio.create_task(cron.run_cron({"upkeep_sweep": "* * * * *"}, url))
        await asyncio.wait_for(called.wait(), 5)
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
    assert all(0 < seconds <= 60 for seconds in slept if seconds > 0.02)
    assert datetime.fromisoformat(slots[0]).astimezone(UTC).second == 0
