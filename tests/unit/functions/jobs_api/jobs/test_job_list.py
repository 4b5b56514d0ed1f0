"""The list of jobs: pages, filters, cursors."""

from __future__ import annotations

import base64
import dataclasses
import json
from typing import Any

import pytest

from tests.unit.functions.jobs_api.toy import Api


def test_the_list_turns_pages_without_losing_or_repeating(api: Api) -> None:
    made = [api.start(str(number)) for number in range(7)]
    pages, cursor = [], ""
    while True:
        page = api.get(f"/api/v1/jobs?limit=3{cursor}").json()
        pages.append([job["id"] for job in page["items"]])
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [job_id for page in pages for job_id in page] == made[::-1]


def test_jobs_of_the_very_same_time_are_told_apart(api: Api) -> None:
    @dataclasses.dataclass
    class Still:
        def now(self) -> float:
            return 1_700_000_000.123456

        async def sleep(self, seconds: float) -> None: ...

    api.world.ports = dataclasses.replace(api.world.ports, clock=Still())
    made = {api.start(str(number)) for number in range(5)}
    seen: list[str] = []
    cursor = ""
    for _ in range(3):
        page = api.get(f"/api/v1/jobs?limit=2{cursor}").json()
        seen += [job["id"] for job in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert sorted(seen) == sorted(made)
    assert cursor == "&cursor=None"


def test_the_list_by_status_and_pipeline(api: Api) -> None:
    done = api.start("a")
    api.run()
    waiting = api.start("b")
    for query, ids in (("status=queued", [waiting]), ("status=succeeded&pipeline=toy-flow", [done]), ("status=failed", [])):
        assert [job["id"] for job in api.get(f"/api/v1/jobs?{query}").json()["items"]] == ids
    assert api.get("/api/v1/jobs?pipeline=nothing").json()["errors"][0]["pointer"] == "/query/pipeline"


@pytest.mark.parametrize("query", ["limit=-1", "limit=0", "limit=101", "limit=1e9", "limit=abc", "limit=", "status=odd"])
def test_a_query_that_does_not_fit(api: Api, query: str) -> None:
    answer = api.get(f"/api/v1/jobs?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_query")
    assert answer.json()["errors"][0]["pointer"] == f"/query/{query.partition('=')[0]}"


def _cursor(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "cursor", ["!", "", "abc", "ä", _cursor({}), _cursor([]), _cursor([1]), _cursor(["x", []]), _cursor([1, [2]]), "W05hTixbXV0"]
)
def test_a_cursor_that_is_no_cursor(api: Api, cursor: str) -> None:
    answer = api.get(f"/api/v1/jobs?cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
    if cursor:
        answer = api.get(f"/api/v1/jobs/{api.start('a')}/tasks?cursor={cursor}")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
