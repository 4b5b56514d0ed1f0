"""SIGKILL at any moment, and the demo as a stranger runs it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from pypdf import PdfReader

from infra.sample_sites.server import Latency
from tests.bench.row import Row
from tests.flow.harness import POSTING, Client, Outside, address_of, outside, start_cloud

LATENCY = Latency(page=0.3, search=0.3, comments=0.3, logo=0.2)
ROUNDS = 8


async def killed() -> list[Row]:
    """A cloud killed twice at random moments in a job and started again, several times over."""
    dice = random.Random(4)
    rounds = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            async with outside(LATENCY, model_latency=0.8) as world:
                rounds.append(await one_round(world, Path(folder), [dice.uniform(0.05, 3.2), dice.uniform(0.3, 2.5)]))
    repeats, running = sum(r.repeats for r in rounds), sum(r.running for r in rounds)
    beside = {"rounds": ROUNDS, "kills": 2 * ROUNDS, "calls_of_tasks_running_at_a_kill": running, "calls_asked_again": repeats}
    unfinished = sum(r.status != "succeeded" for r in rounds)
    return [
        Row("killed and started again: jobs that did not finish", unfinished, "jobs", 0, beside=beside),
        Row("killed and started again: recorded calls repeated", sum(max(0, r.repeats - r.running) for r in rounds), "calls", 0),
    ]


@dataclass(frozen=True)
class Round:
    status: str
    repeats: int
    """Outside calls asked more than once, tokens aside."""
    running: int
    """Calls of the tasks that were running at the kills: those may be asked again."""


async def one_round(world: Outside, data: Path, moments: list[float]) -> Round:
    """One job under kills."""
    running: list[str] = []
    process = start_cloud(world, data)
    try:
        async with httpx2.AsyncClient(base_url=await address_of(data, process), trust_env=False, timeout=60) as http:
            job = await Client(http).start({"job_posting_url": world.base + POSTING})
        for moment in moments:
            await asyncio.sleep(moment)
            process.send_signal(signal.SIGKILL)
            process.wait()
            running += _running_tasks(data)
            process = start_cloud(world, data)
            url = await address_of(data, process)
        async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=60) as http:
            view = await Client(http).wait(job, 240)
    finally:
        process.kill()
        process.wait()
    asked = Counter(call for call in world.site.asked + world.model.asked if "access_token" not in call)
    return Round(view["status"], sum(count - 1 for count in asked.values()), sum(_calls(data, task) for task in running))


def _running_tasks(data: Path) -> list[str]:
    """Paths of the tasks that a process was at when it was killed."""
    sql = "SELECT path FROM documents WHERE path LIKE 'jobs/%/tasks/%' AND json_extract(data, '$.state') = 'running'"
    return [path for (path,) in _rows(data, sql)]


def _calls(data: Path, task: str) -> int:
    """The calls that a task made when it ran to its end: some make several. One that was found in the cache then made one at most."""
    ((calls,),) = _rows(data, "SELECT json_extract(data, '$.calls') FROM documents WHERE path = ?", task)
    return max(1, calls or 0)


def _rows(data: Path, sql: str, *values: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(data / "headrace.db")) as database:
        return database.execute(sql, values).fetchall()


async def demo() -> list[Row]:
    """`python -m infra.demo`: exit code, pages, and the most memory that its processes held."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "infra.demo"],
            cwd=Path.cwd(),
            env={**os.environ, "TMPDIR": folder},
            capture_output=True,
            check=False,
        )
        wall = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    pages = len(PdfReader("out/interview-prep.pdf").pages)
    return [
        Row("demo, exit code", done.returncode, "", 0, beside={"wall_s": round(wall, 1)}),
        Row("demo, peak memory of its process", peak, "MB", 600),
        Row("demo, pages", pages, "pages", 8),
        Row("demo, pages at least", pages, "pages", 7, at_least=True),
    ]
