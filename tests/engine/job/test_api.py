"""The API over the engine: behind a real server on loopback as the local cloud mounts it, and what looking costs."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import functions_framework.aio
import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from functions.jobs_api.http.router import build
from functions.jobs_api.reports import job_view, progress
from infra.local.uvicorn_server import serve
from shared.engine.flow import Expect, Flow
from shared.engine.job import controls, lifecycle
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.ports import Ports
from shared.ports.clock import SystemClock
from shared.ports.documents import Document, Merge
from tests.support.engine.world import World
from tests.support.waiting import PATIENCE

PREFIX = "/_functions/jobs_api"


@contextlib.asynccontextmanager
async def served(world: World, **changes: Any) -> AsyncIterator[httpx2.AsyncClient]:
    """A client for the API at `/` and at its function's own place, both in real time."""
    ports = world.with_ports(clock=SystemClock(), **changes)
    handler = build(lambda: {world.flow.pipeline: world.flow}, lambda: ports)
    make: Any = functions_framework.aio._create_asgi_app_with_function
    app = make(handler, "http", False)
    async with (
        serve(Starlette(routes=[Mount(PREFIX, app=app), Mount("/", app=app)])) as url,
        httpx2.AsyncClient(base_url=url, timeout=PATIENCE, trust_env=False) as client,
    ):
        yield client


async def events(client: httpx2.AsyncClient, path: str, last: str | None = None) -> AsyncIterator[tuple[str, str, Any]]:
    """(id, kind, data) of each event, the first line checked."""
    headers = {"Last-Event-ID": last} if last else {}
    async with client.stream("GET", path, headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.aiter_lines()
        assert (await anext(lines)).startswith("retry: ")
        found: dict[str, str] = {}
        async for line in lines:
            if line.startswith(("id: ", "event: ", "data: ")):
                name, _, value = line.partition(": ")
                found[name] = value
            elif found and not line:
                yield found["id"], found["event"], json.loads(found["data"])
                found = {}


@pytest.mark.parametrize("prefix", ["", PREFIX])
async def test_a_job_over_the_wire_from_its_start_to_its_last_event(world: World, prefix: str) -> None:
    async with served(world) as client:
        made = await client.post(f"{prefix}/api/v1/jobs", json={"pipeline": "toy", "input": {"size": 30}})
        assert made.status_code == 202
        here = f"{prefix}/api/v1/jobs/{made.json()['id']}"
        stream = events(client, f"{here}/events")
        first = await anext(stream)
        assert (first[1], first[2]["status"]) == ("progress", "queued")
        await world.drain(seed=7, double=True)
        async with asyncio.timeout(PATIENCE):
            rest = [event async for event in stream]
        assert rest[-1][1] == "done"
        assert rest[-1][2]["progress"]["percent"] == 100
        job = (await client.get(here)).json()
        assert (job["status"], job["result"]["members"], job["error"]) == ("succeeded", 30, None)
        assert [event[1] async for event in events(client, f"{here}/events", last=rest[-1][0])] == ["done"]
        result = await client.get(f"{here}/result")
        assert (result.status_code, result.json()) == (200, job["result"])


async def as_told(flow: Flow, job: Document[JobRecord], ports: Ports) -> dict[str, Any]:
    """The whole job as JSON, without the API."""
    state = await job_view.state({flow.pipeline: flow}, job, ports)
    return (await job_view.whole(state, job, ports)).model_dump(mode="json")


async def test_the_view_is_what_the_api_tells(world: World) -> None:
    async with served(world) as client:
        job = await world.start(size=3, fail=(1,))
        await world.drain()
        told = (await client.get(f"/api/v1/jobs/{job.id}")).json()
        viewed = await as_told(world.flow, await lifecycle.read(job.id, world.ports), world.ports)
        assert viewed == told == json.loads(json.dumps(viewed))
        assert told["input"] == {"size": 3, "fail": [1], "text": ""}


async def test_a_body_over_four_mebibytes_is_refused_and_the_connection_lives_on(world: World) -> None:
    async with served(world) as client:
        large = {"pipeline": "toy", "input": {"size": 1, "padding": "x" * (4 * 1024 * 1024)}}
        answer = await client.post("/api/v1/jobs", json=large)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
        assert (await client.get("/healthz")).json() == {"status": "ok"}


async def percents(world: World, flow: Flow, job: Document[JobRecord]) -> list[float]:
    """The percentage after every single delivery; 100 only where there is a result."""
    seen = []
    while batch := await world.due():
        for delivery in batch:
            await world.deliver(delivery, flow)
            told = await as_told(flow, await lifecycle.read(job.id, world.ports), world.ports)
            seen.append(told["progress"]["percent"])
            assert (told["progress"]["percent"] == 100) == (told["status"] in progress.WITH_RESULT)
    return seen


@pytest.mark.parametrize("join", [{}, {"enough": ("square", 50.0)}, {"tolerate": 0.5}])
async def test_the_percentage_never_falls_however_a_fan_out_ends(world: World, join: dict[str, Any]) -> None:
    flow = world.toy.flow(**join)
    fail = (1, 2) if "tolerate" in join else ()
    for _ in range(2):  # the second one weighs its stages by the first one's seconds
        seen = await percents(world, flow, await world.start(flow, size=25, fail=fail))
        assert seen == sorted(seen)
        assert len(set(seen)) >= 3
        assert seen[-1] == 100
        world.clock.time += 60


async def waiting(world: World, job: Document[JobRecord], index: int, why: str, **fields: Any) -> None:
    """A member as the engine leaves it when it has to wait."""
    now = world.clock.now()
    fields = {"run": 1, "stage": "square", "index": index, "lane": "interactive", "state": "queued", "waiting": why,
              "queued_at": now, "due_at": now, "epoch": 1, "attempt": 1, "wait_s": 0.0, **fields}  # fmt: skip
    await world.ports.documents.commit(Merge(paths.task(job.id, paths.task_id(1, "square", index)), fields))


async def test_a_job_tells_what_its_tasks_wait_for(world: World) -> None:
    job = await world.start(size=9)
    for delivery in await world.due():
        await world.deliver(delivery)
    now = world.clock.now()
    for index, seconds in enumerate((8.0, 3.2, 60.0)):
        await waiting(world, job, index, f"waiting {seconds:.1f} s for openai", due_at=now + seconds)
    await waiting(world, job, 3, "the model was away", due_at=now + 2)
    await waiting(world, job, 4, "reddit, 12 s", state="running")
    await waiting(world, job, 5, "waiting 1.0 s for openai", state="done")  # a stale word on a task that has ended
    told = await as_told(world.flow, await lifecycle.read(job.id, world.ports), world.ports)
    assert told["waiting"] == [
        {"for": "reddit", "tasks": 1, "next_s": 0.0},
        {"for": "another try: the model was away", "tasks": 1, "next_s": 2.0},
        {"for": "openai", "tasks": 3, "next_s": pytest.approx(3.2, abs=0.1)},
    ]
    await controls.cancel(job.id, world.ports)
    told = await as_told(world.flow, await lifecycle.read(job.id, world.ports), world.ports)
    assert told["waiting"] == []


async def test_a_plan_over_the_wire_starts_nothing(world: World) -> None:
    async with served(world) as client:
        answer = await client.post("/api/v1/plans", json={"pipeline": "toy", "input": {"size": 30}, "options": {"budget_usd": 2}})
        told = answer.json()
        assert (answer.status_code, told["pipeline"], told["calls"], told["dollars"]) == (200, "toy", 0, 0)
        assert [stage["name"] for stage in told["stages"]] == ["spread", "note", "square", "add"]
        assert {"tokens", "floor_seconds", "low", "high", "bound_by"} <= set(told)
        assert (await client.get("/api/v1/jobs")).json()["items"] == []
        bad = await client.post("/api/v1/plans", json={"pipeline": "toy", "input": {"size": "x"}})
        assert (bad.status_code, bad.json()["errors"][0]["pointer"]) == (422, "/input/size")


async def test_pause_and_resume_over_the_wire_and_in_the_events(world: World) -> None:
    async with served(world) as client:
        job = await world.start(size=3)
        here = f"/api/v1/jobs/{job.id}"
        stream = events(client, f"{here}/events")
        assert (await anext(stream))[2]["status"] == "queued"
        paused = await client.post(f"{here}/pause")
        assert (paused.status_code, paused.json()["status"], paused.json()["paused"]["code"]) == (200, "paused", "paused")
        assert (await client.post(f"{here}/pause")).status_code == 200, "twice is once"
        assert (await anext(stream))[2]["progress"]["message"] == "Paused by hand."
        fault = await client.post(f"{here}/resume", json={"budget_usd": 1})
        assert (fault.status_code, fault.json()["code"]) == (422, "no_budget")
        on = await client.post(f"{here}/resume")
        assert (on.status_code, on.json()["status"], on.json()["paused"]) == (200, "queued", None)
        assert (await anext(stream))[2]["status"] == "queued"
        await world.drain()
        async with asyncio.timeout(PATIENCE):
            rest = [event async for event in stream]
        assert rest[-1][1] == "done"
        for action, code in (("pause", "already_ended"), ("resume", "not_paused")):
            refused = await client.post(f"{here}/{action}")
            assert (refused.status_code, refused.json()["code"]) == (409, code)
            assert "retry" in refused.json()["detail"].lower(), "it says what to do"


async def test_a_retry_tells_its_price_and_changes_nothing(world: World) -> None:
    async with served(world) as client:
        job = await world.start(size=3, fail=())
        here = f"/api/v1/jobs/{job.id}"
        early = await client.post(f"{here}/retry", json={"plan": True})
        assert (early.status_code, early.json()["code"]) == (409, "not_retryable")
        await world.drain()
        before = await lifecycle.read(job.id, world.ports)
        told = await client.post(f"{here}/retry", json={"plan": True, "failed": True})
        assert (told.status_code, told.json()["tasks"]) == (200, 0)
        assert await lifecycle.read(job.id, world.ports) == before
        again = await client.post(f"{here}/retry", json={"failed": True})
        assert (again.status_code, again.json()["id"]) == (202, job.id)
        assert (await client.post(f"{here}/retry", json={"odd": 1})).status_code == 422


async def test_the_floor_is_the_plans_and_stays_for_the_run(world: World) -> None:
    flow = world.toy.flow()
    flow = replace(flow, expects={stage.name: Expect(seconds=2) for stage in flow.stages})
    job = await world.start(flow, size=2)
    told = await as_told(flow, job, world.ports)
    assert told["progress"]["floor_s"] == 6
