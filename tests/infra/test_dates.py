"""The suite is green on any day: its quick tests read no real date, and run once more on other days, in processes of their own too."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.clocks.__main__ import FOLDERS, Pass, environment, passes

ROOT = Path(__file__).parents[2]
READS = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|datetime\.today|date\.today|time\.time|time\.time_ns)\(")
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
PASSES = passes(NOW)


def test_no_quick_test_reads_the_real_date() -> None:
    files = [file for folder in FOLDERS for file in (ROOT / "tests" / folder).rglob("*.py") if file != Path(__file__)]
    assert len(files) > 100
    assert not [str(file.relative_to(ROOT)) for file in files if READS.search(file.read_text())]


def test_one_pass_is_ahead_and_one_is_behind() -> None:
    assert [NOW + one.offset for one in PASSES] == [NOW + timedelta(days=400), datetime(2024, 2, 29, 20, tzinfo=UTC)]
    assert [one.zone for one in PASSES] == ["Asia/Kolkata", "America/New_York"]


@pytest.mark.parametrize("one", PASSES, ids=lambda one: one.zone)
def test_whatever_a_pass_starts_lives_then_and_there(one: Pass) -> None:
    env = environment(one)
    child = f"import subprocess, sys\nsys.exit(subprocess.run([sys.executable, '-c', {TELL!r}]).returncode)"
    real = passed(TELL, {**env, "TEST_CLOCK_OFFSET": "0"})
    for code in (TELL, child):
        seconds, zone = passed(code, env)
        assert seconds - real[0] == pytest.approx(one.offset.total_seconds(), abs=60)
        assert zone == real[1] == {"Asia/Kolkata": "IST", "America/New_York": "EST"}[one.zone]


TELL = "import time; print(time.time(), time.tzname[0])"


def passed(code: str, env: dict[str, str]) -> tuple[float, str]:
    """The seconds and the zone that a process of `code` tells."""
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    seconds, zone = done.stdout.split()
    return float(seconds), zone
