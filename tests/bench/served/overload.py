"""Ten times the usual load on the API and the local cloud, with slow and vanishing clients: what is refused, what is lost, what it holds.

The usual load is one owner's, and goes on; the nine times as much beside it, and all that is slow or leaves, is another's.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import sqlite3
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

import httpx2
import psutil

from tests.bench.row import Row
from tests.chaos.world import Cloud

SECONDS = 60.0
USUAL, TIMES = 8, 10
"""Clients that ask one thing after another, a fifth of them for new jobs; and how many times as many there are under load."""
SLOW, VANISHING = 100, 20
"""Connections that send a byte a second, and clients that leave before they are answered, one after another."""
READS = ("/api/v1/jobs", "/api/v1/pipelines", "/healthz", "/openapi.json")
POLITE = {429, 503}
OPERATOR, OWNERS = "the operator's own", ("usual", "crowd")
SETTLED = 180.0
"""Seconds after the load in which no job ends: those that have not by then are lost."""


@dataclass
class Seen:
    """What the clients saw: answers by status, seconds of each, jobs that were taken; `rude`: refused without a time to come back, or `broken`."""

    statuses: Counter[int] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)
    rude: int = 0
    broken: int = 0

    @property
    def refused(self) -> int:
        return sum(number for status, number in self.statuses.items() if status in POLITE)


async def overload() -> list[Row]:
    """The rows: impolite answers, jobs lost, growth of memory, and the API's answer before and after."""
    with tempfile.TemporaryDirectory() as folder:
        cloud = Cloud(Path(folder), 1, HEADRACE_PIPELINES="tests.pipelines.noop", HEADRACE_API_KEY=OPERATOR)
        try:
            await cloud.up(1)
            return await _measured(cloud, await cloud.url(), Path(folder))
        finally:
            cloud.end()


async def _measured(cloud: Cloud, url: str, folder: Path) -> list[Row]:
    usual, crowd = [await _key(url, owner) for owner in OWNERS]
    before = await _load(url, usual, USUAL, 10.0)
    memory: list[float] = []
    watching = asyncio.create_task(_watch(cloud, memory))
    during, seen = await asyncio.gather(
        _load(url, usual, USUAL, SECONDS), _load(url, crowd, USUAL * (TIMES - 1), SECONDS, hostile=True)
    )
    jobs = [*before.jobs, *during.jobs, *seen.jobs]
    began = time.monotonic()
    lost = set(jobs) - await _succeeded_in_the_end(folder, len(jobs))
    settled = time.monotonic() - began
    watching.cancel()
    after = await _load(url, usual, USUAL, 10.0)
    half = len(memory) // 2
    beside = {"statuses": dict(seen.statuses), "usual_statuses": dict(during.statuses), "jobs": len(jobs), "p95_s": _p95(seen.took),
              "usual_p95_ms": [round(1000 * _p95(one.took)) for one in (before, during, after)], "broken": seen.broken + during.broken}  # fmt: skip
    return [
        Row(f"{TIMES} x usual load for {SECONDS:.0f} s: answers that are neither right nor polite", seen.rude + during.rude, "answers", 0, beside=beside),
        Row("the same: jobs taken and lost", len(lost), "jobs", 0, beside={"settled_s": round(settled)}),
        Row("the same: memory at its end over half-way", max(memory[half:]) - max(memory[:half]), "MB", 50, beside={"most_mb": round(max(memory))}),
        Row("the same: share refused of an owner whose load is the usual", during.refused / max(1, sum(during.statuses.values())), "of answers", 0.01,
            beside={"of_the_crowd": round(seen.refused / max(1, sum(seen.statuses.values())), 3)}),
        Row("the same: usual p95 after it over before", _p95(after.took) / _p95(before.took), "x", 1.5),
    ]  # fmt: skip


async def _key(url: str, owner: str) -> str:
    async with _client_of(url, OPERATOR, 60) as http:
        made = await http.post("/api/v1/keys", json={"owner": owner, "scopes": ["read", "write"]})
        return str(made.json()["key"])


def _client_of(url: str, key: str, timeout: float, connections: int = 50) -> httpx2.AsyncClient:
    limits = httpx2.Limits(max_connections=connections)
    return httpx2.AsyncClient(
        base_url=url, trust_env=False, timeout=timeout, limits=limits, headers={"authorization": f"Bearer {key}"}
    )


async def _load(url: str, key: str, clients: int, seconds: float, *, hostile: bool = False) -> Seen:
    seen, until = Seen(), time.monotonic() + seconds
    async with _client_of(url, key, 30, clients + 50) as http:
        work = [_client(http, number, until, seen) for number in range(clients)]
        if hostile:
            work += [_slow(url, key, number, until) for number in range(SLOW)] + [
                _vanishing(url, key, until) for _ in range(VANISHING)
            ]
        await asyncio.gather(*work)
    return seen


async def _client(http: httpx2.AsyncClient, number: int, until: float, seen: Seen) -> None:
    chance = random.Random(number)
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            if chance.random() < 0.2:
                answer = await http.post("/api/v1/jobs", json={"pipeline": "noop", "input": {"size": 5}})
            else:
                answer = await http.get(chance.choice(READS))
        except httpx2.HTTPError:  # half a minute without an answer is none, either
            seen.broken, seen.rude = seen.broken + 1, seen.rude + 1
            continue
        seen.took.append(time.monotonic() - began)
        seen.statuses[answer.status_code] += 1
        if answer.status_code == 202:
            seen.jobs.append(answer.json()["id"])
        polite = answer.status_code in POLITE and "retry-after" in answer.headers
        seen.rude += not (answer.is_success or polite)
        if polite:
            await asyncio.sleep(min(5.0, float(answer.headers["retry-after"])) * (0.5 + chance.random()))


async def _slow(url: str, key: str, number: int, until: float) -> None:
    """Half sends its headers, half a body, a byte a second."""
    place = urlsplit(url)
    head = (
        f"POST /api/v1/jobs HTTP/1.1\r\nhost: {place.netloc}\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\n"
    )
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(place.hostname, place.port)
            writer.write((head + ("x: " if number % 2 else "content-length: 5000\r\n\r\n")).encode())
            while time.monotonic() < until and not writer.is_closing():
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(1)
            writer.close()


async def _vanishing(url: str, key: str, until: float) -> None:
    place = urlsplit(url)
    body = json.dumps({"pipeline": "noop", "input": {"size": 5}})
    request = f"POST /api/v1/plans HTTP/1.1\r\nhost: {place.netloc}\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n{body}"
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(place.hostname, place.port)
            writer.write(request.encode())
            await writer.drain()
            writer.transport.abort()
        await asyncio.sleep(0.05)


async def _succeeded_in_the_end(folder: Path, number: int) -> set[str]:
    """The jobs that have succeeded, once there are so many, or none has for `SETTLED` seconds: what was taken may be an hour's work."""
    found, moved = set[str](), time.monotonic()
    while len(found) < number and time.monotonic() - moved < SETTLED:
        await asyncio.sleep(5)
        if len(now := await asyncio.to_thread(_succeeded, folder)) > len(found):
            found, moved = now, time.monotonic()
    return found


def _succeeded(folder: Path) -> set[str]:
    """Read beside the API: to ask it for thousands of jobs would be a load of its own."""
    with contextlib.closing(sqlite3.connect(f"file:{folder / 'headrace.db'}?mode=ro", uri=True, timeout=30)) as store:
        wanted = "select path from documents where collection = 'jobs' and json_extract(data, '$.status') = 'succeeded'"
        return {str(path).rpartition("/")[2] for (path,) in store.execute(wanted)}


async def _watch(cloud: Cloud, memory: list[float]) -> None:
    """Megabytes of all its processes, each second."""
    while True:
        total = 0
        for pid in cloud.processes():
            with contextlib.suppress(psutil.Error):
                total += psutil.Process(pid).memory_info().rss
        memory.append(total / 2**20)
        await asyncio.sleep(1)


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]
