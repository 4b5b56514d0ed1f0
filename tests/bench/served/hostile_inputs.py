"""How long the API takes to read while hostile pages, feeds, files and bodies are worked on, beside how long while usual ones are."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx2

from functions.jobs_api.http.request_body import MAX_BYTES
from tests.bench.row import Row
from tests.flow.harness import POSTING, Client, Outside, cloud_process, outside
from tests.flow.test_hostile_sites import FAILING, FEEDS
from tests.support.hostile.hostile_shapes import shapes
from tests.unit.shared.adapters.web.sites import Site

ROUNDS, SECONDS = 5, 8.0
"""Windows of each kind, one after the other, and how long each is."""
JOBS_AT_ONCE = 4
PAUSE = 0.02
PATHS = ("/api/v1/jobs", "/api/v1/pipelines", "/api/v1/posts")
TALK = "Ada Vale: I met Ben Orr in Leeds, where Calderwyn Water built its telemetry.\n" * 400
BAKER = "Senior Baker\nAcme\n" + "Bake bread every night and tell us how it went. " * 20
BODIES = (b"[" * 100_000, b"{}," * 1_300_000, b'{"input": "' + b"\\u0000" * 600_000, b'{"a": ' + b"9" * MAX_BYTES)
Asked = tuple[str, Any]


async def hostile_inputs() -> list[Row]:
    """The row: p95 of reads in windows with hostile inputs over that in windows with usual ones; beside them, with none."""
    with tempfile.TemporaryDirectory() as folder:
        async with outside() as world, _site() as site:
            allowed = f"{world.environment(Path(folder))['HEADRACE_ALLOW_HOSTS']},{site.host}"
            feeds = ",".join(site.url(path) for path in site.answers if path.startswith("/feed/"))
            async with cloud_process(world, Path(folder), HEADRACE_ALLOW_HOSTS=allowed, HEADRACE_NEWS_FEEDS=feeds) as client:
                return await _measured(client, world, site)


async def _measured(client: Client, world: Outside, site: Site) -> list[Row]:
    await client.http.put("/api/v1/agents/desk", json={"id": "desk", "name": "Desk", "persona": "Dry."})
    kinds = {"none": [], "usual": _usual(world), "hostile": _hostile(site)}
    await _window(client, itertools.cycle(kinds["usual"]), bodies=False)  # loads what is loaded once
    given = {kind: itertools.cycle(some) if some else None for kind, some in kinds.items()}
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    jobs = dict.fromkeys(kinds, 0)
    for _ in range(ROUNDS):
        for kind in kinds:
            reads, worked = await _window(client, given[kind], bodies=kind == "hostile")
            took[kind].append(quantiles(reads, n=20)[-1])
            jobs[kind] += worked
    p95 = {kind: median(values) for kind, values in took.items()}
    beside = {**{f"{kind}_p95_ms": round(1000 * value, 1) for kind, value in p95.items()}, "jobs": jobs}
    return [Row("API reads while hostile inputs are worked on: p95 over that with usual ones", p95["hostile"] / p95["usual"], "x", 1.5, beside=beside)]  # fmt: skip


async def _window(client: Client, given: Any, *, bodies: bool) -> tuple[list[float], int]:
    """Seconds of each read in a window in which jobs are worked on; and how many of these ended."""
    done = asyncio.Event()
    work = [asyncio.create_task(_jobs(client, given, done)) for _ in range(JOBS_AT_ONCE)] if given else []
    work += [asyncio.create_task(_bodies(client.http, done))] if bodies else []
    reads = await _read_beside(str(client.http.base_url))
    done.set()
    return reads, sum(number or 0 for number in await asyncio.gather(*work))


async def _read_beside(url: str) -> list[float]:
    """Seconds of each read in a window, by a process of its own: this one serves the sites and the model, and sends what is hostile."""
    command = (sys.executable, "-m", "tests.bench.served.hostile_inputs", url, str(SECONDS))
    reader = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    told, _ = await reader.communicate()
    return list(json.loads(told))


def _read(url: str, seconds: float) -> list[float]:
    reads: list[float] = []
    with httpx2.Client(base_url=url, trust_env=False, timeout=60) as http:
        until = time.monotonic() + seconds
        for path in itertools.cycle(PATHS):
            if time.monotonic() > until:
                return reads
            began = time.perf_counter()
            answer = http.get(path)
            reads.append(time.perf_counter() - began)
            assert answer.status_code == 200, answer.text
            time.sleep(PAUSE)
    raise AssertionError


async def _jobs(client: Client, given: Any, done: asyncio.Event) -> int:
    """Jobs one after another until the window ends; one that is under way then is waited for, so that none is in the next."""
    number = 0
    while not done.is_set():
        pipeline, asked = next(given)
        answer = await client.http.post("/api/v1/jobs", json={"pipeline": pipeline, "input": asked, "options": {"fresh": True}})
        if answer.status_code == 202:
            await client.wait(answer.json()["id"], 300)
            number += 1
    return number


async def _bodies(http: httpx2.AsyncClient, done: asyncio.Event) -> int:
    for body in itertools.cycle(BODIES):
        if done.is_set():
            return 0
        with suppress(httpx2.HTTPError):  # its end is answered before it was read
            await http.post("/api/v1/jobs", content=body, headers={"content-type": "application/json"})
        await asyncio.sleep(PAUSE)
    raise AssertionError


def _usual(world: Outside) -> list[Asked]:
    return [
        ("interview-prep", {"job_posting_url": world.base + POSTING}),
        (
            "interview-prep",
            {"posting_text": BAKER, "company": "Acme", "role": "Baker", "cv_text": "I baked for ten years. " * 50},
        ),
        ("transcript-graph", {"collection": "talks", "transcripts": [{"id": "one", "text": TALK}]}),
    ]


def _hostile(site: Site) -> list[Asked]:
    texts = [text for _, text in shapes(100_000)][::3]
    pages = [("interview-prep", {"job_posting_url": site.url(path)}) for path in site.answers if path.startswith("/page/")]
    files = [b"%PDF-1.4\n" + b"x 0 obj\n" * 50_000, b"PK\x03\x04" + b"\0" * 1000]
    cvs = [("interview-prep", {"posting_text": BAKER, "company": "Acme", "role": "Baker", "cv_file": base64.b64encode(one).decode()}) for one in files]  # fmt: skip
    pastes = [("interview-prep", {"posting_text": f"Baker\nAcme\n{text}", "company": "Acme"}) for text in texts]
    talks = [("transcript-graph", {"collection": "odd", "transcripts": [{"id": str(at), "text": text}]}) for at, text in enumerate(texts)]  # fmt: skip
    posts = [("daily-post", {"agents": ["desk"], "publish": "draft"})]
    mixed = itertools.zip_longest(pages, pastes, talks, cvs, posts)
    return [one for some in mixed for one in some if one is not None]


@asynccontextmanager
async def _site() -> AsyncIterator[Site]:
    site = Site()
    await site.start()
    site.answers = {f"/page/{at}": answer for at, (answer, _) in enumerate(FAILING.values())}
    site.answers |= {f"/feed/{at}": answer for at, answer in enumerate(FEEDS.values())}
    try:
        yield site
    finally:
        await site.stop()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_read(sys.argv[1], float(sys.argv[2]))))
