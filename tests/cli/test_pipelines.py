"""What can be run, and brought in for it."""

from __future__ import annotations

import json
from collections.abc import Callable

from typer.testing import Result

from functions import import_kinds, registrations

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
