"""A whole world on loopback: sample sites, offline model, local cloud, and a small client. Used by flow tests and benches."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from infra.local.local_cloud import LocalCloud, local_cloud
from infra.local.uvicorn_server import serve
from infra.offline_model.server import offline_app
from infra.sample_sites.server import SAMPLE_POSTING, Latency, sample_settings, samples_app
from shared.settings import Settings
from tests.support.waiting import PATIENCE

POSTING = SAMPLE_POSTING
SAME_ROLE = "/jobs/board/larkmoor-senior-backend-engineer"
"""The same company's same role on a job board."""
DONE = ("succeeded", "partial", "failed", "cancelled")


@dataclass
class Counted:
    """Passes requests on and remembers each as method, address and body."""

    app: ASGIApp
    asked: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        body = await request.body()
        self.asked.append(f"{request.method} {request.url.path}?{request.url.query} {hashlib.sha256(body).hexdigest()}")
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def again() -> Any:
            return next(given, None) or await receive()

        await self.app(scope, again, send)


@dataclass
class Outside:
    """The outside world: where it is, and what it was asked."""

    base: str
    model_base: str
    sites: Starlette
    site: Counted
    model: Counted

    def environment(self, data: Path, **more: str) -> dict[str, str]:
        """The settings that point Headrace at it."""
        return {
            **sample_settings(self.base),
            "OPENAI_BASE_URL": f"{self.model_base}/v1",
            "OPENAI_API_KEY": "a-providers",
            "HEADRACE_DATA": str(data),
            "HEADRACE_SYNC": os.environ.get("HEADRACE_SYNC", "FULL"),
            **more,
        }

    def calls(self) -> dict[str, int]:
        """Requests answered so far, by kind."""
        counts: dict[str, int] = self.sites.state.counts
        return {**counts, "model": len(self.model.asked)}


@contextlib.asynccontextmanager
async def outside(latency: Latency | None = None, *, model_latency: float = 0.0, **sites: Any) -> AsyncIterator[Outside]:
    app = samples_app(latency or Latency(), **sites)
    model = Counted(offline_app(latency=model_latency))
    site = Counted(app)
    async with serve(site) as base, serve(model) as model_base:
        yield Outside(base, model_base, app, site, model)


@dataclass
class Client:
    """What a user of the API does."""

    http: httpx2.AsyncClient

    async def start(self, posting: dict[str, Any], **options: Any) -> str:
        answer = await self.http.post("/api/v1/jobs", json={"pipeline": "interview-prep", "input": posting, "options": options})
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    async def job(self, job: str) -> dict[str, Any]:
        view: dict[str, Any] = (await self.http.get(f"/api/v1/jobs/{job}")).json()
        return view

    async def wait(self, job: str, seconds: float = 120) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            while (view := await self.job(job))["status"] not in DONE:
                await asyncio.sleep(0.02)
        return view

    async def run(self, posting: dict[str, Any], seconds: float = 120, **options: Any) -> dict[str, Any]:
        return await self.wait(await self.start(posting, **options), seconds)

    async def pdf(self, job: str) -> bytes:
        answer = await self.http.get(f"/api/v1/jobs/{job}/result", follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return answer.content


@contextlib.asynccontextmanager
async def running(world: Outside, data: Path, **settings: str) -> AsyncIterator[tuple[Client, LocalCloud]]:
    """A local cloud pointed at `world`, and a client of it."""
    async with (
        local_cloud(Settings.load(world.environment(data, **settings))) as cloud,
        httpx2.AsyncClient(base_url=cloud.url, trust_env=False, timeout=PATIENCE) as http,
    ):
        yield Client(http), cloud


@contextlib.asynccontextmanager
async def cloud_process(world: Outside, data: Path, **settings: str) -> AsyncIterator[Client]:
    """The same in a process of its own, as users have it: the outside world costs it no time."""
    process = start_cloud(world, data, **settings)
    try:
        async with httpx2.AsyncClient(base_url=await address_of(data, process), trust_env=False, timeout=PATIENCE) as http:
            yield Client(http)
    finally:
        process.kill()
        process.wait()


def start_cloud(world: Outside, data: Path, **settings: str) -> subprocess.Popen[bytes]:
    """Start a local cloud; `address_of` says where it listens once it does."""
    (data / "cloud.json").unlink(missing_ok=True)
    command = [sys.executable, "-m", "infra.cli.main", "dev", "--port", "0", "--data", str(data)]
    environment = {**os.environ, **world.environment(data, **settings)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command


async def address_of(data: Path, process: subprocess.Popen[bytes]) -> str:
    """Where a started cloud listens."""
    async with asyncio.timeout(PATIENCE):
        while True:
            assert process.poll() is None, "the local cloud ended"
            with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
                found: dict[str, Any] = json.loads((data / "cloud.json").read_text())
                if found["pid"] == process.pid:
                    return str(found["url"])
            await asyncio.sleep(0.02)
