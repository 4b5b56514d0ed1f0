"""interview_prep on the emulator profile: every task delivered twice, one process killed on the way, the local profile's result."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import random
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
from pypdf import PdfReader

from functions.interview_prep.flow import FLOW
from infra.emulators.cloud_tasks import CloudTasks
from infra.emulators.emulator_stack import DOCUMENTS, Emulated, emulated
from infra.emulators.task_queue import Kept
from infra.sample_sites.forum.posts import posts
from shared.bootstrap import ports
from shared.engine.store import paths
from tests.flow.harness import POSTING, Client, Outside, outside, running
from tests.support.waiting import PATIENCE

EXPORTS, SAVED = 2, 10
"""Files of saved posts that come along, and posts in each. With what Hacker News has they stay below the 30 good posts that would
be enough: no join closes early, and nothing of the result depends on which members came first."""
KILLED = (
    "read_posting", "plan_searches", "pick_posts", "batch_reports", "extract_insights", "outline_guide", "write_section",
    "render_guide",
)  # fmt: skip
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
    """`seconds`: the job's own. `result` and `words` are what it came to, `closed` why each of its joins did."""

    seconds: float
    killed: str
    result: dict[str, Any]
    words: str
    closed: dict[str, str]


@contextlib.asynccontextmanager
async def system(
    world: Outside, firestore: str, folder: Path, cloud: CloudTasks | None = None
) -> AsyncIterator[tuple[Emulated, Client]]:
    """The emulator profile pointed at `world`, and a client of it."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **world.environment(folder / "data")}
    async with (
        emulated(environment, firestore, folder, cloud) as made,
        httpx2.AsyncClient(base_url=made.url, trust_env=False, timeout=PATIENCE) as http,
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
        began = time.monotonic()
        job = await client.run(_given(world), 180)
        seconds = time.monotonic() - began
        assert job["status"] == "succeeded", job["error"]
        assert cloud.killing is not None
        await cloud.killing
        return Run(seconds, cloud.victim, job["result"], await _words(client, job), await _closed_there(firestore, job["id"]))


async def local_run(folder: Path) -> Run:
    """The same job on the local profile."""
    async with outside() as world, running(world, folder) as (client, _):
        began = time.monotonic()
        job = await client.run(_given(world))
        seconds = time.monotonic() - began
        return Run(seconds, "", job["result"], await _words(client, job), await _closed_here(job["id"]))


def differences(one: Run, other: Run) -> dict[str, Any]:
    """What they came to differently, by field; a join that closed early is among them. The bytes of files, and so their names, may differ."""
    mine, its = ({**_anywhere(run.result), "words": run.words, "closed": run.closed} for run in (one, other))
    return {name: (mine.get(name), its.get(name)) for name in sorted(mine.keys() | its) if mine.get(name) != its.get(name)}


def _anywhere(result: dict[str, Any]) -> dict[str, Any]:
    """A result without what depends on where it was made: names of files, the port of the sample sites."""
    placed = re.sub(r"127\.0\.0\.1:\d+", "here", json.dumps({**result, "pdf": "", "files": sorted(result["files"])}))
    found: dict[str, Any] = json.loads(placed)
    return found


def _given(world: Outside) -> dict[str, Any]:
    return {"job_posting_url": world.base + POSTING, "sources": ["hackernews", "export"], "exports": _exports()}


def _exports() -> list[dict[str, Any]]:
    saved = [
        {"title": post.title, "body": post.body, "subreddit": post.place, "score": post.score, "created_at": post.created}
        for post in posts(datetime.now(UTC).date())
        if post.company == "larkmoor" and post.place != "hn"
    ]
    return [{"posts": saved[start : start + SAVED]} for start in range(0, EXPORTS * SAVED, SAVED)]


async def _words(client: Client, job: dict[str, Any]) -> str:
    """The guide's words: line breaks are the layout's."""
    reader = PdfReader(io.BytesIO(await client.pdf(job["id"])))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


async def _closed_here(job: str) -> dict[str, str]:
    """Why each fan-out's join closed: all members, enough of them, or the time was up."""
    found = await ports().documents.query(paths.fanouts(job))
    return {fanout.path.rpartition("/")[2]: fanout.data["reason"] for fanout in found}


async def _closed_there(firestore: str, job: str) -> dict[str, str]:
    """The same, from the emulator."""
    found = await in_firestore(firestore, paths.fanouts(job))
    return {fanout["name"].rpartition("/")[2]: fanout["fields"]["reason"]["stringValue"] for fanout in found}


async def in_firestore(firestore: str, collection: str) -> list[dict[str, Any]]:
    """A small collection's documents in the emulator, as its REST interface shows them."""
    async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE) as http:
        answer = await http.get(f"http://{firestore}/v1/{DOCUMENTS}/{collection}")
    documents: list[dict[str, Any]] = answer.raise_for_status().json().get("documents", [])
    return documents
