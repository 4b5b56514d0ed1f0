"""Two and four processes under one limit, in real time over loopback HTTP: a provider that refuses what is over its bucket."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.uvicorn_server import serve
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.engine.limits import Limit, SharedLimits
from shared.errors import PutBack
from shared.ports.clock import SystemClock
from tests.bench.calls.bucket import Bucket
from tests.bench.row import Row

RPM, BURST = 6000.0, 50.0
CALLS = 500
TOKENS = 100
LATENCY = 0.2
SKIP = 1.0
"""Seconds after the first request in which the burst is spent."""


@dataclass
class Provider:
    """Requests and tokens per minute, each a bucket; what it accepted and refused."""

    requests: Bucket = field(default_factory=lambda: Bucket(RPM / 60, BURST))
    tokens: Bucket = field(default_factory=lambda: Bucket(RPM * TOKENS / 60, BURST * TOKENS))
    accepted: list[float] = field(default_factory=list)
    refused: int = 0

    async def answer(self, _request: Request) -> Response:
        now = time.time()
        self.requests.fill(now)
        self.tokens.fill(now)
        wait = max(self.requests.wait(1), self.tokens.wait(TOKENS))
        if wait:
            self.refused += 1
            return JSONResponse({}, 429, {"retry-after-ms": str(round(wait * 1000))})
        self.requests.left -= 1
        self.tokens.left -= TOKENS
        self.accepted.append(now)
        headers = {"x-ratelimit-remaining-requests": str(int(self.requests.left)), "x-ratelimit-reset-requests": "1s"}
        await asyncio.sleep(LATENCY)
        return JSONResponse({}, headers=headers)

    @property
    def use(self) -> float:
        """The limit's use while calls are queued."""
        late = [at for at in self.accepted if at > self.accepted[0] + SKIP]
        return len(late) / (late[-1] - self.accepted[0] - SKIP) / (RPM / 60)


async def shared_limit() -> list[Row]:
    """`CALLS` calls by two processes, then by four."""
    rows = []
    for count in (2, 4):
        provider = await one_run(count)
        beside = {"accepted": len(provider.accepted), "utilisation": round(provider.use, 3)}
        name = {2: "two", 4: "four"}[count]
        rows.append(Row(f"{name} processes sharing one limit: requests refused", provider.refused, "429s", 0, beside=beside))
    return rows


async def one_run(count: int, calls: int = CALLS, provider: Provider | None = None) -> Provider:
    """So many calls by so many processes that share a store and nothing else."""
    provider = provider or Provider()
    app = Starlette(routes=[Route("/", provider.answer, methods=["POST"])])
    with tempfile.TemporaryDirectory() as folder:
        async with serve(app) as url:
            workers = [await _started(url, Path(folder), calls // count) for _ in range(count)]
            for worker in workers:  # all have imported what they need
                assert worker.stdin is not None
                worker.stdin.write(b"go\n")
            try:
                ended = await asyncio.wait_for(asyncio.gather(*(worker.wait() for worker in workers)), 240)
            finally:
                for worker in workers:
                    if worker.returncode is None:
                        worker.kill()
            assert not any(ended), ended
    assert len(provider.accepted) == calls // count * count
    return provider


async def _started(url: str, folder: Path, calls: int) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "tests.bench.calls.shared_limit", url, str(folder), str(calls)]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert process.stdout is not None
    assert json.loads(await process.stdout.readline()) == "ready"
    return process


async def work(url: str, folder: Path, calls: int) -> None:
    """One process: its calls side by side, each tried until it is answered."""
    database = Database(folder / "limits.db")
    limit = Limit(requests=RPM, tokens=RPM * TOKENS, burst=BURST / RPM)
    limits = SharedLimits(SqliteDocuments(database), SystemClock(), {"model": limit})
    async with httpx2.AsyncClient(trust_env=False, limits=httpx2.Limits(max_connections=None), timeout=30) as http:
        print(json.dumps("ready"), flush=True)  # noqa: T201 - the parent waits for it
        await asyncio.to_thread(sys.stdin.readline)
        await asyncio.gather(*(_call(limits, http, url) for _ in range(calls)))
    database.close()


async def _call(limits: SharedLimits, http: httpx2.AsyncClient, url: str) -> None:
    while True:
        try:
            grant = await limits.acquire("model", tokens=TOKENS)
        except PutBack as wait:
            await asyncio.sleep(wait.retry_after or 0)
            continue
        headers: Mapping[str, str] = {}
        status = 0
        try:
            answer = await http.post(url, json={})
            headers, status = answer.headers, answer.status_code
        finally:
            limits.settle(grant, headers=headers, status=status)
        if status == 200:
            return


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
