"""What is one owner's is not there for another: on every route that /openapi.json lists, with the keys of both."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from functions import pipelines
from functions.jobs_api.http import record_owners
from functions.jobs_api.http.callers import Caller
from functions.jobs_api.routes import routes
from shared.ports.documents import Create, Write
from shared.records.record_use import RecordUse
from tests.unit.functions.jobs_api.toy import Api

OPERATOR = {"authorization": "Bearer the key"}
SCOPES = ["read", "write", "records"]
EVENT = {"user_id": "listener-7", "episode_id": "e1", "at": 1_700_000_000, "action": "like"}
POST = {"kol_serial": "208", "stock_code": "LKMR", "posting_type": "analysis", "max_words": 120}
RECORDS: dict[str, dict[str, Any]] = {
    "profiles": {"serial": "208", "name": "Ann's secret persona", "persona": "Writes calmly."},
    "agents": {"id": "iris", "name": "Ann's secret agent", "persona": "Calm."},
    "episodes": {"id": "e1", "title": "Ann's secret episode", "published_at": 1_700_000_000},
    "users": {"id": "listener-7", "interests": ["Ann's secret interest"]},
    "transcripts": {"id": "t1", "collection": "talks", "text": "Ann's secret talk."},
}
"""By kind, with what identifies it first."""
BODIES: dict[str, Any] = {
    "/api/v1/posts/{id}/choose": {"version": 0},
    "/api/v1/posts/{id}/rewrite": {"part": "text"},
    "/api/v1/posts/{id}/variants/{platform}": {"text": "Bob's."},
    "/api/v1/graphs/{id}/merge": {"entities": ["a", "b"]},
    "/api/v1/graphs/{id}/split": {"entity": "a"},
    "/api/v1/graphs/{id}/relations": None,
}
QUERIES = {"/api/v1/posts/calendar": "?from=1970-01-01T00:00:00Z&to=1970-02-01T00:00:00Z"}
NAMING: list[tuple[str, Any]] = [
    *(
        (path, {"pipeline": pipeline, "input": asked, **more})
        for path, more in {"/api/v1/jobs": {}, "/api/v1/plans": {}, "/api/v1/recurring-jobs": {"cron": "0 7 * * *"}}.items()
        for pipeline, asked in {
            "forum-posts": {"items": [POST]},
            "daily-post": {"agents": ["iris"]},
            "for-you": {"user_id": "listener-7"},
            "transcript-graph": {"collection": "talks", "transcripts": [{"id": "mine", "text": "Bob's own."}]},
        }.items()
    ),
    ("/api/v1/jobs", {"pipeline": "transcript-graph", "input": {"collection": "bobs", "transcripts": [{"id": "t1"}]}}),
    (
        "/api/v1/jobs",
        {
            "pipeline": "transcript-graph",
            "input": {"collection": "bobs", "transcripts": [{"id": "x", "uri": f"blob:transcripts/given/talks/{'0' * 64}"}]},
        },
    ),
    ("/api/v1/posts/stream", {"item": POST}),
    ("/api/sessions/create", {"user_id": "listener-7"}),
    ("/api/sessions/create", {"user_id": " listener-7 "}),
    ("/api/v1/engagements", EVENT),
    ("/api/v1/engagements", [{**EVENT, "user_id": "bobs"}, EVENT]),
]
"""Requests that name what is Ann's."""


class Two:
    """An API with two owners' keys, and something of everything that is the first one's."""

    def __init__(self, api: Api) -> None:
        self.api = api
        api.world.flows |= pipelines()
        self.ann, self.bob = (self._key(owner) for owner in ("ann", "bob"))
        self.job = api.start("a", **self.ann)
        for kind, record in RECORDS.items():
            name = next(iter(record.values()))
            assert self.ask("PUT", f"/api/v1/{kind}/{name}", self.ann, record).status_code == 201, kind
        assert self.ask("POST", "/api/v1/engagements", self.ann, EVENT).status_code == 201
        post = {
            "id": "p1",
            "state": "draft",
            "pipeline": "toy-flow",
            "job": self.job,
            "text": "Ann's secret post",
            "created_at": 1.0,
        }
        self._commit(
            Create("posts/p1", {**post, "updated_at": 1.0, "versions": [], "publish_due": 5.0}),
            Create("graphs/talks", {"version": 1, "top": [], "edits": [], "secret": "Ann's secret graph"}),
            *record_owners.taking(RecordUse("sessions", "0" * 36), Caller("ann", frozenset({"records"}))),
        )
        engagement = self._documents("engagements")[0]
        self.ids = {"jobs": self.job, "posts": "p1", "graphs": "talks", "sessions": "0" * 36, "engagements": engagement}
        self.ids |= {kind: next(iter(record.values())) for kind, record in RECORDS.items()}

    def _key(self, owner: str) -> dict[str, str]:
        made = self.ask("POST", "/api/v1/keys", OPERATOR, {"owner": owner, "scopes": SCOPES}).json()
        return {"authorization": f"Bearer {made['key']}"}

    def _commit(self, *writes: Write) -> None:
        assert self.api.client.portal is not None
        self.api.client.portal.call(lambda: self.api.world.ports.documents.commit(*writes))

    def _documents(self, collection: str) -> list[str]:
        assert self.api.client.portal is not None
        return [found.id for found in self.api.client.portal.call(lambda: self.api.world.ports.documents.query(collection))]

    def ask(self, method: str, path: str, who: dict[str, str], body: Any = None) -> Any:
        return self.api.client.request(method, path, json=body, headers=who, follow_redirects=False)


@pytest.fixture
def two(make_api: Callable[..., Api]) -> Two:
    return Two(make_api(api_key="the key"))


def test_no_route_with_an_id_shows_or_changes_what_is_anothers(two: Two) -> None:
    document, admins = (
        two.ask("GET", "/openapi.json", two.bob).json(),
        {(r.method, r.path) for r in routes() if r.needs == "admin"},
    )
    tried = 0
    for path, operations in document["paths"].items():
        if "{id}" not in path:
            continue
        for method in map(str.upper, operations):
            body = BODIES.get(path, {} if method == "POST" else RECORDS.get(path.split("/")[3]) if method == "PUT" else None)
            if path == "/api/v1/engagements/{id}" and method == "PUT":
                body = EVENT
            named = path.replace("{id}", two.ids.get(path.split("/")[3], "none"))
            answer = two.ask(method, re.sub("{[a-z]+}", "1.split", named), two.bob, body)
            wanted = 403 if (method, path) in admins else 404
            assert answer.status_code == wanted, (method, path, answer.text)
            assert "secret" not in answer.text
            tried += wanted == 404
    assert tried >= 45
    assert two.ask("GET", f"/api/v1/jobs/{two.job}", two.ann).json()["status"] == "queued"
    for kind, record in RECORDS.items():
        kept = two.ask("GET", f"/api/v1/{kind}/{two.ids[kind]}", two.ann).json()
        assert record.items() <= kept.items(), "Bob changed it"
    assert two.ask("GET", "/api/v1/posts/p1", two.ann).json()["state"] == "draft"


def test_no_list_shows_what_is_anothers(two: Two) -> None:
    for route in routes():
        if route.method == "GET" and "{" not in route.path and route.path.startswith("/api/"):
            answer = two.ask("GET", route.path + QUERIES.get(route.path, ""), two.bob)
            assert answer.status_code == (403 if route.needs == "admin" else 200), route.path
            assert not any(of_ann in answer.text for of_ann in (two.job, "secret", '"p1"')), route.path
    for action in ("cancel", "retry"):
        assert two.ask("POST", f"/api/v1/jobs:{action}", two.bob, {"pipeline": "toy-flow"}).json()["done"] == []


@pytest.mark.parametrize(("path", "body"), NAMING)
def test_no_request_reaches_what_is_anothers_by_naming_it(two: Two, path: str, body: Any) -> None:
    refused = two.ask("POST", path, two.bob, body)
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found"), refused.text
    assert len(two.ask("GET", "/api/v1/jobs", OPERATOR).json()["items"]) == 1
    if path != "/api/v1/posts/stream":  # which nothing here would write
        allowed = two.ask("POST", path, two.ann, body)
        assert allowed.status_code != 404, allowed.text


@pytest.mark.parametrize("path", ["/api/v1/jobs", "/api/v1/plans", "/api/v1/recurring-jobs"])
def test_only_the_operator_names_files_of_the_machine(two: Two, tmp_path: Path, path: str) -> None:
    (tmp_path / "talk.txt").write_text("Ann Lee works at Acme in Leeds. " * 20)
    more = {"cron": "0 7 * * *"} if path.endswith("recurring-jobs") else {}
    body = {"pipeline": "transcript-graph", "input": {"collection": "new", "path": str(tmp_path)}, **more}
    refused = two.ask("POST", path, two.bob, body)
    assert (refused.status_code, refused.json()["code"]) == (403, "out_of_scope"), refused.text
    assert two.ask("POST", path, OPERATOR, body).json().get("code") != "out_of_scope"


def test_what_recurs_is_checked_as_a_job_is(two: Two) -> None:
    body = {"pipeline": "toy-flow", "input": {"words": ["a"], "url": "http://169.254.169.254/x"}, "cron": "0 7 * * *"}
    assert two.ask("POST", "/api/v1/recurring-jobs", two.bob, body).json()["code"] == "url_forbidden"


def test_every_route_that_names_something_in_its_body_is_tried_here() -> None:
    without = {"/api/v1/jobs:cancel", "/api/v1/jobs:retry", "/api/v1/keys"}
    bodies = {route.path for route in routes() if route.method == "POST" and "{" not in route.path}
    assert bodies - without == {path for path, _ in NAMING}


def test_what_the_operator_made_is_everybodys_and_what_is_deleted_may_be_made_anew(two: Two) -> None:
    shared = {"serial": "1", "name": "Shared", "persona": "Calm."}
    assert two.ask("PUT", "/api/v1/profiles/1", OPERATOR, shared).status_code == 201
    for who in (two.ann, two.bob):
        assert two.ask("GET", "/api/v1/profiles/1", who).status_code == 200
        assert two.ask("PUT", "/api/v1/profiles/1", who, {**shared, "name": "Renamed"}).status_code == 200
    assert two.ask("DELETE", "/api/v1/profiles/208", two.ann).status_code == 204
    assert two.ask("PUT", "/api/v1/profiles/208", two.bob, RECORDS["profiles"]).status_code == 201
    assert two.ask("GET", "/api/v1/profiles/208", two.ann).status_code == 404
    assert two.ask("GET", "/api/v1/profiles/208", OPERATOR).status_code == 200


def test_of_two_who_make_the_same_graph_at_once_one_has_it(two: Two) -> None:
    body = {"pipeline": "transcript-graph", "input": {"collection": "new", "transcripts": [{"id": "x", "text": "Hello."}]}}
    assert [two.ask("POST", "/api/v1/jobs", who, body).status_code for who in (two.bob, two.ann, two.bob)] == [202, 404, 202]
