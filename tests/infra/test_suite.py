"""What the suite itself stands on."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.plugins.distribution import GROUPS, LONG, in_order, scope

ROOT = Path(__file__).parents[2]


def test_a_logger_that_a_thread_makes_while_pytest_walks_through_them_fails_no_test() -> None:
    for at, _ in zip(range(3), logging.Logger.manager.loggerDict.values(), strict=False):
        logging.getLogger(f"tests.made.meanwhile.{at}")
    assert "tests.made.meanwhile.2" in logging.Logger.manager.loggerDict


def test_files_and_groups_stay_together_and_what_takes_longest_begins_first() -> None:
    tests = [
        "tests/unit/a.py::one",
        "tests/unit/b.py::one[x::y]",
        "tests/system/c.py::one",
        "tests/unit/b.py::two",
        "tests/flow/d.py::one",
    ]
    assert [scope(test) for test in tests] == ["tests/unit/a.py", "tests/unit/b.py", "emulators", "tests/unit/b.py", "flow"]
    assert [tests[place] for place in in_order([*tests, f"{LONG[0]}::one"][:5])] == [tests[at] for at in (4, 2, 1, 3, 0)]
    assert in_order([tests[0], f"{LONG[0]}::one", tests[1], tests[3]]) == [1, 2, 3, 0]


@pytest.mark.parametrize("path", [*LONG, *(path for paths in GROUPS.values() for path in paths)])
def test_what_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_each_group_runs_in_one_worker(tmp_path: Path) -> None:
    """By what pytest and pytest-xdist do together: a mark of groups went unheard once."""
    for folder in ("browser", "unit"):
        for name in "abc":
            file = tmp_path / "tests" / folder / f"test_{name}.py"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("".join(f"def test_{at}(worker_id):\n    print('by', worker_id, __file__)\n" for at in range(9)))
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-rP", "-n", "2", "--import-mode=importlib"),
        *("-p", "tests.support.plugins.distribution", "tests"),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)  # noqa: S603 - our own command
    ran = {tuple(line.split()[1:]) for line in done.stdout.splitlines() if line.startswith("by ")}
    by_file = {file: [worker for worker, one in ran if one == file] for _, file in ran}
    assert (len(by_file), {len(workers) for workers in by_file.values()}) == (6, {1})
    assert len({worker for worker, file in ran if "/browser/" in file}) == 1


def test_no_audit_hook_is_in_the_process_of_tests() -> None:
    """Python 3.11 may run another thread in such a hook, and whichever begins or ends tracing then fails: coverage asks that of every thread."""
    adding = "sys." + "addaudithook("
    assert [file.name for file in (ROOT / "tests").rglob("*.py") if adding in file.read_text()] == []
