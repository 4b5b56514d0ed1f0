"""Sends requests that nobody means to a local cloud, and says what was wrong with each answer."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2
from h11 import LocalProtocolError

from functions.jobs_api.routes import routes
from tests.security.http_variants import Asked, Target, variants
from tests.unit.functions.jobs_api.access.test_owners import BODIES, EVENT, RECORDS
from tests.unit.functions.jobs_api.bad_input.test_extreme_values import usual

SLOWEST = 15.0
"""Seconds that an answer may take."""
PROBLEM = {"type", "title", "status", "code", "detail", "request_id"}
TALK = "Ada Vale: I met Ben Orr in Leeds, where Calderwyn Water built its telemetry.\n" * 3
BAKER = {"posting_text": "Senior Baker\nAcme\n" + "Bake bread every night. " * 20, "company": "Acme", "role": "Baker"}
POST = {"kol_serial": "208", "stock_code": "LKMR", "posting_type": "analysis", "max_words": 60, "facts": ["revenue rose 12.5%"]}
JOBS: dict[str, Any] = {
    "interview-prep": BAKER,
    "transcript-graph": {"collection": "talks", "transcripts": [{"id": "one", "text": TALK}]},
    "forum-posts": {"items": [POST], "versions": 1},
    "for-you": {"user_id": "listener-7", "limit": 2},
    "daily-post": {"agents": ["iris"], "publish": "draft"},
}
GOOD: dict[str, Any] = {
    "/api/v1/jobs": {"pipeline": "interview-prep", "input": BAKER, "options": {"labels": {"a": "b"}, "callback_url": "https://hooks.example/x", "start_at": "2027-01-01T00:00:00Z"}},
    "/api/v1/plans": {"pipeline": "forum-posts", "input": JOBS["forum-posts"]},
    "/api/v1/recurring-jobs": {"pipeline": "transcript-graph", "input": JOBS["transcript-graph"], "cron": "0 7 1 1 *"},
    "/api/v1/posts/stream": {"item": POST},
    "/api/sessions/create": {"user_id": "listener-7"},
    "/api/v1/engagements": EVENT,
    "/api/v1/questions/{id}/answer": {"answer": {}},
    "/answers/{token}": {"answer": {}},
    **BODIES,
}  # fmt: skip
"""Bodies that routes take, where a schema does not say enough."""
KEPT = {"/api/v1/jobs/{id}", "/api/v1/posts/{id}", "/api/v1/graphs/{id}", "/api/v1/users/{id}"}
"""What is not deleted in passing: the ids of others would lead nowhere."""


@dataclass
class Found:
    """What came of an attack: answers by status, and what was wrong."""

    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)


def targets(ids: Mapping[str, str]) -> list[Target]:
    """Every route, with ids that are there."""
    return [Target(route, _ids_of(route.path, ids), _body_of(route)) for route in routes()]


def _ids_of(path: str, ids: Mapping[str, str]) -> dict[str, str]:
    kind = path.split("/")[3] if path.startswith("/api/v1/") else path.split("/")[1]
    return {"id": ids.get(kind, "a"), "token": ids.get("answers", "a.b"), "task": ids.get("task", "a")}


def _body_of(route: Any) -> Any:
    if route.body is None:
        return None
    if (kind := route.path.split("/")[-2]) in RECORDS and route.method == "PUT":
        return RECORDS[kind]
    schema = route.body.model_json_schema()
    return GOOD.get(route.path) or usual(schema, schema.get("$defs", {}))


async def attack(http: httpx2.AsyncClient, ids: Mapping[str, str], number: int, seed: int = 0, at_once: int = 8) -> Found:
    """So many variants of each class on every route."""
    found, room = Found(), asyncio.Semaphore(at_once)

    async def one(asked: Asked) -> None:
        async with room:
            await _asked(http, asked, found)

    await asyncio.gather(*(one(asked) for target in targets(ids) for asked in variants(target, number, seed)))
    return found


async def _asked(http: httpx2.AsyncClient, asked: Asked, found: Found) -> None:
    if asked.method == "DELETE" and asked.kind != "ids":
        return
    began = time.monotonic()
    try:
        async with http.stream(asked.method, asked.path, headers=asked.headers, content=asked.content) as answer:
            streams = answer.headers.get("content-type", "").startswith("text/event-stream")
            text = "" if streams else (await answer.aread()).decode("utf-8", "replace")
    except (httpx2.InvalidURL, httpx2.LocalProtocolError, LocalProtocolError, UnicodeError):
        return  # this client does not send such a thing
    except httpx2.HTTPError as error:
        found.wrong.append(f"{asked.method} {asked.path[:120]} ({asked.kind}): {error!r}")
        return
    took = time.monotonic() - began
    found.slowest = max(found.slowest, took)
    found.statuses[answer.status_code] += 1
    if why := _wrong(answer, text, took):
        found.wrong.append(f"{asked.method} {asked.path[:120]} ({asked.kind}): {answer.status_code}, {why} {text[:200]} for {(asked.content or b'')[:200]!r} {asked.headers[1:]!r}"[:900])  # fmt: skip


def _wrong(answer: httpx2.Response, text: str, took: float) -> str:
    status = answer.status_code
    polite = status == 503 and "retry-after" in answer.headers
    if status >= 500 and not polite and not (status == 503 and '"no_catalogue"' in text):
        return "a server's error"
    if took > SLOWEST:
        return f"{took:.0f} s"
    if "Traceback (most recent" in text or any("x-y" in name.lower() for name in answer.headers):
        return "a traceback, or a header of a stranger's"
    if status >= 400 and answer.request.method != "HEAD" and text:
        try:
            told = json.loads(text)
        except ValueError:
            return "no problem's shape"
        if not answer.headers["content-type"].startswith("application/problem+json") or not told.keys() >= PROBLEM:
            return "no problem's shape"
    return ""
