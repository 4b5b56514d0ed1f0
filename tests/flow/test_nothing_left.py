"""A deleted job leaves no byte of what it was given; a secret setting's value is nowhere, whoever echoes it. Whole pipelines, over HTTP."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local import local_cloud
from infra.local.uvicorn_server import serve
from tests.flow.harness import Client, Outside, running
from tests.support.waiting import PATIENCE

SECRET = "Amaryllis Quince of Tolling Street"
KEY = "sk-canary7f3-0123456789abcdef"
TOKENS = {name: f"canary7f3-{name}-0123456789" for name in ("publish", "notify", "api", "pinecone", "reddit")}
POSTING = f"Senior Baker\nAcme\n{SECRET} leads the team of eleven.\n" + "Bake bread every night and tell us how it went. " * 20
TALK = (
    f"Ada Vale: I met {SECRET} in Leeds, where Calderwyn Water built its telemetry.\nBen Orr: And Calderwyn Water hired {SECRET}.\n"
    * 5
)
JOBS: dict[str, dict[str, Any]] = {
    "interview-prep": {"posting_text": POSTING, "company": "Acme", "role": "Baker", "cv_text": f"{SECRET}. I baked for ten years.", "cv_file": None},
    "transcript-graph": {"collection": "talks", "transcripts": [{"id": "one", "title": SECRET, "text": TALK}]},
    "forum-posts": {"items": [{"kol_serial": "1", "stock_code": "ACME", "posting_type": "analysis", "max_words": 60, "topic": SECRET, "facts": [f"{SECRET} became chief on 12 May 2026"]}], "versions": 1},
}  # fmt: skip
LISTENER = "amaryllis-quince-of-tolling-street"
DELETED = {
    **JOBS,
    "daily-post": {"agents": ["desk"], "topic": f"{SECRET} opens a night bakery"},
    "for-you": {"user_id": LISTENER, "engagements": [{"user_id": LISTENER, "episode_id": "e-1", "action": "like", "at": 1.0}], "limit": 3},
}  # fmt: skip
OUTLIVES = {"transcript-graph": "/api/v1/graphs/talks", "for-you": f"/api/v1/users/{LISTENER}"}
"""What a job's input has become a part of, and is deleted by itself."""
RECORDS: dict[str, dict[str, Any]] = {
    "profiles/1": {"serial": "1", "name": "Kim", "persona": "A patient reader of reports.", "language": "en"},
    "agents/desk": {"id": "desk", "name": "Desk", "persona": "Dry, curious, exact."},
    **{f"episodes/e-{number}": {"id": f"e-{number}", "title": f"Bread, part {number}", "series_id": f"s-{number % 3}"} for number in range(9)},
}  # fmt: skip


def holding(folder: Path, *words: str) -> list[str]:
    """Files of the data folder, the database's log among them, that hold one of the words in any way that they are kept."""
    wanted = [form for word in words for form in (word.encode(), base64.b64encode(word.encode())[:-4], word.encode("utf-16-le"))]
    return [str(file) for file in folder.rglob("*") if file.is_file() and any(form in file.read_bytes() for form in wanted)]


@pytest.mark.parametrize("pipeline", DELETED)
async def test_a_deleted_job_leaves_no_byte_of_its_input(
    world: Outside, tmp_path: Path, pipeline: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_cloud, "FORGET", 1.0)
    async with running(world, tmp_path) as (client, _):
        for path, record in RECORDS.items():
            put = await client.http.put(f"/api/v1/{path}", json=record)
            assert put.status_code == 201, put.text
        given = {name: value for name, value in DELETED[pipeline].items() if value is not None}
        answer = await client.http.post("/api/v1/jobs", json={"pipeline": pipeline, "input": given})
        assert answer.status_code == 202, answer.text
        job = answer.json()["id"]
        view = await client.wait(job)
        assert view["status"] in ("succeeded", "partial", "failed"), view["error"]
        assert holding(tmp_path, SECRET, LISTENER)
        await _deleted(client, f"/api/v1/jobs/{job}")
        if beside := OUTLIVES.get(pipeline):
            await _deleted(client, beside)
        async with asyncio.timeout(PATIENCE):
            while holding(tmp_path, SECRET, LISTENER):
                await asyncio.sleep(0.5)
    assert holding(tmp_path, SECRET, LISTENER) == []


async def test_a_deleted_job_takes_the_session_with_it_that_it_made_for_nobody(world: Outside, tmp_path: Path) -> None:
    async with running(world, tmp_path) as (client, _):
        for path, record in RECORDS.items():
            await client.http.put(f"/api/v1/{path}", json=record)
        asked = {"pipeline": "for-you", "input": {"excluded_ids": [LISTENER], "limit": 2}}
        job = (await client.http.post("/api/v1/jobs", json=asked)).json()["id"]
        view = await client.wait(job)
        assert view["status"] == "succeeded", view["error"]
        session = view["result"]["id"]
        assert (await client.http.get(f"/api/v1/sessions/{session}?after=2")).status_code == 200
        await _deleted(client, f"/api/v1/jobs/{job}")
        assert (await client.http.get(f"/api/v1/sessions/{session}?after=2")).status_code == 404
        async with asyncio.timeout(PATIENCE):
            while holding(tmp_path, LISTENER):
                await asyncio.sleep(0.5)
    assert holding(tmp_path, LISTENER) == []


async def _deleted(client: Client, path: str) -> None:
    answer = await client.http.delete(path)
    assert answer.status_code in (200, 202, 204), answer.text


@pytest.fixture
async def echo() -> AsyncIterator[str]:
    """A gateway that tells whatever it was sent, with another status each time."""
    statuses = iter([401, 500, 400, 403, 422, 503, 404] * 200)

    async def answer(request: Request) -> Response:
        sent = {
            "headers": dict(request.headers),
            "url": str(request.url),
            "body": (await request.body()).decode("utf-8", "replace"),
        }
        return JSONResponse({"error": {"message": json.dumps(sent), "code": KEY, "param": KEY}}, next(statuses))

    async with serve(Starlette(routes=[Route("/{rest:path}", answer, methods=["GET", "POST"])])) as base:
        yield base


async def test_no_secret_is_told_by_anybody_who_echoes_it(
    world: Outside, tmp_path: Path, echo: str, capfd: pytest.CaptureFixture[str]
) -> None:
    place = echo.removeprefix("http://")
    secrets = {
        "OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": f"{echo}/v1", "HEADRACE_PUBLISH_URL": f"http://{place}/publish?token={TOKENS['publish']}",
        "HEADRACE_NOTIFY_URL": f"http://{place}/notify/{TOKENS['notify']}", "HEADRACE_API_KEY": TOKENS["api"], "PINECONE_API_KEY": TOKENS["pinecone"],
        "REDDIT_CLIENT_SECRET": TOKENS["reddit"], "HEADRACE_REDDIT_AUTH_URL": echo, "HEADRACE_REDDIT_URL": echo,
        "HEADRACE_ALLOW_HOSTS": f"{world.environment(tmp_path)['HEADRACE_ALLOW_HOSTS']},{place}",
    }  # fmt: skip
    told: list[str] = []
    async with running(world, tmp_path / "data", **secrets) as (client, _):
        client.http.headers["authorization"] = f"Bearer {TOKENS['api']}"
        for pipeline, given in JOBS.items():
            fields = {name: value for name, value in given.items() if value is not None}
            job = (await client.http.post("/api/v1/jobs", json={"pipeline": pipeline, "input": fields})).json()["id"]
            async with asyncio.timeout(PATIENCE):
                while (view := await client.job(job))["status"] not in ("succeeded", "partial", "failed", "cancelled", "paused"):
                    await asyncio.sleep(0.1)
            tasks = (await client.http.get(f"/api/v1/jobs/{job}/tasks")).json()["items"]
            parts = ("", "/tasks", "/progress", "/result", *(f"/tasks/{task['id']}" for task in tasks))
            told += [json.dumps(view), *[await _text(client, f"/api/v1/jobs/{job}{part}") for part in parts]]
        told += [
            await _text(client, path) for path in ("/api/v1/jobs", "/api/v1/posts", "/api/v1/limits", "/openapi.json", "/healthz")
        ]
    values = [KEY, *TOKENS.values()]
    logged = "".join(capfd.readouterr())
    assert not [value for value in values if value in "".join(told)]
    assert not [value for value in values if value in logged]
    assert holding(tmp_path, *values) == []


async def _text(client: Client, path: str) -> str:
    return (await client.http.get(path)).text
