"""Deployed functions on loopback as they are in the cloud: behind Google's identity tokens, on an embedded store."""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from infra.emulators.front_server import CERTS
from infra.emulators.identity import KEY_ID, Identity
from infra.local.function_mounts import app_of
from infra.local.server import serve
from shared.adapters.google.identity import GoogleIdentity
from shared.adapters.web.client import GuardedWeb
from shared.ports import Ports
from shared.ports.clock import SystemClock
from shared.settings import Settings
from tests.engine.world import World

ACCOUNT = "tasks@ours.iam.gserviceaccount.com"
SCHEDULER = "scheduler@ours.iam.gserviceaccount.com"
ADDRESS = "https://{service}-1.run.app"


@dataclass
class Google:
    """What stands in for Google: a signer, and its certificates as they are served."""

    signer: Identity = field(default_factory=Identity)
    asked: int = 0
    status: int = 200
    served: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.served = {KEY_ID: self.signer.public_key.decode()}

    def app(self) -> Starlette:
        async def certs(_: Request) -> Response:
            self.asked += 1
            return JSONResponse(self.served, self.status, {"cache-control": "public, max-age=3600"})

        return Starlette(routes=[Route(CERTS, certs)])


def audience(function: str) -> str:
    return f"https://{function.replace('_', '-')}-1.run.app"


@dataclass
class Door:
    """The functions of some modules, to be called by anybody."""

    google: Google
    world: World
    ports: Ports
    http: httpx2.AsyncClient

    def token(self, function: str, account: str = ACCOUNT, **changes: Any) -> str:
        return self.google.signer.token(account, changes.pop("aud", audience(function)), **changes)

    async def call(self, function: str, body: bytes = b"{}", headers: dict[str, str] | None = None) -> httpx2.Response:
        return await self.http.post(f"/{function}/", content=body, headers=headers or {})

    def state(self) -> list[str]:
        """All that is stored and queued."""
        with sqlite3.connect(self.world.database.file) as copy:
            return list(copy.iterdump())


@asynccontextmanager
async def door(folder: Path, functions: dict[str, ModuleType], **settings: Any) -> AsyncIterator[Door]:
    google, world = Google(), World(folder)
    web = GuardedWeb(())
    async with serve(google.app()) as base:
        made = Settings(tasks_account=ACCOUNT, callers=(SCHEDULER,), function_url=ADDRESS, **settings)
        identity = GoogleIdentity(web, SystemClock(), f"{base}{CERTS}", iam_checked=bool(made.iam_checked))
        ports = world.with_ports(settings=made, identity=identity, web=web)
        app = Starlette(routes=[Mount(f"/{name}", app=app_of(name, module)) for name, module in functions.items()])
        async with serve(app) as url, httpx2.AsyncClient(base_url=url, trust_env=False) as http:
            yield Door(google, world, ports, http)
    await web.aclose()
    world.close()


def unsigned(token: str) -> str:
    """A token as Cloud Run hands it on once it has checked it."""
    return f"{token.rpartition('.')[0]}.SIGNATURE_REMOVED_BY_GOOGLE"


def without_algorithm(token: str) -> str:
    """Says that it needs no signature."""
    head = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode()).rstrip(b"=").decode()
    return f"{head}.{token.split('.')[1]}."
