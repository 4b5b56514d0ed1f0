"""Uvicorn's HTTP with limits on what nobody has a use for: endless headers, connections that say nothing, crumbs of bodies.

Uvicorn itself bounds none of these. In the cloud, Google's front end does so before a request comes here.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEADER_BYTES, MOST_HEADERS = 64 * 1024, 100
"""Of one request, its target included."""
HEADER_SECONDS, BODY_SECONDS, WRITE_SECONDS = 15.0, 90.0, 60.0
"""For the headers of a request to arrive, for its body, and for a client to take what was written for it."""
MOST_CONNECTIONS = 2_000
"""At once. Lanes open a thousand for their deliveries."""
MOST_AROUND, AROUND_EACH = 512 * 1024, 8
"""Bytes beside a body's own that may come with it, and for each of its own: sizes of its chunks, what is said of them, what trails it.
A header that trails without end is copied with each piece of it."""
FEW_PIECES, LEAST_PIECE = 2_000, 32
"""A body in more pieces than so many has to bring so many bytes in each, on the whole."""

CONTROL = re.compile(rb"%(?:[01][0-9A-Fa-f]|7[Ff])")
"""Control characters of a path. Nothing is at such a one, and what routes requests does not take it for a path."""
LONGEST = 200
"""Characters told of a path."""


class LimitedProtocol(HttpToolsProtocol):
    """One connection. What goes over a limit is told so, where it can be, and ends."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._refused = False
        self._part, self._messages = "headers", 0
        self._timed: tuple[str, int] | None = None
        self._header_bytes = self._pieces = self._body_bytes = self._wire_bytes = 0
        if len(self.connections) > MOST_CONNECTIONS:
            self._refuse(503, "too_many_connections", b"retry-after: 1\r\n")
            return
        self._time_part()

    def connection_lost(self, exc: Exception | None) -> None:
        for name in list(self._timers):
            self._done(name)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        super().data_received(data)
        if self._refused or self.parser is None:
            return
        self._time_part()
        if self._part == "headers":
            self._header_bytes += len(data)  # of a header that has not ended, nothing else says how long it is
            self._check_headers()
        elif self._part == "body":
            self._wire_bytes += len(data)
            if self._wire_bytes > MOST_AROUND + AROUND_EACH * self._body_bytes:
                self._refuse(400, "body_in_wrapping")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._part, self._messages = "headers", self._messages + 1
        self._header_bytes = self._pieces = self._body_bytes = self._wire_bytes = 0

    def on_headers_complete(self) -> None:
        self._part = "body"
        self._header_bytes = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        self._check_headers()
        if CONTROL.search(self.url.partition(b"?")[0]):
            self._refuse(404, "not_found")
        if not self._refused:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self._refused:
            return
        self._pieces += 1
        self._body_bytes += len(body)
        if self._pieces > FEW_PIECES and self._body_bytes < self._pieces * LEAST_PIECE:
            self._refuse(400, "body_in_crumbs")
            return
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._part = ""
        if not self._refused:
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words
        """What is no HTTP is told so as anything else that is wrong."""
        self._refuse(400, "invalid_http")

    def pause_writing(self) -> None:
        super().pause_writing()
        self._end_after(WRITE_SECONDS, "write")

    def resume_writing(self) -> None:
        self._done("write")
        super().resume_writing()

    def _check_headers(self) -> None:
        if len(self.headers) > MOST_HEADERS:
            self._refuse(431, "too_many_headers")
        if self._header_bytes > MOST_HEADER_BYTES:
            self._refuse(431, "headers_too_large")

    def _refuse(self, status: int, code: str, more: bytes = b"") -> None:
        """Answer with a problem and close; whatever else comes is not looked at."""
        if self._refused:
            return
        self._refused = True
        title = HTTPStatus(status).phrase
        request_id, place = secrets.token_hex(8), getattr(self, "url", b"").partition(b"?")[0].decode("latin-1")
        told: dict[str, Any] = {
            "type": "about:blank", "title": title, "status": status, "detail": f"{title}.", "instance": place[:LONGEST], "code": code,
            "request_id": request_id,
        }  # fmt: skip
        content = json.dumps(told).encode()
        head = f"HTTP/1.1 {status} {title}\r\ncontent-type: application/problem+json\r\ncontent-length: {len(content)}\r\n"
        head += f"x-request-id: {request_id}\r\n"
        if self.cycle is None or not self.cycle.response_started or self.cycle.response_complete:
            self.transport.write(head.encode() + more + b"connection: close\r\n\r\n" + content)
        self.transport.close()

    def _time_part(self) -> None:
        """Have the part of a message that a read leaves unfinished end in its time; nearly all messages come in one."""
        if self._timed != (part := (self._part, self._messages)):
            self._timed = part
            self._done("part")
            if self._part:
                self._end_after(HEADER_SECONDS if self._part == "headers" else BODY_SECONDS, "part")

    def _end_after(self, seconds: float, name: str) -> None:
        self._done(name)
        self._timers[name] = self.loop.call_later(seconds, self.transport.abort)

    def _done(self, name: str) -> None:
        if (timer := self._timers.pop(name, None)) is not None:
            timer.cancel()
