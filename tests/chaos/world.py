"""The local cloud as a process with workers, a model that answers on loopback, and how to find and kill workers."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psutil
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.uvicorn_server import serve
from tests.pipelines.calls.flow import value_of
from tests.support.waiting import PATIENCE, until_true

NUMBER = re.compile(r"number (\d+)")
DONE = ("succeeded", "partial", "failed", "cancelled")


@dataclass
class Model:
    """Speaks just enough of chat completions. `asked`: how often each number was. It answers while `open` is set."""

    latency: float
    asked: Counter[int] = field(default_factory=Counter)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: Request) -> Response:
        try:
            body = await request.body()
        except ClientDisconnect:  # who asked was killed
            return Response(status_code=400)
        found = NUMBER.search(body.decode())
        assert found is not None
        number = int(found[1])
        self.asked[number] += 1
        await asyncio.sleep(self.latency)
        await self.open.wait()
        text = json.dumps({"number": number, "value": value_of(number)})
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
        usage = {"prompt_tokens": 60, "completion_tokens": 10, "total_tokens": 70}
        head = {"id": "one", "object": "chat.completion", "created": 0, "model": "gpt-6-luna"}
        return JSONResponse({**head, "choices": [choice], "usage": usage})


@contextlib.asynccontextmanager
async def model(latency: float, *, shut: bool = False) -> AsyncIterator[tuple[Model, str]]:
    """The model, and its base URL. `shut`: it does not answer until it is opened."""
    made = Model(latency)
    if not shut:
        made.open.set()
    async with serve(Starlette(routes=[Route("/v1/chat/completions", made.answer, methods=["POST"])])) as base:
        yield made, f"{base}/v1"


class Cloud:
    """One run of `headrace dev` with workers on a folder."""

    def __init__(self, data: Path, workers: int, **environment: str) -> None:
        self.data = data
        (data / "cloud.json").unlink(missing_ok=True)
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("HEADRACE", "OPENAI"))}
        command = [sys.executable, "-m", "infra.cli.main", "dev", "--port", "0", "--data", str(data), "--workers", str(workers)]
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            command, env={**plain, "PYTHONPATH": str(Path.cwd()), **environment}, stdout=subprocess.DEVNULL
        )

    async def url(self) -> str:
        """Where it listens, once it does."""
        async with asyncio.timeout(PATIENCE):
            while True:
                assert self.process.poll() is None, "the local cloud ended"
                with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
                    return str(json.loads((self.data / "cloud.json").read_text())["url"])
                await asyncio.sleep(0.02)

    def supervisor(self) -> int | None:
        """The process id of its workers' parent, once there is one."""
        return next(iter(_children(self.process.pid, table())), None)

    def workers(self) -> list[int]:
        """Its workers' process ids: those that run."""
        listed = table()
        return [pid for parent in _children(self.process.pid, listed) for pid in _children(parent, listed)]

    def processes(self) -> set[int]:
        """All of it."""
        return {self.process.pid, *_children(self.process.pid, table()), *self.workers()}

    async def up(self, count: int) -> list[int]:
        """Its workers, once there are so many."""
        async with asyncio.timeout(PATIENCE):
            while len(found := await asyncio.to_thread(self.workers)) < count:
                await asyncio.sleep(0.05)
        return found

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Signal the main process, and wait for its end; not for its workers'."""
        self.process.send_signal(how)
        self.process.wait(PATIENCE)


def table() -> list[tuple[int, int]]:
    """Every process that runs, with its parent. One that has ended and is only waited for does not run."""
    listed = (process.info for process in psutil.process_iter(["pid", "ppid", "status"]))
    return [(row["pid"], row["ppid"]) for row in listed if row["status"] != psutil.STATUS_ZOMBIE]


def _children(parent: int, listed: list[tuple[int, int]]) -> list[int]:
    return [pid for pid, its in listed if its == parent]


def living() -> set[int]:
    return {pid for pid, _ in table()}


async def all_gone(pids: set[int]) -> None:
    """Until none of them runs."""
    async with asyncio.timeout(PATIENCE):
        while pids & await asyncio.to_thread(living):
            await asyncio.sleep(0.05)


async def asked_times(asked: Model, times: int) -> None:
    """Until the model was asked so often."""
    await until_true(lambda: asked.asked.total() >= times)


async def start(http: httpx2.AsyncClient, pipeline: str, **request: Any) -> str:
    answer = await http.post("/api/v1/jobs", json={"pipeline": pipeline, "input": request})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


async def wait(http: httpx2.AsyncClient, job: str, seconds: float, *, every: float = 0.1) -> dict[str, Any]:
    """The job as the API shows it, once it has ended."""
    async with asyncio.timeout(seconds):
        while (view := (await http.get(f"/api/v1/jobs/{job}")).json())["status"] not in DONE:
            await asyncio.sleep(every)
    return dict(view)
