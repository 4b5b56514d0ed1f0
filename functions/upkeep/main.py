"""Scheduled upkeep, one function per schedule. `SCHEDULES` is what Cloud Scheduler, and the local cloud, call and when."""

from __future__ import annotations

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from functions import pipelines
from shared.bootstrap import ports
from shared.engine.sweep import sweep

SCHEDULES = {"upkeep_sweep": "* * * * *"}


@functions_framework.aio.http
async def upkeep_sweep(request: Request) -> Response:
    """Bring back lost tasks of all open jobs. Safe to run at any time, twice, or late."""
    del request
    return JSONResponse({"brought_back": await sweep(pipelines(), ports())})
