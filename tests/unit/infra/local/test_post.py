"""The dispatcher's client against servers that answer in every way a server may."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from infra.local.dispatch_client import Server
from infra.local.dispatcher import Dispatcher
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import SqliteTasks
from shared.engine.flow import Lane
from shared.ports.tasks import Task
from tests.support.waiting import PATIENCE, until_true

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


class Raw:
    """A server that answers each request as it is told, and remembers what came."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.connections = 0
        self.heads: list[bytes] = []
        self.open: set[asyncio.StreamWriter] = set()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open.add(writer)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
                self.heads.append(head)
                await self.answer(writer)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        self.open.discard(writer)


@contextlib.asynccontextmanager
async def serving(raw: Raw) -> AsyncIterator[str]:
    server = await asyncio.start_server(raw, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    while raw.open:
        for writer in raw.open:
            writer.close()
        await asyncio.sleep(0.01)


async def say(writer: asyncio.StreamWriter, *pieces: bytes) -> None:
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0.005)


async def test_one_connection_serves_posts_that_follow_each_other() -> None:
    raw = Raw(lambda writer: say(writer, OK))
    async with serving(raw) as url:
        server = Server(url)
        assert [await server.post("/f/", {"x-name": "a"}, b"{}") for _ in range(3)] == [200] * 3
        assert (raw.connections, server.under_way) == (1, 0)
        assert raw.heads[0].startswith(b"POST /f/ HTTP/1.1\r\nhost: 127.0.0.1:")
        assert b"\r\nx-name: a\r\n" in raw.heads[0]
        server.close()


async def test_an_answer_may_come_in_any_pieces() -> None:
    raw = Raw(lambda writer: say(writer, *(OK[at : at + 5] for at in range(0, len(OK), 5))))
    async with serving(raw) as url:
        server = Server(url)
        assert [await server.post("/", {}, b"x") for _ in range(2)] == [200, 200]
        assert raw.connections == 1
        server.close()


async def test_a_connection_whose_answer_has_no_length_is_not_used_again() -> None:
    raw = Raw(lambda writer: say(writer, b"HTTP/1.1 503 No\r\ntransfer-encoding: chunked\r\n\r\n", b"0\r\n\r\n"))
    async with serving(raw) as url:
        server = Server(url)
        assert [await server.post("/", {}, b"") for _ in range(2)] == [503, 503]
        assert raw.connections == 2
        server.close()


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\ncontent-le", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf"])
async def test_a_server_that_goes_away_is_told_apart_from_an_answer(said: bytes) -> None:
    async def half(writer: asyncio.StreamWriter) -> None:
        await say(writer, said)
        writer.close()

    async with serving(Raw(half)) as url:
        server = Server(url)
        with pytest.raises(OSError, match="closed before it answered"):
            await server.post("/", {}, b"")
        assert server.under_way == 0


async def test_nobody_at_all_is_an_oserror() -> None:
    async with serving(Raw(lambda writer: say(writer, OK))) as url:
        pass
    with pytest.raises(OSError, match="Connect"):
        await Server(url).post("/", {}, b"")


async def test_a_server_that_dies_costs_a_task_none_of_its_attempts(tmp_path: Path) -> None:
    deaths = 3

    async def die_at_first(writer: asyncio.StreamWriter) -> None:
        if raw.connections <= deaths:
            writer.close()
        else:
            await say(writer, OK)

    raw = Raw(die_at_first)
    database = Database(tmp_path / "q.db", synchronous="OFF")
    queue = SqliteTasks(database)
    async with serving(raw) as url:
        lane = Lane(rate=100, concurrency=1, attempts=2, min_backoff=3600)  # which a try that counts would wait for
        running = asyncio.create_task(Dispatcher(queue, {"web-bulk": lane}, [url]).run())
        await queue.enqueue(Task("t", "web-bulk", "f"))
        await until_true(lambda: not queue.depth())
        running.cancel()
        await asyncio.wait([running])
    database.close()
    assert len(raw.heads) == deaths + 1
    for deaths_before, head in enumerate(raw.heads):  # as Cloud Tasks: every try is counted, and apart from it every answer
        assert b"x-cloudtasks-taskretrycount: %d\r\n" % deaths_before in head
        assert b"x-cloudtasks-taskexecutioncount: 0\r\n" in head


async def test_what_another_process_enqueues_is_seen_while_a_delivery_is_under_way(tmp_path: Path) -> None:
    came, second = asyncio.Event(), asyncio.Event()

    async def slow_first(writer: asyncio.StreamWriter) -> None:
        if came.is_set():
            second.set()
        came.set()
        await asyncio.wait_for(second.wait(), PATIENCE)  # the first is under way until the second has come
        await say(writer, OK)

    here, there = Database(tmp_path / "q.db", synchronous="OFF"), Database(tmp_path / "q.db", synchronous="OFF")
    queue, other = SqliteTasks(here), SqliteTasks(there)
    async with serving(Raw(slow_first)) as url:
        running = asyncio.create_task(Dispatcher(queue, {"web-bulk": Lane(rate=100, concurrency=9)}, [url]).run())
        await queue.enqueue(Task("first", "web-bulk", "f"))
        await asyncio.wait_for(came.wait(), PATIENCE)
        await other.enqueue(Task("second", "web-bulk", "f"))
        await asyncio.wait_for(second.wait(), PATIENCE)
        running.cancel()
        await asyncio.wait([running])
    here.close()
    there.close()
