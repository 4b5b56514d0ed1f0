"""The development loop: a stage is edited and saved; how soon does a job that is started then run the new code?"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median

import httpx2

from tests.bench.row import Row
from tests.chaos.world import Cloud, start, wait
from tests.support.editable_pipeline import edit, write_package

EDITS = 6
BETWEEN = 0.1
"""Seconds between two jobs that are started to see which code they run."""


async def edit_to_run() -> list[Row]:
    """From a save to the start of the first job that runs what was saved: the slowest of six edits."""
    with tempfile.TemporaryDirectory() as folder:
        package = write_package(Path(folder) / "code")
        environment = {"HEADRACE_PIPELINES": "editable", "PYTHONPATH": f"{package.parent}:{Path.cwd()}"}
        cloud = Cloud(Path(folder) / "data", 1, **environment)
        try:
            await cloud.up(1)
            async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=60) as http:
                await wait(http, await start(http, "editable", word="warm"), 60)
                took = [await _edited(http, package, number) for number in range(EDITS)]
        finally:
            cloud.end()
    beside = {"median_s": round(median(took), 2), "each_s": [round(one, 2) for one in took]}
    return [
        Row("a stage is saved: the next job that runs the new code is started after, at most", max(took), "s", 1.0, beside=beside)
    ]


async def _edited(http: httpx2.AsyncClient, package: Path, number: int) -> float:
    """Seconds after a save at which the first job was started that ran the new code."""
    await asyncio.sleep(1.0)
    old, new = (f'"{"!" * count}"' for count in (number + 1, number + 2))
    edit(package, old, new)
    saved, runs = time.perf_counter(), 0
    while True:
        began = time.perf_counter() - saved
        runs += 1
        job = await start(http, "editable", word=f"{number}.{runs}")
        if (await wait(http, job, 60, every=0.02))["result"]["text"].endswith("!" * (number + 2)):
            return began
        await asyncio.sleep(BETWEEN)
