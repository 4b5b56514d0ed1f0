"""Sessions per second on two cores, warm, beside recommendations of implicit's item-item model by the same two processes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from functions.for_you.evaluation import latency_cases
from functions.for_you.evaluation.memory_store import ports_in_memory
from functions.for_you.evaluation.synthetic_listeners import END
from functions.for_you.imported_records import User
from functions.for_you.sessions.compute_feed import Known, compute
from functions.for_you.sessions.create_session import create
from functions.for_you.sessions.refresh_queue import refresh
from functions.for_you.stage_messages import ForYouRequest
from tests.bench.row import Row

CORES, SECONDS = 2, 3.0
EPISODES, USERS = 2000, 100


async def throughput() -> list[Row]:
    """Three kinds of work, each by two processes at once."""
    rates = {work.__name__: await asyncio.to_thread(_on_two_cores, work) for work in (queued, computed, item_item)}
    peers = {"implicit_item_item_per_s": round(rates["item_item"], 1)}
    return [
        Row("sessions per second on two cores, from queues", rates["queued"], "/s", 0, at_least=True, peers=peers),
        Row("feeds per second on two cores, computed", rates["computed"], "/s", 0, at_least=True, peers=peers),
    ]


def _on_two_cores(work: Callable[[], float]) -> float:
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        return sum(each.result() for each in [pool.submit(work) for _ in range(CORES)])


def queued() -> float:
    """Sessions from prepared queues, a second; queues are made anew when used up, outside the clock."""
    return asyncio.run(_queued())


async def _queued() -> float:
    ports = ports_in_memory()
    made = await latency_cases.stored_world(ports, episodes=EPISODES, users=USERS)
    taken, done = 0.0, 0
    while taken < SECONDS:
        for user in made.users:
            await refresh(user.id, ports)
        began = time.perf_counter()
        for _ in range(5):
            for user in made.users:
                await create(ForYouRequest(user_id=user.id), ports)
                done += 1
        taken += time.perf_counter() - began
    return done / taken


def computed() -> float:
    """Feeds of twenty episodes computed, a second, for listeners with five hundred engagements."""
    snapshot, events = latency_cases.random_catalogue(EPISODES, 512)
    return _rate(lambda number: compute(Known(User(id=f"listener-{number}"), events), snapshot, END, 20))


def item_item() -> float:
    """Recommendations of implicit's cosine item-item model, a second, for as many items and engagements."""
    import numpy as np  # noqa: PLC0415 - in the process that works
    from implicit.nearest_neighbours import CosineRecommender  # noqa: PLC0415
    from scipy import sparse  # noqa: PLC0415

    seen = sparse.random(USERS, EPISODES, density=0.25, format="csr", random_state=1, dtype=np.float32)
    model = CosineRecommender(K=50)
    model.fit(seen, show_progress=False)
    return _rate(lambda number: model.recommend(number % USERS, seen[number % USERS], N=20))


def _rate(work: Callable[[int], Any]) -> float:
    for number in range(5):
        work(number)
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        work(done)
        done += 1
    return done / (time.perf_counter() - began)
