"""884 model calls under a provider's limits: as fast as a loop that does nothing else, never refused, nothing paid twice.

Inside the wall: from the POST that starts the job to the job's recorded end (fan-out, claims, calls, records, join). Outside:
starting the processes and their imports, which a small job warms before.
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2

from tests.bench.calls import timelines
from tests.bench.calls.ledger import Ledger
from tests.bench.calls.pacer import paced
from tests.bench.calls.provider import Running, Terms, simulated
from tests.bench.calls.question import CALLS
from tests.bench.peers import compare
from tests.bench.row import Row
from tests.chaos.world import Cloud, start, wait

X5 = ("x5", Terms.scaled(5, 4.0))
X20 = ("x20", Terms.scaled(20, 1.0))
X5_SLOW = ("x5, slow answers", Terms.scaled(5, 8.0))
X20_SLOW = ("x20, slow answers", Terms.scaled(20, 2.0))
"""What takes 40 s at the plain scale: 333 calls are under way at once."""
WORKERS = 2
POLL = 0.5
"""Seconds between looks at a job: a view costs what a task costs, and the job's end is recorded anyway."""
PIPELINE = "model-calls"
REFILL = 3.0
"""Seconds after warming in which the provider's buckets fill again."""


@dataclass(frozen=True)
class Measured:
    """One run of ours: seconds, the job as it ended, and what the provider saw of it."""

    wall: float
    job: dict[str, Any]
    ledger: Ledger


async def x5() -> list[Row]:
    """2,500 requests a minute, answers after a median of 4 s."""
    return await _rows(*X5, bar=1.05)


async def x20() -> list[Row]:
    """10,000 requests a minute, answers after a median of 1 s."""
    return await _rows(*X20, bar=1.20)


async def x5_slow() -> list[Row]:
    """2,500 requests a minute, answers after a median of 8 s."""
    return await _rows(*X5_SLOW, bar=1.05)


async def x20_slow() -> list[Row]:
    """10,000 requests a minute, answers after a median of 2 s."""
    return await _rows(*X20_SLOW, bar=1.20)


async def _rows(scale: str, terms: Terms, bar: float) -> list[Row]:
    timelines.begin(scale)
    pacer = await bare(scale, terms)
    ours = await measured(terms)
    timelines.keep(scale, "Headrace", ours.ledger, ours.wall / pacer)
    peers = await compare.calls_of_all(terms)
    for peer in peers:
        if peer.ledger is not None:
            timelines.keep(scale, peer.name, peer.ledger, peer.wall_s / pacer if peer.wall_s else None)
    beside = {
        "wall_s": round(ours.wall, 2), "pacer_s": round(pacer, 2), "workers": WORKERS, "most_in_flight": ours.ledger.most_in_flight(),
        **compare.told(peers),
    }  # fmt: skip
    what = f"{CALLS} model calls at {scale}"
    return [
        Row(f"{what}, wall / bare pacer", ours.wall / pacer, "x", bar, beside=beside, peers=compare.ratios(peers, pacer)),
        Row(f"{what}, refused by the provider", ours.ledger.refused, "429s", 0, peers={p.name: p.refused for p in peers}),
        Row(
            f"{what}, limit used while calls are queued", 100 * ours.ledger.used(), "%", 95, at_least=True,
            peers={p.name: round(100 * p.ledger.used(), 1) for p in peers if p.ledger is not None},
        ),
    ]  # fmt: skip


async def bare(scale: str, terms: Terms) -> float:
    """The pacer's wall; its first run warms the client."""
    async with simulated(terms) as provider:
        await paced(provider.url, terms.rpm, calls=8)
    async with simulated(terms) as provider:
        wall = await paced(provider.url, terms.rpm)
        timelines.keep(scale, "bare pacer", await provider.ledger(), 1.0)
    return wall


async def measured(terms: Terms) -> Measured:
    """One undisturbed run of ours."""
    async with simulated(terms) as provider, cloud(provider) as (http, _):
        return await _job(http, provider)


async def _job(http: httpx2.AsyncClient, provider: Running) -> Measured:
    began = time.time()
    job = await wait(http, await start(http, PIPELINE, calls=CALLS), 300, every=POLL)
    assert job["status"] == "succeeded", job["error"]
    assert job["result"]["calls"] == CALLS, job["result"]
    return Measured(ended(job) - began, job, (await provider.ledger()).since(began))


def ended(job: dict[str, Any]) -> float:
    """When a job ended, in seconds since 1970."""
    return datetime.fromisoformat(job["finished_at"]).timestamp()


@contextlib.asynccontextmanager
async def cloud(provider: Running) -> AsyncIterator[tuple[httpx2.AsyncClient, Cloud]]:
    """A local cloud with workers, pointed at `provider`, and a client of it; warm: its processes have made their connections."""
    environment = {
        "HEADRACE_PIPELINES": "tests.bench.model_calls", "OPENAI_BASE_URL": provider.url, "OPENAI_API_KEY": "simulated",
        "HEADRACE_OPENAI_RPM": str(int(provider.terms.rpm)), "HEADRACE_OPENAI_TPM": str(int(provider.terms.tpm)),
    }  # fmt: skip
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        made = Cloud(Path(folder), WORKERS, **environment)
        try:
            await made.up(WORKERS)
            async with httpx2.AsyncClient(base_url=await made.url(), trust_env=False, timeout=60) as http:
                await wait(http, await start(http, PIPELINE, calls=16 * WORKERS), 60)
                await asyncio.sleep(REFILL)
                yield http, made
        finally:
            made.end()
