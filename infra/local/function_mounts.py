"""Every deployed function as its own functions-framework app, mounted in one server at `/_functions/{name}/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import ModuleType

import functions_framework.aio
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Receive, Scope, Send

import functions

PREFIX = "/_functions"


def deployed() -> Iterator[tuple[str, ModuleType]]:
    """Names of all deployed functions, each with the `main.py` it lives in."""
    for name, module in functions.deployed().items():
        yield name, import_module(module)


def app_of(name: str, module: ModuleType) -> Starlette:
    """The ASGI app that functions-framework serves for one function, as `FUNCTION_TARGET={name}` would."""
    make: Callable[..., Starlette] = functions_framework.aio.create_asgi_app_from_module
    return make(name, str(module.__file__), "http", module, module.__spec__)


class Functions:
    """All of them as one app: the path's first part names the function. A look-up, not a list of routes to try in turn.

    What is no function's path goes to `rest`.
    """

    def __init__(self, apps: Mapping[str, ASGIApp], rest: ASGIApp) -> None:
        self._apps = {f"{PREFIX}/{name}": app for name, app in apps.items()}
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root = "/".join(scope.get("path", "").split("/", 3)[:3])
        app = self._apps.get(root)
        if app is None:
            await self._rest(scope, receive, send)
        else:
            await app({**scope, "root_path": root}, receive, send)


def functions_app() -> Functions:
    """Every function, for queues and schedules to call, and nothing else."""
    return Functions({name: app_of(name, module) for name, module in deployed()}, Starlette())


def whole_app(*routes: BaseRoute) -> Functions:
    """The functions, further routes, and at the root the dashboard with the jobs' API behind it."""
    apps = {name: app_of(name, module) for name, module in deployed()}
    return Functions(apps, Starlette(routes=[*routes, Mount("/", app=apps["dashboard"])]))
