"""The daily post: its time against the critical path of the outside's latencies, and what faults and repeats leave of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from infra.local.uvicorn_server import serve
from shared.errors import HeadraceError, Permanent, PutBack, Transient
from tests.bench.row import Row
from tests.flow.harness import Client, cloud_process, outside
from tests.unit.functions.daily_post.daily_world import DailyWorld
from tests.unit.functions.daily_post.deaths import with_a_death

SECONDS = {"image_prompt": 5.0, "title": 5.0, "description": 4.0, "image": 20.0, "upload": 1.0}
"""The sample latencies, unscaled: each answer takes so long, moderation none."""
CRITICAL_PATH = max(SECONDS["image_prompt"], SECONDS["title"]) + max(SECONDS["image"], SECONDS["description"]) + SECONDS["upload"]
FREE = {"HEADRACE_OPENAI_RPM": "0", "HEADRACE_OPENAI_IPM": "0"}
TOPIC = "Grid storage that answers in 140 milliseconds"


@dataclass
class Slow:
    """The offline model, each answer as late as a real one's."""

    app: ASGIApp
    on: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        began = time.monotonic()
        given = iter([{"type": "http.request", "body": body, "more_body": False}])
        sent: list[Any] = []

        async def again() -> Any:
            return next(given, None) or await receive()

        async def hold(message: Any) -> None:
            sent.append(message)

        await self.app(scope, again, hold)
        if self.on:
            await asyncio.sleep(max(0.0, _seconds(scope["path"], body) - (time.monotonic() - began)))
        for message in sent:
            await send(message)


def _seconds(path: str, body: bytes) -> float:
    if path.endswith("/images/generations"):
        return SECONDS["image"]
    if not path.endswith("/chat/completions"):
        return 0.0
    asked = json.loads(body)["messages"][-1]["content"]
    return next(seconds for task, seconds in SECONDS.items() if f'"daily_post.{task}"' in asked)


@contextlib.asynccontextmanager
async def publisher() -> AsyncIterator[str]:
    """Where posts are uploaded to."""

    async def take(request: Request) -> Response:
        await request.body()
        await asyncio.sleep(SECONDS["upload"])
        return JSONResponse({})

    async with serve(Starlette(routes=[Route("/posts", take, methods=["POST"])])) as base:
        yield f"{base}/posts"


async def one_and_five() -> list[Row]:
    """One agent's post, then five agents' at once, each with a cloud of its own that has posted before, for somebody else."""
    one, table = await _wall(1)
    five, _ = await _wall(5)
    beside = {"wall_s": round(one, 2), "critical_path_s": CRITICAL_PATH, "seed_s": 76.5, "steps_s": table}
    return [
        Row("daily post, wall / critical path", one / CRITICAL_PATH, "x", 1.1, beside=beside),
        Row("five agents' daily posts, wall / one's", five / one, "x", 1.2, beside={"wall_s": round(five, 2), "seed_s": 390}),
    ]


async def _wall(agents: int) -> tuple[float, dict[str, float]]:
    names = [f"agent{n}" for n in range(agents)]
    async with outside() as world, publisher() as place:
        world.model.app = model = Slow(world.model.app)
        with tempfile.TemporaryDirectory() as folder:
            async with cloud_process(world, Path(folder), HEADRACE_PUBLISH_URL=place, **FREE) as client:
                for name in ("first", *names):
                    await _put(client, name)
                await _run(client, ["first"])
                model.on = True
                began = time.monotonic()
                job = await _run(client, names)
                wall = time.monotonic() - began
    posts = job["result"]["posts"]
    assert [post["state"] for post in posts] == ["published"] * agents, job["result"]
    return wall, {step["step"]: round(step["seconds"], 2) for step in posts[0]["timings"]}


async def _put(client: Client, name: str) -> None:
    about = {"id": name, "name": name.title(), "persona": "Dry, curious, exact.", "approval": False}
    answer = await client.http.put(f"/api/v1/agents/{name}", json=about)
    assert answer.is_success, answer.text


async def _run(client: Client, agents: list[str]) -> dict[str, Any]:
    body = {"pipeline": "daily-post", "input": {"agents": agents, "topic": TOPIC, "publish": "post"}}
    answer = await client.http.post("/api/v1/jobs", json=body)
    assert answer.status_code == 202, answer.text
    job = await client.wait(answer.json()["id"])
    assert job["status"] == "succeeded", job["error"]
    return job


FAULTS: dict[str, HeadraceError] = {
    "429": PutBack("openai", 7), "500": Transient("500", code="model_turned_away"),
    "blocked": Permanent("blocked", code="image_blocked"), "120 s": Transient("120 s", code="model_unavailable"),
}  # fmt: skip


async def exactly_once() -> list[Row]:
    """Agents and dates with not exactly one post that shows something: under faults, deaths, repeats, jobs at once.

    On a virtual clock: a provider that takes 120 s takes none here.
    """
    wrong, cases = 0, 0
    for fault in FAULTS.values():
        for twice in (False, True):
            async with _world() as world:
                world.models.fails = _failing(world, fault)
                await world.agent()
                jobs = [await world.ask() for _ in range(3)]
                await world.empty(twice=twice)
                for job in jobs:
                    await world.result(job)
                wrong, cases = wrong + await _wrong(world, 1), cases + 1
    for after in (False, True):
        async with _world() as world:
            await world.agent("a0")
            calls = await with_a_death(world, "a0", 0, after=after)
            for at in range(1, calls + 1):
                await world.agent(f"a{at}")
                await with_a_death(world, f"a{at}", at, after=after)
            wrong, cases = wrong + await _wrong(world, calls + 1), cases + calls + 1
    return [Row("agents and dates without exactly one post", wrong, "", 0, beside={"cases": cases})]


def _failing(world: DailyWorld, fault: HeadraceError) -> Callable[[str, dict[str, Any]], Any]:
    """A provider that fails every text and every image so."""

    def fails(method: str, question: dict[str, Any]) -> Any:
        if method not in ("ask", "draw"):
            return None
        world.clock.time += question["timeout"] if fault.code == "model_unavailable" else 0
        if method == "ask" and fault.code == "image_blocked":
            return None
        raise fault

    return fails


async def _wrong(world: DailyWorld, expected: int) -> int:
    """How many agents have no post, several, or one with nothing to show, or published twice."""
    posts = await world.ports.documents.query("posts")
    good = {
        post.data["agent"] for post in posts if post.data["title"] and await world.ports.blobs.get(post.data["image"]["blob"])
    }
    sent = [sent.data["id"] for sent in await world.ports.documents.query("outbox")]
    return expected - len(good) + len(posts) - len({post.data["agent"] for post in posts}) + len(sent) - len(set(sent))


@contextlib.asynccontextmanager
async def _world() -> AsyncIterator[DailyWorld]:
    with tempfile.TemporaryDirectory() as folder:
        made = DailyWorld(Path(folder))
        try:
            yield made
        finally:
            made.close()
