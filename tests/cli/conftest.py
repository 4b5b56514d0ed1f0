"""A fake API in a thread of its own, and the command line pointed at it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send
from typer import Typer
from typer.main import get_command
from typer.testing import CliRunner, Result

from infra.cli.main import app
from infra.cli.output import value_formatting
from infra.local.uvicorn_server import serve
from shared.adapters.embedded.sqlite_file import Database
from shared.ports.clock import SystemClock
from tests.cli.fake_api import NOW, FakeApi
from tests.support.stopped_clock import StoppedClock
from tests.support.waiting import PATIENCE
from tests.unit.functions.jobs_api.toy import World, app_of, make_world


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(value_formatting, "clock", StoppedClock(NOW))


@cache
def _command(app: Typer, *_: object) -> Any:
    return get_command(app)


@pytest.fixture(autouse=True)
def _built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """typer makes all commands anew each time one is run: a tenth of a second, that every process takes once."""
    monkeypatch.setattr(
        "typer.testing._get_command", lambda app: _command(app, *(one.callback for one in app.registered_commands))
    )


class _Stage:
    """Where one fake after the other plays: starting a server for each would take longer than the tests."""

    app: ASGIApp
    url: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def stage() -> Iterator[_Stage]:
    made, loop = _Stage(), asyncio.new_event_loop()
    ready, over = threading.Event(), asyncio.Event()

    async def work() -> None:
        async with serve(made) as made.url:
            ready.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(work(),))
    thread.start()
    assert ready.wait(PATIENCE)
    yield made
    loop.call_soon_threadsafe(over.set)
    thread.join(PATIENCE)
    loop.close()


@pytest.fixture
def api(stage: _Stage) -> FakeApi:
    fake = FakeApi(stage.url)
    stage.app = fake.app()
    return fake


@pytest.fixture
def headrace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the command line in an empty folder with an empty environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("HEADRACE_URL", "HEADRACE_DATA", "HEADRACE_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "140")

    def run(*words: str, given: str | None = None) -> Result:
        return CliRunner().invoke(app, list(words), input=given)

    return run


@pytest.fixture
def served(stage: _Stage, tmp_path: Path) -> Iterator[World]:
    """The real API over a small world, where the fake one plays otherwise."""
    database = Database(tmp_path / "served.db", synchronous="OFF")
    world = make_world(tmp_path, database, SystemClock())
    stage.app = app_of(world)
    yield world
    database.close()
