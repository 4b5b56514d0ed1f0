"""A tasks port with queues and a place where the deliveries arrive, the same for every adapter."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infra.emulators.cloud_tasks import CloudTasks as Emulator
from infra.emulators.cloud_tasks import queue_of
from infra.local.dispatcher import Dispatcher
from infra.local.function_mounts import PREFIX
from shared.adapters.embedded.tasks import SqliteTasks
from shared.adapters.google.tasks import CloudTasks, Target
from shared.engine.flow import Lane
from shared.ports.tasks import Task, Tasks
from tests.support.waiting import PATIENCE

LANES = {
    "web-bulk": Lane(rate=500, concurrency=3, attempts=3, min_backoff=0.05, max_backoff=0.1),
    "web-interactive": Lane(rate=500, concurrency=50, attempts=3, min_backoff=0.05, max_backoff=0.1),
    "slow-bulk": Lane(rate=20, concurrency=50),
}
PARENT = "projects/test/locations/here"
ACCOUNT = "tasks@test.iam.gserviceaccount.com"


@dataclass
class Delivery:
    headers: dict[str, str]
    body: Any
    at: float


class Receiver:
    """Serves every function: remembers what came, answers 200 or what `answers` says next, after `holds` seconds."""

    def __init__(self) -> None:
        self.url = ""
        self.came: dict[str, list[Delivery]] = defaultdict(list)
        self.doors: dict[str, Callable[[Request], Awaitable[Response]]] = {}
        """What answers for some functions."""
        self.answers: dict[str, list[int]] = defaultdict(list)
        self.holds: dict[str, float] = defaultdict(float)
        self.under_way: dict[str, list[int]] = defaultdict(list)
        self._now: dict[str, int] = defaultdict(int)
        self.app = Starlette(routes=[Route(f"{PREFIX}/{{function}}/", self._receive, methods=["POST"])])

    async def _receive(self, request: Request) -> Response:
        function = request.path_params["function"]
        self.came[function].append(Delivery(dict(request.headers), json.loads(await request.body()), time.time()))
        if function in self.doors:
            return await self.doors[function](request)
        self._now[function] += 1
        self.under_way[function].append(self._now[function])
        await asyncio.sleep(self.holds[function])
        self._now[function] -= 1
        answers = self.answers[function]
        return Response(status_code=answers.pop(0) if answers else 200)


class Deliveries:
    """One test's tasks: they go to `function`."""

    def __init__(self, tasks: Tasks, receiver: Receiver) -> None:
        self.tasks = tasks
        self.receiver = receiver
        self.function = f"test_{uuid.uuid4().hex[:12]}"

    def task(self, name: str, lane: str = "web-bulk", **options: Any) -> Task:
        return Task(f"{self.function}.{name}", lane, options.pop("function", self.function), **options)

    @property
    def came(self) -> list[Delivery]:
        return self.receiver.came[self.function]

    async def settled(self, count: int, quiet: float = 0.3, within: float = PATIENCE) -> list[Delivery]:
        """What has come once `count` deliveries have, and for `quiet` seconds no more."""
        until = time.monotonic() + within
        while len(self.came) < count and time.monotonic() < until:
            await asyncio.sleep(0.01)
        await asyncio.sleep(quiet)
        return self.came


@asynccontextmanager
async def local_deliveries(queue: SqliteTasks, receiver: Receiver) -> AsyncIterator[Deliveries]:
    running = asyncio.create_task(Dispatcher(queue, LANES, [receiver.url]).run())
    yield Deliveries(queue, receiver)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@asynccontextmanager
async def cloud_deliveries(receiver: Receiver) -> AsyncIterator[Deliveries]:
    async with Emulator() as emulator:
        await make_queues(emulator)
        tasks = CloudTasks("test", "here", Target(f"{receiver.url}{PREFIX}/{{function}}/"), host=emulator.host)
        yield Deliveries(tasks, receiver)
        await tasks.aclose()


async def make_queues(emulator: Emulator) -> None:
    client: Any = emulator.client()
    for name, lane in LANES.items():
        made = queue_of(f"{PARENT}/queues/{name}", lane)
        await client.create_queue(parent=PARENT, queue=made)
    await client.transport.close()
