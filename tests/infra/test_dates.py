"""The suite is green on any day: its quick tests read no real date, and run once more on other days, in processes of their own too."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.clocks.__main__ import FOLDERS, Pass, environment, passes
from tests.clocks.notes import Noted, noted

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


TESTS = """
import datetime, subprocess, sys, time
from time import time as seconds

import pytest

@pytest.fixture(scope="module")
def day():
    return datetime.date.today()

def test_reads_none(): assert time.monotonic() and datetime.date(2026, 1, 1)
"""
READING = {
    "seconds": "time.time()",
    "a name of its own": "seconds()",
    "nanoseconds": "time.time_ns()",
    "a moment": "datetime.datetime.now(datetime.UTC)",
    "a day": "datetime.date.today()",
    "a process": "subprocess.run([sys.executable, '-c', ''])",
}
SHARED = "\ndef test_is_the_first_to_ask(day): ...\ndef test_asks_too(day): ..."


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two files of quick tests, run once."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "tests" / "unit").mkdir(parents=True)
    reading = "".join(f"\ndef test_{number}(): {code}" for number, code in enumerate(READING.values()))
    (folder / "tests" / "unit" / "test_some.py").write_text(TESTS + reading)
    (folder / "tests" / "unit" / "test_shared.py").write_text(TESTS + SHARED)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.clocks.reads",
        "-c",
        "/dev/null",
        "--rootdir",
        ".",
        "-p",
        "no:cacheprovider",
    ]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run([*command, "tests"], cwd=folder, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def notes_of(project: Path) -> Noted:
    return Noted.read((project / "out" / "clock-reads.json").read_text())


@pytest.mark.parametrize("way", READING)
def test_a_test_that_reads_a_clock_is_noted(project: Path, way: str) -> None:
    test = f"tests/unit/test_some.py::test_{list(READING).index(way)}"
    assert test in notes_of(project).reading
    assert notes_of(project).needs(test)


def test_one_that_reads_none_is_left_out_and_one_that_nobody_knows_is_not(project: Path) -> None:
    assert not notes_of(project).needs("tests/unit/test_some.py::test_reads_none")
    assert notes_of(project).needs("tests/unit/test_some.py::test_of_tomorrow")


def test_what_several_tests_share_counts_for_all_of_its_file(project: Path) -> None:
    assert notes_of(project).needs("tests/unit/test_shared.py::test_asks_too")
    assert notes_of(project).files == {"tests/unit/test_some.py", "tests/unit/test_shared.py"}


def test_notes_that_are_older_than_some_code_count_for_nothing(project: Path, tmp_path: Path) -> None:
    file = project / "out" / "clock-reads.json"
    assert noted(file, project) == notes_of(project)
    old = tmp_path / "old.json"
    old.write_text(file.read_text())
    os.utime(old, (0, 0))
    assert noted(old, project) is None
    assert noted(tmp_path / "none.json", project) is None
