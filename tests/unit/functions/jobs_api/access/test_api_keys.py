"""API keys: who has one sees what is theirs, may what it says, for as long as it is good."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from functions import owner_spending
from shared.engine.job import lifecycle
from shared.errors import Permanent
from shared.ports.documents import Create
from tests.support.stopped_clock import StoppedClock
from tests.unit.functions.jobs_api.toy import Api

OPERATOR = {"authorization": "Bearer the key"}


@pytest.fixture
def api(make_api: Callable[..., Api]) -> Api:
    return make_api(api_key="the key")


def made(api: Api, owner: str = "ann", **asked: Any) -> dict[str, Any]:
    answer = api.client.post("/api/v1/keys", json={"owner": owner, **asked}, headers=OPERATOR)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def by(key: dict[str, Any]) -> dict[str, str]:
    return {"authorization": f"Bearer {key['key']}"}


def start(api: Api, key: dict[str, Any], **options: Any) -> str:
    answer = api.post({"pipeline": "toy-flow", "input": {"words": ["a"]}, "options": options}, **by(key))
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def test_a_key_is_shown_once_and_kept_as_a_hash(api: Api, tmp_path: Path) -> None:
    key = made(api, note="for the demo")
    listed = api.get("/api/v1/keys", **OPERATOR).json()["items"]
    assert [(one["id"], one["owner"], one["state"], one["note"]) for one in listed] == [
        (key["id"], "ann", "valid", "for the demo")
    ]
    assert "key" not in listed[0]
    secret = key["key"].partition(f"{key['id']}_")[2].encode()
    assert len(secret) > 40
    assert all(secret not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


PARTS = ("", "/progress", "/events", "/result", "/tasks", "/tasks/1.split", "/waterfall", "/failures", "/files")
ACTIONS = ("cancel", "pause", "resume", "retry")


def test_anothers_job_is_not_there_on_any_route(api: Api) -> None:
    ann, bob = made(api), made(api, "bob")
    job = start(api, ann, labels={"team": "x"})
    for part in PARTS:
        answer = api.get(f"/api/v1/jobs/{job}{part}", **by(bob))
        assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found"), part
    for action in ACTIONS:
        answer = api.client.post(f"/api/v1/jobs/{job}/{action}", json={}, headers=by(bob))
        assert answer.status_code == 404, action
    assert api.client.delete(f"/api/v1/jobs/{job}", headers=by(bob)).status_code == 404
    assert api.get("/api/v1/jobs", **by(bob)).json()["items"] == []
    assert api.get("/api/v1/jobs?label=team%3Dx", **by(bob)).json()["items"] == []
    assert api.client.post("/api/v1/jobs:cancel", json={"label": "team=x"}, headers=by(bob)).json()["done"] == []
    assert api.get(f"/api/v1/jobs/{job}", **by(ann)).json()["status"] == "queued"
    for query in ("", "?label=team%3Dx", "?status=queued", "?pipeline=toy-flow", "?status=queued&pipeline=toy-flow"):
        for who in (by(ann), OPERATOR):
            assert [one["id"] for one in api.get(f"/api/v1/jobs{query}", **who).json()["items"]] == [job]


def test_every_route_of_a_job_is_tried_here(api: Api) -> None:
    document = api.get("/openapi.json").json()
    own = [path for path in document["paths"] if path.startswith("/api/v1/jobs/{id}")]
    tried = {*PARTS, *(f"/{action}" for action in ACTIONS)}
    assert {path.removeprefix("/api/v1/jobs/{id}").replace("{task}", "1.split") for path in own} == tried


def test_anothers_posts_are_not_there(api: Api) -> None:
    ann, bob = made(api), made(api, "bob")
    job = start(api, ann)
    post = {
        "id": "p1",
        "state": "draft",
        "pipeline": "toy-flow",
        "job": job,
        "created_at": 1.0,
        "updated_at": 1.0,
        "versions": [],
    }
    assert api.client.portal is not None
    api.client.portal.call(lambda: api.world.ports.documents.commit(Create("posts/p1", post)))
    for who, status in ((ann, 200), (bob, 404)):
        assert api.get("/api/v1/posts/p1", **by(who)).status_code == status
        assert len(api.get("/api/v1/posts", **by(who)).json()["items"]) == (status == 200)
    for action in ("approve", "reject", "publish", "choose", "edit"):
        body = {"version": 0} if action == "choose" else {}
        assert api.client.post(f"/api/v1/posts/p1/{action}", json=body, headers=by(bob)).status_code == 404
    assert api.get("/api/v1/posts/p1", **OPERATOR).json()["state"] == "draft"


def test_the_same_idempotency_key_of_two_owners_are_two(api: Api) -> None:
    ann, bob = made(api), made(api, "bob")
    body = {"pipeline": "toy-flow", "input": {"words": ["a"]}}
    ids = [api.post(body, idempotency_key="k", **by(who)).json()["id"] for who in (ann, bob, ann)]
    assert ids[0] == ids[2] != ids[1]


@pytest.mark.parametrize(
    ("scopes", "method", "path", "status"),
    [
        (["read"], "GET", "/api/v1/jobs", 200),
        (["read"], "POST", "/api/v1/jobs:cancel", 403),
        (["write"], "GET", "/api/v1/jobs", 403),
        (["read", "write"], "GET", "/api/v1/limits", 403),
        (["read", "write"], "GET", "/api/v1/keys", 403),
        (["read", "write"], "GET", "/api/v1/agents/iris", 403),
        (["records"], "GET", "/api/v1/agents/iris", 404),
        (["admin"], "GET", "/api/v1/limits", 200),
        (["admin"], "GET", "/api/v1/keys", 200),
    ],
)
def test_a_key_may_what_it_says(api: Api, scopes: list[str], method: str, path: str, status: int) -> None:
    answer = api.client.request(method, path, headers=by(made(api, scopes=scopes)), json={} if method == "POST" else None)
    assert answer.status_code == status, answer.text
    if status == 403:
        assert answer.json()["code"] == "out_of_scope"


def test_a_key_is_good_until_it_is_revoked_or_its_time_is_up(api: Api) -> None:
    clock = StoppedClock(datetime(2027, 1, 15, 8, tzinfo=UTC))
    api.world.ports = dataclasses.replace(api.world.ports, clock=clock)
    short, long = made(api, days=1), made(api, days=None)
    assert api.get("/api/v1/jobs", **by(short)).status_code == 200
    clock.at += timedelta(days=1, seconds=1)
    assert api.get("/api/v1/jobs", **by(short)).status_code == 401
    assert api.get("/api/v1/jobs", **by(long)).status_code == 200
    for _ in range(2):
        assert api.client.delete(f"/api/v1/keys/{long['id']}", headers=OPERATOR).json()["state"] == "revoked"
    assert api.get("/api/v1/jobs", **by(long)).status_code == 401
    states = {one["id"]: one["state"] for one in api.get("/api/v1/keys", **OPERATOR).json()["items"]}
    assert states == {short["id"]: "expired", long["id"]: "revoked"}
    assert api.client.delete("/api/v1/keys/000000000000", headers=OPERATOR).status_code == 404


@pytest.mark.parametrize("change", ["x", "", "_", "é"])
def test_a_key_that_is_nearly_right_is_wrong(api: Api, change: str) -> None:
    key = made(api)["key"]
    wrong = key[:-1] + change if change != "_" else key.replace("_", "-")
    answer = api.client.get("/api/v1/jobs", headers={b"authorization": f"Bearer {wrong}".encode()})
    assert answer.status_code == (200 if wrong == key else 401)


def test_where_no_key_is_asked_for_one_still_says_who_it_is(make_api: Callable[..., Api]) -> None:
    api = make_api()
    ann = made(api)
    job = start(api, ann)
    assert api.get(f"/api/v1/jobs/{job}").status_code == 200
    assert api.get("/api/v1/jobs", authorization=f"Bearer hr_000000000000_{'x' * 43}").status_code == 401
    assert api.get(f"/api/v1/jobs/{job}", **by(made(api, "bob"))).status_code == 404


def test_an_owner_spends_no_more_in_a_day_than_they_may(make_api: Callable[..., Api]) -> None:
    api = make_api(api_key="the key", owner_usd_day=1.0)
    clock = StoppedClock(datetime(2027, 1, 15, 8, tzinfo=UTC))
    api.world.ports = dataclasses.replace(api.world.ports, clock=clock)
    ann, bob = made(api), made(api, "bob")
    first = start(api, ann, budget_usd=0.75)
    assert api.get(f"/api/v1/jobs/{first}", **by(ann)).json()["cost"]["budget_usd"] == 0.75
    body = {"pipeline": "toy-flow", "input": {"words": ["a"]}, "options": {"budget_usd": 0.5}}
    refused = api.post(body, **by(ann))
    assert (refused.status_code, refused.json()["code"]) == (429, "day_spent")
    assert "$0.2500 are left" in refused.json()["detail"]
    assert start(api, bob, budget_usd=1.0)
    assert api.post(body, **OPERATOR).status_code == 202
    rest = start(api, ann)  # without a budget: all that is left
    assert api.get(f"/api/v1/jobs/{rest}", **by(ann)).json()["cost"]["budget_usd"] == 0.25
    resumed = api.client.post(f"/api/v1/jobs/{first}/resume", json={"budget_usd": 2.0}, headers=by(ann))
    assert resumed.status_code == 429
    assert api.post(body, **by(ann)).status_code == 429
    assert api.client.portal is not None
    api.run()
    ended = api.client.portal.call(lifecycle.read, first, api.world.ports)
    for _ in range(2):  # told twice, given back once
        api.client.portal.call(owner_spending.settle, first, ended.data, api.world.ports)
    assert start(api, ann, budget_usd=0.75)
    assert api.post(body, **by(ann)).status_code == 429
    clock.at += timedelta(days=1)
    assert start(api, ann, budget_usd=1.0)


def test_a_repeated_request_takes_nothing_of_the_day_twice(make_api: Callable[..., Api]) -> None:
    api = make_api(api_key="the key", owner_usd_day=1.0)
    ann = made(api)
    body = {"pipeline": "toy-flow", "input": {"words": ["a"]}}
    first = api.post(body, idempotency_key="k", **by(ann))
    again = api.post(body, idempotency_key="k", **by(ann))
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json() == again.json()


async def test_two_at_once_do_not_set_the_same_dollars_aside(api: Api) -> None:
    ports = dataclasses.replace(api.world.ports, settings=dataclasses.replace(api.world.ports.settings, owner_usd_day=1.0))
    outcomes = await asyncio.gather(*(owner_spending.set_aside("ann", 0.4, ports) for _ in range(5)), return_exceptions=True)
    assert sum(outcome == 0.4 for outcome in outcomes) <= 2
    assert all(outcome == 0.4 or isinstance(outcome, Permanent) for outcome in outcomes)
