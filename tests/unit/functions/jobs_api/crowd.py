"""Clients of an ASGI app whose route waits until a door opens, and what they are answered."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from functions.jobs_api.http.route_definition import Call, Route
from functions.jobs_api.http.router import build
from functions.jobs_api.routes import routes
from tests.unit.functions.jobs_api.toy import World

DEADLINE = 60.0
HEADERS = [(b"host", b"localhost"), (b"content-type", b"application/json")]
EMPTY: dict[str, Any] = {"type": "http.request", "body": b"", "more_body": False}


class Asked(BaseModel):
    word: str = ""


@dataclass
class Answer:
    """What an ASGI app has sent so far."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        self.body += message.get("body", b"")


@dataclass
class Crowd:
    """Clients of an ASGI app whose route waits at `door`; `begun` counts what it has begun."""

    app: Any
    door: asyncio.Event = field(default_factory=asyncio.Event)
    begun: Counter[str] = field(default_factory=Counter)

    async def ask(self, method: str, path: str, *sent: Any, body: bytes = b"", key: str = "") -> Answer:
        """One request; what is `sent` comes after its beginning, and after that nothing."""
        answer, messages = Answer(), list(sent or [{**EMPTY, "body": body}])

        async def receive() -> Any:
            if messages:
                return messages.pop(0)
            return await asyncio.get_running_loop().create_future()  # stays, says nothing

        known = [(b"authorization", f"Bearer {key}".encode())] if key else []
        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": [*HEADERS, *known],
            "client": ("127.0.0.1", 1), "server": ("localhost", 80),
        }  # fmt: skip
        await self.app(scope, receive, answer.send)
        return answer

    async def wait(self, call: Call) -> Response:
        self.begun[call.request.method] += 1
        await self.door.wait()
        return JSONResponse({})

    async def stream(self, call: Call) -> Response:
        async def events() -> Any:
            self.begun["stream"] += 1
            yield "data: 1\n\n"
            await self.door.wait()

        return StreamingResponse(events(), media_type="text/event-stream")


def crowd_of(world: World) -> Crowd:
    """An API of routes that wait, and of the one that tells the process's health."""
    made = Crowd(None)
    own = (
        Route("POST", "/api/v1/x", made.wait, "", {200: ""}, body=Asked),
        Route("GET", "/api/v1/x", made.wait, "", {200: ""}),
        Route("GET", "/api/v1/events", made.stream, "", {200: "text/event-stream"}),
        Route("GET", "/open", made.wait, "", {200: ""}),
        *(route for route in routes() if route.path == "/healthz"),
    )
    made.app = _served(build(lambda: world.flows, lambda: world.ports, lambda: own))
    return made


def _served(handler: Callable[[Request], Awaitable[Response]]) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        response = await handler(Request(scope, receive))
        await response(scope, receive, send)

    return app


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(DEADLINE):
        while not true():
            await asyncio.sleep(0)


def refused(answer: Answer) -> bool:
    if answer.status != 503:
        return False
    told = json.loads(answer.body)
    assert (told["code"], told["status"]) == ("overloaded", 503)
    assert float(answer.headers["retry-after"]) > 0
    return True


async def ended(tasks: list[asyncio.Task[Answer]], number: int) -> None:
    await until(lambda: sum(task.done() for task in tasks) == number)
