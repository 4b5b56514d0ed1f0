"""Questions over HTTP: listed, answered with a key or by their own link, and nobody else's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.pipelines.asking.flow import ASKING
from tests.unit.functions.jobs_api.toy import Api


def ask(api: Api, text: str = "a", **options: Any) -> str:
    """A job that has come to its question."""
    api.world.flows[ASKING.pipeline] = ASKING
    answer = api.post({"pipeline": ASKING.pipeline, "input": {"text": text}, "options": options})
    assert answer.status_code == 202, answer.text
    asyncio.run(api.world.run(2))
    return str(answer.json()["id"])


def test_a_question_is_listed_with_what_it_is_about_and_answered(api: Api) -> None:
    job = ask(api)
    (question,) = api.get("/api/v1/questions").json()["items"]
    assert (question["job"], question["asks"], question["about"]) == (job, "Shall this be published?", {"text": "A"})
    assert set(question["answer_schema"]["properties"]) == {"approved", "note"}
    answer = api.client.post(f"/api/v1/questions/{question['id']}/answer", json={"answer": {"approved": True}})
    assert (answer.status_code, answer.json()["state"], answer.json()["link"]) == (200, "answered", None)
    asyncio.run(api.world.run(1))
    assert api.job(job)["result"] == {"said": "A: True"}
    assert api.get("/api/v1/questions").json()["items"] == []


def test_whoever_has_the_link_answers_without_a_key(make_api: Callable[..., Api]) -> None:
    api = make_api(api_key="secret", url="https://headrace.example")
    api.client.headers["authorization"] = "Bearer secret"
    job = ask(api)
    (question,) = api.get(f"/api/v1/questions?job={job}").json()["items"]
    assert question["link"].startswith("https://headrace.example/#/answer/")
    token = question["link"].rpartition("/")[2]
    del api.client.headers["authorization"]
    assert api.get("/api/v1/questions").status_code == 401
    assert api.get(f"/answers/{token}").json()["asks"] == "Shall this be published?"
    assert api.client.post(f"/answers/{token}", json={"answer": {"approved": False, "note": "no"}}).status_code == 200


@pytest.mark.parametrize("token", ["nothing", "abc.def", "a" * 40 + ".x", "%2e%2e"])
def test_a_link_that_is_not_a_questions_own_leads_nowhere(api: Api, token: str) -> None:
    ask(api)
    for answer in (api.get(f"/answers/{token}"), api.client.post(f"/answers/{token}", json={"answer": {"approved": True}})):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_another_owners_question_is_not_there(make_api: Callable[..., Api]) -> None:
    api = make_api(api_key="secret")
    keys = {}
    for owner in ("ann", "bob"):
        made = api.client.post("/api/v1/keys", json={"owner": owner}, headers={"authorization": "Bearer secret"})
        keys[owner] = {"authorization": f"Bearer {made.json()['key']}"}
    api.client.headers.update(keys["ann"])
    ask(api)
    (question,) = api.get("/api/v1/questions").json()["items"]
    assert api.client.get("/api/v1/questions", headers=keys["bob"]).json()["items"] == []
    assert api.client.get(f"/api/v1/questions/{question['id']}", headers=keys["bob"]).status_code == 404


def test_what_does_not_fit_is_told_with_its_place(api: Api) -> None:
    ask(api)
    (question,) = api.get("/api/v1/questions").json()["items"]
    refused = api.client.post(f"/api/v1/questions/{question['id']}/answer", json={"answer": {"note": 7}})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_body")
    assert {fault["pointer"] for fault in refused.json()["errors"]} == {"/answer/approved", "/answer/note"}


def test_a_cancelled_job_asks_nothing_any_more(api: Api) -> None:
    job = ask(api)
    (question,) = api.get("/api/v1/questions").json()["items"]
    api.client.post(f"/api/v1/jobs/{job}/cancel")
    assert api.get("/api/v1/questions").json()["items"] == []
    late = api.client.post(f"/api/v1/questions/{question['id']}/answer", json={"answer": {"approved": True}})
    assert (late.status_code, late.json()["code"]) == (409, "not_asked")


def test_a_deleted_job_leaves_no_question(api: Api) -> None:
    job = ask(api)
    api.client.post(f"/api/v1/jobs/{job}/cancel")
    assert api.client.delete(f"/api/v1/jobs/{job}").status_code == 204
    assert asyncio.run(api.world.ports.documents.query("questions")) == []
