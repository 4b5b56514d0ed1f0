"""The HTTP API as the contract has it, telling a story that a test wrote."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

STARTED = datetime(2026, 11, 23, 10, tzinfo=UTC)
NOW = STARTED + timedelta(seconds=5)
"""What time it is in every story."""
ID = "3f0c9a1be2d44c7a9b10"
PDF = b"%PDF-1.7 a guide"
ADVICE = "Paste its text instead."


def stage(name: str, total: int = 1, done: int = 0, state: str = "running", **more: Any) -> dict[str, Any]:
    row = {"name": name, "state": state, "total": total, "done": done, "failed": 0, "cached": 0, "skipped": 0}
    return {**row, "seconds": 1.5 if total else None, "wait_s": 0.0, "cost_usd": 0.0, **more}


def job(status: str = "running", message: str = "18 posts found", percent: float = 40.0, **more: Any) -> dict[str, Any]:
    ended = status in ("succeeded", "partial", "failed", "cancelled")
    base = {
        "id": ID, "pipeline": "interview-prep", "status": status, "created_at": STARTED.isoformat(),
        "started_at": STARTED.isoformat(), "finished_at": (STARTED + timedelta(seconds=8)).isoformat() if ended else None,
        "progress": {"percent": percent, "message": message, "eta_s": 4.0, "floor_s": None},
        "stages": [
            stage("read_posting", done=1, state="ended"),
            stage("search_forum", total=4, done=3, cached=2, wait_s=2.5, cost_usd=0.0031),
            stage("render_guide", total=0, state="waiting"),
        ],
        "cost": {"usd": 0.0031, "budget_usd": None, "calls": 3, "input_tokens": 9, "output_tokens": 9, "cached_tokens": 0},
        "critical_path": [{"stage": "read_posting", "seconds": 1.5, "share": 0.25}, {"stage": "search_forum", "seconds": 4.5, "share": 0.75}],
        "waiting": [], "warnings": [], "error": None, "paused": None, "links": {},
    }  # fmt: skip
    return {**base, **more}


FAILURE = {"code": "posting_gone", "message": "the posting was taken down", "advice": ADVICE, "stage": "read_posting"}
PAUSED = {"code": "budget_reached", "message": "the next call may cost $0.0200", "advice": "Raise it."}
TASK = {
    "id": "r1-read_posting",
    "stage": "read_posting",
    "state": "done",
    "index": None,
    "branch": None,
    "attempt": 1,
    "process_losses": 2,
    "work_s": 1.5,
    "calls": 2,
    "waiting": None,
    "due_at": None,
    "error": None,
}
LOW = {
    "tasks": 8,
    "calls": 8,
    "input_tokens": 8400,
    "output_tokens": 2800,
    "tokens": 11200,
    "dollars": 0.0224,
    "floor_seconds": 4.0,
}
LIKELY = {**LOW, "calls": 12, "tokens": 43400, "dollars": 0.077, "floor_seconds": 90.0}
HIGH = {**LIKELY, "calls": 16, "tokens": 105000, "dollars": 0.273, "floor_seconds": 120.0}
NOTHING = dict.fromkeys(LOW, 0)
PLAN: dict[str, Any] = {
    **LIKELY, "pipeline": "interview-prep", "bound_by": "openai", "low": LOW, "high": HIGH,
    "stages": [
        {**NOTHING, "name": "plan_searches", "from_jobs": 0, "low": NOTHING, "high": NOTHING},
        {**LIKELY, "name": "write_section", "from_jobs": 5, "low": LOW, "high": HIGH},
        {**LOW, "name": "render_guide", "from_jobs": 0, "low": LOW, "high": LOW},
    ],
    "warnings": ["no price of the model a-model is known"],
}  # fmt: skip
"""A plan, and one for nothing at all."""
NO_PLAN = {**PLAN, **NOTHING, "low": NOTHING, "high": NOTHING, "stages": PLAN["stages"][:1], "bound_by": "critical path"}
DEFAULT_STORY = [job("queued", "Queued", 0.0), job(), job("succeeded", "Done", 100.0)]


class FakeApi:
    """`story`: the job's states, one per look. `drops`: after how many events each stream in turn ends too soon."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.story: list[dict[str, Any]] = list(DEFAULT_STORY)
        self.drops: list[int] = []
        self.streams = True
        self.json_result = False
        self.at = 0
        self.asked: list[str] = []
        self.last_ids: list[str] = []
        self.keys: list[str] = []
        self.bodies: list[Any] = []
        self.authorization: set[str | None] = set()
        self.faults: list[Response] = []
        """Answers to the next requests to create a job, in place of the right one."""
        self.never_ends = False
        self.watched = threading.Event()
        """Set once somebody asks for a job's events."""

    @property
    def now(self) -> dict[str, Any]:
        return self.story[min(self.at, len(self.story) - 1)]

    def app(self) -> Starlette:
        base = "/api/v1/jobs"
        one = f"{base}/{{id}}"
        return Starlette(
            routes=[
                Route("/healthz", lambda _: JSONResponse({"status": "ok"})),
                Route("/files/guide.pdf", lambda _: Response(PDF, media_type="application/pdf")),
                Route(base, self._create, methods=["POST"]),
                Route(base, self._list, methods=["GET"]),
                Route(one, self._read),
                Route(f"{one}/progress", self._progress),
                Route(f"{one}/events", self._events),
                Route(f"{one}/result", self._result),
                Route(f"{one}/tasks", self._tasks),
                Route(f"{one}/tasks/{{task}}", self._task),
                Route(f"{one}/cancel", self._cancel, methods=["POST"]),
                Route(f"{one}/pause", self._pause, methods=["POST"]),
                Route(f"{one}/resume", self._resume, methods=["POST"]),
                Route(f"{one}/retry", self._retry, methods=["POST"]),
                Route("/api/v1/plans", self._plan, methods=["POST"]),
            ]
        )

    def _note(self, request: Request) -> None:
        self.asked.append(f"{request.method} {request.url.path}")
        self.authorization.add(request.headers.get("authorization"))

    async def _create(self, request: Request) -> Response:
        self._note(request)
        self.keys.append(request.headers["idempotency-key"])
        self.bodies.append(await request.json())
        if self.faults:
            return self.faults.pop(0)
        return JSONResponse({"id": ID, "links": {}}, 202)

    async def _list(self, request: Request) -> Response:
        self._note(request)
        wanted = request.query_params.get("status", self.now["status"])
        return JSONResponse({"items": [self.now] if self.now["status"] == wanted else [], "next_cursor": "abc"})

    async def _read(self, request: Request) -> Response:
        self._note(request)
        if request.path_params["id"] != ID:
            return problem(404, "job_not_found", "There is no such job.")
        return JSONResponse({"result": {"pages": 8}, **self.now, "input": {}})

    async def _progress(self, request: Request) -> Response:
        self._note(request)
        state = self.now
        self.at += 1
        return JSONResponse(state)

    async def _events(self, request: Request) -> Response:
        self._note(request)
        self.watched.set()
        if not self.streams:
            return problem(405, "method_not_allowed", "No streams here.")
        last = request.headers.get("last-event-id", "")
        self.last_ids.append(last)
        return StreamingResponse(self._stream(self.drops.pop(0) if self.drops else None), media_type="text/event-stream")

    async def _stream(self, drop: int | None) -> AsyncIterator[str]:
        yield "retry: 2000\n\n: hello\n\n"
        sent = 0
        while True:
            if sent == drop:
                return
            state = self.now
            kind = "done" if state["finished_at"] else "progress"
            yield f"id: {ID}.{self.at}\nevent: {kind}\ndata: {json.dumps(state, ensure_ascii=False)}\n\n"
            if kind == "done" or state["status"] == "paused":
                return
            sent += 1
            self.at += 1
            while self.never_ends and self.at >= len(self.story) - 1:
                await asyncio.sleep(0.02)

    async def _result(self, request: Request) -> Response:
        self._note(request)
        if self.now["status"] not in ("succeeded", "partial"):
            return problem(409, "no_result", "The job has no result.")
        if beside := request.query_params.get("file"):
            return Response(f"beside: {beside}", media_type="text/plain")
        return JSONResponse({"für": "you"}) if self.json_result else RedirectResponse("/files/guide.pdf", 303)

    async def _tasks(self, request: Request) -> Response:
        self._note(request)
        if "cursor" not in request.query_params:
            return JSONResponse({"items": [TASK], "next_cursor": "more"})
        waits = {**TASK, "stage": "search_forum", "calls": 1, "waiting": "waiting 3.0 s for reddit"}
        due = [(NOW + timedelta(seconds=seconds)).isoformat() for seconds in (3600.5, 60)]
        return JSONResponse({"items": [{**waits, "due_at": at} for at in due], "next_cursor": None})

    async def _task(self, request: Request) -> Response:
        self._note(request)
        if request.path_params["task"] != "1.read_posting":
            return problem(404, "task_not_found", "The job has no such task.")
        line = {"at": (NOW + timedelta(seconds=1.5)).isoformat(), "level": "warning", "message": "the page is slow"}
        crash = {"code": "internal", "message": "read_posting crashed: KeyError"}
        attempt = {"attempt": 1, "outcome": "put_back", "begun_at": NOW.isoformat(), "error": crash, "lines": [line],
                   "line_count": 3, "traceback": "Traceback:\n  in read\nKeyError: 'title'"}  # fmt: skip
        own = {"id": "1.read_posting", "state": "done", "cost_usd": 0.01, "input": {"url": "https://a.example"}, "output": None}
        return JSONResponse({**TASK, **own, "attempt": 2, "omitted": ["output"], "attempts": [attempt]})

    async def _cancel(self, request: Request) -> Response:
        self._note(request)
        if self.now["finished_at"]:
            return problem(409, "already_ended", "The job has already succeeded.")
        self.story = [job("cancelled", "Cancelled", 40.0)]
        self.never_ends = False
        return JSONResponse(self.now)

    async def _pause(self, request: Request) -> Response:
        self._note(request)
        if self.now["finished_at"]:
            return problem(409, "already_ended", "The job has already succeeded.")
        self.story = [job("paused", "Paused by hand.", 40.0)]
        return JSONResponse(self.now)

    async def _resume(self, request: Request) -> Response:
        self._note(request)
        self.bodies.append(await request.json())
        if self.now["status"] != "paused":
            return problem(409, "not_paused", "The job is succeeded.")
        self.story, self.at = [job(), job("succeeded", "Done", 100.0)], 0
        return JSONResponse(self.now)

    async def _plan(self, request: Request) -> Response:
        self._note(request)
        self.bodies.append(await request.json())
        return JSONResponse(PLAN)

    async def _retry(self, request: Request) -> Response:
        self._note(request)
        asked = await request.json()
        self.bodies.append(asked)
        if self.now["status"] == "running":
            return problem(409, "not_retryable", "The job is running.")
        if asked.get("plan"):
            return JSONResponse(NO_PLAN if self.now["status"] == "succeeded" else PLAN)
        self.story, self.at = [job("queued", "Queued", 0.0), job("succeeded", "Done", 100.0)], 0
        return JSONResponse({"id": ID, "links": {}}, 202)


def problem(status: int, code: str, detail: str, **more: Any) -> Response:
    body = {
        "type": "about:blank",
        "title": "x",
        "status": status,
        "detail": detail,
        "instance": "/",
        "code": code,
        "request_id": "r",
    }
    return JSONResponse({**body, **more}, status, media_type="application/problem+json")
