"""Every answer in these tests is held to the OpenAPI document (`conftest.py`); here: that the holding holds, and what a client is told."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.support.openapi_contract import Contract
from tests.unit.functions.jobs_api.toy import Api


def contract_of(api: Api) -> Contract:
    return api.client.event_hooks["response"][0].__self__  # type: ignore[attr-defined,no-any-return]  # a bound method has it


def said(status: int, body: Any, media: str = "application/json", path: str = "/api/v1/jobs") -> httpx2.Response:
    request = httpx2.Request("GET", f"http://localhost{path}")
    return httpx2.Response(status, json=body, headers={"content-type": media}, request=request)


def test_answers_are_held_to_the_document(api: Api) -> None:
    job = api.start("a")
    api.job(job)
    api.get("/api/v1/jobs/nowhere")
    checked = contract_of(api).checked
    assert {("POST /api/v1/jobs", 202), ("GET /api/v1/jobs/{id}", 200), ("GET /api/v1/jobs/{id}", 404)} <= checked


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (said(200, {"items": []}), "next_cursor"),
        (said(200, {"items": [{"id": 7}], "next_cursor": None}), "items/0"),
        (said(204, {}), "of which the document says nothing"),
        (said(200, {"items": [], "next_cursor": None}, "text/html"), "answers text/html"),
        (said(404, {"detail": "no"}, "application/problem+json"), "required"),
    ],
)
def test_an_answer_that_is_not_as_told_is_found(api: Api, answer: httpx2.Response, fault: str) -> None:
    with pytest.raises(AssertionError, match=fault):
        contract_of(api).hold(answer)


def test_what_is_no_json_type_of_the_field_is_refused(api: Api) -> None:
    job = api.start("a")
    for path, body in (
        ("/api/v1/jobs", {"pipeline": "toy-flow", "input": {"words": []}, "options": {"fresh": 0}}),
        (f"/api/v1/jobs/{job}/retry", {"plan": 0}),
        ("/api/v1/jobs:cancel", {"status": "failed", "limit": "7"}),
        ("/api/v1/keys", {"owner": "a", "days": "30"}),
    ):
        answer = api.client.post(path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_body"), path


def test_a_parameter_that_there_is_not_is_refused_with_those_that_there_are(api: Api) -> None:
    answer = api.get("/api/v1/jobs?state=failed")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_query")
    assert "cursor, label, limit, pipeline, status" in answer.json()["detail"]
    assert answer.json()["errors"] == [{"pointer": "/query/state", "detail": "there is no such parameter"}]


def test_parameters_are_told_as_they_are_taken(api: Api) -> None:
    told = api.get("/openapi.json").json()["paths"]
    relation = {one["name"]: one for one in told["/api/v1/graphs/{id}/relations"]["get"]["parameters"]}
    assert relation["type"]["required"]
    jobs = {one["name"]: one for one in told["/api/v1/jobs"]["get"]["parameters"]}
    assert not jobs["status"]["required"]
    assert "null" not in str(jobs["status"]["schema"])
    events = told["/api/v1/jobs/{id}/events"]["get"]["responses"]["200"]["content"]["text/event-stream"]["schema"]
    assert "event: progress" in events["example"]
