"""`headrace init` makes a project that runs, and whose tests pass, as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

ROOT = Path(__file__).parents[3]
Headrace = Callable[..., Result]


def in_project(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HEADRACE", "OPENAI", "PYTEST"))}
    environment = {**plain, "HEADRACE_PIPELINES": project.name, "PYTHONPATH": f"{project}:{ROOT}"}
    return subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-m", *command], cwd=project, env=environment, capture_output=True, text=True, timeout=180, check=False
    )


def test_a_new_project_runs_and_its_tests_pass(headrace: Headrace, tmp_path: Path) -> None:
    made = headrace("init", "overviews")
    assert made.exit_code == 0, made.output
    project = tmp_path / "overviews"
    assert f"{sys.executable} -m pytest" in (project / "README.md").read_text(), "as it can be typed there"
    tested = in_project(project, "pytest", "-q", "-p", "no:cacheprovider")
    assert "2 passed" in tested.stdout, tested.stdout + tested.stderr
    run = in_project(
        project, "infra.cli.main", "run", "overviews", "--set", 'texts=["Trams run late.","Trams are clean."]', "--out", "o.json"
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert json.loads((project / "o.json").read_text())["texts"] == 2


@pytest.mark.parametrize("name", ["Overviews", "my-pipeline", "class", "typer", "7up"])
def test_a_name_that_can_be_none_is_refused(headrace: Headrace, tmp_path: Path, name: str) -> None:
    done = headrace("init", name)
    assert (done.exit_code, "a pipeline cannot be called" in done.output) == (2, True)
    assert not (tmp_path / name).exists()


def test_nothing_is_written_over(headrace: Headrace, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "flow.py").write_text("x = 1")
    done = headrace("init", "mine")
    assert (done.exit_code, "already" in done.output) == (2, True)
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["flow.py"]


def test_where_nothing_can_be_written_it_is_told(headrace: Headrace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = headrace("init", "file/mine")
    assert (done.exit_code, "cannot write file/mine: Not a directory" in done.output) == (2, True)


def test_a_project_within_another_runs_its_own_tests_alone(headrace: Headrace, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\naddopts = "--unknown-option"\n')
    headrace("init", "inside")
    tested = in_project(tmp_path / "inside", "pytest", "-q", "-p", "no:cacheprovider", "--collect-only")
    assert "2 tests collected" in tested.stdout, tested.stdout + tested.stderr
