"""Ports that fail when they are told to, and a queue that delivers over HTTP, by hand."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.routing import Route

from shared.adapters.embedded.tasks import Delivery
from shared.engine.flow import Flow
from shared.errors import Transient
from shared.ports import Ports
from shared.ports.documents import Create, Update
from tests.support.engine.stage_handler import stage_handler
from tests.support.engine.world import LANES, World


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Faulty:
    """A port whose calls fail where `when(method, arguments)` says so, before or `after` their effect."""

    port: Any
    when: Callable[[str, tuple[Any, ...]], bool]
    after: bool = False
    error: type[BaseException] = Transient
    failed: int = 0

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.port, name)
        if not asyncio.iscoroutinefunction(method):
            return method

        async def call(*arguments: Any, **options: Any) -> Any:
            fails = self.when(name, arguments)
            self.failed += fails
            if fails and not self.after:
                raise self.error("no answer")
            made = await method(*arguments, **options)
            if fails:
                raise self.error("the answer was lost")
            return made

        return call


class Together:
    """A port on which callers wait for each other, so many at a time, with what `when(method, arguments, answer)` picks in hand."""

    def __init__(self, port: Any, callers: int, when: Callable[[str, tuple[Any, ...], Any], bool]) -> None:
        self.port = port
        self.when = when
        self.barrier = asyncio.Barrier(callers)
        self.met = 0

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.port, name)
        if not asyncio.iscoroutinefunction(method):
            return method

        async def call(*arguments: Any, **options: Any) -> Any:
            answer = await method(*arguments, **options)
            if self.when(name, arguments, answer):
                with contextlib.suppress(TimeoutError):  # nobody else comes
                    async with asyncio.timeout(0.5):
                        first = await self.barrier.wait() == 0
                        self.met += first
            return answer

        return call


def at(method: str, *, then: Callable[[tuple[Any, ...]], bool] = lambda _: True, times: int = 1) -> Callable[..., bool]:
    """The first so many calls of a method, of those that `then` holds for."""
    left = [times]

    def when(name: str, arguments: tuple[Any, ...]) -> bool:
        mine = name == method and left[0] > 0 and then(arguments)
        left[0] -= mine
        return mine

    return when


def records(task: str) -> Callable[[tuple[Any, ...]], bool]:
    """Whether a commit is the one that records a task's result; `task` is in the path: `.square.0`."""
    return lambda writes: any(
        isinstance(write, Create | Update) and task in write.path and write.data.get("state") == "done" for write in writes
    )


async def post(world: World, delivery: Delivery, flow: Flow | None = None, ports: Ports | None = None) -> httpx2.Response:
    """One delivery as the queue makes it, ended or put back by the answer's status."""
    flow, name = flow or world.flow, delivery.function.removeprefix("toy_")
    handler = stage_handler(flow, name, lambda: ports or world.ports)
    app = Starlette(routes=[Route("/", handler, methods=["POST"])])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://localhost") as client:
        tries = {"x-cloudtasks-taskretrycount": str(delivery.attempts + delivery.lost)}
        answer = await client.post("/", content=delivery.body, headers=tries)
    if answer.is_success:
        await world.queue.end([delivery.name])
    else:
        await world.queue.put_back(delivery.name, world.clock.now() + 1)
    return answer


async def drain(world: World, flow: Flow | None = None, *, most: int = 2000) -> list[int]:
    """Deliver until the queue is empty; what a process died over comes again. Answers the statuses, in order."""
    statuses = []
    while world.queue.depth():
        batch = await world.due()
        if not batch:
            world.clock.time = max(world.clock.time, min(world.queue.due(LANES).values()))
        for delivery in batch:
            most -= 1
            assert most > 0, "it goes on for ever"
            try:
                statuses.append((await post(world, delivery, flow)).status_code)
            except Killed:
                await world.queue.put_back(delivery.name, world.clock.now())
    return statuses


def everything(world: World) -> list[tuple[Any, ...]]:
    """All documents, with their versions."""
    return world.database.read("SELECT path, data, version FROM documents ORDER BY path")


def enqueued(world: World, part: str) -> list[str]:
    """Names of all tasks that were ever enqueued and not forgotten, of those that hold `part`."""
    return [name for (name,) in world.database.read("SELECT name FROM queue ORDER BY name") if part in name]
