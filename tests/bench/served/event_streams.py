"""Event streams: two hundred on one process, and how long after a task's end its client hears of it."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import httpx2
import psutil

from tests.bench.row import Row
from tests.chaos.world import Cloud, start, wait

STREAMS, TASKS, WORKERS = 200, 2_000, 1
ROUNDS = 4
"""Times that all streams are opened, hear of a job from its beginning to its end, and go."""


@dataclass
class Heard:
    """What one stream told: the events' kinds, and of each how many tasks had ended, with the time at which it came."""

    kinds: list[str] = field(default_factory=list)
    ended: list[tuple[float, int]] = field(default_factory=list)


async def many() -> list[Row]:
    """200 streams of one running job, again and again: those that told its end, and memory after the last round over the first."""
    async with _cloud() as (cloud, http):
        await wait(http, await start(http, "noop", size=50), 60)
        whole, memory = 0, []
        for _ in range(ROUNDS):
            job = await start(http, "noop", size=TASKS)
            heard = await asyncio.gather(*(_listen(http, job) for _ in range(STREAMS)))
            whole += sum(one.kinds[-1:] == ["done"] and "progress" in one.kinds for one in heard)
            memory.append(_megabytes(cloud))
        beside = {"streams": STREAMS, "rounds": ROUNDS, "mb": [round(one) for one in memory]}
    return [
        Row(f"{STREAMS} event streams on one process, {ROUNDS} times: those that told all", whole, "streams", STREAMS * ROUNDS, at_least=True, beside=beside),
        Row(f"{STREAMS} event streams: memory after the last round over that after the first", memory[-1] / memory[0], "x", 1.1, beside=beside),
    ]  # fmt: skip


async def delay() -> list[Row]:
    """From a task's end, as it is recorded, to the event that counts it: p95 over all tasks of a job of 2,000, heard by one stream."""
    async with _cloud() as (_, http):
        await wait(http, await start(http, "noop", size=50), 60)
        job = await start(http, "noop", size=TASKS)
        heard = await _listen(http, job)
        ends = await _ends(http, job)
    late, at = [], 0
    for end, number in zip(ends, range(1, len(ends) + 1), strict=True):
        while at < len(heard.ended) - 1 and heard.ended[at][1] < number:
            at += 1
        late.append(heard.ended[at][0] - end)
    beside = {"median_s": round(median(late), 2), "most_s": round(max(late), 2), "events": len(heard.ended)}
    return [Row("a task's end to its event at the client, p95", quantiles(late, n=20)[-1], "s", 1.0, beside=beside)]


async def _listen(http: httpx2.AsyncClient, job: str) -> Heard:
    """A job's events to its end."""
    heard, kind = Heard(), ""
    async with http.stream("GET", f"/api/v1/jobs/{job}/events", timeout=300) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
                heard.kinds.append(kind)
            elif line.startswith("data: ") and kind in ("progress", "done"):
                stages = json.loads(line.removeprefix("data: "))["stages"]
                heard.ended.append((time.time(), sum(stage["done"] + stage["failed"] + stage["skipped"] for stage in stages)))
    return heard


async def _ends(http: httpx2.AsyncClient, job: str) -> list[float]:
    """When each task of a job ended, in order: in columns, as the waterfall has them."""
    made, cursor = [], ""
    while True:
        page = (await http.get(f"/api/v1/jobs/{job}/waterfall?limit=5000{cursor}")).json()
        began = float(page["began_at"])
        made += [began + ms / 1000 for ms in page["tasks"]["finished"]]
        if page["next_cursor"] is None:
            return sorted(made)
        cursor = f"&cursor={page['next_cursor']}"


def _megabytes(cloud: Cloud) -> float:
    """Of the process that serves the API."""
    return float(psutil.Process(cloud.process.pid).memory_info().rss) / 1e6


@asynccontextmanager
async def _cloud() -> AsyncIterator[tuple[Cloud, httpx2.AsyncClient]]:
    with tempfile.TemporaryDirectory() as folder:
        cloud = Cloud(Path(folder), WORKERS, HEADRACE_PIPELINES="tests.pipelines.noop")
        try:
            await cloud.up(WORKERS)
            limits = httpx2.Limits(max_connections=STREAMS + 10)
            async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=60, limits=limits) as http:
                yield cloud, http
        finally:
            cloud.end()
