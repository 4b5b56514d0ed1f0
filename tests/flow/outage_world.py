"""A pipeline's own flow on the embedded adapters and the real model client, a clock that jumps, and a provider that goes away.

The provider is the offline model behind a door. The door counts what was answered, and fails as it is told while it is shut: an outage
of minutes, or of an hour, takes no time.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from infra.local.uvicorn_server import listen, serve, url_of
from infra.offline_model.server import offline_app
from infra.sample_sites.server import Latency, sample_settings, samples_app
from infra.testing.pipeline_world import PipelineWorld
from infra.testing.virtual_clock import VirtualClock
from shared import bootstrap
from shared.adapters.openai.models import OpenAIModels
from shared.engine.flow import Flow
from shared.engine.job import controls, lifecycle
from shared.engine.limits import SharedLimits
from shared.engine.limits.circuit import SharedCircuit
from shared.engine.limits.configured_limits import limits_of
from shared.engine.spending import usage_meter
from shared.engine.spending.usage_meter import count_usage
from shared.engine.store.payloads import load_value
from shared.engine.store.schema.job import JobRecord
from shared.ports import Ports
from shared.settings import Settings
from tests.support.metered import metered_models

Way: TypeAlias = Literal["closed port", "500", "HTML", "hanging", "cut off", "429"]
SHORT = 0.2
"""Seconds that a call which will never be answered is waited for."""


@dataclass
class Door:
    """Stands before the provider. It shuts when `middle` questions have been answered, and opens again at `back_at`."""

    provider: ASGIApp
    clock: VirtualClock
    middle: int = 1 << 30
    way: Way = "500"
    seconds: float = 0.0
    back_at: float = 0.0
    answered: Counter[str] = field(default_factory=Counter)
    turned_away: list[float] = field(default_factory=list)
    """When each call came that was not answered."""

    @property
    def shut(self) -> bool:
        return self.clock.now() < self.back_at

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = await request.body()
        if self.shut:
            await self._fail(scope, receive, send)
            return
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def again() -> Any:
            return next(given, None) or await receive()

        await self.provider(scope, again, send)
        self.answered[f"{request.url.path} {hashlib.sha256(body).hexdigest()}"] += 1
        if self.answered.total() == self.middle:
            self.back_at = self.clock.now() + self.seconds

    async def _fail(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.turned_away.append(self.clock.now())
        if self.way == "hanging":
            while (await receive())["type"] != "http.disconnect":
                pass
            return
        if self.way == "cut off":
            length = [(b"content-type", b"application/json"), (b"content-length", b"900")]
            await send({"type": "http.response.start", "status": 200, "headers": length})
            await send({"type": "http.response.body", "body": b'{"id": "c1", "choi', "more_body": False})
            return
        answers: dict[str, Response] = {
            "500": JSONResponse({"error": {"message": "The server had an error", "type": "server_error"}}, 500),
            "HTML": HTMLResponse("<html><body>We are down for maintenance.</body></html>"),
            "429": JSONResponse(
                {"error": {"message": "slow down", "type": "requests", "code": "rate_limit_exceeded"}}, 429, {"retry-after": "7"}
            ),
        }
        await answers[self.way](scope, receive, send)


@dataclass
class _Clients:
    """The real client; while the door is shut, one that waits briefly, or that knocks where nobody listens."""

    door: Door
    usual: OpenAIModels
    brief: OpenAIModels
    nobody: OpenAIModels

    def __getattr__(self, name: str) -> Any:
        by_way = {"hanging": self.brief, "closed port": self.nobody}
        return getattr(by_way.get(self.door.way, self.usual) if self.door.shut else self.usual, name)

    async def aclose(self) -> None:
        for each in (self.usual, self.brief, self.nobody):
            await each.aclose()


class OutageWorld(PipelineWorld):
    """A flow, its records, and jobs of it."""

    door: Door
    sites: str

    async def start(self, given: dict[str, Any], *, middle: int, way: Way, seconds: float) -> str:
        """Begin a job, and go on until nothing moves any more: it has ended, or it is parked. Answers its id."""
        self.door.middle, self.door.way, self.door.seconds = middle, way, seconds
        job = (await lifecycle.create(self.flow, given, lifecycle.Options(), self.ports)).job
        await self._drain(double=False)
        return job.id

    async def resume(self, job_id: str) -> None:
        """As `headrace jobs resume` does."""
        await controls.resume(self.flow, job_id, self.ports)
        await self._drain(double=False)

    async def result(self, job: JobRecord) -> Any:
        """What came of it."""
        return await load_value(self.ports, job)


@contextlib.asynccontextmanager
async def outage_world(flow: Flow, folder: Path) -> AsyncIterator[OutageWorld]:
    """A world of one flow, with sample sites and a provider on loopback."""
    clock = VirtualClock()
    door = Door(offline_app(), clock)
    sites = samples_app(Latency())
    free = listen()
    nowhere = url_of(free)
    free.close()
    async with serve(sites) as base, serve(door) as provider:
        environment = {**sample_settings(base), "HEADRACE_DATA": str(folder / "vectors"), "OPENAI_API_KEY": "a-providers"}
        settings = Settings.load({**environment, "OPENAI_BASE_URL": f"{provider}/v1"})
        world = OutageWorld(flow, folder, settings=settings, clock=clock)
        world.door, world.sites = door, base
        built = bootstrap.use(settings)
        world.ports = _ports(world, built, nowhere)
        try:
            yield world
        finally:
            await usage_meter.close_client(world.ports.models)
            await bootstrap.close(built)
            world.close()


def _ports(world: OutageWorld, built: Ports, nowhere: str) -> Ports:
    limits = SharedLimits(world.documents, world.clock, limits_of(world.settings))

    def client(settings: Settings) -> OpenAIModels:
        return OpenAIModels(settings, limits, on_usage=count_usage, web=built.web)

    clients = _Clients(
        world.door,
        client(world.settings),
        client(replace(world.settings, openai_timeout=SHORT)),
        client(replace(world.settings, openai_base_url=f"{nowhere}/v1")),
    )
    circuit = SharedCircuit("openai", world.documents, world.clock)
    return replace(
        built, documents=world.documents, tasks=world.queue, blobs=world.ports.blobs, clock=world.clock, limits=limits,
        models=metered_models(clients, circuit),
    )  # fmt: skip
