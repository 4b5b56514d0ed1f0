"""The same calls with a worker process killed by SIGKILL at 40 %: joined, nothing lost, nothing paid twice that was not in flight.

The local cloud starts a worker again by itself: a fork of a process that has imported everything, so its imports take no time.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.engine.task.claim import LEASE
from tests.bench.calls import calls_at_the_limit as calls
from tests.bench.calls import timelines
from tests.bench.calls.calls_at_the_limit import PIPELINE, POLL, cloud, ended, measured
from tests.bench.calls.ledger import Ledger
from tests.bench.calls.provider import Terms, simulated
from tests.bench.calls.question import CALLS
from tests.bench.peers import compare
from tests.bench.row import Row
from tests.chaos.world import Cloud, start, wait

AT = 0.4
NEVER = 999.0
IMPORTS = 2.0
"""Seconds that a process's imports may take."""


@dataclass(frozen=True)
class Kill:
    """One run with a kill: the job as it ended, and what happened when (seconds since 1970)."""

    wall: float
    job: dict[str, Any]
    ledger: Ledger
    at: float
    held: set[int]
    """Calls in flight at the kill: their tasks were claimed and not recorded."""
    forked: float
    """When the new worker was seen to exist."""
    first_call: float | None
    """When the new worker's first call reached the provider."""


async def killed_worker() -> list[Row]:
    """At x5, against an undisturbed run."""
    scale, terms = calls.X5
    timelines.begin(f"{scale}-killed")
    plain = await measured(terms)
    ours = await one_kill(terms)
    timelines.keep(f"{scale}-killed", "Headrace", ours.ledger, ours.wall / plain.wall, killed_at=ours.at)
    peers = await compare.calls_of_all(terms, kill_at=AT)
    for peer in peers:
        if peer.ledger is not None:
            timelines.keep(f"{scale}-killed", peer.name, peer.ledger, None, killed_at=peer.killed_at)
    lost = CALLS - len({record.call for record in ours.ledger.paid if record.answered})
    twice = ours.ledger.repeated_calls()
    beside = {
        "status": ours.job["status"], "undisturbed_s": round(plain.wall, 2), "killed_s": round(ours.wall, 2), "lease_s": LEASE,
        "in_flight_at_the_kill": len(ours.held), "paid_twice": len(twice), "of_them_answered_before": len(ours.ledger.wasted(ours.at)),
        "refused": ours.ledger.refused, "peers_paid_twice": {p.name: p.repeated for p in peers}, **compare.told(peers),
    }  # fmt: skip
    what = f"{CALLS} model calls at {scale}, a worker killed at {AT:.0%}"
    first = ours.first_call - ours.forked if ours.first_call else NEVER
    return [
        Row(f"{what}: calls lost", lost if ours.job["status"] == "succeeded" else CALLS, "calls", 0, beside=beside, peers={p.name: p.lost for p in peers}),
        Row(f"{what}: paid twice beyond those in flight", len(twice - ours.held), "calls", 0, peers={p.name: p.wasted for p in peers}),
        Row(f"{what}: extra wall", max(0.0, ours.wall - plain.wall), "s", LEASE + IMPORTS),
        Row(f"{what}: the new worker's first call after it began", first, "s", 1.0),
    ]  # fmt: skip


async def one_kill(terms: Terms) -> Kill:
    """Run the job, kill a worker once 40 % of the calls were paid, and wait for the end."""
    async with simulated(terms) as provider, cloud(provider) as (http, running):
        warmed = await provider.count()
        began = time.time()
        job = await start(http, PIPELINE, calls=CALLS)
        await compare.reached(provider, warmed + int(CALLS * AT))
        before = running.workers()
        os.kill(before[0], signal.SIGKILL)
        at, held = time.time(), _members(running.data, job, "state", "running")
        fresh, forked = await _replaced(running, set(before))
        view = await wait(http, job, 300, every=POLL)
        ledger = (await provider.ledger()).since(began)
        first = _first_call(running.data, job, fresh, ledger, at)
    return Kill(ended(view) - began, view, ledger, at, held, forked, first)


async def _replaced(running: Cloud, before: set[int]) -> tuple[int, float]:
    """The process id of the worker that took the dead one's place, and when."""
    async with asyncio.timeout(30):
        while not (fresh := set(await asyncio.to_thread(running.workers)) - before):
            await asyncio.sleep(0.01)
    return fresh.pop(), time.time()


def _first_call(data: Path, job: str, pid: int, ledger: Ledger, after: float) -> float | None:
    """When a process's first call came: tasks say who owned them."""
    mine = _members(data, job, "owner", f"{pid}-%")
    return min((record.arrived for record in ledger.paid if record.call in mine and record.arrived > after), default=None)


def _members(data: Path, job: str, field: str, like: str) -> set[int]:
    """Calls whose task has such a field: a member's number is its call's."""
    sql = "SELECT json_extract(data, '$.index') FROM documents WHERE path LIKE ? AND json_extract(data, '$.' || ?) LIKE ?"
    with closing(sqlite3.connect(data / "headrace.db")) as database:
        return {row[0] for row in database.execute(sql, (f"jobs/{job}/tasks/%", field, like)) if row[0] is not None}
