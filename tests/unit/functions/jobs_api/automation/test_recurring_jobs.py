"""Jobs that recur: of any pipeline, started once for each of their times, whatever is called twice or dies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from functions.upkeep.recurring_jobs import start_due
from shared.ports.documents import Update
from tests.support.stopped_clock import StoppedClock
from tests.unit.functions.jobs_api.toy import Api

HERE = "/api/v1/recurring-jobs"


def add(api: Api, **more: Any) -> dict[str, Any]:
    body = {"pipeline": "toy-flow", "input": {"words": ["one"]}, "cron": "*/5 * * * *", **more}
    answer = api.client.post(HERE, json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def call_later(api: Api, seconds: float) -> int:
    """What the clock's call starts so much later."""
    ports = replace(api.world.ports, clock=StoppedClock(datetime.fromtimestamp(api.world.ports.clock.now() + seconds, UTC)))
    return int(asyncio.run(start_due(api.world.flows, ports))["started"])


def test_each_of_its_times_starts_one_job_with_its_label(api: Api) -> None:
    made = add(api, options={"labels": {"team": "growth"}})
    assert call_later(api, 0) == 0
    assert [call_later(api, 301), call_later(api, 301)] == [1, 0]
    (job,) = api.get(f"/api/v1/jobs?label=recurring%3D{made['id']}").json()["items"]
    assert job["labels"] == {"team": "growth", "recurring": made["id"]}
    assert api.get(f"{HERE}/{made['id']}").json()["last_job"] == job["id"]


def test_of_times_that_were_missed_one_job_makes_up(api: Api) -> None:
    add(api)
    assert [call_later(api, 86400), call_later(api, 86400)] == [1, 0]


def test_a_paused_one_starts_nothing_until_it_is_resumed(api: Api) -> None:
    name = add(api)["id"]
    assert api.client.post(f"{HERE}/{name}/pause").json()["next_at"] is None
    assert call_later(api, 3600) == 0
    assert api.client.post(f"{HERE}/{name}/resume").json()["next_at"] is not None
    assert call_later(api, 3600) == 1


def test_one_is_started_now_and_deleted(api: Api) -> None:
    name = add(api)["id"]
    job = api.client.post(f"{HERE}/{name}/start")
    assert job.status_code == 202
    assert api.job(job.json()["id"])["labels"] == {"recurring": name}
    assert api.client.delete(f"{HERE}/{name}").status_code == 204
    assert api.get(HERE).json()["items"] == []
    assert api.get(f"{HERE}/{name}").status_code == 404


def test_one_whose_pipeline_is_gone_says_so_and_keeps_no_other_from_starting(api: Api) -> None:
    lost, kept = add(api), add(api)
    documents = api.world.ports.documents
    asyncio.run(documents.commit(Update(f"recurring_jobs/{lost['id']}", {"pipeline": "gone"})))
    assert call_later(api, 600) == 1
    assert api.get(f"{HERE}/{lost['id']}").json()["last_error"]["code"] == "unknown_pipeline"
    assert api.get(f"{HERE}/{kept['id']}").json()["last_error"] is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"cron": "every morning"}, "bad_cron"),
        ({"cron": "* * * * * *"}, "bad_cron"),
        ({"cron": "0 0 31 2 *"}, "bad_cron"),
        ({"zone": "Europe/Atlantis"}, "bad_zone"),
        ({"pipeline": "none"}, "unknown_pipeline"),
        ({"input": {}}, "invalid_input"),
        ({"options": {"start_at": "2040-01-01T00:00:00Z"}}, "invalid_body"),
    ],
)
def test_what_could_never_start_is_refused_at_once(api: Api, wrong: dict[str, Any], code: str) -> None:
    body = {"pipeline": "toy-flow", "input": {"words": ["one"]}, "cron": "0 7 * * *", **wrong}
    refused = api.client.post(HERE, json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_another_owners_is_not_there(make_api: Callable[..., Api]) -> None:
    api = make_api(api_key="secret")
    keys = {}
    for owner in ("ann", "bob"):
        made = api.client.post("/api/v1/keys", json={"owner": owner}, headers={"authorization": "Bearer secret"})
        keys[owner] = {"authorization": f"Bearer {made.json()['key']}"}
    api.client.headers.update(keys["ann"])
    name = add(api)["id"]
    assert api.client.get(HERE, headers=keys["bob"]).json()["items"] == []
    assert api.client.post(f"{HERE}/{name}/start", headers=keys["bob"]).status_code == 404
    assert call_later(api, 600) == 1
    assert api.get("/api/v1/jobs").json()["items"]
