"""Labels: listed by them, and cancelled and run again by them, a page at a time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.functions.jobs_api.toy import Api


def start(api: Api, *words: str, **labels: str) -> str:
    answer = api.post({"pipeline": "toy-flow", "input": {"words": words}, "options": {"labels": labels}})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def listed(api: Api, query: str) -> list[str]:
    return [job["id"] for job in api.get(f"/api/v1/jobs?{query}").json()["items"]]


def bulk(api: Api, action: str, **asked: Any) -> Any:
    answer = api.client.post(f"/api/v1/jobs:{action}", json=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_jobs_are_listed_by_their_labels_the_newest_first(api: Api) -> None:
    spring = start(api, "a", team="growth", campaign="spring")
    autumn = start(api, "b", team="growth", campaign="autumn")
    start(api, "c", team="sales")
    start(api, "d")
    assert listed(api, "label=team%3Dgrowth") == [autumn, spring]
    assert listed(api, "label=team%3Dgrowth,campaign%3Dspring") == [spring]
    assert listed(api, "label=team%3Dgrowth&status=failed") == []
    assert api.job(spring)["labels"] == {"team": "growth", "campaign": "spring"}
    api.client.post(f"/api/v1/jobs/{spring}/cancel")
    assert listed(api, "label=team%3Dgrowth&status=cancelled") == [spring]


def test_pages_of_a_label_leave_nothing_out_and_repeat_nothing(api: Api) -> None:
    jobs = [start(api, "a", batch="one") for _ in range(7)]
    found: list[str] = []
    cursor = ""
    while True:
        page = api.get(f"/api/v1/jobs?label=batch%3Done&limit=2{cursor}").json()
        found += [job["id"] for job in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert found == jobs[::-1]


def test_many_jobs_are_cancelled_and_run_again_at_once(api: Api) -> None:
    wanted = [start(api, "a", batch="one") for _ in range(3)]
    other = start(api, "a", batch="two")
    done = bulk(api, "cancel", label="batch=one")
    assert (sorted(done["done"]), done["refused"], done["next_cursor"]) == (sorted(wanted), [], None)
    assert bulk(api, "cancel", label="batch=one")["done"] == []
    assert api.job(other)["status"] == "queued"
    assert bulk(api, "retry", label="batch=two")["done"] == []  # it has not ended
    again = bulk(api, "retry", label="batch=one", status="cancelled", limit=2)
    assert len(again["done"]) == 2
    rest = bulk(api, "retry", label="batch=one", status="cancelled", limit=2, cursor=again["next_cursor"])
    assert {*again["done"], *rest["done"]} == set(wanted)
    api.run()
    assert {api.job(job)["status"] for job in wanted} == {"succeeded"}


def test_one_that_refuses_keeps_no_other_from_it(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = start(api, "a", batch="one"), start(api, "b", batch="one")
    bulk(api, "cancel", label="batch=one")
    del api.world.flows["toy-flow"]
    refused = bulk(api, "retry", label="batch=one")["refused"]
    assert {one["id"] for one in refused} == {first, second}
    assert {one["code"] for one in refused} == {"unknown_pipeline"}


def test_all_jobs_are_not_meant_by_saying_nothing(api: Api) -> None:
    start(api, "a")
    answer = api.client.post("/api/v1/jobs:cancel", json={})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_body")


def test_a_deleted_job_is_in_no_labels_list(api: Api) -> None:
    job = start(api, "a", team="growth")
    api.client.post(f"/api/v1/jobs/{job}/cancel")
    assert api.client.delete(f"/api/v1/jobs/{job}").status_code == 204
    assert listed(api, "label=team%3Dgrowth") == []


@pytest.mark.parametrize(
    ("options", "pointer"),
    [
        ({"labels": {"Team": "x"}}, "/options/labels/Team"),
        ({"labels": {"team": ""}}, "/options/labels/team"),
        ({"labels": {f"n{at}": "x" for at in range(11)}}, "/options/labels"),
        ({"labels": {"team": 7}}, "/options/labels/team"),
        ({"callback_url": "http://127.0.0.1/x"}, "/options/callback_url"),
        ({"callback_url": "ftp://example.com/x"}, "/options/callback_url"),
        ({"start_at": "2026-01-01T00:00:00"}, "/options/start_at"),
        ({"start_at": "9999-01-01T00:00:00Z"}, "/options/start_at"),
        ({"key": ""}, "/options/key"),
        ({"fresh": "perhaps"}, "/options/fresh"),
    ],
)
def test_options_that_cannot_be(api: Api, options: dict[str, Any], pointer: str) -> None:
    answer = api.post({"pipeline": "toy-flow", "input": {"words": ["a"]}, "options": options})
    assert answer.status_code == 422, answer.text
    assert any(fault["pointer"].startswith(pointer) for fault in answer.json()["errors"])


@pytest.mark.parametrize("label", ["team", "=x", "team=", "team=a,b"])
def test_what_is_no_label(api: Api, label: str) -> None:
    answer = api.get(f"/api/v1/jobs?label={label}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_query")
