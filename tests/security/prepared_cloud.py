"""Something of everything in a local cloud, made over its API: jobs of all pipelines, records, posts, a graph, a question, a recurring job."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.flow.harness import DONE, Client
from tests.security.http_attack import GOOD, JOBS
from tests.support.waiting import PATIENCE, until
from tests.unit.functions.jobs_api.access.test_owners import EVENT, RECORDS

PIPELINES = "tests.pipelines.asking"


async def prepared(client: Client) -> dict[str, str]:
    """The ids of what is there, by the kind in a route's path."""
    for kind, record in RECORDS.items():
        await _made(client, "PUT", f"/api/v1/{kind}/{next(iter(record.values()))}", record)
    await _made(client, "POST", "/api/v1/engagements", EVENT)
    jobs = {name: await _job(client, name, given) for name, given in JOBS.items()}
    for job in jobs.values():
        view = await client.wait(job, PATIENCE)
        assert view["status"] in DONE, view
    asking = await _job(client, "asking", {"text": "a"})
    question = await until(lambda: _first(client, f"/api/v1/questions?job={asking}"))
    recurring = await _made(client, "POST", "/api/v1/recurring-jobs", GOOD["/api/v1/recurring-jobs"])
    tasks = await client.http.get(f"/api/v1/jobs/{jobs['interview-prep']}/tasks")
    post = (await client.http.get("/api/v1/posts")).json()["items"][0]["id"]
    engagements = (await client.http.get("/api/v1/engagements")).json()["items"]
    return {
        "jobs": jobs["interview-prep"], "posts": post, "graphs": "talks", "questions": question["id"], "recurring-jobs": recurring["id"],
        "answers": question["link"].rpartition("/")[2], "task": tasks.json()["items"][0]["id"], "asking": asking,
        "engagements": engagements[0]["id"] if engagements else "a", **{kind: str(next(iter(record.values()))) for kind, record in RECORDS.items()},
    }  # fmt: skip


async def _job(client: Client, pipeline: str, given: Any) -> str:
    return str((await _made(client, "POST", "/api/v1/jobs", {"pipeline": pipeline, "input": given}))["id"])


async def _made(client: Client, method: str, path: str, body: Any) -> Any:
    async with asyncio.timeout(PATIENCE):
        answer = await client.http.request(method, path, json=body)
    assert answer.is_success, (path, answer.text)
    return answer.json()


async def _first(client: Client, path: str) -> Any:
    items = (await client.http.get(path)).json()["items"]
    return items[0] if items else None
