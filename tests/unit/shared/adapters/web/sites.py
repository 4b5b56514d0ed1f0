"""Raw sites on loopback that say exactly what a test tells them to, and a network that leads every name to one of them."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

PUBLIC = "93.184.215.14"

Answer = Callable[["Request", asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Request:
    line: str
    headers: dict[str, str]
    body: bytes
    connection: int

    @property
    def path(self) -> str:
        return self.line.split()[1]


@dataclass
class Site:
    """A server that answers by path with bytes sent as they are, or with a coroutine that writes."""

    answers: dict[str, bytes | Answer] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    port: int = 0
    connections: int = 0
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    async def start(self, tls: ssl.SSLContext | None = None) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self._server.close()
        for writer in self._writers:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.append(writer)
        number = self.connections
        with suppress(OSError, asyncio.IncompleteReadError):
            while not writer.is_closing():
                request = await _request(reader, number)
                self.requests.append(request)
                answer = self.answers[request.path.partition("?")[0]]
                if isinstance(answer, bytes):
                    writer.write(answer)
                else:
                    await answer(request, writer)
                await writer.drain()
        writer.close()


async def _request(reader: asyncio.StreamReader, connection: int) -> Request:
    line, *rest = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (text.partition(": ") for text in rest if text)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(line, headers, body, connection)


def http(body: bytes | str = b"", *, status: int = 200, **headers: object) -> bytes:
    """A complete answer; header names may use underscores."""
    raw = body.encode() if isinstance(body, str) else body
    headers = {"content_length": len(raw), **headers}
    lines = [f"HTTP/1.1 {status} Such", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + raw


def redirect(to: str, status: int = 302) -> bytes:
    return http(status=status, location=to)


@dataclass
class Dials:
    """Every connection asked of the network, all led to one loopback port; names resolve as told."""

    port: int
    names: dict[str, list[Sequence[str]]] = field(default_factory=dict)
    """Answers to successive look-ups; the last one is repeated."""
    made: list[tuple[str, int]] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)
    looked_up: list[str] = field(default_factory=list)

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        answers = self.names.get(host)
        if not answers:
            raise OSError("no such name")
        return answers.pop(0) if len(answers) > 1 else answers[0]
