"""How fast guides are made: against the critical path of the outside's latencies, and under Reddit's limit."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from infra.sample_sites.jobs.job_pages import JOBS
from infra.sample_sites.server import Latency
from tests.bench.row import Row
from tests.flow.harness import POSTING, SAME_ROLE, cloud_process, outside

LATENCY = Latency(page=1.0, search=0.4, comments=0.4, logo=0.5)
MODEL = 5.0
CRITICAL_PATH = LATENCY.page + LATENCY.search + LATENCY.comments + 2 * MODEL
"""Page, then search, then comments, then the insights' calls side by side, then the sections' side by side."""


async def fresh() -> list[Row]:
    """The first guide of a fresh process with an empty data folder, three times: imports are in it, nothing is cached."""
    walls: list[float] = []
    stages: dict[str, float] = {}
    calls: dict[str, int] = {}
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            async with outside(LATENCY, model_latency=MODEL) as world, cloud_process(world, Path(folder)) as client:
                began = time.monotonic()
                job = await client.run({"job_posting_url": world.base + POSTING})
                walls.append(time.monotonic() - began)
                assert job["status"] == "succeeded", job["error"]
                stages = {stage["stage"]: stage["seconds"] for stage in job["critical_path"]}
                calls = world.calls()
                assert calls["search"] <= 12 and calls["comments"] <= 15, calls  # noqa: PT018 - one budget
    beside = {
        "wall_s": round(statistics.median(walls), 2),
        "critical_path_s": CRITICAL_PATH,
        "slowest_s": round(max(walls), 2),
        "searches": calls["search"],
        "comment_reads": calls["comments"],
        "stages_s": {name: round(seconds, 2) for name, seconds in stages.items()},
    }
    return [Row("fresh guide, wall / critical path", statistics.median(walls) / CRITICAL_PATH, "x", 1.15, beside=beside)]


async def ten(rpm: float = 375, window: float = 12) -> list[Row]:
    """Ten bulk guides for ten companies at once and an interactive eleventh, under a Reddit of 75 requests in each 12 s."""
    latency = Latency(page=0.2, search=0.1, comments=0.1, logo=0.1)
    allowed = rpm * window / 60
    limits = {"HEADRACE_REDDIT_RPM": str(int(allowed)), "HEADRACE_OPENAI_RPM": "100000", "HEADRACE_OPENAI_TPM": "1000000000"}
    pages = [page.path for page in JOBS if page.path != SAME_ROLE][:11]
    with tempfile.TemporaryDirectory() as folder:
        async with outside(latency, model_latency=1.0, reddit_rpm=rpm, reddit_window=window) as world:
            async with cloud_process(world, Path(folder), **limits) as client:
                began = time.monotonic()
                bulk = [await client.start({"job_posting_url": world.base + path}, lane="bulk") for path in pages[:10]]
                await asyncio.sleep(0.5)
                late = await client.start({"job_posting_url": world.base + pages[10]})
                ended: dict[str, float] = {}

                async def follow(job: str) -> str:
                    view = await client.wait(job)
                    ended[job] = time.monotonic() - began
                    return str(view["status"])

                states = await asyncio.gather(*(follow(job) for job in [*bulk, late]))
            log = [seen for seen in world.sites.state.log if seen.kind in ("search", "comments")]
    refused = sum(seen.status == 429 for seen in log)
    requests = len(log)
    alone = latency.page + latency.search + latency.comments + 2.0
    floor = max(0, -(-requests // int(allowed)) - 1) * window + alone
    wall = max(ended.values())
    assert set(states) == {"succeeded"}, states
    rank = sorted(ended.values()).index(ended[late]) + 1
    beside = {
        "requests": requests,
        "per_window": allowed,
        "window_s": window,
        "wall_s": round(wall, 1),
        "floor_s": round(floor, 1),
    }
    return [
        Row("eleven guides at once, requests that Reddit refused", refused, "429s", 0, beside=beside),
        Row("eleven guides at once, wall / what the limit allows", wall / floor, "x", 1.2),
        Row("the interactive eleventh's place among eleven", rank, "th", 10),
    ]
