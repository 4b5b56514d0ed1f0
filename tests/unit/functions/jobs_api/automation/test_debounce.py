"""Of jobs of one key that are asked for shortly after each other, the last runs."""

from __future__ import annotations

from tests.unit.functions.jobs_api.toy import Api


def ask(api: Api, word: str, **options: object) -> str:
    wanted = {"key": "page-7", "debounce_s": 60.0, **options}
    answer = api.post({"pipeline": "toy-flow", "input": {"words": [word]}, "options": wanted})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def test_a_later_one_takes_the_place_of_one_that_has_not_begun(api: Api) -> None:
    first, second = ask(api, "a"), ask(api, "b")
    replaced, waits = api.job(first), api.job(second)
    assert (replaced["status"], replaced["error"]["code"]) == ("cancelled", "replaced")
    assert second in replaced["error"]["message"]
    assert waits["status"] == "queued"
    assert waits["progress"]["message"] == f"Waiting for its time to start: {waits['start_at'][:16].replace('T', ' ')} UTC"


def test_another_key_is_another_matter(api: Api) -> None:
    first, other = ask(api, "a"), ask(api, "b", key="page-8")
    assert [api.job(job)["status"] for job in (first, other)] == ["queued", "queued"]


def test_without_a_key_it_is_refused(api: Api) -> None:
    body = {"pipeline": "toy-flow", "input": {"words": ["a"]}, "options": {"debounce_s": 5.0}}
    refused = api.post(body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/options/debounce_s")
