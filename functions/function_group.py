"""Several functions in one service, each at `/{function}`: `FUNCTION_TARGET=function_group`, and HEADRACE_FUNCTION_SERVICES says which.

A function's own pipeline is imported with its first call. Who may call is each function's own entry's to say, as when it is alone.
"""

from __future__ import annotations

import asyncio
from functools import cache
from importlib import import_module
from typing import cast

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from functions import deployed
from shared import bootstrap
from shared.engine.delivery_handler import Handler
from shared.function_address import service_of

bootstrap.check_functions(bootstrap.settings())


@functions_framework.aio.http
async def function_group(request: Request) -> Response:
    """The answer of the function that the path names; 404 where it is not this service's."""
    name = request.scope["path"].removeprefix(request.scope.get("root_path", "")).strip("/")
    if name not in members():
        return JSONResponse({"said": "no such function in this service"}, 404)
    return await (await asyncio.to_thread(_handler, name))(request)


def members() -> frozenset[str]:
    """The functions that this process's settings give to this service."""
    settings = bootstrap.settings()
    return frozenset(name for name in deployed() if service_of(name, settings.function_services) == settings.service)


@cache
def _handler(name: str) -> Handler:
    return cast("Handler", getattr(import_module(deployed()[name]), name))
