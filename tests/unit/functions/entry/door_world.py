"""Deployed functions on loopback as they are in the cloud: behind Google's identity tokens, on an embedded store."""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.routing import Mount

from infra.emulators.cloud_run_proxy import CERTS, Front
from infra.emulators.identity_tokens import Identity
from infra.local.function_mounts import app_of
from infra.local.uvicorn_server import serve
from shared.adapters.google.identity_token_check import GoogleIdentity
from shared.adapters.web.guarded_client import GuardedWeb
from shared.ports import Ports
from shared.ports.clock import SystemClock
from shared.settings import Settings
from tests.support.engine.world import World
from tests.support.waiting import PATIENCE
from tests.unit.shared.adapters.web.conftest import NO_TLS

ACCOUNT = "tasks@ours.iam.gserviceaccount.com"
SCHEDULER = "scheduler@ours.iam.gserviceaccount.com"
ADDRESS = "https://{service}-1.run.app"


def audience(function: str) -> str:
    return f"https://{function.replace('_', '-')}-1.run.app"


@dataclass
class Door:
    """The functions of some modules, to be called by anybody."""

    signer: Identity
    world: World
    ports: Ports
    http: httpx2.AsyncClient

    def token(self, function: str, account: str = ACCOUNT, **changes: Any) -> str:
        return self.signer.token(account, changes.pop("aud", audience(function)), **changes)

    async def call(self, function: str, body: bytes = b"{}", headers: dict[str, str] | None = None) -> httpx2.Response:
        return await self.http.post(f"/{function}/", content=body, headers=headers or {})

    def state(self) -> list[str]:
        """All that is stored and queued."""
        with sqlite3.connect(self.world.database.file) as copy:
            return list(copy.iterdump())


@cache
def _google() -> Identity:
    """One key for all doors: to make one takes longer than a test."""
    return Identity()


@asynccontextmanager
async def door(folder: Path, functions: dict[str, ModuleType], **settings: Any) -> AsyncIterator[Door]:
    signer, world, web = _google(), World(folder), GuardedWeb((), tls=NO_TLS)
    async with (
        httpx2.AsyncClient(verify=NO_TLS) as nobody,
        serve(Front({}, nobody, account=ACCOUNT, key=signer.public_key, token=signer.token).private) as base,
    ):
        made = Settings(tasks_account=ACCOUNT, callers=(SCHEDULER,), function_url=ADDRESS, **settings)
        identity = GoogleIdentity(web, SystemClock(), f"{base}{CERTS}", iam_checked=bool(made.iam_checked))
        ports = world.with_ports(settings=made, identity=identity, web=web)
        app = Starlette(routes=[Mount(f"/{name}", app=app_of(name, module)) for name, module in functions.items()])
        options: dict[str, Any] = {"trust_env": False, "verify": NO_TLS, "timeout": PATIENCE}
        async with serve(app) as url, httpx2.AsyncClient(base_url=url, **options) as http:
            yield Door(signer, world, ports, http)
    await web.aclose()
    world.close()


def unsigned(token: str) -> str:
    """A token as Cloud Run hands it on once it has checked it."""
    return f"{token.rpartition('.')[0]}.SIGNATURE_REMOVED_BY_GOOGLE"


def without_algorithm(token: str) -> str:
    """Says that it needs no signature."""
    head = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode()).rstrip(b"=").decode()
    return f"{head}.{token.split('.')[1]}."
