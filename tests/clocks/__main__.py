"""`make test-clocks`: what no date may change, once more on other days and in other time zones.

Of the quick tests, those that read a clock: `make test` notes them (`reads.py`, `notes.py`). Where it did not, or something was edited since, all.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.clocks.notes import noted

FOLDERS = ("unit", "cli", "render", "pipelines", "infra")
ROOT = Path(__file__).parents[2]
MOVED = Path(__file__).parent / "moved"
LEFT_OUT = ("tests/infra/packages/test_locks.py", "tests/infra/code/test_regular_expressions.py")
"""The locks' installers are started without an environment: no moved clock reaches them. Patterns know no date, and take a minute."""
PYTEST = (
    *(sys.executable, "-m", "pytest", "-q", "-n", "auto", "-p", "no:cacheprovider"),
    *("-p", "tests.support.plugins.distribution", "-p", "tests.clocks.notes"),
    *("-W", "ignore:Module already imported so cannot be rewritten; time_machine"),  # before pytest, or too late
)


@dataclass(frozen=True)
class Pass:
    """One run: on which day, and where."""

    name: str
    offset: timedelta
    zone: str


def passes(now: datetime) -> tuple[Pass, ...]:
    return (
        Pass("in 400 days", timedelta(days=400), "Asia/Kolkata"),
        Pass("on a leap day that is long gone", datetime(2024, 2, 29, 20, tzinfo=UTC) - now, "America/New_York"),
    )


def environment(one: Pass) -> dict[str, str]:
    """What a process inherits to live then and there, and its own children after it."""
    path = os.pathsep.join(filter(None, (str(MOVED), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "TEST_CLOCK_OFFSET": str(one.offset.total_seconds()), "TZ": one.zone, "PYTHONPATH": path}


def concerned() -> list[str]:
    """Files with a test that reads a clock, where that is known; else every folder of quick tests."""
    found = noted()
    return sorted((found.files if found else {f"tests/{folder}" for folder in FOLDERS}) - {*LEFT_OUT})


def main(options: list[str]) -> int:
    """Run every pass; the first of pytest's exit codes that is none of success."""
    what = (*concerned(), *(f"--ignore={ROOT}/{file}" for file in LEFT_OUT))
    codes = []
    for one in passes(datetime.now(UTC)):
        print(f"{one.name}, {one.zone}", flush=True)  # noqa: T201 - for whoever reads the run
        done = subprocess.run((*PYTEST, *options, *what), cwd=ROOT, env=environment(one), check=False)  # noqa: S603 - our own command
        codes.append(done.returncode)
    return next(filter(None, codes), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
