"""Tokens of channels and receivers that echo whatever they are sent: in no record, answer, log line, `doctor` or banner."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.uvicorn_server import serve
from tests.flow.harness import Outside, running
from tests.flow.test_nothing_left import RECORDS, holding
from tests.support.waiting import PATIENCE, until

pytestmark = pytest.mark.timeout(300)
NAMES = ("mastodon", "bluesky", "webhook", "signing", "publish", "model", "smtp", "notify", "slack")
TOKENS = {name: f"canary7f3{name}0123456789abcdef" for name in NAMES}
TITLE = "Grid storage answers in 140 milliseconds"


@pytest.fixture
async def echo() -> AsyncIterator[str]:
    """Says no, in another way each time, and whatever it was sent."""
    statuses = cycle([401, 500, 422, 403, 400, 429, 404, 410])

    async def answer(request: Request) -> Response:
        body = (await request.body()).decode("utf-8", "replace")
        said = json.dumps({"url": str(request.url), "headers": dict(request.headers), "body": body})
        return JSONResponse({"error": said, "error_description": said, "message": said}, next(statuses))

    async with serve(Starlette(routes=[Route("/{rest:path}", answer, methods=["GET", "POST"])])) as base:
        yield base


def settings_of(echo: str) -> dict[str, str]:
    place = echo.removeprefix("http://")
    return {
        "HEADRACE_CHANNELS": f"mast=mastodon+{echo}, sky=bluesky+http://mei.example@{place}, hook={echo}/hooks/{TOKENS['webhook']}?key={TOKENS['webhook']}",
        "HEADRACE_CHANNEL_SECRETS": f"mast={TOKENS['mastodon']}, sky={TOKENS['bluesky']}, hook={TOKENS['signing']}",
        "HEADRACE_PUBLISH_URL": f"{echo}/publish/{TOKENS['publish']}", "HEADRACE_NOTIFY_URL": f"{echo}/notify/{TOKENS['notify']}",
        "HEADRACE_SMTP_URL": f"smtp://me:{TOKENS['smtp']}@127.0.0.1:1", "HEADRACE_NOTIFY_EMAIL": "ops@a.test",
    }  # fmt: skip


async def test_no_token_is_told_by_a_channel_or_receiver_that_echoes_it(
    world: Outside, tmp_path: Path, echo: str, capfd: pytest.CaptureFixture[str]
) -> None:
    allowed = f"{world.environment(tmp_path)['HEADRACE_ALLOW_HOSTS']},{echo.removeprefix('http://')}"
    told: list[str] = []
    async with running(world, tmp_path / "data", HEADRACE_ALLOW_HOSTS=allowed, **settings_of(echo)) as (client, cloud):
        for number, channels in enumerate((["mast"], ["sky"], ["hook"], [])):
            agent = {**RECORDS["agents/desk"], "id": f"desk{number}", "channels": channels, "approval": True}
            put = await client.http.put(f"/api/v1/agents/desk{number}", json=agent)
            assert put.status_code == 201, put.text
            callback = f"{echo}/services/{TOKENS['slack']}?token={TOKENS['slack']}"
            body = {
                "pipeline": "daily-post",
                "input": {"agents": [f"desk{number}"], "topic": TITLE},
                "options": {"callback_url": callback},
            }
            job = (await client.http.post("/api/v1/jobs", json=body)).json()["id"]
            assert (await client.wait(job, PATIENCE))["result"]["posts"]
        posts = (await client.http.get("/api/v1/posts")).json()["items"]
        assert len(posts) == 4
        for post in posts:
            for _ in range(3):
                for action, body in (("approve", {}), ("publish", {})):
                    answer = await client.http.post(f"/api/v1/posts/{post['id']}/{action}", json=body)
                    told.append(answer.text)
        await until(lambda: _tried(cloud.ports))
        paths = ("posts", "posts/queue", "notifications", "jobs", "limits", *(f"posts/{post['id']}" for post in posts))
        told += [(await client.http.get(f"/api/v1/{path}")).text for path in paths]
    logged = "".join(capfd.readouterr())
    settings_alone = {name: value for name, value in TOKENS.items() if name != "slack"}
    assert not [name for name, value in TOKENS.items() if value in logged]
    assert not [name for name, value in TOKENS.items() if value in "".join(told)]
    assert holding(tmp_path, *settings_alone.values()) == []


async def _tried(ports: Any) -> bool:
    found = await ports.documents.query("notifications", limit=100)
    tried = [one for one in found if one.id.endswith("-callback") and one.data["tries"] > 0 and one.data["reason"] is not None]
    return len(tried) == 4


async def test_no_token_stands_in_what_doctor_and_dev_print(world: Outside, tmp_path: Path, echo: str) -> None:
    settings = {**settings_of(echo), "OPENAI_API_KEY": TOKENS["model"], "HEADRACE_API_KEY": TOKENS["signing"]}
    environment = {**os.environ, **world.environment(tmp_path / "data", **settings)}
    doctor = await _started(environment, "doctor")
    said, _ = await doctor.communicate()
    dev = await _started(environment, "dev", "--port", "0", "--data", str(tmp_path / "data"))
    await until(lambda: _listens(tmp_path / "data"))
    dev.terminate()
    printed, _ = await dev.communicate()
    told = (said + printed).decode()
    assert "headrace" in told.casefold()
    assert not [name for name, value in TOKENS.items() if value in told]


async def _started(environment: dict[str, str], *arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "infra.cli.main", *arguments, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )  # fmt: skip


async def _listens(folder: Path) -> bool:
    return (folder / "cloud.json").exists()
