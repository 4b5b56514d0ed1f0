"""Processes killed while a job runs: it ends with exact values, and nobody is left behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
from pathlib import Path

import httpx2
import pytest

from functions import LANES
from tests.chaos.world import Cloud, Model, all_gone, asked_times, model, start, wait
from tests.pipelines.calls.flow import value_of
from tests.support.waiting import PATIENCE

CALLS = 500
EXACT = {"calls": CALLS, "sum": sum(value_of(number) for number in range(CALLS))}
PIPELINES = {"HEADRACE_PIPELINES": "tests.pipelines.calls,tests.pipelines.noop"}


def settings(model_url: str) -> dict[str, str]:
    """No limit on the model: what is tried here is the loss of processes."""
    return {**PIPELINES, "OPENAI_BASE_URL": model_url, "OPENAI_API_KEY": "none", "HEADRACE_OPENAI_RPM": "0"}


async def killing(cloud: Cloud, asked: Model, seen: set[int]) -> int:
    """Kill one of its workers every 200 ms, until cancelled or its time is up. Everybody ever seen goes into `seen`.

    Where a machine is so busy that nothing was asked in between, the next one lives until something was.
    """
    dice, kills, before = random.Random(7), 0, -1
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            await asked_times(asked, before + 1)
            before = asked.asked.total()
            victims = await asyncio.to_thread(cloud.workers)
            seen |= {*victims}
            if victims:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(dice.choice(victims), signal.SIGKILL)
                    kills += 1
            await asyncio.sleep(0.2)
    return kills


@pytest.mark.fault(4)
async def test_a_worker_killed_every_200_ms_costs_nothing_but_time(tmp_path: Path) -> None:
    seen: set[int] = set()
    async with model(latency=0.05) as (asked, url):
        cloud = Cloud(tmp_path, 4, **settings(url))
        try:
            await cloud.up(4)
            async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=PATIENCE) as http:
                job = await start(http, "calls", calls=CALLS)
                monkey = asyncio.create_task(killing(cloud, asked, seen))
                view = await wait(http, job, 240)
            monkey.cancel()
            kills = await monkey
            seen |= cloud.processes()
        finally:
            cloud.end(signal.SIGTERM)
    assert (view["status"], view["result"]) == ("succeeded", EXACT), view["error"]
    assert set(asked.asked) == set(range(CALLS))
    assert kills >= 5
    await all_gone(seen)


@pytest.mark.fault(9)
async def test_the_whole_server_killed_in_mid_job_and_started_again(tmp_path: Path) -> None:
    async with model(latency=0.15) as (asked, url):
        first = Cloud(tmp_path, 3, **settings(url))
        await first.up(3)
        async with httpx2.AsyncClient(base_url=await first.url(), trust_env=False, timeout=PATIENCE) as http:
            job = await start(http, "calls", calls=CALLS)
            await asked_times(asked, CALLS // 3)
        left = first.processes()
        first.end()
        await all_gone(left)
        again = Cloud(tmp_path, 3, **settings(url))
        try:
            async with httpx2.AsyncClient(base_url=await again.url(), trust_env=False, timeout=PATIENCE) as http:
                view = await wait(http, job, 240)
            left = again.processes()
        finally:
            again.end(signal.SIGTERM)
        await all_gone(left)
    assert (view["status"], view["result"]) == ("succeeded", EXACT), view["error"]
    # What was recorded before the kill is not asked again: at most what was under way.
    assert sum(asked.asked.values()) <= CALLS + LANES["web"].concurrency
    assert max(asked.asked.values()) <= 2


async def test_a_killed_supervisor_comes_back_with_new_workers(tmp_path: Path) -> None:
    cloud = Cloud(tmp_path, 2, **PIPELINES)
    try:
        old = set(await cloud.up(2))
        parent = cloud.supervisor()
        assert parent is not None
        os.kill(parent, signal.SIGKILL)
        await all_gone(old)
        async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=PATIENCE) as http:
            view = await wait(http, await start(http, "noop", size=40), PATIENCE)
        assert (view["status"], view["result"]) == ("succeeded", {"members": 40, "sum": 780})
        left = cloud.processes()
    finally:
        cloud.end(signal.SIGTERM)
    await all_gone(left)


async def test_killed_workers_are_replaced_and_the_next_job_runs(tmp_path: Path) -> None:
    """How soon, `make bench ONLY=calls-killed` tells."""
    cloud = Cloud(tmp_path, 2, **PIPELINES)
    try:
        async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=PATIENCE) as http:
            await wait(http, await start(http, "noop", size=1), PATIENCE)
            old = set(await cloud.up(2))
            for victim in old:
                os.kill(victim, signal.SIGKILL)
            await all_gone(old)
            view = await wait(http, await start(http, "noop", size=1), PATIENCE)
            assert view["status"] == "succeeded"
            assert not old & set(await cloud.up(2))
    finally:
        cloud.end(signal.SIGTERM)
