"""The whole of it over HTTP: import, build, serve, engage, refresh, reset."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from functions.for_you import document_triggers
from functions.for_you.evaluation.synthetic_listeners import world as made_world
from functions.for_you.sessions import create_session
from tests.flow.harness import Client, Outside, running
from tests.support.waiting import PATIENCE, until

USER = "listener-0003"


async def bring_in(client: Client) -> None:
    made = made_world(episodes=120, users=16, per_user=16)
    for kind, records in (("episodes", made.episodes), ("users", made.users)):
        for record in records:
            answer = await client.http.put(f"/api/v1/{kind}/{record.id}", json=record.model_dump(mode="json"))
            assert answer.status_code == 201, answer.text
    answer = await client.http.post("/api/v1/engagements", json=[event.model_dump(mode="json") for event in made.events])
    assert answer.status_code == 201, answer.text
    assert answer.json()["new"] == len(made.events)


async def session(client: Client, **asked: Any) -> dict[str, Any]:
    answer = await client.http.post("/api/sessions/create", json={"user_id": USER, "limit": 8, **asked})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ids(found: dict[str, Any]) -> set[str]:
    return {item["id"] for item in found["items"]}


async def test_from_import_to_a_refreshed_queue_and_a_reset(
    world: Outside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_triggers, "DEBOUNCE", 1.0)
    monkeypatch.setattr(document_triggers, "SKEW", 0.1)
    for name in ("STORE", "CATALOGUE", "VECTORS_AWAITED"):  # a busy machine's own time is no fault of the store
        monkeypatch.setattr(create_session, name, PATIENCE)
    async with running(world, tmp_path) as (client, cloud):
        early = await session(client)
        assert (early["items"], early["degraded"]) == ([], ["catalogue"])
        await bring_in(client)
        started = await client.http.post("/api/v1/jobs", json={"pipeline": "for-you", "input": {"user_id": USER, "limit": 5}})
        job = await client.wait(started.json()["id"])
        assert job["status"] == "succeeded", job["error"]
        assert job["result"]["refreshed"]["episodes"] == 120
        assert len(job["result"]["items"]) == 5
        first, second = await session(client), await session(client)
        assert not ids(first) & ids(second)
        page = (await client.http.get(second["next"])).json()
        assert page["items"]
        assert not ids(page) & (ids(first) | ids(second))
        event = {"user_id": USER, "episode_id": first["items"][0]["id"], "action": "finish", "at": time.time()}
        assert (await client.http.post("/api/v1/engagements", json=event)).status_code == 201
        await refreshed(cloud.ports)
        gone = (await client.http.delete(f"/api/v1/users/{USER}")).json()
        assert gone["deleted"] > 5
        assert (await client.http.get(second["next"])).status_code == 404
        bad = await client.http.post("/api/sessions/create", json={"limit": 1000})
        assert bad.status_code == 422


async def refreshed(ports: Any) -> None:
    """Wait until the user's queue knows an engagement of now."""
    from functions.for_you import document_paths  # noqa: PLC0415 - as light as can be

    async def knows() -> bool:
        queue = await ports.documents.get(document_paths.queue(document_paths.user_key(USER)))
        return queue is not None and float(queue.data["newest"].partition("-")[0] or 0) > time.time() - 600

    await until(knows)
