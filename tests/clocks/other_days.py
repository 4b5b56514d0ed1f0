"""A plugin of pytest: a quick test runs on another day, and in another zone. One that reads the wall clock, or starts a process
that may, runs on a second one too: once on the day of the machine would find nothing that these two do not.

It does so at once, in the same process: only its clock is moved. Those that share what read a clock do when their file ends,
with that made anew.
"""

from __future__ import annotations

import contextlib
import functools
import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.clocks.days import FOLDERS, days, living

PREFIXES = tuple(f"tests/{folder}/" for folder in FOLDERS)
LEFT_OUT = (
    *(f"tests/cli/own_pipeline/test_{name}.py" for name in ("reload", "broken_pipeline", "init")),
    *("tests/infra/packages/test_locks.py", "tests/infra/packages/test_time_zones.py"),
    *("tests/infra/code/test_regular_expressions.py", "tests/infra/code/test_imports.py"),
    *("tests/infra/test_dates.py", "tests/infra/test_suite.py"),
)
"""They live on the machine's day, once. What the first five start has a path, or nothing, or a zone of its own: no moved clock
reaches it. Patterns and imports know no date, and the last two count their own days."""
MANY = (
    *(
        f"tests/unit/functions/interview_prep/posting/{name}.py"
        for name in ("test_posting_inputs", "identity/test_posting_identity")
    ),
    *(f"tests/unit/functions/daily_post/{name}.py" for name in ("records/test_once_per_date", "topics/test_sixty_days")),
    "tests/unit/functions/daily_post/image/test_model_fallback.py",
)
"""Hundreds of cases whose clock is read by code that other tests run on both days: they live on the first alone."""
OURS = ("time_machine", __name__)
MACHINERY = ("_pytest", "pytest_timeout", "xdist", "hypothesis", "uvicorn", "tqdm", "implicit", "structlog")
"""Modules whose reads change no outcome: they time tests, write the `Date` of an answer or a line's time, and watch progress."""
CODE = ("functions", "shared", "infra", "tests")
STARTS: tuple[tuple[Any, str], ...] = ((subprocess.Popen, "__init__"), (os, "fork"), (os, "posix_spawn"), (os, "system"))
"""What begins a process. They are wrapped: with an audit hook, Python 3.11 has two threads that begin or end tracing at once fail."""


class OtherDays:
    """Who read the clock since it was last asked, and how far the clock is ahead."""

    def __init__(self) -> None:
        self._ahead = 0
        self._readers: set[str] = set()
        """Modules."""
        self._dated: set[pytest.FixtureDef[Any]] = set()
        """Shared by several tests, and made by what read a clock."""
        self._later: list[pytest.Function] = []
        """Those that ran with one of these."""
        for of, name in STARTS:
            setattr(of, name, self._noting(getattr(of, name)))

    def _noting(self, start: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(start)
        def started(*args: Any, **named: Any) -> Any:
            self._readers.add("a process")
            return start(*args, **named)

        return started

    def _now(self) -> int:
        frame = sys._getframe(1)
        while frame.f_back is not None and frame.f_globals.get("__name__") in OURS:
            frame = frame.f_back
        module = str(frame.f_globals.get("__name__"))
        if not module.startswith(MACHINERY):
            self._readers.add(module)
        return time.monotonic_ns() + self._ahead

    @contextlib.contextmanager
    def _noticed(self, ahead: float = 0) -> Iterator[None]:
        """Notice every read of the wall clock in the block. It tells the machine's own time, or one that is so many seconds ahead."""
        import time_machine  # noqa: PLC0415 - after pytest has it in its hands

        self._readers, self._ahead = set(), time.time_ns() - time.monotonic_ns() + int(ahead * 1e9)
        with time_machine.travel(0) as traveller:
            traveller.time_ns = self._now  # type: ignore[method-assign] # every way to the clock ends there
            yield

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """What is read when a module is imported stays as it is on all days: nothing of ours may be."""
        if not collector.nodeid.startswith(PREFIXES):
            return (yield)
        with self._noticed():
            came = yield
        if ours := sorted(reader for reader in self._readers if reader.split(".")[0] in CODE):
            came.outcome, came.longrepr = "failed", f"{ours[0]} reads a clock when it is imported, and would keep it"
        return came

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
        if not item.nodeid.startswith(PREFIXES) or item.nodeid.startswith(LEFT_OUT) or not isinstance(item, pytest.Function):
            return (yield)
        first = days(datetime.now(UTC))[0]
        with self._noticed(first.offset.total_seconds()), living(first):
            came = yield
        if item.nodeid.startswith(MANY):
            return came
        if self._shared(item):
            self._later.append(item)
        elif self._readers:
            self._again([item], item, nextitem)
        if nextitem is None or nextitem.path != item.path:
            self._again(self._later, item, nextitem)
            self._later = []
        return came

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if report.failed and item.nodeid.startswith(PREFIXES):
            report.sections.append(("Clock", f"{datetime.now(UTC):%Y-%m-%d} in {time.tzname[0]}"))
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
        before, self._readers = self._readers, set()
        try:
            return (yield)
        finally:
            if self._readers and fixturedef.scope in ("class", "module"):
                self._dated.add(fixturedef)
            self._readers |= before

    def _shared(self, item: pytest.Function) -> set[pytest.FixtureDef[Any]]:
        used = item._fixtureinfo.name2fixturedefs.values()
        return {definition for definitions in used for definition in definitions} & self._dated

    def _again(self, tests: list[pytest.Function], last: pytest.Item, following: pytest.Item | None) -> None:
        """Run them on the other day, and report as the last that ran on the first what fails there."""
        for day in days(datetime.now(UTC))[1:] if tests else ():
            with self._noticed(day.offset.total_seconds()), living(day):
                for test, after in zip(tests, [*tests[1:], following], strict=True):
                    for report in _run(test, after, self._shared(test) if test is tests[0] else set()):
                        if not report.passed and not report.skipped:
                            report.nodeid, report.longrepr = (
                                last.nodeid,
                                f"{test.nodeid} {day.name}, {day.zone}\n{report.longreprtext}",
                            )
                            last.ihook.pytest_runtest_logreport(report=report)


def _run(test: pytest.Function, following: pytest.Item | None, dated: set[pytest.FixtureDef[Any]]) -> list[pytest.TestReport]:
    """The reports of a test that ran before, with its shared fixtures made anew."""
    test._initrequest()
    for definition in dated:
        definition.finish(test._request)  # type: ignore[arg-type] # any request will do
    return runtestprotocol(test, log=False, nextitem=following)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(OtherDays())
