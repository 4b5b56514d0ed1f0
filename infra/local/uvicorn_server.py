"""Uvicorn on a loopback port inside this event loop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.types import ASGIApp

from infra.local.http_limits import LimitedProtocol

THRESHOLDS = (100_000, 20, 50)
"""New objects, and collections of younger ones, before garbage is looked for: Python's own are 700, 10, 10. As many as a worker's
deliveries under way are made of, who are no garbage: it is not looked for whenever they grow in number."""


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.contextmanager
def collecting_rarely() -> Iterator[None]:
    """Look for cycles of garbage less often, until the block ends.

    Deliveries make many objects and few cycles; looked for every 700 objects, they take a tenth of a worker's time.
    """
    before = gc.get_threshold()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextlib.asynccontextmanager
async def serve(app: ASGIApp, *, port: int = 0, listener: socket.socket | None = None) -> AsyncIterator[str]:
    """Serve `app` on 127.0.0.1 (port 0: a free one), or on a socket that listens already; gives its base URL, stops at the end.

    Raises:
        OSError: the port is taken.
    """
    listener = listener or listen(port)
    config = uvicorn.Config(
        app, http=LimitedProtocol, log_config=None, access_log=False, proxy_headers=False, server_header=False, date_header=False,
        lifespan="off", timeout_graceful_shutdown=2, timeout_keep_alive=60,
    )  # fmt: skip
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        if serving.done():
            await serving
        await asyncio.sleep(0.005)
    try:
        yield url_of(listener)
    finally:
        server.should_exit = True
        async with asyncio.timeout(60):
            await serving
        listener.close()


def listen(port: int = 0) -> socket.socket:
    """A socket that listens on 127.0.0.1.

    Raises:
        OSError: the port is taken.
    """
    # The protocol is named on purpose: without it asyncio leaves Nagle's algorithm on, and every answer waits 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(1024)
    except OSError:
        listener.close()
        raise
    return listener


def url_of(listener: socket.socket) -> str:
    """The base URL of a listening socket."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"
