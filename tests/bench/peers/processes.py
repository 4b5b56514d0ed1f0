"""A peer's processes: its workers, whoever submits, a Redis of its own. All of them end with the comparison."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from tests.bench.peers.work import Work, environment

PYTHON = Path(".venv-peers/bin/python")
LOG = Path("out/peers.log")
"""What peers print on standard error."""


@dataclass(frozen=True)
class Peer:
    """One way of doing the work: its module, the further arguments of its processes, its workers, whether it needs Redis."""

    name: str
    module: str
    options: tuple[str, ...] = ()
    workers: int = 0
    redis: bool = False
    noop: bool = False
    tuned: bool = False
    """Set up otherwise than its documentation does: shown, but not what others are held to."""


@dataclass
class Group:
    """Each process leads a process group of its own, so that its children end with it."""

    peer: Peer
    todo: Work
    workers: list[Process] = field(default_factory=list)
    started: list[Process] = field(default_factory=list)

    async def start(self, part: str) -> Process:
        """Start `submit` or a `worker`."""
        command = [str(PYTHON), "-m", f"tests.bench.peers.{self.peer.module}", part, *self.peer.options]
        with _log() as log:
            process = await asyncio.create_subprocess_exec(
                *command, env=environment(self.todo), stdout=PIPE, stderr=log, start_new_session=True
            )
        self.started.append(process)
        return process

    @staticmethod
    def kill(process: Process) -> None:
        """SIGKILL to a process and its children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    def end(self) -> None:
        """SIGKILL to all of them."""
        for process in self.started:
            self.kill(process)


def _log() -> IO[bytes]:
    LOG.parent.mkdir(exist_ok=True)
    return LOG.open("ab")


@contextlib.asynccontextmanager
async def placed(peer: Peer, todo: Work) -> AsyncIterator[Group]:
    """A folder, a Redis where needed, and workers that are ready."""
    async with contextlib.AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        redis = await stack.enter_async_context(_redis(folder)) if peer.redis else ""
        group = Group(peer, replace(todo, folder=folder, redis=redis))
        stack.callback(group.end)
        for _ in range(peer.workers):
            group.workers.append(await group.start("worker"))
        for worker in group.workers:
            await _ready(worker)
        yield group


async def _ready(worker: Process) -> None:
    """Wait until a worker says that it takes work; it may print a banner first."""
    assert worker.stdout is not None
    async with asyncio.timeout(30):
        while b"ready" not in (line := await worker.stdout.readline()):
            assert line, f"a peer's worker did not start: see {LOG}"


@contextlib.asynccontextmanager
async def _redis(folder: str) -> AsyncIterator[str]:
    """A Redis that keeps what it is told (append-only file, flushed each second), on a socket in `folder`."""
    socket = f"{folder}/redis.sock"
    options = ["--port", "0", "--unixsocket", socket, "--dir", folder, "--appendonly", "yes", "--save", ""]
    process = await asyncio.create_subprocess_exec("redis-server", *options, stdout=DEVNULL)
    try:
        while not Path(socket).exists():
            await asyncio.sleep(0.05)
        yield socket
    finally:
        process.kill()
        await process.wait()


async def done(process: Process, patience: float) -> dict[str, Any] | None:
    """What a `submit` printed (`work.Done`); None when it did not in time."""
    assert process.stdout is not None
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while line := await process.stdout.readline():
                if line.startswith(b"{"):
                    said: dict[str, Any] = json.loads(line)
                    return said
    return None
