"""The workers' parent: imports everything once, forks a worker per socket, and forks again whenever one dies.

A process of its own, because only a process with one thread, no event loop and no open database may fork safely; and a fork of what
is imported already is at work in tens of milliseconds. Standard input is its leash: when the local cloud ends, however it ends, this
process reads the end of it and takes its workers along. On standard output it tells, a JSON line each, who started and who is gone.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pickle
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

STOP = b"."
"""Read on standard input: let running tasks end (for `GRACE` seconds). The end of input without it: end at once."""
GRACE = 3.0
AGAIN = 0.5
"""Seconds before a worker that never came up is tried again."""

Run = Callable[[socket.socket, int, Callable[[str], None]], None]
"""What a worker does with its socket, its leash, and the means to tell its name."""


@dataclass
class _Worker:
    """One process. `life` is the end of a pipe that only the worker holds: it ends with the process."""

    slot: int
    pid: int
    life: int
    name: str = ""


@dataclass
class Supervisor:
    """Keeps one worker per socket. `control`: the leash; `report`: where news go."""

    sockets: list[socket.socket]
    run: Run
    control: int = 0
    report: int = 1
    _workers: dict[int, _Worker] = field(default_factory=dict)
    _due: dict[int, float] = field(default_factory=dict)

    def keep(self) -> None:
        """Until `control` says stop or ends."""
        self._leash, self._held = os.pipe()
        self._due = dict.fromkeys(range(len(self.sockets)), 0.0)
        while True:
            for slot in [slot for slot, at in self._due.items() if at <= time.monotonic()]:
                del self._due[slot]
                self._fork(slot)
            pause = max(0.0, min(self._due.values()) - time.monotonic()) if self._due else None
            ready, _, _ = select.select([self.control, *self._workers], [], [], pause)
            for life in ready:
                if life != self.control:
                    self._hear(self._workers[life])
            if self.control in ready:
                self._stop(gently=os.read(self.control, 1) == STOP)
                return

    def _fork(self, slot: int) -> None:
        life, told = os.pipe()
        pid = os.fork()
        if pid == 0:
            self._become(slot, told)
        os.close(told)
        self._workers[life] = _Worker(slot, pid, life)

    def _become(self, slot: int, told: int) -> None:
        """In the child: keep what is a worker's own, and never return."""
        code = 1
        try:
            os.dup2(os.open(os.devnull, os.O_RDONLY), self.control)  # closed, it would be the next connection's number
            for end in (self.report, self._held, *self._workers):
                os.close(end)
            self.run(self.sockets[slot], self._leash, lambda name: _tell(told, {"name": name}))
            code = 0
        except BaseException:  # noqa: BLE001 - it is printed, and the process ends
            traceback.print_exc()
        finally:
            os._exit(code)

    def _hear(self, worker: _Worker) -> None:
        """Its name, or its end."""
        if said := os.read(worker.life, 4096):
            worker.name = json.loads(said)["name"]
            _tell(self.report, {"started": worker.name, "pid": worker.pid})
            return
        os.close(worker.life)
        del self._workers[worker.life]
        os.waitpid(worker.pid, 0)
        if worker.name:
            _tell(self.report, {"gone": worker.name})
        self._due[worker.slot] = 0.0 if worker.name else time.monotonic() + AGAIN

    def _stop(self, *, gently: bool) -> None:
        for worker in self._workers.values():
            os.kill(worker.pid, signal.SIGTERM if gently else signal.SIGKILL)
        until = time.monotonic() + GRACE
        while self._workers and (ready := select.select([*self._workers], [], [], max(0.0, until - time.monotonic()))[0]):
            for life in ready:
                self._hear(self._workers[life])
        for worker in self._workers.values():
            os.kill(worker.pid, signal.SIGKILL)
            os.waitpid(worker.pid, 0)


def _tell(end: int, news: dict[str, Any]) -> None:
    with contextlib.suppress(BrokenPipeError):  # nobody is there to hear it
        os.write(end, json.dumps(news).encode() + b"\n")


def main() -> None:
    """Read from standard input where to import from, the settings, and whether to load all before the first fork; do it, and fork."""
    sys.path[:], settings, loaded = (pickle.load(sys.stdin.buffer) for _ in range(3))  # noqa: S301 - the parent wrote it
    report = os.dup(1)
    os.dup2(2, 1)  # what anybody else prints is no news
    from functions import flow_check  # noqa: PLC0415 - after sys.path
    from infra.local.function_mounts import functions_app  # noqa: PLC0415
    from infra.local.workers.preload import load_all  # noqa: PLC0415
    from infra.local.workers.worker_process import work  # noqa: PLC0415
    from shared import bootstrap, logs  # noqa: PLC0415
    from shared.text import log_lines  # noqa: PLC0415

    logs.configure(settings.log_level, human=settings.profile == "local", always=(log_lines.JOB_ENDED,))
    bootstrap.use(settings)
    flow_check.leave_out_broken()
    app = functions_app()
    if loaded:
        load_all(*(bootstrap.SHARED_IMPORTS if settings.workers > 1 else ()))  # a single worker has nobody to share with
    gc.collect()
    gc.freeze()  # what is here now is shared by all workers, and need not be copied for its counts
    sockets = [socket.socket(fileno=int(number)) for number in sys.argv[1:]]
    Supervisor(
        sockets, lambda listener, leash, told: work(app, listener, settings, leash, told, loaded=loaded), report=report
    ).keep()


if __name__ == "__main__":
    main()
