"""`headrace deploy teardown` over a project in memory: it asks, leaves nothing of ours, and touches nothing of anybody else's."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from infra.deployment import google_api_client
from tests.cli.deploy.test_deploy_check import Stage
from tests.support.google.applied_project import HERE, PROJECT, REGION, THERE, applied, exported, policies
from tests.support.google.fake_google import FakeGoogle

Headrace = Callable[..., Result]
NOT_OURS: dict[str, dict[str, Any]] = {
    f"cloudtasks/v2/{THERE}/queues": {"name": f"{THERE}/queues/orders", "state": "RUNNING"},
    f"run/v2/{THERE}/services": {"name": f"{THERE}/services/shop", "labels": {"app": "shop"}},
    "storage/storage/v1/b": {"name": f"{PROJECT}-shop", "id": f"{PROJECT}-shop"},
    f"secretmanager/v1/{HERE}/secrets": {"name": f"{HERE}/secrets/shop-key"},
    f"monitoring/v3/{HERE}/alertPolicies": {"name": f"{HERE}/alertPolicies/77", "displayName": "Shop: down"},
    f"logging/v2/{HERE}/metrics": {"name": "shop/orders"},
    f"iam/v1/{HERE}/serviceAccounts": {"name": f"{HERE}/serviceAccounts/shop@x.iam", "email": "shop@x.iam"},
}


@pytest.fixture(params=["small", "large"])
def google(stage: Stage, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> FakeGoogle:
    fake = FakeGoogle(stage.url, applied(exported(), request.param), policies(exported(), request.param))
    for place, one in NOT_OURS.items():
        fake.things[place].append(copy.deepcopy(one))
    stage.app = fake.app()
    monkeypatch.setenv("HEADRACE_GOOGLE_API_URL", fake.template)
    monkeypatch.setattr(google_api_client, "BETWEEN", 0.001)
    return fake


def teardown(headrace: Headrace, *words: str) -> Result:
    return headrace("deploy", "teardown", "--project", PROJECT, "--region", REGION, *words)


def left(google: FakeGoogle) -> set[str]:
    """Names of what is there, but for what comes with a project or goes with something else."""
    aside = ("serviceusage/", "cloudquotas/")
    inside = ("/collectionGroups/", "/versions")
    return {
        one["name"]
        for place, things in google.things.items()
        if not place.startswith(aside) and not any(part in place for part in inside)
        for one in things
    }


def test_nothing_of_ours_is_left_and_nothing_else_is_gone(headrace: Headrace, google: FakeGoogle) -> None:
    told = teardown(headrace, "--confirm", PROJECT)
    assert told.exit_code == 0, told.output
    assert left(google) == {one["name"] for one in NOT_OURS.values()}
    assert google.policies[f"cloudresourcemanager/v1/{HERE}"]["bindings"] == [
        {"role": "roles/owner", "members": ["user:ada@example.com"]}
    ]
    assert "Nothing of Headrace is left" in told.stdout


def test_what_calls_goes_before_what_is_called_and_files_before_their_bucket(headrace: Headrace, google: FakeGoogle) -> None:
    teardown(headrace, "--confirm", PROJECT)
    gone = [call.removeprefix("DELETE ") for call in google.calls if call.startswith("DELETE")]

    def when(part: str) -> list[int]:
        found = [at for at, call in enumerate(gone) if part in call]
        assert found, part
        return found

    assert max(when("/jobs/")) < min(when("/services/"))
    assert max(when("/queues/")) < min(when("/services/"))
    assert max(when(f"{PROJECT}-headrace/o/")) < max(when(f"{PROJECT}-headrace"))
    assert max(when("/services/")) < min(when("/serviceAccounts/"))


@pytest.mark.parametrize("words", [(), ("--confirm", "another-project")])
def test_without_the_projects_name_nothing_is_deleted(headrace: Headrace, google: FakeGoogle, words: tuple[str, ...]) -> None:
    told = teardown(headrace, *words)
    assert told.exit_code == 2
    assert f"--confirm {PROJECT}" in told.stderr
    assert "queues: engine-interactive" in told.stdout
    assert not [call for call in google.calls if call.startswith(("DELETE", "PATCH"))]


def test_a_second_time_there_is_nothing(headrace: Headrace, google: FakeGoogle) -> None:
    teardown(headrace, "--confirm", PROJECT)
    google.calls.clear()
    told = teardown(headrace)
    assert (told.exit_code, f"Nothing of Headrace is in {PROJECT}" in told.stdout) == (0, True)
    assert not [call for call in google.calls if call.startswith("DELETE")]


def test_what_cannot_be_deleted_or_listed_is_told_and_keeps_nothing_else(headrace: Headrace, google: FakeGoogle) -> None:
    google.refused |= {"queues/models-bulk", "budgets"}
    told = teardown(headrace, "--confirm", PROJECT)
    assert told.exit_code == 1
    after = told.stdout.partition("LEFT:")[2]
    assert "1 queues: models-bulk" in after
    assert "budgets: Google does not say" in after
    assert f"{THERE}/queues/models-bulk" in left(google)
    assert not [name for name in left(google) if "serviceAccounts/headrace" in name]


def test_what_an_earlier_version_left_goes_too(headrace: Headrace, google: FakeGoogle) -> None:
    google.things[f"run/v2/{THERE}/services"].append({"name": f"{THERE}/services/old-stage", "labels": {"app": "headrace"}})
    google.things[f"logging/v2/{HERE}/metrics"].append({"name": "headrace/old"})
    assert teardown(headrace, "--confirm", PROJECT).exit_code == 0
    assert left(google) == {one["name"] for one in NOT_OURS.values()}


def test_the_variables_say_what_is_ours(headrace: Headrace, google: FakeGoogle, tmp_path: Path) -> None:
    """A pipeline from elsewhere has queues of its own: its export names them."""
    own = exported()
    own["queues"]["orders"] = own["queues"]["web-bulk"]
    (tmp_path / "own.json").write_text(json.dumps(own))
    teardown(headrace, "--confirm", PROJECT, "--variables", "own.json")
    assert f"{THERE}/queues/orders" not in left(google)
