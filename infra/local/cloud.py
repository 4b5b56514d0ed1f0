"""The local cloud: all functions, queues, cron and files in one process, on loopback. Nothing else is needed to run Headrace."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from starlette.applications import Starlette

from functions import LANES, pipelines
from functions.upkeep.main import SCHEDULES
from infra.local.cron import run_cron
from infra.local.dispatcher import Dispatcher, Queue
from infra.local.files import files_route
from infra.local.mounts import mounts
from infra.local.server import serve
from infra.local.warm import warm
from shared import bootstrap
from shared.engine.sweep import sweep
from shared.errors import Conflict
from shared.ports import Ports
from shared.settings import Settings

ADDRESS = "cloud.json"
"""In the data folder: where the cloud that runs on it listens, for other commands to find."""


@dataclass(frozen=True)
class LocalCloud:
    """A running local cloud."""

    url: str
    ports: Ports
    offline: bool


@contextlib.asynccontextmanager
async def local_cloud(settings: Settings, *, port: int = 0, work: bool = True) -> AsyncIterator[LocalCloud]:
    """Run the local cloud on `settings.data` until the block ends. Without `work` it answers, and starts nothing.

    Raises:
        Conflict: another local cloud runs on that folder (`data_in_use`).
        OSError: the port is taken.
    """
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(_sole_user(settings.data))
        offline = not settings.openai_api_key and not settings.openai_base_url
        if offline:
            from infra.local.offline.app import offline_app  # noqa: PLC0415 - only without a key

            base = await stack.enter_async_context(serve(offline_app()))
            settings = replace(settings, openai_base_url=f"{base}/v1", openai_api_key="offline")
        ports = bootstrap.use(settings)
        stack.push_async_callback(bootstrap.close, ports)
        queue = cast("Queue", ports.tasks)
        if work:
            await queue.recover()
            await sweep(pipelines(), ports, alone=True)
        app = Starlette(routes=[files_route(ports), *mounts()])
        url = await stack.enter_async_context(serve(app, port=port))
        address = settings.data / ADDRESS
        address.write_text(json.dumps({"url": url, "pid": os.getpid()}))
        stack.callback(address.unlink, missing_ok=True)
        lanes = {f"{name}-{kind}": lane for name, lane in LANES.items() for kind in ("interactive", "bulk")}
        if work:
            for forever in (Dispatcher(queue, lanes, [url]).run(), run_cron(SCHEDULES, url), warm()):
                stack.push_async_callback(_stop, asyncio.create_task(forever))
        yield LocalCloud(url, ports, offline)


@contextlib.contextmanager
def _sole_user(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Conflict(
                f"another local cloud runs on {folder}", code="data_in_use", advice="Stop it, or use another --data folder."
            ) from error
        yield


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
