"""The local server against clients that send too much, too little, or nothing."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

from infra.local import http_limits
from infra.local.uvicorn_server import serve
from tests.support.waiting import PATIENCE, until, until_true

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connect = Callable[[], Awaitable[Connection]]
HEAD = b"POST /size HTTP/1.1\r\nhost: here\r\n"


async def size(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def endless(request: Request) -> StreamingResponse:
    async def pieces() -> AsyncIterator[bytes]:
        while not await request.is_disconnected():
            yield b"x" * 100_000
        request.app.state.left = True

    return StreamingResponse(pieces())


@pytest.fixture
def app() -> Starlette:
    return Starlette(routes=[Route("/size", size, methods=["POST"]), Route("/endless", endless)])


@pytest.fixture
async def connect(app: Starlette) -> AsyncIterator[Connect]:
    opened: list[asyncio.StreamWriter] = []
    async with serve(app) as url:

        async def open_one() -> Connection:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
            opened.append(writer)
            return reader, writer

        yield open_one
        for writer in opened:
            writer.close()


async def told(connect: Connect, *sent: bytes) -> bytes:
    """All that comes back until the server closes; sending stops when it no longer takes anything."""
    reader, writer = await connect()
    try:
        for piece in sent:
            writer.write(piece)
            await writer.drain()
    except ConnectionError:
        pass
    try:
        return await asyncio.wait_for(reader.read(), PATIENCE)
    except ConnectionError:
        return b""


async def test_an_ordinary_request_passes(connect: Connect) -> None:
    body = b"a" * 300_000
    assert (await told(connect, HEAD + b"connection: close\r\ncontent-length: 300000\r\n\r\n" + body)).endswith(b"300000")
    chunks = b"".join(b"40\r\n" + b"b" * 64 + b"\r\n" for _ in range(5_000)) + b"0\r\n\r\n"
    whole = HEAD + b"connection: close\r\ntransfer-encoding: chunked\r\n\r\n" + chunks
    assert b"320000" in await told(connect, whole)


@pytest.mark.parametrize(
    "headers",
    [
        [b"x-long: " + b"a" * 70_000 + b"\r\n\r\n"],
        [b"x-endless: ", *[b"a" * 50_000] * 1_000],
        [b"a" * 50_000 for _ in range(100)],
        [b"x-%d: 1\r\n" % number for number in range(200)] + [b"\r\n"],
        [b"x-%d: %s\r\n" % (number, b"v" * 1_000) for number in range(90)] + [b"\r\n"],
    ],
)
async def test_headers_that_are_too_many_or_too_long_are_refused(connect: Connect, headers: list[bytes]) -> None:
    answer = await told(connect, HEAD, *headers)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 431 ")  # the rest of what was sent may have reset the connection


@pytest.mark.parametrize("path", [b"/size%0A", b"/%0a/size", b"/a%00b", b"/a%7F", b"/size%1f?x=1"])
async def test_a_path_with_a_control_character_is_nowhere(connect: Connect, path: bytes) -> None:
    answer = await told(connect, b"GET " + path + b" HTTP/1.1\r\nhost: here\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    problem = json.loads(body)
    assert (problem["status"], problem["code"], problem["instance"]) == (404, "not_found", path.partition(b"?")[0].decode())
    assert f"x-request-id: {problem['request_id']}".encode() in head
    assert (await told(connect, b"POST /size?x=%0A HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n")).endswith(b"0")


async def test_a_target_that_is_too_long_is_refused(connect: Connect) -> None:
    assert b"431" in await told(connect, b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nhost: here\r\n\r\n")


@pytest.mark.parametrize("sent", [b"", b"GET", b"POST /size HTTP/1.1\r\nhost: h\r\nx-a: 1\r\n"])
async def test_a_connection_that_does_not_ask_is_closed(connect: Connect, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    monkeypatch.setattr(http_limits, "HEADER_SECONDS", 0.2)
    assert await told(connect, sent) == b""


async def test_a_kept_connection_whose_next_request_never_ends_is_closed(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_limits, "HEADER_SECONDS", 0.2)
    whole = HEAD + b"content-length: 1\r\n\r\na"
    assert (await told(connect, whole, b"POST /size HTTP/1.1\r\nhost")).count(b"HTTP/1.1 200") == 1


@pytest.mark.parametrize(
    "begun", [b"POST /size HTTP/1.1\r\nhost", HEAD + b"content-length: 100\r\n\r\nabc"], ids=["headers", "body"]
)
async def test_what_comes_in_one_piece_with_a_whole_request_and_never_ends_is_closed(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(http_limits, "HEADER_SECONDS", 0.2)
    monkeypatch.setattr(http_limits, "BODY_SECONDS", 0.2)
    whole = HEAD + b"content-length: 1\r\n\r\na"
    assert (await told(connect, whole + whole + begun)).count(b"HTTP/1.1 200") == 2


async def test_a_body_that_never_ends_is_closed(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_limits, "BODY_SECONDS", 0.2)
    assert await told(connect, HEAD + b"content-length: 100\r\n\r\nabc") == b""


async def test_a_body_in_crumbs_is_refused(connect: Connect) -> None:
    crumbs = b"1\r\nx\r\n" * 100_000
    began = time.thread_time()
    answer = await told(connect, HEAD + b"transfer-encoding: chunked\r\n\r\n" + crumbs)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")
    assert time.thread_time() - began < 20  # it takes a hundredth of that


CHUNKED = HEAD + b"transfer-encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("begun", [b"1\r\na\r\n0\r\nx: ", b"1\r\na\r\n0\r\n", b"1;x=", b""])
async def test_what_is_wrapped_around_a_body_ends_somewhere(connect: Connect, begun: bytes) -> None:
    answer = await told(connect, CHUNKED + begun, *[b"0" * 65_536] * 160)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")


async def test_a_header_that_trails_an_ordinary_body_passes(connect: Connect) -> None:
    sent = b"".join(b"400\r\n" + b"a" * 1024 + b"\r\n" for _ in range(4000)) + b"0\r\nx: y\r\n\r\n"
    reader, writer = await connect()
    writer.write(CHUNKED + sent)
    assert b"4096000" in await asyncio.wait_for(reader.readuntil(b"4096000"), PATIENCE)


async def test_a_client_that_takes_nothing_is_left(app: Starlette, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_limits, "WRITE_SECONDS", 0.2)
    _, writer = await connect()
    writer.write(b"GET /endless HTTP/1.1\r\nhost: here\r\n\r\n")
    await until_true(lambda: getattr(app.state, "left", False))  # else it is still written for a client that reads nothing


async def test_more_connections_than_there_is_room_for_are_told_to_come_later(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_limits, "MOST_CONNECTIONS", 3)
    held = [await connect() for _ in range(3)]
    for reader, writer in held:
        writer.write(HEAD + b"content-length: 0\r\n\r\n")
        await asyncio.wait_for(reader.readuntil(b"\r\n\r\n0"), PATIENCE)  # the server has it
    refused = await told(connect)
    assert refused.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: 1" in refused
    for _, writer in held:
        writer.close()
        await writer.wait_closed()

    async def served() -> bool:
        return (await told(connect, HEAD + b"connection: close\r\ncontent-length: 0\r\n\r\n")).endswith(b"0")

    await until(served)
