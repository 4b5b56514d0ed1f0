"""The daily post over real HTTP: local cloud, sample news, offline model, a publisher, all on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from infra.local.dispatcher import Dispatcher
from infra.local.uvicorn_server import serve
from shared.bootstrap import ports
from shared.ports.documents import Create
from tests.flow.harness import Client, Outside, outside, running

TOPIC = "Grid storage that answers in 140 milliseconds"
AGENTS: dict[str, dict[str, Any]] = {
    "desk": {"name": "Settlement Desk", "persona": "Dry, curious, exact.", "platforms": ["x"]},
    "mei": {
        "name": "晨間筆記",
        "persona": "沉穩的專欄作家。",
        "languages": ["zh-Hant", "en"],
        "time_zone": "Asia/Taipei",
        "platforms": ["threads"],
    },
}


@dataclass
class Receiver:
    """Somebody's publishing service: what came, by key."""

    url: str = ""
    came: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def take(self, request: Request) -> Response:
        self.came.append((request.headers["idempotency-key"], await request.json()))
        return JSONResponse({"ok": True})


@contextlib.asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    async with serve(Starlette(routes=[Route("/posts", made.take, methods=["POST"])])) as base:
        made.url = f"{base}/posts"
        yield made


@contextlib.asynccontextmanager
async def cloud(world: Outside, data: Path, **settings: str) -> AsyncIterator[Client]:
    """A local cloud with the agents in it."""
    async with running(world, data, **settings) as (client, _):
        agents = [Create(f"agents/{name}", {"id": name, "approval": False, **about}) for name, about in AGENTS.items()]
        await ports().documents.commit(*agents)
        yield client


async def post(client: Client, *agents: str, seconds: float = 60, **fields: Any) -> dict[str, Any]:
    """A job of the daily post, ended."""
    body = {"pipeline": "daily-post", "input": {"agents": list(agents), "publish": "post", **fields}}
    answer = await client.http.post("/api/v1/jobs", json=body)
    assert answer.status_code == 202, answer.text
    return await client.wait(answer.json()["id"], seconds)


async def test_two_agents_post_about_their_news_each_in_its_language(tmp_path: Path) -> None:
    async with outside() as world, receiver() as place, cloud(world, tmp_path, HEADRACE_PUBLISH_URL=place.url) as client:
        job = await post(client, "desk", "mei", "nobody")
        assert (job["status"], job["error"]) == ("succeeded", None)
        english, chinese = job["result"]["posts"]
        assert [refused["code"] for refused in job["result"]["refused"]] == ["unknown_agent"]
        for made in (english, chinese):
            content = await ports().blobs.get(made["image"]["blob"])
            assert content is not None
            assert Image.open(io.BytesIO(content)).format == "PNG"
            assert b"trainedAlgorithmicMedia" in content
            assert (made["state"], made["topic"]["kind"], made["image"]["rung"]) == ("published", "news", "good")
        assert len(english["text"]) <= 280
        assert sum("\u4e00" <= letter <= "\u9fff" for letter in chinese["description"]) > 20
        assert (english["image"]["width"] / english["image"]["height"], chinese["image"]["width"]) == (
            pytest.approx(16 / 9, abs=0.02),
            pytest.approx(chinese["image"]["height"] * 0.8, abs=2),
        )
        assert "image prompt" in job["result"]["timing"]
        assert sorted(body["id"] for _, body in place.came) == sorted(made["id"] for made in (english, chinese))
        again = await post(client, "desk", "mei")
        assert [made["again"] for made in again["result"]["posts"]] == [True, True]
        assert (again["cost"]["calls"], len(place.came)) == (0, 2)


async def test_everything_delivered_twice_posts_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    once = Dispatcher._post

    async def twice(self: Dispatcher, *args: Any) -> Any:
        answers = await asyncio.gather(once(self, *args), once(self, *args))
        return next((answer for answer in answers if answer is not None and answer < 300), answers[0])

    monkeypatch.setattr(Dispatcher, "_post", twice)
    async with outside() as world, receiver() as place, cloud(world, tmp_path, HEADRACE_PUBLISH_URL=place.url) as client:
        job = await post(client, "desk", topic=TOPIC)
        assert job["status"] == "succeeded"
        assert len({key for key, _ in place.came}) == 1
        assert sum(asked.startswith("POST /v1/images") for asked in world.model.asked) == 1
        assert len(await ports().documents.query("posts")) == 1


@dataclass
class Trouble:
    """A provider that answers some paths its own way."""

    app: ASGIApp
    answer: Callable[[str, dict[str, Any]], Response | None]
    asked: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        body = await request.body()
        self.asked.append(request.url.path)
        said = self.answer(request.url.path, json.loads(body or b"{}"))
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def again() -> Any:
            return next(given, None) or await receive()

        await (said(scope, again, send) if said else self.app(scope, again, send))


def error(status: int, code: str) -> Response:
    return JSONResponse({"error": {"message": "no", "type": "image_error", "code": code, "param": None}}, status_code=status)


PROVIDERS = {
    "500": lambda: error(500, "server_error"),
    "blocked": lambda: error(400, "moderation_blocked"),
    "html": lambda: Response("<html>502</html>", media_type="text/html"),
    "not_base64": lambda: JSONResponse({"created": 1, "data": [{"b64_json": "@@@"}]}),
    "no_image": lambda: JSONResponse({"created": 1, "data": []}),
    "not_verified": lambda: error(403, "organization_not_verified"),
}


@pytest.mark.parametrize("answer", PROVIDERS.values(), ids=PROVIDERS)
async def test_a_provider_that_gives_no_picture_gets_a_card_drawn(tmp_path: Path, answer: Callable[[], Response]) -> None:
    async with outside() as world:
        trouble = Trouble(world.model.app, lambda path, _: answer() if path.endswith("/images/generations") else None)
        world.model.app = trouble
        async with cloud(world, tmp_path) as client:
            job = await post(client, "mei", topic="電網的事，說到底是人的事", image={"size": "1:1", "format": "jpeg"})
            assert job["status"] == "succeeded", job["error"]
            (made,) = job["result"]["posts"]
            assert (made["image"]["rung"], made["image"]["width"]) == ("card", 1024)
            content = await ports().blobs.get(made["image"]["blob"])
            assert content is not None
            assert Image.open(io.BytesIO(content)).size == (1024, 1024)
            assert made["image"]["tried"]


async def test_bad_requests_are_told_what_is_wrong(tmp_path: Path) -> None:
    async with outside() as world, cloud(world, tmp_path) as client:
        wrong = {"agents": ["desk"], "image": {"size": "5:4"}, "date": "tomorrow"}
        answer = await client.http.post("/api/v1/jobs", json={"pipeline": "daily-post", "input": wrong})
        assert answer.status_code == 422
        told = {fault["pointer"]: fault["detail"] for fault in answer.json()["errors"]}
        assert set(told) == {"/input/image/size", "/input/date"}
        assert "16:9" in told["/input/image/size"]
        plan = await client.http.post("/api/v1/plans", json={"pipeline": "daily-post", "input": {"agents": ["desk"]}})
        drawing = next(stage for stage in plan.json()["stages"] if stage["name"] == "draw_image")
        assert drawing["output_tokens"] > 0
