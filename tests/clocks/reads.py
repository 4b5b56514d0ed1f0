"""A plugin of pytest: notes which quick tests read the wall clock, or start a process that may, and which read none.

A fixture that several tests share counts for its whole file. What is noted is left in `NOTES` by a run that came to its end.
"""

from __future__ import annotations

import contextlib
import functools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest

from tests.clocks.__main__ import FOLDERS
from tests.clocks.notes import NOTES, Noted

PREFIXES = tuple(f"tests/{folder}/" for folder in FOLDERS)
OURS = ("time_machine", __name__)
MACHINERY = ("_pytest", "pytest_timeout", "xdist", "hypothesis", "uvicorn", "tqdm")
"""Modules whose reads change no outcome: they time tests, write the `Date` of an answer, and watch a progress bar from a thread."""
STARTS: tuple[tuple[Any, str], ...] = ((subprocess.Popen, "__init__"), (os, "fork"), (os, "posix_spawn"), (os, "system"))
"""What begins a process. They are wrapped: with an audit hook, Python 3.11 has two threads that begin or end tracing at once fail."""


class Reads:
    """What was noted so far, and whether the test that runs now has read a clock."""

    def __init__(self, config: pytest.Config) -> None:
        self._config, self._ahead = config, 0
        with tempfile.TemporaryFile() as file:
            self._begun = os.fstat(file.fileno()).st_mtime  # as files are dated, whatever the clock is made to say
        self._noted = Noted()
        self._complete = True
        self._read = False
        for of, name in STARTS:
            setattr(of, name, self._noting(getattr(of, name)))

    def _noting(self, start: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(start)
        def started(*args: Any, **named: Any) -> Any:
            self._read = True
            return start(*args, **named)

        return started

    def _now(self) -> int:
        frame = sys._getframe(1)
        while frame.f_back is not None and frame.f_globals.get("__name__") in OURS:
            frame = frame.f_back
        self._read = self._read or not str(frame.f_globals.get("__name__")).startswith(MACHINERY)
        return time.monotonic_ns() + self._ahead

    @contextlib.contextmanager
    def _noticed(self) -> Iterator[None]:
        """Notice every read of the wall clock in the block. It tells the machine's own time."""
        import time_machine  # noqa: PLC0415 - after pytest has it in its hands

        self._ahead = time.time_ns() - time.monotonic_ns()
        with time_machine.travel(0) as traveller:
            traveller.time_ns = self._now  # type: ignore[method-assign] # every way to the clock ends there
            yield

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        if not item.nodeid.startswith(PREFIXES):
            return (yield)
        self._read = False
        with self._noticed():
            came = yield
        (self._noted.reading if self._read else self._noted.free).add(item.nodeid)
        return came

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Generator[None, object, object]:
        before, self._read = self._read, False
        try:
            return (yield)
        finally:
            if self._read and fixturedef.scope in ("class", "module"):
                self._noted.whole.add(request.node.nodeid.split("::")[0])
            self._read = self._read or before

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A worker has ended: here is what it noted, unless it died."""
        found = getattr(node, "workeroutput", {}).get(NOTES.name)
        self._complete = self._complete and found is not None
        self._noted.add(Noted.read(found or "{}"))

    def pytest_sessionfinish(self) -> None:
        output = getattr(self._config, "workeroutput", None)
        if output is not None:
            output[NOTES.name] = self._noted.text()
        elif self._complete:
            NOTES.parent.mkdir(exist_ok=True)
            NOTES.write_text(self._noted.text())
            os.utime(NOTES, (self._begun, self._begun))  # what is edited meanwhile is newer


def pytest_configure(config: pytest.Config) -> None:
    NOTES.unlink(missing_ok=True)
    config.pluginmanager.register(Reads(config))
