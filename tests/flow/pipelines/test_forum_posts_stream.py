"""One post as it is written, over real HTTP: its text in pieces, its versions, its record; who leaves loses nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.flow.harness import Client, Outside, running
from tests.flow.pipelines.test_forum_posts import bring_in, item, run
from tests.support.waiting import PATIENCE

PATH = "/api/v1/posts/stream"


@pytest.fixture
async def client(world: Outside, tmp_path: Path) -> AsyncIterator[Client]:
    async with running(world, tmp_path) as (made, _):
        await bring_in(made)
        yield made


async def heard(client: Client, body: dict[str, Any], most: int = 10_000, **headers: str) -> list[tuple[str, Any]]:
    """The events, `most` of them at most."""
    events: list[tuple[str, Any]] = []
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with client.http.stream("POST", PATH, json=body, headers=named) as answer:
        assert answer.status_code == 200, await answer.aread()
        kind = ""
        async for line in answer.aiter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                kind = value
            elif name == "data":
                events.append((kind, json.loads(value)))
                if len(events) >= most:
                    break
    return events


def of(kind: str, events: list[tuple[str, Any]]) -> list[Any]:
    return [data for name, data in events if name == kind]


async def test_the_text_comes_in_pieces_then_checked_then_its_versions_then_the_record(world: Outside, client: Client) -> None:
    events = await heard(client, {"item": item(208)})
    (main,), (done,) = of("main", events), of("done", events)
    assert len(of("delta", events)) > 2
    assert "".join(piece["text"] for piece in of("delta", events))[:40] == main["text"][:40]
    assert sorted(version["number"] for version in of("version", events)) == [1, 2, 3, 4]
    assert (done["status"], done["post"]["state"], done["post"]["id"]) == ("succeeded", "draft", main["post"])
    assert not of("error", events)
    assert events[0][0] == "job"  # before a word is written
    assert events[0][1]["id"] == done["job"]
    job = await client.job(done["job"])
    mended = sum(bool(version["repaired"]) for version in done["post"]["versions"])
    assert world.calls()["model"] == 5 + mended  # the job paid nothing for the main text
    assert next(stage for stage in job["stages"] if stage["name"] == "write_main")["cached"] == 1
    record = (await client.http.get(f"/api/v1/posts/{main['post']}")).json()
    assert record["spent"]["calls"] == world.calls()["model"]


async def test_the_same_item_again_is_told_at_once_and_costs_nothing(world: Outside, client: Client) -> None:
    first = of("done", await heard(client, {"item": item(208)}))[0]
    calls = world.calls()
    events = await heard(client, {"item": item(208)})
    assert world.calls() == calls
    assert of("done", events)[0]["post"]["id"] == first["post"]["id"]
    assert "".join(piece["text"] for piece in of("delta", events)) == of("main", events)[0]["text"]


async def test_a_key_gives_the_same_job_and_no_other_request_takes_it(client: Client) -> None:
    first, again = [of("done", await heard(client, {"item": item(208)}, idempotency_key="k"))[0]["job"] for _ in range(2)]
    assert first == again
    answer = await client.http.post(PATH, json={"item": item(209)}, headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_mismatch")


async def test_who_leaves_loses_nothing(world: Outside, client: Client) -> None:
    assert [kind for kind, _ in await heard(client, {"item": item(208)}, most=2)] == ["job", "delta"]
    async with asyncio.timeout(PATIENCE):
        while True:
            jobs = (await client.http.get("/api/v1/jobs")).json()["items"]
            if jobs and jobs[0]["status"] == "succeeded":
                break
            await asyncio.sleep(0.05)
    calls = world.calls()
    job = await run(client, item(208))
    assert world.calls() == calls
    assert job["result"]["posts"][0]["again"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"item": item(999)}, 422, "unknown_kol"),
        ({"item": item(208, max_words=1)}, 422, "invalid_body"),
        ({"items": [item(208)]}, 422, "invalid_body"),
    ],
)
async def test_what_cannot_be_written_is_a_problem_before_the_stream_begins(
    client: Client, body: dict[str, Any], status: int, code: str
) -> None:
    answer = await client.http.post(PATH, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_fresh_post_under_one_key_is_written_anew_once(world: Outside, client: Client) -> None:
    first = of("main", await heard(client, {"item": item(208)}))[0]["post"]
    body = {"item": item(208, fresh=True)}
    once = of("done", await heard(client, body, idempotency_key="again"))[0]
    calls = world.calls()
    twice = of("done", await heard(client, body, idempotency_key="again"))[0]
    assert once["post"]["id"] != first
    assert (twice["job"], twice["post"]["id"]) == (once["job"], once["post"]["id"])
    assert world.calls() == calls


async def test_a_budget_is_for_the_main_text_and_the_job_together(client: Client) -> None:
    refused = await client.http.post(PATH, json={"item": item(208), "options": {"budget_usd": 1e-6}})
    assert (refused.status_code, refused.json()["code"]) == (422, "budget_too_small")
    done = of("done", await heard(client, {"item": item(208), "options": {"budget_usd": 0.5}}))[0]
    job = await client.job(done["job"])
    assert job["status"] == "succeeded"
    assert 0 < job["cost"]["budget_usd"] < 0.5
