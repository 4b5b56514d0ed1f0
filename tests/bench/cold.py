"""A job whose functions are all scaled to zero: what it pays for their starts.

The processes run already, and the first request to each waits as if it had to start: on Cloud Run every start has processors of its
own, here a dozen at once would share two and tell only of those.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from statistics import median

from functions.interview_prep.flow import FLOW
from infra.emulators.cloud_tasks import CloudTasks
from infra.emulators.emulator_stack import Emulated
from infra.emulators.firestore import firestore
from infra.emulators.task_queue import Kept
from shared.engine.job.prewarm import EVERY
from tests.bench.row import Row
from tests.flow.harness import POSTING, Client, Outside, outside
from tests.system.one_run import system

START = 3.0
"""Seconds of a cold start."""
RUNS = 3
STARTS = 1.3
"""Cold starts that a job may pay for."""


class Unwarmed(CloudTasks):
    """Delivers nothing ahead of its work."""

    async def _deliver(self, kept: Kept) -> int:
        return 200 if b'"kind":"warm"' in kept.task.http_request.body else await super()._deliver(kept)


async def cold() -> list[Row]:
    """Seconds of an interview-prep job beyond those of the same job with everything warm, from its acceptance to its end."""
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    async with _running(CloudTasks(dedupe=0.0)) as (world, made, client):
        await made.up(FLOW)
        await _job(world, made, client)  # what is imported late is imported
        warm = median([await _job(world, made, client) for _ in range(RUNS)])
        colds = [await _job(world, made, client, START) for _ in range(RUNS)]
    async with _running(Unwarmed(dedupe=0.0)) as (world, made, client):
        await made.up(FLOW)
        await _job(world, made, client)
        unwarmed = await _job(world, made, client, START)
    beside = {
        "warm_s": round(warm, 2),
        "cold_s": [round(wall, 2) for wall in colds],
        "not_called_ahead_s": round(unwarmed, 2),
    }
    return [
        Row(f"all-cold job, {START:g} s per start: over the warm one", median(colds) - warm, "s", STARTS * START, beside=beside)
    ]


@contextlib.asynccontextmanager
async def _running(cloud: CloudTasks) -> AsyncIterator[tuple[Outside, Emulated, Client]]:
    with tempfile.TemporaryDirectory() as folder, firestore() as host:
        async with outside() as world, system(world, host, Path(folder), cloud) as (made, client):
            yield world, made, client


async def _job(world: Outside, made: Emulated, client: Client, start: float | None = None) -> float:
    """One job from an empty store; with `start`, every function's first request waits so long."""
    await made.forget()
    if start is not None:
        await asyncio.sleep(EVERY - time.time() % EVERY)  # a flow is called ahead once a minute, and was for the job before
        for service in made.services.values():
            service.cool(start)
    job = await client.run({"job_posting_url": world.base + POSTING})
    assert job["status"] == "succeeded", job["error"]
    return _seconds(job)


def _seconds(job: dict[str, object]) -> float:
    began, ended = (datetime.fromisoformat(str(job[name])) for name in ("created_at", "finished_at"))
    return (ended - began).total_seconds()
