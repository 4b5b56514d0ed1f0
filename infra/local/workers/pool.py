"""The local cloud's side of its worker processes: their sockets, their supervisor, and who of them is gone."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import pickle
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from structlog.stdlib import get_logger

from infra.local.uvicorn_server import listen, url_of
from infra.local.workers.supervisor import GRACE, STOP
from shared.settings import Settings

log = get_logger()

Gone = Callable[[str], Awaitable[None]]
"""Hears the instance name of a worker that has certainly ended."""
AGAIN = 1.0
"""Seconds before a supervisor that ended by itself is started again."""


@dataclass(frozen=True)
class Pool:
    """Worker processes: their URLs, which stay the same however often one dies, and whether the first of them has come up."""

    urls: list[str]
    up: asyncio.Event


@contextlib.asynccontextmanager
async def workers(settings: Settings, lock: int, gone: Gone, *, loaded: bool) -> AsyncIterator[Pool]:
    """`settings.workers` processes that serve the functions.

    They inherit `lock`, the folder's file lock: it is free once the last of them is gone, and not before. `loaded`: what functions
    load late is loaded before the first of them starts; else each does it beside its first work.
    """
    listeners = [listen() for _ in range(settings.workers)]
    start = partial(_start, settings, [*(listener.fileno() for listener in listeners), lock], loaded=loaded)
    up = asyncio.Event()
    kept = asyncio.create_task(_keep(await start(), start, up, gone))  # started here: it works by itself from now on
    try:
        yield Pool([url_of(listener) for listener in listeners], up)
    finally:
        kept.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await kept
        for listener in listeners:
            listener.close()


async def _keep(process: Process, start: Callable[[], Awaitable[Process]], up: asyncio.Event, gone: Gone) -> None:
    """A supervisor at any time, beginning with this one."""
    while True:
        try:
            await _listen_to(process, up, gone)
        finally:
            await _end(process)
        log.error("supervisor_ended", code=process.returncode)
        await asyncio.sleep(AGAIN)
        process = await start()


async def _start(settings: Settings, fds: Sequence[int], *, loaded: bool) -> Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "infra.local.workers.supervisor", *map(str, fds[:-1]),
        stdin=PIPE, stdout=PIPE, pass_fds=fds, start_new_session=True,  # Ctrl-C is for the local cloud, which stops it then
    )  # fmt: skip
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    process.stdin.write(b"".join(map(pickle.dumps, (sys.path, settings, loaded))))
    return process


async def _listen_to(process: Process, up: asyncio.Event, gone: Gone) -> None:
    """Pass on its news until it ends."""
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    alive: dict[str, int] = {}
    async for line in process.stdout:
        news = json.loads(line)
        if "started" in news:
            alive[news["started"]] = news["pid"]
            up.set()
        else:
            del alive[news["gone"]]
            await gone(news["gone"])
    for name, pid in alive.items():  # it was killed, and they end for want of it; this makes sure
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        await gone(name)


async def _end(process: Process) -> None:
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    if process.returncode is None and not process.stdin.is_closing():
        with contextlib.suppress(ConnectionError, RuntimeError):  # it may have gone this moment
            process.stdin.write(STOP)
            await process.stdin.drain()
    process.stdin.close()
    try:
        async with asyncio.timeout(GRACE + 2):
            await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
