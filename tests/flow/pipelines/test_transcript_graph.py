"""transcript_graph over real HTTP: local cloud and offline model on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.flow.harness import Client, Outside, running
from tests.support.waiting import PATIENCE

TALKS = {
    "a": "**Ada Byron:** Carol Reed works for Acme Labs in London, as we all know by now.\n\n**Ben:** And Acme Labs uses TensorFlow for the engines.",
    "b": "**Ben:** I met Carol Reed again. Acme Labs is based in London, they say, and Carol works for Acme Labs to this day.",
}


@pytest.fixture
async def client(world: Outside, tmp_path: Path) -> AsyncIterator[Client]:
    async with running(world, tmp_path) as (made, _):
        yield made


async def run(client: Client, texts: dict[str, str], **more: Any) -> dict[str, Any]:
    given = {"collection": "talks", "transcripts": [{"id": name, "text": text} for name, text in texts.items()], **more}
    answer = await client.http.post("/api/v1/jobs", json={"pipeline": "transcript-graph", "input": given})
    assert answer.status_code == 202, answer.text
    return await client.wait(answer.json()["id"])


async def test_transcripts_become_a_graph_that_can_be_asked(world: Outside, client: Client) -> None:
    job = await run(client, TALKS)
    assert (job["status"], job["error"], job["warnings"]) == ("succeeded", None, [])
    assert job["result"]["counts"]["failed"] == 0
    found = (await client.http.get("/api/v1/graphs/talks/entities", params={"q": "acme"})).json()["items"]
    assert found[0]["name"] == "Acme Labs"
    shown = (await client.http.get(f"/api/v1/graphs/talks/entities/{found[0]['id']}")).json()
    assert {each["name"] for each in shown["neighbours"]} >= {"Carol Reed", "TensorFlow"}
    assert all(each["words"].lower().startswith("acme labs") and each["words"] in each["quote"] for each in shown["timeline"])
    for wanted in ("graphml", "json-ld", "csv", "cypher"):
        export = await client.http.get("/api/v1/graphs/talks/export", params={"format": wanted})
        assert export.status_code == 200
        assert "Acme Labs" in export.text
    assert (await client.http.get("/api/v1/graphs/talks/report")).json()["entities"] == job["result"]["entities"]
    assert (await client.http.get("/api/v1/graphs/none")).status_code == 404
    assert (await client.http.get("/api/v1/graphs/talks/entities/none")).status_code == 404


async def test_the_same_again_costs_nothing_and_a_broken_one_is_partial(world: Outside, client: Client) -> None:
    await run(client, TALKS)
    calls = world.calls()["model"]
    again = await run(client, TALKS)
    assert (world.calls()["model"], again["result"]["unchanged"]) == (calls, 2)
    broken = await run(client, {**TALKS, "c": "{no json"})
    assert broken["status"] == "partial"
    assert [one["id"] for one in broken["result"]["failed"]] == ["c"]
    assert any("c: it is not JSON" in warning for warning in broken["warnings"])


async def test_a_written_transcript_goes_into_its_graph(world: Outside, client: Client) -> None:
    record = {"id": "talk-1", "collection": "told", "text": TALKS["a"]}
    answer = await client.http.put("/api/v1/transcripts/talk-1", json=record)
    assert answer.status_code == 201, answer.text
    async with asyncio.timeout(PATIENCE):
        while (await client.http.get("/api/v1/graphs/told")).status_code != 200:
            await asyncio.sleep(0.1)
    graph = (await client.http.get("/api/v1/graphs/told")).json()
    assert graph["transcripts"] == 1
    ids = [one["id"] for one in graph["top"][:2]]
    merged = (await client.http.post("/api/v1/graphs/told/merge", json={"entities": ids})).json()
    assert (await client.http.get("/api/v1/graphs/told")).json()["entities"] == graph["entities"] - 1
    await client.http.post(f"/api/v1/graphs/told/edits/{merged['id']}/undo")
    assert (await client.http.get("/api/v1/graphs/told")).json()["entities"] == graph["entities"]
