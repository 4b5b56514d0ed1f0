"""`make test-clocks`: what no date may change, once more on other days and in other time zones."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

FOLDERS = ("unit", "cli", "render", "pipelines", "infra")
ROOT = Path(__file__).parents[2]
MOVED = Path(__file__).parent / "moved"
PYTEST = (
    *(sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadgroup", "-p", "no:cacheprovider"),
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


def main(options: list[str]) -> int:
    """Run every pass; the first of pytest's exit codes that is none of success."""
    folders = [str(ROOT / "tests" / folder) for folder in FOLDERS]
    # The locks' installers are started without an environment: no moved clock reaches them.
    what = (*folders, f"--ignore={ROOT}/tests/infra/test_locks.py")
    codes = []
    for one in passes(datetime.now(UTC)):
        print(f"{one.name}, {one.zone}", flush=True)  # noqa: T201 - for whoever reads the run
        done = subprocess.run((*PYTEST, *options, *what), cwd=ROOT, env=environment(one), check=False)  # noqa: S603 - our own command
        codes.append(done.returncode)
    return next(filter(None, codes), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
