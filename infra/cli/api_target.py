"""Whom a command talks to: a deployment, the local cloud that runs on the data folder, or one started for the duration."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from infra.cli import event_loop
from infra.cli.api_client import Client
from infra.cli.output import tables
from infra.local.data_folder_lock import where
from shared.errors import Conflict
from shared.settings import Settings

Value = TypeVar("Value")

STARTING = 10.0
"""Seconds that a local cloud may take between locking its folder and saying where it listens."""


@dataclass(frozen=True)
class Target:
    """A client, and whether its cloud lives and ends with this command."""

    client: Client
    own: bool = False
    lasting: bool = True
    """Whether its jobs are still there afterwards."""
    flags: str = ""
    """What a further command has to be given to come here: ` --data DIR`, say."""


@contextlib.asynccontextmanager
async def reach(
    url: str | None, data: Path | None, settings: Settings | None = None, *, work: bool = True
) -> AsyncIterator[Target]:
    """The deployment at `url` or HEADRACE_URL; else the local cloud on `data`, started if none runs (without `work`: only to answer).

    Raises:
        Conflict: a local cloud holds the folder and does not answer (`data_in_use`).
    """
    settings = settings or Settings.load()
    flags = f" --url {shlex.quote(url)}" if url else f" --data {shlex.quote(str(data))}" if data else ""
    settings = replace(settings, url=url or settings.url, data=data or settings.data)
    async with contextlib.AsyncExitStack() as stack:
        found, own = await _address(settings, stack, work=work)
        yield Target(await stack.enter_async_context(Client(found, settings.api_key)), own=own, flags=flags)


def with_target(
    url: str | None, data: Path | None, action: Callable[[Target], Awaitable[Value]], *, only_ask: bool = False
) -> Value:
    """Do `action` with a target, in an event loop of its own. `only_ask`: a cloud started for it leaves unfinished jobs asleep."""

    async def done() -> Value:
        async with reach(url, data, work=not only_ask) as target:
            return await action(target)

    return event_loop.run(done())


async def _address(settings: Settings, stack: contextlib.AsyncExitStack, *, work: bool) -> tuple[str, bool]:
    """An address, and whether its cloud was started here."""
    if settings.url:
        return settings.url, False
    until = time.monotonic() + STARTING
    while True:
        if running := await running_cloud(settings.data):
            return running, False
        from infra.local.local_cloud import local_cloud  # noqa: PLC0415 - half a second that other commands save

        try:
            cloud = await stack.enter_async_context(local_cloud(settings, work=work))
        except Conflict:  # one is starting, or ending, on that folder
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.2)
        else:
            for broken in cloud.left_out:
                tables.warning(str(broken))
            return cloud.url, True


async def running_cloud(data: Path) -> str | None:
    """The address of the local cloud that runs on this very folder, if it is alive and answers."""
    if (found := where(data)) is None:
        return None
    url, pid = found
    if not _alive(pid):
        return None
    async with Client(url) as client:
        return url if await client.healthy() else None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
