"""interview_prep on the emulator profile: every task delivered twice, one process killed on the way, the local profile's result."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from pypdf import PdfReader

from functions.interview_prep.flow import FLOW
from infra.emulated.system import Emulated, emulated
from infra.emulators.cloud_tasks import CloudTasks
from infra.emulators.task_queue import Kept
from tests.flow.harness import POSTING, Client, Outside, outside, running

KILLED = ("plan_searches", "pick_posts", "batch_reports", "outline_guide", "extract_insights", "write_section", "render_guide")
"""Stages whose process may be killed: without the others' results a guide is shorter, as it should be."""
SOON = 0.3
"""Seconds after its first delivery that a process is killed, at most."""


class Restless(CloudTasks):
    """Delivers every task twice at once, and kills the process of one function soon after its first delivery."""

    def __init__(self, victim: str, after: float) -> None:
        super().__init__()
        self.victim, self.after = victim, after
        self.system: Emulated | None = None
        self.killing: asyncio.Task[None] | None = None

    async def _deliver(self, kept: Kept) -> int:
        function = kept.task.http_request.url.rpartition("/")[2]
        warm = b'"kind":"warm"' in kept.task.http_request.body
        if function == self.victim and not warm and self.killing is None:
            self.killing = asyncio.create_task(self._kill())
        answers = await asyncio.gather(super()._deliver(kept), super()._deliver(kept))
        return min(answers)

    async def _kill(self) -> None:
        await asyncio.sleep(self.after)
        assert self.system is not None
        while not await self.system.services[self.victim].kill():  # it is only just being started
            await asyncio.sleep(0.01)


@dataclass(frozen=True)
class Run:
    """`seconds`: the job's own. `result` and `words` are what it came to."""

    seconds: float
    killed: str
    result: dict[str, Any]
    words: str


@contextlib.asynccontextmanager
async def system(
    world: Outside, firestore: str, folder: Path, cloud: CloudTasks | None = None
) -> AsyncIterator[tuple[Emulated, Client]]:
    """The emulator profile pointed at `world`, and a client of it."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **world.environment(folder / "data")}
    async with (
        emulated(environment, firestore, folder, cloud) as made,
        httpx2.AsyncClient(base_url=made.url, trust_env=False, timeout=60) as http,
    ):
        yield made, Client(http)


async def restless_run(firestore: str, folder: Path, seed: int) -> Run:
    """One job from an empty store.

    Raises:
        AssertionError: it did not succeed, or nothing was killed.
    """
    dice = random.Random(seed)
    cloud = Restless(f"interview_prep_{dice.choice(KILLED)}", dice.uniform(0.0, SOON))
    async with outside() as world, system(world, firestore, folder, cloud) as (made, client):
        cloud.system = made
        await made.up(FLOW)  # a join that waits only so long would go without members whose processes still start
        await made.forget()
        began = time.monotonic()
        job = await client.run({"job_posting_url": world.base + POSTING}, 110)
        seconds = time.monotonic() - began
        assert job["status"] == "succeeded", job["error"]
        assert cloud.killing is not None
        await cloud.killing
        return Run(seconds, cloud.victim, *await _came_to(client, job))


async def local_run(folder: Path) -> Run:
    """The same job on the local profile."""
    async with outside() as world, running(world, folder) as (client, _):
        began = time.monotonic()
        job = await client.run({"job_posting_url": world.base + POSTING})
        return Run(time.monotonic() - began, "", *await _came_to(client, job))


def differences(one: Run, other: Run) -> dict[str, Any]:
    """What they came to differently, by field. The bytes of the PDF, and so its name, may differ.

    The join of the searches has enough when it has 30 good posts, of whichever searches came first: when these were others, only
    what does not come from the posts is compared.
    """
    mine, its = ({**run.result, "pdf": "", "words": run.words} for run in (one, other))
    compared = set(mine) | set(its) if mine["posts_found"] == its["posts_found"] else {"title", "company", "role"}
    return {name: (mine.get(name), its.get(name)) for name in sorted(compared) if mine.get(name) != its.get(name)}


async def _came_to(client: Client, job: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The recorded result, and the guide's words: line breaks are the layout's."""
    reader = PdfReader(io.BytesIO(await client.pdf(job["id"])))
    return job["result"], " ".join(" ".join(page.extract_text() for page in reader.pages).split())
