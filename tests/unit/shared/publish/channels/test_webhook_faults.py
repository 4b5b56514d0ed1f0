"""A receiver that does something wrong at each step of one request: the post is there once, under one key, and the record says so."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from infra.testing.virtual_clock import VirtualClock
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import SqliteTasks
from shared.adapters.web.guarded_client import GuardedWeb
from shared.errors import Conflict, HeadraceError, Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Create
from shared.publish import post_states, publish_attempt
from shared.publish.channels import webhook
from shared.publish.overdue_sweep import resend_overdue
from shared.publish.publish_dispatcher import LANE, PostPublishing
from shared.settings import Settings
from tests.support.fakes import FakeBlobs, fake_ports

PATH = "posts/p1"
OK = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" + '{"id": "7"}'


def answered(status: str, **headers: str) -> str:
    told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{told}Content-Length: 0\r\n\r\n"


@dataclass
class Fault:
    """What one request meets: whether the post is taken all the same, what is sent back, and whether nothing follows."""

    takes: bool
    sent: str
    silent: bool = False


@dataclass
class Receiver:
    """Knows posts by their key, as a receiver has to; `coming`: how the next requests fare."""

    coming: list[Fault] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        except asyncio.IncompleteReadError:  # whoever connected has gone without a word
            writer.close()
            return
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])}
        await reader.readexactly(int(fields.get("content-length", 0)))
        self.requests.append(head.split("\r\n")[0].rpartition(" ")[0])
        fault = self.coming.pop(0) if self.coming else Fault(takes=True, sent=OK)
        if fault.takes and head.startswith("POST"):
            self.taken[fields["idempotency-key"]] = 1
        writer.write(fault.sent.encode())
        await writer.drain()
        if fault.silent:
            await reader.read()  # until the other side has had enough
        writer.close()


@dataclass
class World:
    ports: Ports
    clock: VirtualClock
    receiver: Receiver
    tasks: SqliteTasks

    way = PostPublishing("tides", "tides_publish", lambda data: {"text": data["text"]})

    async def state(self) -> dict[str, Any]:
        return (await post_states.read(PATH, self.ports)).data

    async def until_done(self) -> None:
        """Deliver what comes due, and sweep, for an hour of the clock's time."""
        end = self.clock.time + 3600
        while self.clock.time < end and (await self.state())["state"] != "published":
            for delivery in await self.tasks.take(LANE, 10):
                try:
                    await self.way.deliver(delivery.body.encode(), self.ports)
                    await self.tasks.end([delivery.name])
                except (Transient, Conflict):
                    await self.tasks.put_back(delivery.name, self.clock.time + 5)
                except Permanent:
                    await self.tasks.end([delivery.name])
            await resend_overdue(self.way, self.ports)
            self.clock.time += 30


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setattr(webhook, "TIMEOUT", 0.3)
    async with running(tmp_path) as made:
        await made.ports.documents.commit(
            Create(PATH, {"id": "p1", "pipeline": "tides", "state": "approved", "text": "Low water.", "publish": None})
        )
        yield made


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[World]:
    clock, receiver, web = VirtualClock(), Receiver(), GuardedWeb(())
    clock.time = 1_800_000_000.0
    database = Database(folder / "x.db", synchronous="OFF")
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    tasks = SqliteTasks(database, now=clock.now)
    ports = replace(
        fake_ports(blobs=FakeBlobs()), documents=SqliteDocuments(database), tasks=tasks, clock=clock, web=web,
        settings=Settings(publish_url=f"http://127.0.0.1:{port}/posts"),
    )  # fmt: skip
    try:
        yield World(ports, clock, receiver, tasks)
    finally:
        await web.aclose()
        server.close()
        database.close()


FAULTS = {
    "taken to be done later": [Fault(takes=True, sent=answered("202 Accepted"))],
    "at it still": [Fault(takes=True, sent=answered("409 Conflict"))],
    "silent after the effect": [Fault(takes=True, sent="", silent=True)],
    "silent before the effect": [Fault(takes=False, sent="", silent=True)],
    "a fault, then done": [Fault(takes=False, sent=answered("500 Oops"))],
    "a fault after the effect": [Fault(takes=True, sent=answered("500 Oops"))],
    "closed without a word": [Fault(takes=True, sent="")],
    "closed within the body": [Fault(takes=True, sent='HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id": ')],
    "closed within a chunk": [Fault(takes=True, sent="HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nab")],
    "too often": [Fault(takes=False, sent=answered("429 Slow", Retry_After="120"))],
    "too often, twice": [Fault(takes=False, sent=answered("429 Slow", Retry_After="60"))] * 2,
    "all of them": [
        Fault(takes=False, sent=answered("503 Away", Retry_After="90")),
        Fault(takes=True, sent="", silent=True),
        Fault(takes=True, sent=answered("409 Conflict")),
        Fault(takes=True, sent=""),
    ],
}


@pytest.mark.parametrize("what", FAULTS)
async def test_it_is_there_once_whatever_the_receiver_does(world: World, what: str) -> None:
    world.receiver.coming = list(FAULTS[what])
    began = world.clock.time
    try:
        await world.way.send(PATH, world.ports)
    except HeadraceError as error:
        pytest.fail(f"a first try that is not answered is repeated, not told: {error.message}")
    await world.until_done()
    record = await world.state()
    assert record["state"] == "published"
    assert list(world.receiver.taken.values()) == [1]
    assert set(world.receiver.taken) == {record["publish"]["key"]}
    assert not world.receiver.coming
    assert world.clock.time - began < 900
    assert set(world.receiver.requests) == {"POST /posts"}


async def test_it_is_asked_again_no_sooner_than_the_receiver_says(world: World) -> None:
    world.receiver.coming = [Fault(takes=False, sent=answered("429 Slow", Retry_After="120"))]
    await world.way.send(PATH, world.ports)
    world.clock.time += 119
    for delivery in await world.tasks.take(LANE, 10):
        await world.way.deliver(delivery.body.encode(), world.ports)
    await resend_overdue(world.way, world.ports)
    assert len(world.receiver.requests) == 1
    await world.until_done()
    assert len(world.receiver.requests) == 2


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
async def test_a_redirect_is_no_acceptance_and_leads_nowhere(world: World, status: str) -> None:
    """The address is the owner's setting: a post and its signature are not sent where a server points."""
    world.receiver.coming = [Fault(takes=False, sent=answered(status, Location="/elsewhere"))]
    with pytest.raises(Permanent) as refused:
        await world.way.send(PATH, world.ports)
    assert refused.value.code == "publish_refused"
    record = await world.state()
    assert (record["state"], world.receiver.requests, world.receiver.taken) == ("approved", ["POST /posts"], Counter())


class Killed(BaseException):
    """As SIGKILL: no handler of the program's runs."""


def killed(*_: Any, **__: Any) -> None:
    raise Killed


@pytest.mark.parametrize(
    ("module", "step", "requests"),
    [(webhook, "check_accepted", 2), (publish_attempt, "_note", 2), (publish_attempt, "_settle", 1)],
    ids=["sent, and nothing written", "answered, and nothing written", "the channel's answer written, the record's state not"],
)
async def test_a_process_that_dies_on_the_way_sends_the_same_key(
    world: World, monkeypatch: pytest.MonkeyPatch, module: Any, step: str, requests: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(module, step, killed)
        with pytest.raises(Killed):
            await world.way.send(PATH, world.ports)
    assert (await world.state())["state"] == "publishing"
    await world.until_done()
    record = await world.state()
    assert (record["state"], len(world.receiver.requests)) == ("published", requests)
    assert world.receiver.taken == {record["publish"]["key"]: 1}
