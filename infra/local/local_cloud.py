"""The local cloud: all functions, queues, cron and files on loopback. Nothing else is needed to run Headrace.

Started for one command with one worker, that is one process. With more workers, or to serve for long (`apart`), this one keeps the
API, the files, the queues and the schedules, and the functions run in processes of their own (`infra.local.workers.pool`), of which
any may die at any time.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import cast

from starlette.types import ASGIApp, Receive, Scope, Send
from structlog.stdlib import get_logger

from functions import flow_check, left_out, pipelines, registrations
from functions import lanes as sized_lanes
from functions.broken_pipelines import BrokenPipeline
from functions.declared_queries import declared
from functions.events.document_triggers import triggers
from functions.lane_sizes import MOST_PER_SECOND
from functions.upkeep.schedules import schedules
from infra.local import code_reload, data_folder_lock
from infra.local.change_events import ChangeEventSender, HasChangeFeed
from infra.local.cron import run_cron
from infra.local.data_folder_lock import LastRun
from infra.local.dispatcher import Dispatcher, Queue
from infra.local.function_mounts import whole_app
from infra.local.signed_files import files_route
from infra.local.uvicorn_server import collecting_rarely, serve
from infra.local.workers.pool import Pool, workers
from infra.local.workers.preload import warm
from shared import bootstrap
from shared.engine.flow import Lane
from shared.engine.recovery.sweep import Takeover, sweep
from shared.engine.store import ended_instances
from shared.engine.store.schema.job import StillBecause
from shared.errors import Conflict, HeadraceError
from shared.ports import Ports
from shared.ports.models import OFFLINE
from shared.settings import Settings

log = get_logger()

AT_ONCE = 400
"""Deliveries that a lane may have under way for each worker process: a connection in, and perhaps one out."""
UNLIMITED = 1e6
FORGET = 60.0
"""Seconds between clearings of the queue's ended names."""
HEARTBEAT = 1.0
"""Seconds between two signs of life in the folder."""
UP = 20.0
"""Seconds for the first worker to come up."""
ENDING = 0.5
"""Seconds that the workers of a cloud that was killed may still hold its folder."""


@dataclass(frozen=True)
class LocalCloud:
    """A running local cloud."""

    url: str
    ports: Ports
    offline: bool
    left_out: tuple[BrokenPipeline, ...] = ()
    """Pipelines with mistakes: what was asked of them before waits, and nothing more is taken."""


@contextlib.asynccontextmanager
async def local_cloud(
    settings: Settings,
    *,
    port: int = 0,
    listener: socket.socket | None = None,
    work: bool = True,
    apart: bool = False,
    again: bool = False,
) -> AsyncIterator[LocalCloud]:
    """Run the local cloud on `settings.data` until the block ends. Without `work` it answers, and starts nothing.

    `apart`: a single worker, too, is a process of its own. A job that keeps it busy does not keep the API from answering then:
    in one event loop a read waits for every task's turn at each of its awaits, some twenty times as long as on an idle one. It is
    up, and the address is told, once all is loaded: the first job is as fast as the next. `again`: started anew for an edit, which
    somebody waits to see; what is loaded late is then loaded beside the work.

    Raises:
        BadInput: the folder is none, or HEADRACE_PIPELINES names what registers no pipeline (`bad_setting`).
        Conflict: another local cloud runs on that folder (`data_in_use`).
        OSError: the port is taken.
    """
    registrations()  # what names no pipeline is told once, before workers stumble over it
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(collecting_rarely())
        data_folder_lock.make(settings.data)
        lock = await _sole_user(settings.data, stack)
        last = data_folder_lock.last_run(settings.data)
        offline = not settings.openai_api_key and not settings.openai_base_url
        if offline:
            base = await stack.enter_async_context(serve(_offline_model() if work else _when_asked(_offline_model)))
            settings = replace(settings, openai_base_url=f"{base}/v1", openai_api_key=OFFLINE)
        settings = replace(settings, kept_since=max(settings.kept_since, _edited(settings)))
        ports = bootstrap.use(settings)
        stack.push_async_callback(bootstrap.close, ports)
        await ports.documents.get("jobs/none")  # a file that is damaged, or not ours to read, is told before anything rests on it
        pool = None
        if work and (apart or settings.workers > 1):  # first: they import while this process does
            record = partial(ended_instances.record_ended, ports=ports)
            pool = await stack.enter_async_context(workers(settings, lock, record, loaded=settings.workers > 1 or not again))
        flow_check.leave_out_broken()
        if work:
            await _resume(ports, last)
            data_folder_lock.begins_work(settings.data)
            stack.callback(data_folder_lock.ends_work, settings.data)
        url = await stack.enter_async_context(serve(whole_app(files_route(ports)), port=port, listener=listener))
        if pool is not None and not again:
            await _up(pool)
        data_folder_lock.say_where(settings.data, url)
        stack.callback(data_folder_lock.forget_where, settings.data)
        if work:
            for forever in _forever(ports, url, pool.urls if pool else [url]):
                stack.push_async_callback(_stop, asyncio.create_task(forever))
        yield LocalCloud(url, ports, offline, tuple(left_out().values()))


def _offline_model() -> ASGIApp:
    from infra.offline_model.server import offline_app  # noqa: PLC0415 - half a second of rules, only without a key

    return offline_app()


def _when_asked(make: Callable[[], ASGIApp]) -> ASGIApp:
    """An app that is made for its first request: most commands that start a cloud to ask something ask no model."""
    made: asyncio.Task[ASGIApp] | None = None

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal made
        made = made or asyncio.create_task(asyncio.to_thread(make))
        await (await made)(scope, receive, send)

    return app


async def _up(pool: Pool) -> None:
    """Until a worker is up; one that does not come up is started again and again, and keeps nobody from what else is here."""
    try:
        async with asyncio.timeout(UP):
            await pool.up.wait()
    except TimeoutError:
        log.warning("workers_not_up", seconds=UP)


def _edited(settings: Settings) -> float:
    """When the pipelines' code or prompts were last edited: a result kept before that may be another one's now."""
    return code_reload.last_edit(code_reload.folders((*code_reload.PACKAGES, *settings.pipelines)), time.time())


def _here(lane: Lane) -> Lane:
    """A lane as it runs here: one without a rate of its own goes as fast as the machine."""
    return replace(lane, rate=UNLIMITED) if lane.rate >= MOST_PER_SECOND else lane


async def _resume(ports: Ports, last: LastRun) -> None:
    """Take up what the last local cloud on this folder left: whoever held anything then is gone."""
    await cast("HasChangeFeed", ports.documents).declare(declared())
    await cast("HasChangeFeed", ports.documents).changes.watch({trigger.collection for trigger in triggers().values()})
    await cast("Queue", ports.tasks).recover()
    why: StillBecause = "killed" if last.killed else "stopped"
    await sweep(pipelines(), ports, takeover=Takeover(last.until, why), asleep=left_out())


def _forever(ports: Ports, url: str, urls: list[str]) -> Iterator[Coroutine[None, None, None]]:
    """What goes on until the end: queues, schedules, and imports ahead of their use where functions run in this process."""
    sized = sized_lanes(cores=os.cpu_count(), most=AT_ONCE * max(1, ports.settings.workers))
    lanes = {f"{name}-{kind}": _here(lane) for name, lane in sized.items() for kind in ("interactive", "bulk")}
    asleep = [name for broken in left_out().values() for name in broken.functions]
    yield Dispatcher(cast("Queue", ports.tasks), lanes, urls, asleep).run()
    yield _forget(cast("Queue", ports.tasks))
    yield _live(ports.settings.data)
    yield ChangeEventSender(cast("HasChangeFeed", ports.documents).changes, triggers(), url).run()
    yield run_cron(schedules(), url)
    if urls == [url]:
        yield warm()


async def _live(folder: Path) -> None:
    while True:
        with contextlib.suppress(OSError):  # somebody has deleted it
            data_folder_lock.is_alive(folder)
        await asyncio.sleep(HEARTBEAT)


async def _forget(queue: Queue) -> None:
    while True:
        await asyncio.sleep(FORGET)
        try:
            await queue.forget()
        except HeadraceError as error:
            log.warning("forget_failed", error=error.message)


async def _sole_user(folder: Path, stack: contextlib.AsyncExitStack) -> int:
    """Lock the folder until the stack ends. Answers the lock, for workers to hold as well."""
    lock = stack.enter_context(
        os.fdopen(os.open(folder / data_folder_lock.LOCK, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600), "w")
    )
    until = time.monotonic() + ENDING
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if time.monotonic() > until:
                raise Conflict(
                    f"another local cloud runs on {folder}", code="data_in_use", advice="Stop it, or use another --data folder."
                ) from error
            await asyncio.sleep(0.02)
        else:
            data_folder_lock.forget_where(folder)  # one that was killed, or the folder that this one is a copy of
            return lock.fileno()


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
