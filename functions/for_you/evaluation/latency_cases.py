"""Latency cases: sessions against a store that takes its time, on a made-up catalogue of any size."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np

from functions.for_you.catalogue import loaded_catalogue, snapshot_builder, vector_index
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.slow_store import SlowDocuments, SlowVectors
from functions.for_you.evaluation.synthetic_listeners import END, World, world
from functions.for_you.imported_records import Engagement, User
from functions.for_you.sessions.compute_feed import Known, compute
from functions.for_you.sessions.create_session import create
from functions.for_you.sessions.refresh_queue import refresh
from functions.for_you.stage_messages import ForYouRequest, Session
from functions.for_you.text.embedding_model_setting import by_model, model_of
from shared.engine.store.batches import in_batches
from shared.ports import Ports
from shared.ports.documents import Merge

GIVEN = 5
"""Engagements that a request brings where it brings any."""


@dataclass(frozen=True)
class Latency:
    """Milliseconds at three quantiles, and what else was counted."""

    p50: float
    p95: float
    p99: float
    sessions: int
    per_second: float
    most_reads: int
    sources: tuple[str, ...]
    searches: int = 0
    """Of the vector store."""
    cpu_p95: float = 0.0
    """Of the processor's time, where it was counted: the same on a busy machine as on an idle one."""


async def sessions(
    ports: Ports,
    *,
    episodes: int,
    users: int,
    each: int,
    store_ms: float,
    fresh: bool,
    spread_s: float = 1.0,
    vectors_ms: float | None = None,
) -> Latency:
    """`users` at once, each `each` sessions one after another, their first spread over `spread_s`. `fresh`: no queues beforehand.

    `ports.documents` must be an empty store; every operation on it takes `store_ms`. With `vectors_ms` each request says what its
    user did last, and a search of the vector store, where a provider's vectors lie, takes so long.
    """
    made = await stored_world(ports, episodes=episodes, users=users)
    slow = replace(ports, documents=SlowDocuments(ports.documents, store_ms / 1000))
    vectors = SlowVectors(ports.vectors, (vectors_ms or 0) / 1000) if vectors_ms is not None else None
    if vectors is not None:
        slow = replace(slow, open_vectors=lambda: cast("Any", vectors))
    await loaded_catalogue.catalogue(slow)
    if not fresh:
        for user in made.users:
            await refresh(user.id, ports)
    await create(ForYouRequest(engagements=tuple(made.events[:5])), slow)  # what only a first session pays
    began = time.perf_counter()
    given = _last_events(made) if vectors is not None else {}
    found = await asyncio.gather(
        *(_one(user, at * spread_s / users, each, slow, given.get(user.id, ())) for at, user in enumerate(made.users))
    )
    wall = time.perf_counter() - began
    rows = [row for rows in found for row in rows]
    p50, p95, p99 = np.quantile([1000 * seconds for seconds, _ in rows], (0.5, 0.95, 0.99))
    return Latency(
        float(p50), float(p95), float(p99), len(rows), len(rows) / wall, max(session.reads for _, session in rows),
        tuple(sorted({session.source for _, session in rows})), vectors.asked if vectors else 0,
    )  # fmt: skip


def _last_events(made: World) -> dict[str, tuple[Engagement, ...]]:
    """The last few that each user did."""
    found: dict[str, list[Engagement]] = {}
    for event in sorted(made.events, key=lambda event: -event.at):
        found.setdefault(event.user_id, []).append(event)
    return {user: tuple(events[:GIVEN]) for user, events in found.items()}


async def _one(user: User, after: float, each: int, ports: Ports, given: tuple[Engagement, ...]) -> list[tuple[float, Session]]:
    await asyncio.sleep(after)
    rows = []
    for _ in range(each):
        began = time.perf_counter()
        session = await create(ForYouRequest(user_id=user.id, engagements=given), ports)
        rows.append((time.perf_counter() - began, session))
    return rows


async def stored_world(ports: Ports, *, episodes: int, users: int) -> World:
    """A made-up world, put into an empty store with its catalogue."""
    made = world(episodes=episodes, users=users, per_user=20)
    await _stored(made, ports)
    snapshot = snapshot_builder.snapshot(made.episodes, made.events, None, END)
    await snapshot_builder.publish(snapshot, len(made.events), ports)
    if by_model(ports):
        rows = sorted(made.episodes, key=lambda episode: episode.id)
        await vector_index.update(rows, [row.id for row in rows], snapshot.vectors, model_of(ports), ports)
    await loaded_catalogue.catalogue(ports)
    return made


async def _stored(made: World, ports: Ports) -> None:
    records: list[tuple[str, Any]] = [
        *((f"users/{user.id}", user) for user in made.users), *((f"engagements/{event.id}", event) for event in made.events)
    ]  # fmt: skip
    for some in in_batches(records, 400):
        await ports.documents.commit(*(Merge(path, record.model_dump(mode="json")) for path, record in some))


def ranking(*, episodes: int, dimensions: int, rounds: int = 60, length: int = 40) -> Latency:
    """The computation alone: a feed for a listener with five hundred engagements, over random vectors."""
    snapshot, events = random_catalogue(episodes, dimensions)
    assert snapshot.coarse.size  # made once for a catalogue  # noqa: S101
    taken, processor = [], []
    for number in range(rounds + 5):
        known = Known(User(id=f"listener-{number}", interests=("Jazz",)), events)
        began, at = time.perf_counter(), time.process_time()
        compute(known, snapshot, END, length)
        processor.append(1000 * (time.process_time() - at))
        taken.append(1000 * (time.perf_counter() - began))
    p50, p95, p99 = np.quantile(taken[5:], (0.5, 0.95, 0.99))
    return Latency(
        float(p50),
        float(p95),
        float(p99),
        rounds,
        1000 / float(np.mean(taken[5:])),
        0,
        ("fresh",),
        cpu_p95=float(np.quantile(processor[5:], 0.95)),
    )


def random_catalogue(episodes: int, dimensions: int) -> tuple[Snapshot, tuple[Any, ...]]:
    """A fitted catalogue whose vectors are random, and five hundred engagements of one listener."""
    made = world(episodes=min(episodes, 2000), users=60, per_user=30)
    base = snapshot_builder.snapshot(made.episodes, made.events, None, END)
    rng = np.random.default_rng(5)
    rows = rng.integers(0, len(base), episodes)
    vectors = rng.standard_normal((episodes, dimensions), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    snapshot = replace(
        base, ids=[f"r{number}" for number in range(episodes)], titles=[base.titles[row] for row in rows], urls=[""] * episodes,
        series=base.series[rows], order=base.order[rows], topics=base.topics[rows], languages=base.languages[rows],
        durations=base.durations[rows], published=base.published[rows], vectors=vectors, factors=base.factors[rows],
        popularity=base.popularity[rows], known=base.known[rows],
    )  # fmt: skip
    event = made.events[0]
    chosen = rng.choice(episodes, min(500, episodes // 2), replace=False)
    return snapshot, tuple(
        event.model_copy(update={"episode_id": f"r{row}", "id": str(row), "at": END - 60 * at, "action": "play"})
        for at, row in enumerate(chosen)
    )
