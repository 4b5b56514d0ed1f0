"""Delivery as Cloud Tasks does it: headers, concurrency, rate, backoff, and an end to patience."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infra.local.dispatcher import Dispatcher
from infra.local.uvicorn_server import serve
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import SqliteTasks
from shared.engine.flow import Lane
from shared.ports.tasks import Task
from tests.support.waiting import PATIENCE, until_true

YEAR_2096 = 4e9


@dataclass
class Function:
    """A function that remembers its deliveries."""

    answer: Callable[[Request], int] = lambda _: 200
    seconds: float = 0.0
    together: int = 0
    """So many are waited for before the first is answered."""
    headers: list[dict[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    running: int = 0
    most: int = 0

    async def __call__(self, request: Request) -> Response:
        self.headers.append(dict(request.headers))
        self.times.append(time.monotonic())
        self.running += 1
        self.most = max(self.most, self.running)
        await until_true(lambda: self.most >= self.together, every=0.001)
        await asyncio.sleep(self.seconds)
        self.running -= 1
        return Response(status_code=self.answer(request))


@contextlib.asynccontextmanager
async def dispatching(folder: Path, function: Function, lane: Lane) -> AsyncIterator[SqliteTasks]:
    async def endpoint(request: Request) -> Response:
        return await function(request)

    database = Database(folder / "q.db", synchronous="OFF")
    queue = SqliteTasks(database)
    async with serve(Starlette(routes=[Route("/_functions/f/", endpoint, methods=["POST"])])) as url:
        running = asyncio.create_task(Dispatcher(queue, {"web-bulk": lane}, [url]).run())
        yield queue
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
    database.close()


def tasks(count: int) -> list[Task]:
    return [Task(f"t{n}", "web-bulk", "f", {"n": n}) for n in range(count)]


async def test_a_task_arrives_with_cloud_tasks_headers_and_ends(tmp_path: Path) -> None:
    function = Function()
    async with dispatching(tmp_path, function, Lane(rate=100, concurrency=10)) as queue:
        await queue.enqueue(*tasks(1))
        await until_true(lambda: not queue.depth())
    (headers,) = function.headers
    assert (headers["x-cloudtasks-queuename"], headers["x-cloudtasks-taskname"]) == ("web-bulk", "t0")
    assert headers["x-cloudtasks-taskretrycount"] == "0"


async def test_no_more_than_the_lanes_concurrency_at_once(tmp_path: Path) -> None:
    function = Function(seconds=0.03, together=4)
    async with dispatching(tmp_path, function, Lane(rate=1000, concurrency=4)) as queue:
        await queue.enqueue(*tasks(20))
        await until_true(lambda: not queue.depth())
    assert (function.most, len(function.times)) == (4, 20)


async def test_no_faster_than_the_lanes_rate(tmp_path: Path) -> None:
    function = Function()
    async with dispatching(tmp_path, function, Lane(rate=20, concurrency=100)) as queue:
        began = time.monotonic()
        await queue.enqueue(*tasks(30))
        await until_true(lambda: not queue.depth())
    assert function.times[-1] - began >= (30 - 20) / 20 * 0.8


@pytest.mark.fault(9)
async def test_failures_come_back_with_backoff_until_patience_ends(tmp_path: Path) -> None:
    function = Function(answer=lambda _: 503)
    async with dispatching(tmp_path, function, Lane(rate=100, concurrency=10, attempts=3, min_backoff=0.1)) as queue:
        await queue.enqueue(*tasks(1))
        await until_true(lambda: not queue.depth())
    assert [headers["x-cloudtasks-taskretrycount"] for headers in function.headers] == ["0", "1", "2"]
    first, second = function.times[1] - function.times[0], function.times[2] - function.times[1]
    assert first >= 0.09
    assert second >= 0.18


async def test_a_full_lane_does_not_hold_up_another(tmp_path: Path) -> None:
    function = Function(seconds=0.2)
    async with dispatching(tmp_path, function, Lane(rate=100, concurrency=1)) as queue:
        await queue.enqueue(*tasks(2), Task("later", "web-bulk", "f", {}, YEAR_2096))
        await until_true(lambda: len(function.times) == 2)
        assert queue.depth()["web-bulk"] >= 1


@pytest.mark.parametrize("gone", [True, False])
async def test_a_server_that_is_away_only_delays(tmp_path: Path, gone: bool) -> None:
    answers = iter([500, 200] if gone else [200])
    function = Function(answer=lambda _: next(answers))
    async with dispatching(tmp_path, function, Lane(rate=100, concurrency=1, min_backoff=0.05)) as queue:
        await queue.enqueue(*tasks(1))
        await until_true(lambda: not queue.depth())
    assert len(function.times) == (2 if gone else 1)


async def test_it_ends_when_it_is_told_to_whatever_arrives(tmp_path: Path) -> None:
    """Cancelled at the very moment that something arrives, many times over."""
    database = Database(tmp_path / "q.db", synchronous="OFF")
    queue = SqliteTasks(database)
    for _ in range(50):
        running = asyncio.create_task(Dispatcher(queue, {"web-bulk": Lane(rate=1, concurrency=1)}, ["http://127.0.0.1:9"]).run())
        await asyncio.sleep(0.005)
        queue.arrived.set()
        running.cancel()
        done, _ = await asyncio.wait([running], timeout=PATIENCE)
        assert done
    database.close()
