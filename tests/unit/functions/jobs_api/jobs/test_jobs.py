from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from functions.jobs_api.reports.job_view import Job
from shared.engine.job import lifecycle
from tests.unit.functions.jobs_api.toy import Api


def test_a_job_from_request_to_result(api: Api) -> None:
    answer = api.post({"pipeline": "toy-flow", "input": {"words": ["one", "two"]}})
    assert answer.status_code == 202
    job_id = answer.json()["id"]
    assert answer.headers["location"] == f"/api/v1/jobs/{job_id}" == answer.json()["links"]["self"]
    assert set(answer.json()) == {"id", "links"}

    queued = api.job(job_id)
    assert (queued["status"], queued["started_at"], queued["result"]) == ("queued", None, None)
    assert queued["progress"] == {"percent": 0.0, "message": "Queued", "eta_s": None, "floor_s": None}

    api.run()
    job = api.job(job_id)
    Job.model_validate(job)
    assert job["status"] == "succeeded"
    assert job["input"]["words"] == ["one", "two"]
    assert job["result"] == {"title": "One Two", "page": "pages/one-two.txt", "others": {"md": "pages/one-two.txt"}}
    assert job["progress"]["percent"] == 100
    assert [(row["name"], row["state"], row["total"], row["done"]) for row in job["stages"]] == [
        ("split", "ended", 1, 1),
        ("shout", "ended", 2, 2),
        ("bind", "ended", 1, 1),
    ]
    assert job["cost"] == {"usd": 0, "budget_usd": None, "calls": 0, "input_tokens": 0, "output_tokens": 0, "cached_tokens": 0}
    assert [step["stage"] for step in job["critical_path"]] == ["split", "shout", "bind"]
    assert job["error"] is None
    assert job["warnings"] == []
    times = [datetime.fromisoformat(job[name]) for name in ("created_at", "started_at", "finished_at")]
    assert times == sorted(times)
    assert all(job[name].endswith("Z") for name in ("created_at", "started_at", "finished_at"))


def test_every_link_of_a_job_leads_somewhere(api: Api) -> None:
    job_id = api.start("one")
    for part, link in api.job(job_id)["links"].items():
        action = part in ("cancel", "pause", "resume", "retry")
        allowed = api.client.options(link).headers["allow"].split(", ")
        assert ("GET" in allowed) is not action


def test_the_same_key_starts_a_job_once(api: Api) -> None:
    body = {"pipeline": "toy-flow", "input": {"words": ["a"]}}
    first, again = api.post(body, idempotency_key="k"), api.post(body, idempotency_key="k")
    assert first.json() == again.json()
    assert first.headers["location"] == again.headers["location"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    other = api.post({"pipeline": "toy-flow", "input": {"words": ["b"]}}, idempotency_key="k")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    assert len(api.get("/api/v1/jobs").json()["items"]) == 1


@pytest.mark.parametrize("key", ["", "x" * 256, "schlüssel".encode("latin-1"), "a\tb"])
def test_a_key_that_is_no_key(api: Api, key: Any) -> None:
    body = {"pipeline": "toy-flow", "input": {"words": ["a"]}}
    answer = api.client.post("/api/v1/jobs", json=body, headers={"idempotency-key": key})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_idempotency_key")


def test_a_request_checks_its_urls_before_it_is_accepted(make_api: Callable[..., Api]) -> None:
    api = make_api()

    def body(url: str | None) -> dict[str, Any]:
        return {"pipeline": "toy-flow", "input": {"words": [], "url": url}}

    for url, code in (("http://127.0.0.1/x", "url_forbidden"), ("file:///etc/passwd", "url_scheme"), ("no url", "url_scheme")):
        refused = api.post(body(url))
        assert (refused.status_code, refused.json()["code"]) == (422, code)
        (fault,) = refused.json()["errors"]
        assert fault["pointer"] == "/input/url"
    assert api.get("/api/v1/jobs").json()["items"] == []
    for fine in ("https://jobs.example.com/1", None):
        assert api.post(body(fine)).status_code == 202
    assert make_api(allow_hosts=("127.0.0.1:80",)).post(body("http://127.0.0.1/x")).status_code == 202


@pytest.mark.parametrize("job_id", ["..%2Fx", "%2e%2e", "__reserved__", "a" * 2000, "%00", "ä", "x%2Fy", "1.split"])
def test_an_id_that_is_no_id(api: Api, job_id: str) -> None:
    for part in ("", "/progress", "/events", "/result", "/tasks"):
        answer = api.get(f"/api/v1/jobs/{job_id}{part}")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
    assert api.client.post(f"/api/v1/jobs/{job_id}/cancel").status_code == 404
    assert api.client.post(f"/api/v1/jobs/{job_id}/retry").status_code == 404


def test_cancel_is_once_and_an_ended_job_stays_as_it_ended(api: Api) -> None:
    job_id = api.start("a", "b")
    api.run(1)
    for _ in range(2):
        answer = api.client.post(f"/api/v1/jobs/{job_id}/cancel")
        assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    api.run()
    job = api.job(job_id)
    assert (job["status"], job["progress"]["message"], job["result"]) == ("cancelled", "Cancelled", None)
    assert job["progress"]["percent"] < 100
    assert {row["state"] for row in job["stages"]} == {"ended", "stopped", "waiting"}
    time.sleep(0.02)
    for before, after in zip(job["stages"], api.job(job_id)["stages"], strict=True):  # its clock stands still
        assert (before["seconds"] or 0) == pytest.approx(after["seconds"] or 0, abs=0.01)
    assert api.get(f"/api/v1/jobs/{job_id}/result").json()["code"] == "no_result"

    done = api.start("a")
    api.run()
    refused = api.client.post(f"/api/v1/jobs/{done}/cancel")
    assert (refused.status_code, refused.json()["code"]) == (409, "already_ended")


def test_a_failed_job_says_why_and_can_be_retried(api: Api) -> None:
    job_id = api.start("fatal")
    assert api.client.post(f"/api/v1/jobs/{job_id}/retry").json()["code"] == "not_retryable"
    api.run()
    job = api.job(job_id)
    assert job["status"] == "failed"
    assert job["error"] == {"code": "fatal_word", "message": "there was a fatal word", "advice": "Leave it out.", "stage": "bind"}
    assert job["progress"]["message"] == "there was a fatal word"
    assert job["progress"]["percent"] < 100
    again = api.client.post(f"/api/v1/jobs/{job_id}/retry")
    assert (again.status_code, again.json()["id"]) == (202, job_id)
    assert again.headers["location"] == f"/api/v1/jobs/{job_id}"
    retried = api.job(job_id)
    assert (retried["status"], retried["error"], retried["created_at"]) == ("queued", None, job["created_at"])
    api.run()
    assert api.job(job_id)["status"] == "failed"


def test_tolerated_failures_make_a_partial_job_with_warnings(api: Api) -> None:
    job_id = api.start("good", "bad")
    api.run()
    job = api.job(job_id)
    assert (job["status"], job["progress"]["percent"]) == ("partial", 100)
    assert job["warnings"] == ["shout: this word is bad"]


def test_the_result_is_a_redirect_to_its_file_or_json_by_name(api: Api) -> None:
    job_id = api.start("one", "two")
    early = api.get(f"/api/v1/jobs/{job_id}/result")
    assert (early.status_code, early.json()["code"], early.headers["retry-after"]) == (409, "not_ended", "1")
    api.run()
    for accept in ("*/*", "text/html,application/xhtml+xml", "text/xml", "application/json;q=0"):
        answer = api.get(f"/api/v1/jobs/{job_id}/result", accept=accept)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/files/pages/one-two.txt?")
        assert "filename=toy-flow.txt" in answer.headers["location"]
    answer = api.get(f"/api/v1/jobs/{job_id}/result", accept="application/json")
    assert answer.status_code == 200
    assert answer.json()["title"] == "One Two"
    assert answer.json()["file_url"].startswith("/files/pages/one-two.txt?")


def test_files_beside_a_result_are_handed_out_by_their_ending(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    flow = api.world.flows["toy-flow"]
    monkeypatch.setattr(flow.result, "files_field", "others", raising=False)
    job_id = api.start("one", "two")
    api.run()
    shown = api.get(f"/api/v1/jobs/{job_id}/result", accept="application/json").json()
    assert shown["file_urls"]["md"].startswith("/files/pages/one-two.txt?")
    answer = api.get(f"/api/v1/jobs/{job_id}/result?file=md")
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/files/pages/one-two.txt")
    unknown = api.get(f"/api/v1/jobs/{job_id}/result?file=exe")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
    assert "md" in str(unknown.json())


def test_a_result_without_a_file_is_json(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    flow = api.world.flows["toy-flow"]
    monkeypatch.delattr(flow.result, "file_field")
    job_id = api.start("one")
    api.run()
    assert api.job(job_id, "/result") == {"title": "One", "page": "pages/one.txt", "others": {"md": "pages/one.txt"}}


def test_the_tasks_of_a_job(api: Api) -> None:
    job_id = api.start("good", "bad", "ugly")
    api.run()
    tasks = api.job(job_id, "/tasks")
    assert sorted((task["stage"], task["state"]) for task in tasks["items"]) == [
        ("bind", "done"),
        ("shout", "done"),
        ("shout", "done"),
        ("shout", "failed"),
        ("split", "done"),
    ]
    (failed,) = api.job(job_id, "/tasks?state=failed&stage=shout")["items"]
    assert failed["error"]["code"] == "bad_word"
    assert failed["index"] == 1
    seen, cursor = [], ""
    while cursor is not None:
        page = api.job(job_id, f"/tasks?limit=2{cursor}")
        seen += [task["id"] for task in page["items"]]
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
    assert seen == [task["id"] for task in tasks["items"]]
    unknown = api.get(f"/api/v1/jobs/{job_id}/tasks?stage=nothing")
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/query/stage")


def test_a_job_whose_pipeline_is_gone_can_still_be_read(api: Api) -> None:
    job_id = api.start("a")
    api.run()
    open_job = api.start("b")
    api.world.flows.clear()
    assert api.job(job_id)["progress"]["percent"] == 100
    assert api.job(open_job)["stages"] == []
    assert api.get(f"/api/v1/jobs/{job_id}/result").status_code == 200
    assert api.client.post(f"/api/v1/jobs/{job_id}/retry").json()["code"] == "unknown_pipeline"


def test_options(api: Api) -> None:
    body = {"pipeline": "toy-flow", "input": {"words": []}, "options": {"lane": "bulk"}}
    job = api.job(api.post(body).json()["id"])
    assert job["cost"]["budget_usd"] is None
    given = {"lane": "bulk", "budget_usd": 2.5, "deadline_s": 60}
    assert api.job(api.post({**body, "options": given}).json()["id"])["cost"]["budget_usd"] == 2.5
    amounts: list[Any] = [0, -1, 10**400, "a", True]
    bad: list[Any] = [{"lane": "fast"}, {"odd": 1}, []]
    bad += [{name: amount} for name in ("budget_usd", "deadline_s") for amount in amounts]
    for options in bad:
        answer = api.post({**body, "options": options})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_body")


def test_the_terminal_statuses_are_the_engines() -> None:
    assert {"succeeded", "partial", "failed", "cancelled"} == lifecycle.TERMINAL
