"""Runs peers on the same work as ours: each against a provider of its own, in `.venv-peers` (`make bench-peers` makes it)."""

from __future__ import annotations

import asyncio
import shutil
import time
from dataclasses import dataclass, replace
from typing import Any

from tests.bench.calls.ledger import Ledger
from tests.bench.calls.provider import Running, Terms, simulated
from tests.bench.peers.processes import PYTHON, Group, Peer, done, placed
from tests.bench.peers.work import Work

PATIENCE = 240.0
AFTER_KILL = 60.0
"""Seconds that a system with a killed worker is given beyond the wall of an undisturbed pacer."""
PEERS = {
    peer.name: peer
    for peer in (
        Peer("gather, 250 slots", "gather", options=("250",)),
        Peer("gather, 50 slots", "gather", options=("50",)),
        Peer("LiteLLM router", "litellm_router"),
        Peer("DBOS on SQLite", "dbos_sqlite", noop=True),
        Peer("huey on SQLite", "huey_sqlite", workers=1, noop=True),
        Peer("huey on SQLite, NORMAL", "huey_sqlite", options=("normal",), workers=1, noop=True, tuned=True),
        Peer("Celery + Redis", "celery_redis", workers=1, redis=True, noop=True),
        Peer("Dramatiq + Redis", "dramatiq_redis", workers=2, redis=True, noop=True),
        Peer("arq + Redis", "arq_redis", workers=2, redis=True, noop=True),
    )
}
wanted: set[str] = set()
"""Names of the peers to run: none unless asked for (`python -m tests.bench --peers`)."""


@dataclass(frozen=True)
class PeerResult:
    """Seconds from submission to the end of the join (None: it had not joined in time), and what the provider saw."""

    name: str
    wall_s: float | None = None
    join_s: float | None = None
    """Seconds from the end of the last member to the end of the join."""
    refused: int = 0
    repeated: int = 0
    wasted: int = 0
    """Calls paid twice that a kill had not caught in flight."""
    lost: int = 0
    versions: str = ""
    ledger: Ledger | None = None
    killed_at: float | None = None


async def calls_of_all(terms: Terms, *, kill_at: float | None = None) -> list[PeerResult]:
    """The model calls by every wanted peer that can run here."""
    return [await calls(peer, terms, kill_at=kill_at) for peer in _able()]


async def noop_of_all(size: int) -> list[PeerResult]:
    """The fan-out of no-ops by every wanted peer that can run here and has one."""
    return [await noop(peer, size) for peer in _able() if peer.noop]


def _able() -> list[Peer]:
    return [peer for name, peer in PEERS.items() if name in wanted and not missing(peer)]


def missing(peer: Peer) -> str:
    """Why a peer cannot run here, or nothing."""
    if not PYTHON.exists():
        return "no .venv-peers: `make bench-peers` makes it"
    return "no redis-server on PATH" if peer.redis and shutil.which("redis-server") is None else ""


def ratios(peers: list[PeerResult], whole: float) -> dict[str, float]:
    """Wall over `whole`, of those that joined."""
    return {peer.name: round(peer.wall_s / whole, 2) for peer in peers if peer.wall_s is not None}


def told(peers: list[PeerResult]) -> dict[str, Any]:
    """What else there is to say about the wanted peers: versions, who is absent and why, who did not join."""
    absent = {name: why for name in PEERS if name in wanted and (why := missing(PEERS[name]))}
    stuck = [peer.name for peer in peers if peer.wall_s is None]
    said = {"versions": sorted({peer.versions for peer in peers if peer.versions}), "absent": absent, "not_joined": stuck}
    return {name: value for name, value in said.items() if value}


async def calls(peer: Peer, terms: Terms, *, kill_at: float | None = None) -> PeerResult:
    """The model calls. With `kill_at`, a worker is killed once this share of them was paid, and started again."""
    async with simulated(terms) as provider:
        todo = Work(url=provider.url, rpm=terms.rpm, tpm=terms.tpm, latency=terms.median)
        async with placed(peer, todo) as group:
            submitting, killed, patience = await group.start("submit"), None, PATIENCE
            if kill_at is not None:
                await reached(provider, int(todo.size * kill_at))
                submitting, killed = await _replace(group, submitting)
                patience = (1 - kill_at) * todo.size / terms.rpm * 60 + 2 * terms.median + AFTER_KILL
            said = await done(submitting, patience)
        seen = await provider.ledger()
    result = PeerResult(peer.name, refused=seen.refused, repeated=seen.repeated, ledger=seen, killed_at=killed)
    result = replace(result, wasted=len(seen.wasted(killed)) if killed else 0)
    if said is None:
        return replace(result, lost=todo.size - len({record.call for record in seen.paid if record.answered}))
    wall, join = said["ended"] - min(said["began"], seen.began), said["ended"] - said["last"]
    return replace(result, wall_s=wall, join_s=join, lost=todo.size - said["members"], versions=said["versions"])


async def _replace(group: Group, submitting: Any) -> tuple[Any, float]:
    """Kill a worker, or the one process of a peer that has none, and start it again. Answers who submits now, and when it was."""
    group.kill(group.workers[0] if group.workers else submitting)
    at = time.time()
    again = await group.start("worker" if group.workers else "submit")
    return (submitting if group.workers else again), at


async def noop(peer: Peer, size: int) -> PeerResult:
    """A fan-out of `size` tasks that do nothing, and its join."""
    async with placed(peer, Work(kind="noop", size=size)) as group:
        said = await done(await group.start("submit"), PATIENCE)
    if said is None:
        return PeerResult(peer.name, lost=size)
    wall, join = said["ended"] - said["began"], said["ended"] - said["last"]
    return PeerResult(peer.name, wall, join, lost=size - said["members"], versions=said["versions"])


async def reached(provider: Running, count: int) -> None:
    """Wait until the provider has accepted so many calls."""
    while await provider.count() < count:
        await asyncio.sleep(0.02)
