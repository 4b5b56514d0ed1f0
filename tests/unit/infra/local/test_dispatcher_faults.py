"""A store that fails now and then, lanes that changed since the last start, odd rates: every task is delivered and ended all the same."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from structlog.testing import capture_logs

from infra.local import change_events, cron, dispatcher
from infra.local.dispatcher import Dispatcher
from infra.local.uvicorn_server import serve
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import SqliteTasks
from shared.engine.flow import Lane
from shared.engine.trigger.schedule_slots import Schedule
from shared.errors import Transient
from shared.ports.tasks import Task
from tests.support.waiting import PATIENCE, until_true

LANE = Lane(rate=200, concurrency=10, min_backoff=0.01, max_backoff=0.02)
STATUSES = {"again": [500, 200]}


class Failing:
    """A queue of which each method fails the first two times."""

    def __init__(self, queue: SqliteTasks) -> None:
        self._queue = queue
        self.failed: dict[str, int] = dict.fromkeys(("take", "due", "end", "put_back", "depth"), 0)

    def __getattr__(self, name: str) -> Any:
        whole = getattr(self._queue, name)
        if name not in self.failed:
            return whole

        def call(*arguments: Any, **options: Any) -> Any:
            if self.failed[name] < 2:
                self.failed[name] += 1
                raise Transient("the disk is full", code="store_full", advice="Free some space.")
            return whole(*arguments, **options)

        return call


@contextlib.asynccontextmanager
async def delivering(
    folder: Path, lanes: dict[str, Lane], *, failing: bool = False
) -> AsyncIterator[tuple[SqliteTasks, list[str], Any]]:
    came: list[str] = []
    statuses = {name: list(some) for name, some in STATUSES.items()}

    async def endpoint(request: Request) -> Response:
        came.append(name := request.headers["x-cloudtasks-taskname"])
        return Response(status_code=statuses[name].pop(0) if name in statuses else 200)

    database = Database(folder / "q.db", synchronous="OFF")
    queue = SqliteTasks(database)
    used: Any = Failing(queue) if failing else queue
    async with serve(Starlette(routes=[Route("/_functions/f/", endpoint, methods=["POST"])])) as url:
        yield queue, came, lambda: asyncio.create_task(Dispatcher(used, lanes, [url]).run())
    database.close()


async def until_empty(queue: SqliteTasks, running: asyncio.Task[None]) -> None:
    async with asyncio.timeout(PATIENCE):
        while queue.depth():
            assert not running.done(), "the dispatcher has ended"
            await asyncio.sleep(0.01)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def test_a_store_that_fails_delays_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatcher, "IDLE", 0.02)
    async with delivering(tmp_path, {"l": LANE}, failing=True) as (queue, came, start):
        with capture_logs() as lines:
            await queue.enqueue(*(Task(name, "l", "f") for name in ("a", "again", "b")))
            await until_empty(queue, start())
    assert sorted(came) == ["a", "again", "again", "b"]
    (told,) = [line for line in lines if line["log_level"] == "error"]  # of eight faults or more
    assert (told["error"], told["advice"]) == ("the disk is full", "Free some space.")


async def test_what_waits_in_a_lane_that_is_gone_is_delivered_too(tmp_path: Path) -> None:
    async with delivering(tmp_path, {"l": LANE}) as (queue, came, start):
        await queue.enqueue(Task("old", "lane-of-before", "f"), Task("new", "l", "f"))
        await until_empty(queue, start())
    assert sorted(came) == ["new", "old"]


@pytest.mark.parametrize(("rate", "seconds"), [(0.4, 0.0), (2.0, 0.4), (1e6, 0.0)])
async def test_a_lane_may_have_any_rate(tmp_path: Path, rate: float, seconds: float) -> None:
    """At most a second's worth at once, and at least one."""
    began = time.monotonic()
    count = 1 if rate < 1 else 3
    async with delivering(tmp_path, {"l": Lane(rate=rate, concurrency=10)}) as (queue, came, start):
        await queue.enqueue(*(Task(f"t{n}", "l", "f") for n in range(count)))
        await until_empty(queue, start())
    assert len(came) == count
    assert time.monotonic() - began >= seconds


async def test_a_lane_may_change_between_starts(tmp_path: Path) -> None:
    for concurrency in (1, 50, 2):
        async with delivering(tmp_path, {"l": Lane(rate=500, concurrency=concurrency)}) as (queue, came, start):
            await queue.recover()
            await queue.enqueue(*(Task(f"{concurrency}.{n}", "l", "f") for n in range(5)))
            await until_empty(queue, start())
            assert len(came) == 5


async def test_the_longest_backoff_is_the_lanes(tmp_path: Path) -> None:
    async with delivering(tmp_path, {"l": Lane(rate=200, concurrency=1, attempts=5000, min_backoff=0.01, max_backoff=0.02)}) as (
        queue, came, start,
    ):  # fmt: skip
        await queue.enqueue(Task("again", "l", "f"))
        await queue.take("l", 1)
        await queue._database.write(lambda db: db.execute("UPDATE queue SET attempts = 3000, state = 0"))
        await until_empty(queue, start())
    assert came == ["again", "again"]


async def test_a_feed_that_fails_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_events, "LEAST_BACKOFF", 0.01)
    asked = []

    class Feed:
        def due(self, *_: Any) -> list[Any]:
            asked.append(1)
            if len(asked) < 3:
                raise Transient("the disk is full")
            return []

    telling: Any = change_events.ChangeEventSender(Feed(), {}, "http://127.0.0.1:9")  # type: ignore[arg-type]  # all that is asked for
    running = asyncio.create_task(telling.run())
    async with asyncio.timeout(PATIENCE):
        while len(asked) < 4:
            await asyncio.sleep(0.01)
    running.cancel()


async def test_a_schedule_that_never_comes_ends_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []

    async def call(_: Any, url: str, *__: Any) -> None:
        called.append(url)

    monkeypatch.setattr(cron, "_call", call)
    schedules = {
        "never": Schedule("0 0 30 2 *", "UTC", missed="once"),
        "nowhere": Schedule("* * * * *", "Nowhere/Atlantis", missed="once"),
        "well": Schedule("* * * * *", "UTC", missed="once"),
    }
    running = asyncio.create_task(cron.run_cron(schedules, "http://x"))
    await until_true(lambda: called)
    assert not running.done()
    assert called == ["http://x/_functions/well/"]
    running.cancel()
