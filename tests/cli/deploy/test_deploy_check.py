"""`headrace deploy check` over a project in memory: what is as Terraform makes it is in order, and whatever is not is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.types import ASGIApp
from typer.testing import Result

from shared import bootstrap
from tests.support.google.applied_project import PROJECT, REGION, applied, email, exported, policies
from tests.support.google.fake_google import FakeGoogle

Headrace = Callable[..., Result]


class Stage:
    app: ASGIApp
    url: str


@pytest.fixture(params=["small", "large"])
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def google(stage: Stage, size: str, monkeypatch: pytest.MonkeyPatch) -> FakeGoogle:
    fake = FakeGoogle(stage.url, applied(exported(), size), policies(exported(), size))
    stage.app = fake.app()
    monkeypatch.setenv("HEADRACE_GOOGLE_API_URL", fake.template)
    return fake


def rows(headrace: Headrace, size: str, *words: str) -> tuple[int, dict[str, dict[str, Any]]]:
    told = headrace("deploy", "check", "--project", PROJECT, "--region", REGION, "--size", size, "--json", *words)
    return told.exit_code, {row["name"]: row for row in json.loads(told.stdout)["checks"]}


def test_a_project_as_terraform_makes_it_is_in_order(headrace: Headrace, google: FakeGoogle, size: str) -> None:
    code, found = rows(headrace, size)
    assert {name: row["detail"] for name, row in found.items() if row["state"] != "ok"} == {
        "provider": "no key: the offline model answers, by rules"
    }
    assert code == 0
    assert len(found) > 25
    assert not [call for call in google.calls if not call.startswith("GET") and "IamPolicy" not in call]


def owner(google: FakeGoogle, role: str, member: str) -> None:
    google.policies[f"cloudresourcemanager/v1/projects/{PROJECT}"]["bindings"].append({"role": role, "members": [member]})


def without_role(google: FakeGoogle) -> None:
    google.policies[f"cloudresourcemanager/v1/projects/{PROJECT}"]["bindings"][1]["members"].pop()


def opened(google: FakeGoogle) -> None:
    path = next(path for path in google.policies if path.startswith("run/") and not path.endswith("jobs-api"))
    google.policies[path]["bindings"].append({"role": "roles/run.invoker", "members": ["allUsers"]})


def closed(google: FakeGoogle) -> None:
    google.policies[next(path for path in google.policies if path.endswith("jobs-api"))] = {}


def less_cpu(google: FakeGoogle) -> None:
    google.things[next(key for key in google.things if key.endswith("quotaInfos"))][0]["dimensionsInfos"][0]["details"] = {
        "value": "5000"
    }


FAULTS: dict[str, tuple[str, Callable[[FakeGoogle], object]]] = {
    "an API that is off": ("APIs", lambda google: google.drop("/eventarc.googleapis.com")),
    "a service that is missing": ("services", lambda google: google.drop("/jobs-api")),
    "a queue that is missing": ("queues", lambda google: google.drop("/queues/models-bulk")),
    "a trigger that is missing": ("triggers", lambda google: google.drop("/events-job-ended")),
    "an account that is missing": ("service accounts", lambda google: google.drop(email("call-tasks"))),
    "an alert that is missing": ("alerts", lambda google: google.drop("alertPolicies/0")),
    "a schedule that is missing": ("schedules", lambda google: google.drop("/upkeep-sweep")),
    "no way out for clients": ("rules' releases", lambda google: google.drop("cloud.firestore")),
    "no budget": ("budgets", lambda google: google.drop("/b-1")),
    "a service that does not start": (
        "services are up", lambda google: google.one("/jobs-api")["terminalCondition"].update(state="CONDITION_FAILED")
    ),
    "a service that runs as another": (
        "services' accounts", lambda google: google.one("/jobs-api")["template"].update(serviceAccount="x@y.z")
    ),
    "a door that is open": ("nothing is public but the API", opened),
    "an API that is closed": ("nothing is public but the API", closed),
    "a composite index that is missing": ("composite indexes", lambda google: google.drop("indexes/C3")),
    "a field's index that is missing": (
        "indexes and expiry of fields", lambda google: google.one("jobs/fields/finished_at").update(indexConfig={})
    ),
    "documents that do not expire": (
        "indexes and expiry of fields", lambda google: google.one("tasks/fields/expires_at").pop("ttlConfig")
    ),
    "indexes by default": ("indexes and expiry of fields", lambda google: google.drop("__default__/fields/*")),
    "a bucket that could be public": (
        "buckets are private", lambda google: google.one(f"{PROJECT}-headrace")["iamConfiguration"].update(publicAccessPrevention="inherited")
    ),
    "a role too many": ("roles on the project", lambda google: owner(google, "roles/editor", f"serviceAccount:{email('models')}")),
    "a role too few": ("roles on the project", without_role),
    "a key that is not there": (
        "HEADRACE_API_KEY", lambda google: google.things[f"secretmanager/v1/projects/{PROJECT}/secrets/headrace-api-key/versions"].clear()
    ),
    "too little quota": ("CpuAllocPerProjectRegion", less_cpu),
}  # fmt: skip


@pytest.mark.parametrize("size", ["large"], indirect=True)
@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_is_found_and_told_what_to_do(headrace: Headrace, google: FakeGoogle, size: str, fault: str) -> None:
    name, change = FAULTS[fault]
    change(google)
    code, found = rows(headrace, size)
    broken = {row["name"]: row for row in found.values() if row["state"] == "broken"}
    assert code == 1
    assert name in broken
    assert broken[name]["advice"]


def test_a_paused_queue_and_other_limits_are_found(headrace: Headrace, google: FakeGoogle, size: str) -> None:
    google.one("/queues/web-bulk")["state"] = "PAUSED"
    google.one("/queues/render-bulk")["rateLimits"]["maxConcurrentDispatches"] = 7
    told = headrace("deploy", "check", "--project", PROJECT, "--region", REGION, "--size", size)
    assert told.exit_code == 1
    assert "render-bulk has other limits, web-bulk is paused" in told.stdout


def test_indexes_that_are_being_built_are_a_warning(headrace: Headrace, google: FakeGoogle, size: str) -> None:
    google.one("indexes/C1")["state"] = "CREATING"
    code, found = rows(headrace, size)
    assert (code, found["indexes that are being built"]["state"]) == (0, "warning")


def test_what_google_refuses_to_tell_is_a_row_and_the_rest_is_asked(headrace: Headrace, google: FakeGoogle, size: str) -> None:
    google.refused.add("cloudtasks/")
    code, found = rows(headrace, size)
    assert code == 1
    assert "Permission denied" in found["queues"]["detail"]
    assert found["composite indexes"]["state"] == "ok"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--project", "No Such"), "bad_project"),
        (("--project", PROJECT, "--size", "huge"), "bad_size"),
        (("--project", PROJECT, "--variables", "nowhere.json"), "bad_variables"),
        ((), "bad_project"),
    ],
)
def test_what_cannot_be_asked_about_is_said(headrace: Headrace, words: tuple[str, ...], code: str) -> None:
    told = headrace("deploy", "check", "--json", *words)
    assert (told.exit_code, json.loads(told.stdout)["error"]["code"]) == (2, code)


@pytest.mark.parametrize("content", ["{}", "[]", "null", '{"services": []}', "{", "[" * 100_000])
@pytest.mark.parametrize("command", ["check", "teardown"])
def test_variables_that_are_something_else_are_said_to_be(headrace: Headrace, tmp_path: Path, command: str, content: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(content)
    told = headrace("deploy", command, "--project", PROJECT, "--variables", str(file))
    assert told.exit_code == 2
    assert "infra export" in told.output


@pytest.mark.parametrize("package", ["no.such.package", "tests.cli", "json"])
def test_a_pipeline_that_is_not_there_is_named(headrace: Headrace, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setenv("HEADRACE_PIPELINES", package)
    monkeypatch.setattr(bootstrap, "_ports", None)
    told = headrace("deploy", "plan", "--json")
    error = json.loads(told.stdout)["error"]
    assert (told.exit_code, error["code"]) == (2, "bad_setting")
    assert package in error["message"]


def test_variables_that_cannot_be_written_are_said_to_be(headrace: Headrace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = headrace("infra", "export", "--out", str(tmp_path / "file" / "x.json"), "--json")
    assert (told.exit_code, json.loads(told.stdout)["error"]["code"]) == (2, "bad_out")


def test_an_address_where_nobody_answers_is_told_row_by_row(headrace: Headrace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADRACE_GOOGLE_API_URL", "http://127.0.0.1:9/{api}")
    code, found = rows(headrace, "small")
    assert code == 1
    assert "does not answer" in found["queues"]["detail"]


def test_the_plan_says_what_it_costs_at_rest(headrace: Headrace) -> None:
    told = json.loads(headrace("deploy", "plan", "--json").stdout)
    assert 0 < sum(told["idle_usd_month"].values()) < 5
    assert len(told["services"]) < 8 < len(json.loads(headrace("deploy", "plan", "--size", "large", "--json").stdout)["services"])


def test_the_plan_fits_a_terminal(headrace: Headrace) -> None:
    lines = headrace("deploy", "plan").stdout.splitlines()
    assert all(len(line) <= 80 or " " not in line.strip() for line in lines)  # but for a name that is longer by itself
    assert any(line.endswith(" queues:") for line in lines)
    assert lines[-1].startswith("At rest, a month: $")
