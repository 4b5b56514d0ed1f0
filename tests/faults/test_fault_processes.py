"""Processes that a task takes down, and processes that are told to go (rows 28 and 29)."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import httpx2
import pytest

from shared import bootstrap
from shared.engine.attempt.run_stage import DEATHS
from shared.engine.store import paths
from shared.settings import Settings
from tests.chaos.world import Cloud, all_gone, asked_times, model, start, wait
from tests.pipelines.calls.flow import value_of
from tests.support.waiting import PATIENCE

PIPELINES = {"HEADRACE_PIPELINES": "tests.faults.deadly,tests.pipelines.calls,tests.pipelines.noop"}


@pytest.mark.fault(29)
async def test_a_render_that_takes_its_process_down_every_time_ends_and_its_neighbours_go_on(tmp_path: Path) -> None:
    cloud = Cloud(tmp_path, 2, **PIPELINES)
    try:
        async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=PATIENCE) as http:
            always = await start(http, "deadly", marks=str(tmp_path / "always"), deaths=1000)
            once = await start(http, "deadly", marks=str(tmp_path / "once"), deaths=1)
            beside = await start(http, "noop", size=60)
            ended = {job: await wait(http, job, 120) for job in (always, once, beside)}
        left = cloud.processes()
    finally:
        cloud.end(signal.SIGTERM)
    await all_gone(left)
    assert (ended[always]["status"], ended[always]["error"]["code"]) == ("failed", "attempts_spent")
    assert ended[always]["error"]["stage"] == "render"
    assert len(set((tmp_path / "always").read_text().split())) == DEATHS + 1  # a process each, and no more
    assert ended[once]["status"] == "succeeded"
    assert (ended[beside]["status"], ended[beside]["result"]["members"]) == ("succeeded", 60)


@pytest.mark.fault(28)
async def test_workers_told_to_go_leave_no_task_waiting_for_its_lease(tmp_path: Path) -> None:
    """SIGTERM to all of them while each is in a model call that outlasts their patience."""
    async with model(latency=0.0, shut=True) as (asked, url):
        cloud = Cloud(tmp_path, 2, OPENAI_BASE_URL=url, OPENAI_API_KEY="none", HEADRACE_OPENAI_RPM="0", **PIPELINES)
        try:
            old = await cloud.up(2)
            async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=PATIENCE) as http:
                job = await start(http, "calls", calls=4)
                await asked_times(asked, 4)
                for worker in old:
                    os.kill(worker, signal.SIGTERM)
                await all_gone(set(old))
                asked.open.set()
                view = await wait(http, job, 120)
        finally:
            asked.open.set()
            cloud.end(signal.SIGTERM)
    assert (view["status"], view["result"]) == ("succeeded", {"calls": 4, "sum": sum(map(value_of, range(4)))})
    assert max(asked.asked.values()) <= 2
    assert await claims(tmp_path, job) == [(2, 0)] * 4


async def claims(data: Path, job: str) -> list[tuple[int, int]]:
    """How often each call's task was claimed, and how often because a claim before had run out."""
    ports = bootstrap.build(Settings(data=data))
    found = [task.data for task in await ports.documents.query(paths.tasks(job))]
    await bootstrap.close(ports)
    return [(task["epoch"], task.get("deaths", 0)) for task in found if task["stage"] == "ask"]
