"""One function as Cloud Run runs it: a functions-framework process of its own, started by its first request."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from infra.emulators import free_port

STARTED = 180.0
"""Seconds a process may take until it listens."""
# Ends the process and its worker when our end of its input closes, which it does however this process ends.
LEASH = 'exec 3<&0 </dev/null; (read -r _ <&3; kill -9 0) & exec "$@" 3<&-'


@dataclass
class Service:
    """A function that is scaled to zero until somebody wants it.

    `target`: what serves it, if that is called otherwise. `cold`: seconds that the first request waits on top of the start itself. Its output goes to `log`.
    """

    function: str
    source: Path
    environment: Mapping[str, str]
    log: Path
    cold: float = 0.0
    target: str = ""
    starts: int = 0
    _process: Process | None = None
    _url: str = ""
    _up: asyncio.Task[str] | None = field(default=None, repr=False)

    async def url(self) -> str:
        """Where it listens, once it does.

        Raises:
            RuntimeError: it did not start, or was killed before it did.
        """
        ended = self._process is not None and self._process.returncode is not None
        if self._up is None or (self._up.done() and (ended or self._up.exception())):
            self._up = asyncio.create_task(self._start())
        up = self._up
        try:
            return await asyncio.shield(up)
        except asyncio.CancelledError:
            if up.cancelled():
                raise RuntimeError(f"{self.function} was killed") from None
            raise

    def cool(self, seconds: float) -> None:
        """Let the next request find it cold again, for `seconds`; a process that runs is kept."""
        self.cold, self._up = seconds, None

    async def kill(self) -> bool:
        """SIGKILL to all of it. The next request starts it again. False: it did not run."""
        process, self._process = self._process, None
        up, self._up = self._up, None
        if up is not None:
            up.cancel()
        if process is None or process.returncode is not None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        return True

    async def _start(self) -> str:
        if self._process is None or self._process.returncode is not None:
            await self._spawn()
        await asyncio.sleep(self.cold)
        return self._url

    async def _spawn(self) -> None:
        port = free_port()
        own = {
            "FUNCTION_TARGET": self.target or self.function,
            "FUNCTION_SOURCE": str(self.source),
            "PORT": str(port),
            "K_SERVICE": self.function,
        }
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                "/bin/sh", "-c", LEASH, self.function, sys.executable, "-m", "functions_framework", "--host", "127.0.0.1",
                env={**self.environment, **own}, stdin=PIPE, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.starts += 1
        self._url = f"http://127.0.0.1:{port}"
        async with asyncio.timeout(STARTED):
            while not await _listens(port):
                if self._process.returncode is not None:
                    raise RuntimeError(f"{self.function} did not start: {self.log.read_text(errors='replace')[-2000:]}")
                await asyncio.sleep(0.02)


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True
