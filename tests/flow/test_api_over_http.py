"""The API as it is deployed: functions-framework's own app behind a real server on loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from functions import pipelines
from functions.jobs_api.docs import openapi
from functions.jobs_api.routes import routes
from infra.local.uvicorn_server import serve
from shared.adapters.embedded.sqlite_file import Database
from shared.ports.clock import SystemClock
from tests.support.waiting import PATIENCE, until_true
from tests.unit.functions.jobs_api.toy import World, app_of, make_world


@dataclass
class Served:
    """A world, its API's address, and a client for it."""

    world: World
    client: httpx2.AsyncClient
    port: int

    async def start(self, *words: str) -> str:
        answer = await self.client.post("/api/v1/jobs", json={"pipeline": "toy-flow", "input": {"words": words}})
        assert answer.status_code == 202
        return str(answer.json()["id"])


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "x.db", synchronous="OFF")
    yield made
    made.close()


@pytest.fixture
async def served(tmp_path: Path, database: Database) -> AsyncIterator[Served]:
    world = make_world(tmp_path, database, SystemClock())
    async with serve(app_of(world)) as url, httpx2.AsyncClient(base_url=url, timeout=PATIENCE, trust_env=False) as client:
        yield Served(world, client, httpx2.URL(url).port or 0)


async def events(served: Served, job_id: str, last: str = "") -> AsyncIterator[tuple[str, str, Any]]:
    """(id, kind, data)."""
    headers = {"last-event-id": last} if last else {}
    async with served.client.stream("GET", f"/api/v1/jobs/{job_id}/events", headers=headers) as answer:
        assert answer.status_code == 200
        found: dict[str, str] = {}
        async for line in answer.aiter_lines():
            if not line and "event" in found:
                yield found["id"], found["event"], json.loads(found["data"])
                found = {}
            elif ": " in line:
                name, value = line.split(": ", 1)
                found[name] = value


async def test_events_come_while_the_job_runs(served: Served) -> None:
    job_id = await served.start("one", "two", "three")
    heard: list[tuple[str, str, Any]] = []

    async def listen() -> None:
        async for event in events(served, job_id):
            heard.append(event)  # noqa: PERF401 - each as it comes

    listening = asyncio.create_task(listen())
    await until_true(lambda: heard)
    assert heard[0][2]["status"] == "queued"
    await served.world.run(2)
    await until_true(lambda: heard[-1][2]["progress"]["message"] == "3 letters shouted")
    assert {kind for _, kind, _ in heard} == {"progress"}
    await served.world.run()
    await asyncio.wait_for(listening, PATIENCE)
    assert heard[-1][1] == "done"
    assert len({number for number, *_ in heard}) == len(heard)


@pytest.mark.fault(37)
async def test_a_client_that_was_cut_off_takes_up_where_it_was(served: Served) -> None:
    job_id = await served.start("one")
    stream = events(served, job_id)
    number, kind, data = await anext(stream)
    await stream.aclose()  # type: ignore[attr-defined]  # an async generator has it
    assert (kind, data["status"]) == ("progress", "queued")
    await served.world.run()
    rest = [(kind, data["status"]) async for _, kind, data in events(served, job_id, number)]
    assert rest == [("progress", "succeeded"), ("done", "succeeded")]


async def test_a_listener_that_goes_leaves_nothing_running(served: Served) -> None:
    job_id = await served.start("one")
    before = len(asyncio.all_tasks())
    stream = events(served, job_id)
    await anext(stream)
    await stream.aclose()  # type: ignore[attr-defined]  # an async generator has it
    async with asyncio.timeout(PATIENCE):
        while len(asyncio.all_tasks()) > before:
            await asyncio.sleep(0.02)


async def test_a_body_over_the_limit_is_refused_on_its_first_byte_too_many(served: Served) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 50:
            sent += 1
            yield b" " * 100_000

    answer = await served.client.post("/api/v1/jobs", content=endless(), headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_a_body_shorter_than_its_length_hangs_nothing(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(
        b'POST /api/v1/jobs HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{"pipe'
    )
    writer.write_eof()
    async with asyncio.timeout(PATIENCE):
        await reader.read()
    writer.close()
    assert (await served.client.get("/api/v1/jobs")).json()["items"] == []


async def test_head_is_without_a_body_and_a_method_unheard_of_is_refused(served: Served) -> None:
    job_id = await served.start("one")
    for path in ("/docs", f"/api/v1/jobs/{job_id}/events"):
        answer = await served.client.head(path)
        assert (answer.status_code, answer.content) == (200, b"")
    assert (await served.client.request("PROPFIND", "/docs")).status_code == 405


async def test_ten_at_once_with_one_key_start_one_job(served: Served) -> None:
    body = {"pipeline": "toy-flow", "input": {"words": ["a"]}}
    posts = [served.client.post("/api/v1/jobs", json=body, headers={"idempotency-key": "k"}) for _ in range(10)]
    answers = await asyncio.gather(*posts)
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.text for answer in answers}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 9


def test_openapi_of_the_real_pipelines() -> None:
    told = json.loads(json.dumps(openapi.document(routes(), pipelines())))
    mapping = told["components"]["schemas"]["JobRequest"]["discriminator"]["mapping"]
    assert list(mapping) == list(pipelines())
    assert "PrepRequest" in told["components"]["schemas"]
