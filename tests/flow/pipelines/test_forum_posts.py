"""forum_posts over real HTTP: local cloud and offline model on loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from infra.local.dispatcher import Dispatcher
from tests.flow.harness import Client, Outside, running
from tests.support.waiting import PATIENCE

ENGLISH = {"topic": "the quarterly report", "facts": ["revenue rose 12.5% on the year", "the order backlog is 8 months"]}
CHINESE = {"topic": "季報", "facts": ["營收年增12.5%", "在手訂單可做8個月"]}


def item(kol: int, stock: str = "2330", **more: Any) -> dict[str, Any]:
    words = CHINESE if kol % 2 else ENGLISH
    return {
        "kol_serial": kol,
        "stock_code": stock,
        "stock_name": "Acme",
        "posting_type": "analysis",
        "max_words": 150,
        **words,
        **more,
    }


@pytest.fixture
async def client(world: Outside, tmp_path: Path) -> AsyncIterator[Client]:
    async with running(world, tmp_path) as (made, _):
        await bring_in(made)
        yield made


async def bring_in(client: Client, **more: Any) -> None:
    """Four KOLs: the odd ones write Traditional Chinese."""
    for serial in range(208, 212):
        language = "zh-Hant" if serial % 2 else "en"
        profile = {"serial": str(serial), "name": f"KOL {serial}", "persona": "a retired analyst", "language": language, **more}
        answer = await client.http.put(f"/api/v1/profiles/{serial}", json=profile)
        assert answer.status_code == 201, answer.text


async def run(client: Client, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"pipeline": "forum-posts", "input": {"items": items, **more}}
    answer = await client.http.post("/api/v1/jobs", json=body)
    assert answer.status_code == 202, answer.text
    return await client.wait(answer.json()["id"])


async def test_items_become_drafts_in_versions_that_differ(world: Outside, client: Client) -> None:
    job = await run(client, *(item(kol) for kol in range(208, 212)))
    assert (job["status"], job["error"], job["warnings"]) == ("succeeded", None, [])
    result = job["result"]
    assert [post["kol_serial"] for post in result["posts"]] == ["208", "209", "210", "211"]
    assert result["written_by"] == "offline"
    for post in result["posts"]:
        texts = [version["text"] for version in post["versions"] if version["text"]]
        assert len(post["versions"]) == 5
        assert len(set(texts)) == len(texts) >= 4
        assert post["text"] in texts
        assert len({version["angle"] for version in post["versions"]}) == 5
        assert ("不構成投資建議" if post["language"] == "zh-Hant" else "not investment advice") in post["text"]
        record = (await client.http.get(f"/api/v1/posts/{post['id']}")).json()
        assert (record["state"], record["text"], record["job"]) == ("draft", post["text"], job["id"])
        assert record["prompt"]["data"]["facts"]
    assert result["similarity"]["most"] < result["similarity"]["gate"]
    (cost,) = result["cost"]
    assert (cost["model"], cost["calls"]) == ("offline", world.calls()["model"])


async def test_the_same_item_within_the_hour_is_the_same_post_and_costs_nothing(world: Outside, client: Client) -> None:
    first = await run(client, item(208))
    before = world.calls()
    second = await run(client, item(208))
    assert world.calls() == before
    assert second["cost"]["calls"] == 0
    (was,), (is_now,) = first["result"]["posts"], second["result"]["posts"]
    assert (is_now["id"], is_now["text"], was["again"], is_now["again"]) == (was["id"], was["text"], False, True)
    assert second["result"]["cost"] == []


async def test_fresh_writes_anew_and_is_what_others_then_get(world: Outside, client: Client) -> None:
    first = (await run(client, item(208)))["result"]["posts"][0]
    fresh = (await run(client, item(208, fresh=True)))["result"]["posts"][0]
    calls = world.calls()
    after = (await run(client, item(208)))["result"]["posts"][0]
    assert fresh["id"] != first["id"]
    assert fresh["text"] != first["text"]
    assert (after["id"], world.calls()) == (fresh["id"], calls)


async def test_an_unknown_kol_fails_its_item_alone(client: Client) -> None:
    job = await run(client, item(999), item(208))
    assert job["status"] == "partial"
    assert [post["number"] for post in job["result"]["posts"]] == [1]
    (missing,) = job["result"]["missing"]
    assert (missing["number"], missing["code"]) == (0, "unknown_kol")


async def test_a_request_with_nothing_to_write_says_why(client: Client) -> None:
    job = await run(client, item(999))
    assert (job["status"], job["error"]["code"]) == ("failed", "unknown_kol")
    assert "import profiles" in job["error"]["advice"]


async def test_an_edited_profile_is_another_persona(world: Outside, client: Client) -> None:
    first = (await run(client, item(208)))["result"]["posts"][0]
    profile = (await client.http.get("/api/v1/profiles/208")).json() | {"persona": "a young engineer"}
    assert (await client.http.put("/api/v1/profiles/208", json=profile)).json()["changed"]
    async with asyncio.timeout(PATIENCE):
        while (again := (await run(client, item(208)))["result"]["posts"][0])["id"] == first["id"]:
            await asyncio.sleep(0.1)  # until the trigger has dropped the context
    assert not again["again"]


async def test_one_call_gives_all_versions_with_their_probabilities(world: Outside, client: Client) -> None:
    job = await run(client, item(208), one_call=True)
    versions = job["result"]["posts"][0]["versions"]
    assert len(versions) == 5
    repaired = sum(bool(version["repaired"]) for version in versions)
    assert world.calls()["model"] <= 1 + repaired + 2 * sum(len(version["collisions"]) for version in versions)
    assert sum(version["probability"] for version in versions) == pytest.approx(1, abs=0.01)


async def test_every_task_delivered_twice_pays_and_collides_no_more(
    world: Outside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = Dispatcher._post

    async def twice(self: Dispatcher, *args: Any) -> int | None:
        answers = await asyncio.gather(once(self, *args), once(self, *args))
        return answers[0]

    monkeypatch.setattr(Dispatcher, "_post", twice)
    async with running(world, tmp_path) as (client, _):
        await bring_in(client)
        job = await run(client, item(208), item(209))
    assert job["status"] == "succeeded"
    versions = [version for post in job["result"]["posts"] for version in post["versions"]]
    assert all(version["text"] for version in versions)
    assert not any(version["collisions"] for version in versions)
    assert world.calls()["model"] == 10 + sum(bool(version["repaired"]) for version in versions)


async def test_texts_are_told_as_partial_results_while_the_job_runs(client: Client) -> None:
    job = await run(client, item(208))
    answer = await client.http.get(f"/api/v1/jobs/{job['id']}/events")
    told = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]
    partial = [each for each in told if "task" in each]
    assert sorted(each["stage"] for each in partial) == ["write_main", *["write_version"] * 4]
    assert partial[0]["result"]["main"]["text"]
    assert answer.text.rstrip().rsplit("event: ", 1)[1].startswith("done")


async def test_a_post_is_looked_through_chosen_approved_and_published_once(client: Client) -> None:
    post = (await run(client, item(208)))["result"]["posts"][0]
    path = f"/api/v1/posts/{post['id']}"
    refused = await client.http.post(f"{path}/publish")
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    other = next(version for version in post["versions"] if version["text"] and version["number"] != post["chosen"])
    chosen = await client.http.post(f"{path}/choose", json={"version": other["number"]})
    assert (chosen.status_code, chosen.json()["text"]) == (200, other["text"])
    none = await client.http.post(f"{path}/choose", json={"version": 99})
    assert (none.status_code, none.json()["code"]) == (422, "no_such_version")
    both = await asyncio.gather(*(client.http.post(f"{path}/approve", json={"by": "ann", "publish": True}) for _ in range(2)))
    assert sorted(answer.status_code for answer in both) in ([200, 200], [200, 409])
    record = (await client.http.get(path)).json()
    assert (record["state"], record["approved_by"]) == ("published", "ann")
    assert record["publish"]["receipt"]["outbox"].startswith("outbox/")
    assert (await client.http.post(f"{path}/reject")).status_code == 409
    assert (await client.http.post(f"{path}/publish")).json()["publish"] == record["publish"]


async def test_posts_are_listed_by_kol_and_state_the_newest_first(client: Client) -> None:
    await run(client, item(208), item(209), item(209, "2317"))
    page = (await client.http.get("/api/v1/posts", params={"kol": "209", "state": "draft", "limit": 1})).json()
    rest = (await client.http.get("/api/v1/posts", params={"kol": "209", "cursor": page["next_cursor"]})).json()
    assert len(page["items"]) == len(rest["items"]) == 1
    assert {post["kol_serial"] for post in page["items"] + rest["items"]} == {"209"}
    assert page["items"][0]["created_at"] >= rest["items"][0]["created_at"]
    assert (await client.http.get("/api/v1/posts", params={"state": "published"})).json() == {"items": [], "next_cursor": None}
    assert (await client.http.get("/api/v1/posts/none")).json()["code"] == "post_not_found"
