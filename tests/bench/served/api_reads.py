"""How long the API takes to read while a job of ten thousand tasks runs, beside how long it takes when nothing does."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

import httpx2

from tests.bench.row import Row
from tests.chaos.world import Cloud, start

TASKS, WORKERS = 10_000, 1
READS = 400
"""Requests measured on an idle cloud; on a busy one it is as many as fit into the job."""
PAUSE = 0.02
"""Seconds between two requests: a page that is looked at, not a load test."""
PATHS = ("/api/v1/jobs", "/api/v1/jobs/{job}", "/api/v1/jobs/{job}/progress", "/api/v1/jobs/{job}/tasks")


async def reads() -> list[Row]:
    """A list of jobs, a job, its progress and a page of its tasks, in turn: p95 while it runs over p95 once it has ended."""
    with tempfile.TemporaryDirectory() as folder:
        cloud = Cloud(Path(folder), WORKERS, HEADRACE_PIPELINES="tests.pipelines.noop")
        try:
            await cloud.up(WORKERS)
            async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=60) as http:
                return await _compared(http)
        finally:
            cloud.end()


async def _compared(http: httpx2.AsyncClient) -> list[Row]:
    small = await start(http, "noop", size=50)
    await _timed(http, small, READS)  # warms it
    job = await start(http, "noop", size=TASKS)
    busy = await _timed(http, job, None)
    idle = await _timed(http, job, READS)
    ratio = _p95(_all(busy)) / _p95(_all(idle))
    beside = {
        "workers": WORKERS,
        "reads_while_busy": len(_all(busy)),
        "idle_p95_ms": _ms(_p95(_all(idle))),
        "busy_p95_ms": _ms(_p95(_all(busy))),
        "busy_median_ms": _ms(median(_all(busy))),
        **{f"{path.rpartition('/')[2].strip('{}')}_p95_ms": [_ms(_p95(idle[path])), _ms(_p95(busy[path]))] for path in PATHS},
    }
    return [Row(f"API reads while a job of {TASKS:,} tasks runs: p95 over that of an idle one", ratio, "x", 2, beside=beside)]


async def _timed(http: httpx2.AsyncClient, job: str, count: int | None) -> dict[str, list[float]]:
    """Seconds of each read, by path; `count` of them, or until the job has ended."""
    took: dict[str, list[float]] = {path: [] for path in PATHS}
    ended, read = False, 0
    while not (ended if count is None else read >= count):
        path = PATHS[read % len(PATHS)]
        began = time.perf_counter()
        answer = await http.get(path.format(job=job))
        took[path].append(time.perf_counter() - began)
        assert answer.status_code == 200, answer.text
        ended = path.endswith("progress") and answer.json()["finished_at"] is not None
        read += 1
        await asyncio.sleep(PAUSE)
    return took


def _all(took: dict[str, list[float]]) -> list[float]:
    return [each for some in took.values() for each in some]


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
