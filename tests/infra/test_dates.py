"""The suite is green on any day: its quick tests read no real date and live on another, and those that read a clock on two."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.clocks.days import FOLDERS, Day, days, environment
from tests.clocks.other_days import LEFT_OUT, MANY

ROOT = Path(__file__).parents[2]
READS = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|datetime\.today|date\.today|time\.time|time\.time_ns)\(")
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAYS = days(NOW)


def test_no_quick_test_reads_the_real_date() -> None:
    files = [file for folder in FOLDERS for file in (ROOT / "tests" / folder).rglob("*.py") if file != Path(__file__)]
    assert len(files) > 100
    assert not [str(file.relative_to(ROOT)) for file in files if READS.search(file.read_text())]


def test_one_day_is_ahead_and_one_is_behind() -> None:
    assert [NOW + one.offset for one in DAYS] == [NOW + timedelta(days=400), datetime(2024, 2, 29, 20, tzinfo=UTC)]
    assert [one.zone for one in DAYS] == ["Asia/Kolkata", "America/New_York"]


@pytest.mark.parametrize("one", DAYS, ids=lambda one: one.zone)
def test_whatever_is_started_lives_then_and_there(one: Day) -> None:
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


BEGIN = """
import datetime, subprocess, sys, time
from pathlib import Path
from time import time as seconds

import pytest

PRINT = "import datetime, time; print(datetime.date.today(), time.tzname[0])"

def note(name, what=""):
    with Path(f"{name}.txt").open("a") as file:
        print(what, time.tzname[0], file=file)

def test_none():
    note("none", time.monotonic() and datetime.date(2026, 1, 1))
"""
READING = {
    "seconds": "datetime.date.fromtimestamp(time.time())",
    "renamed": "datetime.date.fromtimestamp(seconds())",
    "nanoseconds": "datetime.date.fromtimestamp(time.time_ns() / 1e9)",
    "moment": "datetime.datetime.now(datetime.UTC).date()",
    "day": "datetime.date.today()",
    "process": "subprocess.run([sys.executable, '-c', PRINT], capture_output=True, text=True).stdout.split()[0]",
}
"""What a test may do, and the day that it finds so."""
SHARING = """
@pytest.fixture(scope="module")
def day():
    note("made")
    return datetime.date.today()

def test_first(day): note("first", day)
def test_alone(): note("alone")
def test_second(day): note("second", day)
"""
FAILING = """
def test_on_other_days(): assert seconds() > 1_720_000_000
def test_in_other_zones():
    seconds()
    assert time.tzname[0] != "IST"
@pytest.fixture(scope="module")
def zone(): return seconds() and time.tzname[0]
def test_what_is_shared(zone): assert zone != "EST"
def test_is_fine(): seconds()
"""


def ran(folder: Path, **files: str) -> subprocess.CompletedProcess[str]:
    """Quick tests of these texts with the plugin, in a worker as the suite's are."""
    (folder / "tests" / "unit").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / "tests" / "unit" / f"test_{name}.py").write_text(text)
    options = (
        "-n",
        "1",
        "--import-mode=importlib",
        "-p",
        "tests.clocks.other_days",
        "-p",
        "no:cacheprovider",
        "-c",
        "/dev/null",
        "--rootdir",
        ".",
    )
    env = {**os.environ, "TZ": "UTC", "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    env.pop("TEST_CLOCK_OFFSET", None)  # its days are counted from the machine's, whenever this test lives
    command = [sys.executable, "-m", "pytest", *options, "tests"]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own command


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where tests ran and noted when they lived."""
    folder = tmp_path_factory.mktemp("project")
    reading = "".join(f"\ndef test_{name}(): note('{name}', {code})" for name, code in READING.items())
    done = ran(folder, some=BEGIN + reading, sharing=BEGIN + SHARING)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def noted(project: Path, name: str) -> list[list[str]]:
    return [line.split() for line in (project / f"{name}.txt").read_text().splitlines()]


@pytest.mark.parametrize("way", [*READING, "first", "second"])
def test_a_test_that_reads_a_clock_runs_on_both_days_in_their_zones(project: Path, way: str) -> None:
    (later, _), (leap, _) = noted(project, way)
    ahead = datetime.fromtimestamp((project / "none.txt").stat().st_mtime, UTC).replace(tzinfo=None) + timedelta(days=400)
    assert abs(datetime.fromisoformat(later) - ahead) <= timedelta(days=1)
    assert leap == "2024-02-29"
    assert [zone for _, zone in noted(project, way)] == ["IST", "EST"]


def test_many_cases_of_what_others_run_on_both_days_live_on_the_first(tmp_path: Path) -> None:
    file = tmp_path / MANY[0]
    file.parent.mkdir(parents=True)
    file.write_text(f'{BEGIN}def test_many(): note("many", seconds() > 0)')
    ran(tmp_path)
    assert (tmp_path / "many.txt").read_text().splitlines() == ["True IST"]


@pytest.mark.parametrize("path", [*LEFT_OUT, *MANY])
def test_what_lives_on_fewer_days_is_there(path: str) -> None:
    assert list(ROOT.glob(f"{path}*"))


def test_one_that_reads_none_runs_once(project: Path) -> None:
    assert noted(project, "none") == [["2026-01-01", "IST"]] * 2  # in each of the files
    assert noted(project, "alone") == [["IST"]]


def test_what_several_tests_share_is_made_once_a_day(project: Path) -> None:
    assert noted(project, "made") == [["IST"], ["EST"]]


def test_what_fails_on_another_day_fails_the_suite(tmp_path: Path) -> None:
    done = ran(tmp_path, failing=BEGIN + FAILING)
    assert done.returncode == 1
    assert re.findall(r"-+ Clock -+\n\S+ in (\w+)", done.stdout) == ["EST", "IST", "EST"]
    assert "FAILED tests/unit/test_failing.py::test_in_other_zones" in done.stdout
    found = re.findall(r"test_failing.py::(test_\w+) on a leap day", done.stdout)
    assert set(found) == {"test_on_other_days", "test_what_is_shared"}  # with `CI` set, the summary tells each once more
    assert "3 failed, 4 passed" in done.stdout


def test_code_that_reads_a_clock_when_it_is_imported_is_refused(tmp_path: Path) -> None:
    done = ran(tmp_path, importing="import time\nBEGUN = time.time()\ndef test_some(): ...")
    assert "tests.unit.test_importing reads a clock when it is imported" in done.stdout
    assert done.returncode != 0
