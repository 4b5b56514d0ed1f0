"""A worker process of the local cloud: serves every function on a socket that it inherited, until told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable

import uvloop
from starlette.types import ASGIApp

from infra.local.uvicorn_server import collecting_rarely, serve
from infra.local.workers.preload import warm
from shared import bootstrap
from shared.engine.recovery import process_drain
from shared.settings import Settings

GRACE, BACK = 1.2, 0.5
"""Seconds for running tasks to end, and to be given back: the supervisor waits three in all."""


def work(
    app: ASGIApp, listener: socket.socket, settings: Settings, leash: int, told: Callable[[str], None], *, loaded: bool
) -> None:
    """Run until SIGTERM, or until nobody holds the other end of `leash`. `told` hears this process's instance name first.

    `loaded`: what functions load late is here already; else this process loads it beside its first work.
    """
    threading.Thread(target=_end_without, args=(leash,), daemon=True).start()
    ports = bootstrap.use(settings)
    told(ports.instance)
    with collecting_rarely():
        uvloop.run(_serve(app, listener, loaded=loaded))


async def _serve(app: ASGIApp, listener: socket.socket, *, loaded: bool) -> None:
    """Until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with serve(app, listener=listener):
        warming = None if loaded else asyncio.create_task(warm())
        await stop.wait()
        if warming is not None:
            warming.cancel()
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # what is cut off now is taken up at the next start
        draining = asyncio.create_task(process_drain.PROCESS.run(bootstrap.ports(), grace=GRACE, back=BACK))
    await draining  # beside the server's own end: what comes now waits for the next worker on this socket
    await bootstrap.close(bootstrap.ports())


def _end_without(leash: int) -> None:
    """End at once, even with a busy event loop, when the supervisor is gone."""
    os.read(leash, 1)
    os._exit(1)
