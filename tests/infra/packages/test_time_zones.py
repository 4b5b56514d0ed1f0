"""In every kind of process the pinned time zones win over the machine's own files, and over what PYTHONTZPATH says."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from functions import PIPELINES, SERVICES
from infra.local.function_mounts import deployed

ROOT = Path(__file__).parents[3]
ZONE, DAY = "America/Vancouver", "2027-01-15T07:00"
"""From 2026 on British Columbia keeps its summer time: older data puts its winter mornings an hour later."""
ASK = f"\nfrom datetime import datetime\nfrom zoneinfo import ZoneInfo\nprint(datetime.fromisoformat('{DAY}').astimezone(ZoneInfo('{ZONE}')).utcoffset())"
OLD = f"from zoneinfo import ZoneInfo\nZoneInfo('{ZONE}')\n"


def first_of(folder: str) -> str:
    """A deployed function of the folder."""
    return next(name for name, _ in deployed() if name.startswith(folder))


PROCESSES = {
    "the command line": "import infra.cli.main",
    "the demo": "import infra.demo",
    "the local cloud": "import infra.local.local_cloud",
    "a worker": "import infra.local.workers.worker_process",
    "a process that has read the zone before": f"{OLD}import infra.cli.main",
    **{f"a function of {name}": f"import main; main.{first_of(name)}" for name in (*PIPELINES, *SERVICES)},
}
"""What each kind of process imports before any of its own code runs."""


@pytest.fixture(scope="module")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A machine's zone files that are wrong for the zone by five hours."""
    folder = tmp_path_factory.mktemp("zoneinfo")
    file = folder / ZONE
    file.parent.mkdir()
    file.write_bytes(resources.files("tzdata").joinpath("zoneinfo", "Etc", "GMT+12").read_bytes())
    return folder


def told(code: str, old_files: Path) -> str:
    env = {**os.environ, "PYTHONTZPATH": str(old_files), "TZ": "UTC"}
    done = subprocess.run([sys.executable, "-c", code + ASK], cwd=ROOT, env=env, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    return done.stdout.strip()


def pinned() -> str:
    with resources.files("tzdata").joinpath("zoneinfo", *ZONE.split("/")).open("rb") as file:
        return str(datetime.fromisoformat(DAY).replace(tzinfo=ZoneInfo.from_file(file)).utcoffset())


def test_a_process_that_is_none_of_ours_takes_the_old_files(old_files: Path) -> None:
    assert told("", old_files) == "-1 day, 12:00:00" != pinned()


@pytest.mark.parametrize("process", PROCESSES)
def test_ours_take_the_pinned_ones(process: str, old_files: Path) -> None:
    assert told(PROCESSES[process], old_files) == pinned()
