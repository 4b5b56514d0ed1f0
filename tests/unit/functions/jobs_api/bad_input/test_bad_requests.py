"""Rows of the table of bad inputs: each is a problem with a code, none a stack trace."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from shared.errors import Transient
from tests.unit.functions.jobs_api.toy import Api

JSON = {"content-type": "application/json"}
GOOD = {"pipeline": "toy-flow", "input": {"words": ["a"]}}


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The answer's problem, checked for its shape."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert set(told) - {"errors"} == {"type", "title", "status", "detail", "instance", "code", "request_id"}
    assert (told["status"], told["code"], told["type"]) == (status, code, f"/docs#error-{code}")
    assert told["request_id"] == answer.headers["x-request-id"]
    assert told["instance"] == answer.request.url.path[:300]
    assert told["detail"]
    assert "Traceback" not in answer.text
    return told


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/v1/jobs/", "/api/v1/plan", "/api/v1/jobs/a/stop", "//healthz"])
def test_an_unknown_path(api: Api, path: str) -> None:
    problem(api.get(path), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PUT", "/api/v1/jobs", "GET, HEAD, OPTIONS, POST"),
        ("PUT", "/api/v1/jobs/abc", "DELETE, GET, HEAD, OPTIONS"),
        ("GET", "/api/v1/jobs/abc/cancel", "OPTIONS, POST"),
        ("HEAD", "/api/v1/jobs/abc/cancel", "OPTIONS, POST"),
        ("POST", "/healthz", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_wrong_method(api: Api, method: str, path: str, allow: str) -> None:
    answer = api.client.request(method, path)
    assert answer.headers["allow"] == allow
    if method != "HEAD":
        problem(answer, 405, "method_not_allowed")
    assert answer.status_code == 405


def test_head_options_and_no_cors(api: Api) -> None:
    job_id = api.start("a")
    for path in ("/healthz", "/openapi.json", f"/api/v1/jobs/{job_id}", f"/api/v1/jobs/{job_id}/events"):
        answer = api.client.head(path)
        assert (answer.status_code, answer.content) == (200, b"")
    assert api.client.head("/healthz").headers["content-length"] == str(len(api.get("/healthz").content))
    answer = api.client.options("/api/v1/jobs")
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert not [name for name in answer.headers if name.startswith("access-control")]
    answer = api.client.options("/api/v1/jobs", headers={"origin": "https://other.example"})
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert api.get("/healthz", accept="text/xml").json() == {"status": "ok"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "application/json; charset=latin-1"},
        {"content-type": "application/json; charset="},
        {**JSON, "content-encoding": "gzip"},
    ],
)
def test_a_wrong_media_type(api: Api, headers: dict[str, str]) -> None:
    problem(api.client.post("/api/v1/jobs", content=json.dumps(GOOD), headers=headers), 415, "unsupported_media_type")


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON;charset=UTF-8", 'application/json; charset="utf-8"'])
def test_a_right_media_type(api: Api, kind: str) -> None:
    assert api.client.post("/api/v1/jobs", content=json.dumps(GOOD), headers={"content-type": kind}).status_code == 202


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  ",
        b"{",
        b'{"pipeline": "a",}',
        b"\xef\xbb\xbf{}",
        b'{"pipeline": "\xff"}',
        b"[" * 100_000,
        b'{"a":' * 100 + b"1" + b"}" * 100,
        b'{"pipeline": ' + b"1" * 5000 + b"}",
        b'{"pipeline": NaN}',
        b'{"pipeline": -Infinity}',
        b'{"pipeline": 1e999}',
        b'{"pipeline": "a", "pipeline": "b"}',
        b"{} {}",
        b"'a'",
    ],
)
def test_what_is_no_json(api: Api, content: bytes) -> None:
    problem(api.client.post("/api/v1/jobs", content=content, headers=JSON), 400, "invalid_json")


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ([], {""}),
        ("text", {""}),
        (None, {""}),
        ({}, {"/pipeline", "/input"}),
        ({"pipeline": 1, "input": []}, {"/pipeline", "/input"}),
        ({**GOOD, "a/b~c": 1}, {"/a~1b~0c"}),
        ({**GOOD, "options": {"lane": "x"}}, {"/options/lane"}),
    ],
)
def test_a_body_that_does_not_fit(api: Api, body: Any, pointers: set[str]) -> None:
    told = problem(api.client.post("/api/v1/jobs", content=json.dumps(body), headers=JSON), 422, "invalid_body")
    assert {fault["pointer"] for fault in told["errors"]} == pointers


def test_an_input_that_does_not_fit(api: Api) -> None:
    told = problem(api.post({"pipeline": "toy-flow", "input": {"words": ["a", 1], "odd": 1}}), 422, "invalid_input")
    assert {fault["pointer"] for fault in told["errors"]} == {"/input/words/1", "/input/odd"}
    told = problem(api.post({"pipeline": "toy_flow", "input": {}}), 422, "unknown_pipeline")
    assert "toy-flow" in told["detail"]


def test_many_and_long_faults_are_told_in_bounds(api: Api) -> None:
    many = api.post({"pipeline": "toy-flow", "input": {"words": [], **{f"odd{number}": 1 for number in range(4_000)}}})
    assert len(problem(many, 422, "invalid_input")["errors"]) == 50
    long = api.post({"pipeline": "toy-flow", "input": {"words": [], "x" * 500_000: 1}})
    assert problem(long, 422, "invalid_input")
    assert len(long.content) < 3000


@pytest.mark.parametrize("text", ["\\u0000", "\\u202egnp", "\\ud83d\\ude00" * 1000, "\u200b"])
def test_odd_text_is_taken(api: Api, text: str) -> None:
    content = f'{{"pipeline": "toy-flow", "input": {{"words": ["{text}"]}}}}'.encode()
    answer = api.client.post("/api/v1/jobs", content=content, headers=JSON)
    assert answer.status_code == 202
    assert api.job(answer.json()["id"])["input"]["words"] == [json.loads(f'"{text}"')]


def test_half_a_surrogate_pair_is_refused_wherever_it_stands(api: Api) -> None:
    for content in (b'{"pipeline": "\\ud800"}', b'{"\\udfff": 1}'):
        problem(api.client.post("/api/v1/jobs", content=content, headers=JSON), 422, "invalid_text")


def test_a_body_over_the_limit_with_and_without_a_length(api: Api) -> None:
    def body(size: int) -> bytes:
        frame = json.dumps({"pipeline": "toy-flow", "input": {"words": [""]}}).encode()
        return frame.replace(b'""', b'"' + b"a" * (size - len(frame)) + b'"')

    def chunks(content: bytes) -> Iterator[bytes]:
        yield content[:1000]
        yield content[1000:]

    limit = 4 * 1024 * 1024
    assert api.client.post("/api/v1/jobs", content=body(limit), headers=JSON).status_code == 202
    problem(api.client.post("/api/v1/jobs", content=body(limit + 1), headers=JSON), 413, "too_large")
    problem(api.client.post("/api/v1/jobs", content=chunks(body(limit + 1)), headers=JSON), 413, "too_large")


def test_a_key_is_asked_for_on_the_api_alone(make_api: Callable[..., Api]) -> None:
    api = make_api(api_key="sécret")
    bodies = []
    for header in (None, "", "Bearer", "Bearer wrong", "Basic sécret", "sécret", "Bearer sécretx"):
        for path in ("/api/v1/jobs", "/api/v1/nothing"):
            headers = {} if header is None else {b"authorization": header.encode()}
            answer = api.client.get(path, headers=headers)
            told = problem(answer, 401, "unauthorised")
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert "cret" not in answer.text
            bodies.append({name: told[name] for name in told if name not in ("request_id", "instance")})
    assert all(body == bodies[0] for body in bodies)
    assert api.client.post("/api/v1/jobs", content=b"{", headers=JSON).status_code == 401
    for good in ("Bearer sécret", "bearer  sécret "):
        assert api.client.get("/api/v1/jobs", headers={b"authorization": good.encode()}).status_code == 200
    for path in ("/healthz", "/docs", "/openapi.json"):
        assert api.get(path).status_code == 200


def test_a_crash_tells_nothing_and_is_logged(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    async def crash(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret-canary")

    monkeypatch.setattr(api.world.ports.documents, "get", crash)
    with capture_logs() as logs:
        told = problem(api.get("/api/v1/jobs/abc"), 500, "internal")
    assert "canary" not in json.dumps(told)
    assert [(line["event"], line["path"]) for line in logs] == [("request_failed", "/api/v1/jobs/abc")]


def test_a_store_that_does_not_answer_is_a_503_with_a_time_to_come_back(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: Any, **__: Any) -> None:
        raise Transient("the store did not answer", retry_after=2.2)

    monkeypatch.setattr(api.world.ports.documents, "get", away)
    with capture_logs() as logs:
        answer = api.get("/api/v1/jobs/abc")
    problem(answer, 503, "transient")
    assert [(line["event"], line["log_level"], line["code"]) for line in logs] == [("try_again", "warning", "transient")]
    assert answer.headers["retry-after"] == "3"


def test_every_answer_carries_an_id_and_is_not_sniffed_or_kept(api: Api) -> None:
    ids = set()
    for path in ("/healthz", "/api/v1/jobs", "/nothing"):
        answer = api.get(path)
        ids.add(answer.headers["x-request-id"])
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
    assert len(ids) == 3


def test_mounted_under_a_prefix_it_is_the_same_and_as_guarded(make_api: Callable[..., Api]) -> None:
    api = make_api(api_key="key")
    mounted = TestClient(Starlette(routes=[Mount("/_functions/jobs_api", app=api.client.app)]))
    assert mounted.get("/_functions/jobs_api/healthz").status_code == 200
    assert mounted.get("/_functions/jobs_api/api/v1/jobs").status_code == 401
    assert mounted.get("/_functions/jobs_api/api/v1/jobs", headers={"authorization": "Bearer key"}).status_code == 200
