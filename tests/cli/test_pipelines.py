"""What can be run, and brought in for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

from typer.testing import Result

from functions import import_kinds, registrations
from tests.support.waiting import PATIENCE

Headrace = Callable[..., Result]


def test_every_pipeline_is_listed_with_its_kinds(headrace: Headrace) -> None:
    told = headrace("pipelines")
    assert told.exit_code == 0, told.output
    for title in registrations():
        assert title in told.stdout
    assert all(kind in told.stdout for kind in import_kinds())
    items = json.loads(headrace("pipelines", "--json").stdout)["items"]
    assert [item["name"] for item in items] == list(registrations())
    assert {kind for item in items for kind in item["imports"]} == set(import_kinds())


def test_helps_name_a_pipeline_and_kinds_that_there_are(headrace: Headrace) -> None:
    assert f"headrace run {next(iter(registrations()))} --set" in " ".join(headrace("run", "--help").stdout.split())
    assert all(kind in headrace("import", "--help").stdout for kind in import_kinds())


def test_a_reader_that_has_enough_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "infra.cli.main", "pipelines"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False)  # noqa: S603 - our own
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")
