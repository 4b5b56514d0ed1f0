"""Every deployed function as its own functions-framework app, mounted in one server at `/_functions/{name}/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType

import functions_framework.aio
from starlette.applications import Starlette
from starlette.routing import Mount

from functions import PIPELINES, SERVICES

PREFIX = "/_functions"


def deployed() -> Iterator[tuple[str, ModuleType]]:
    """Names of all deployed functions, each with the `main.py` it lives in."""
    for folder in (*PIPELINES, *SERVICES):
        module = import_module(f"functions.{folder}.main")
        for name in vars(module):
            if name == folder or name.startswith(f"{folder}_"):
                yield name, module


def app_of(name: str, module: ModuleType) -> Starlette:
    """The ASGI app that functions-framework serves for one function, as `FUNCTION_TARGET={name}` would."""
    make: Callable[..., Starlette] = functions_framework.aio.create_asgi_app_from_module
    return make(name, str(module.__file__), "http", module, module.__spec__)


def mounts() -> list[Mount]:
    """One mount per function; the jobs' API has the root as well."""
    apps = {name: app_of(name, module) for name, module in deployed()}
    return [*(Mount(f"{PREFIX}/{name}", app=app) for name, app in apps.items()), Mount("/", app=apps["jobs_api"])]
