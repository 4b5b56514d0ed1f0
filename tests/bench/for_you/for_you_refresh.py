"""How soon after its debounce an engagement is in its user's queue: over HTTP, in a local cloud, by its own trigger and its own task."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from functions.for_you import document_paths
from functions.for_you.document_triggers import DEBOUNCE
from functions.for_you.evaluation.synthetic_listeners import World, world
from functions.for_you.sessions.record_engagements import take_in
from infra.local.local_cloud import LocalCloud
from tests.bench.row import Row
from tests.flow.harness import Client, outside, running

EPISODES, USERS, EACH, ROUNDS = 600, 20, 30, 3
PATIENCE = 60.0
"""Seconds that a queue is waited for."""


async def refreshed() -> list[Row]:
    """Twenty users engage at once, three times: from the end of the window that gathers it to the queue that knows it."""
    made = world(episodes=EPISODES, users=USERS, per_user=EACH)
    late: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        async with outside() as there, running(there, Path(folder)) as (client, cloud):
            await _bring_in(made, client, cloud)
            for number in range(ROUNDS):
                late += await _round(made, number, client, cloud)
    p95 = quantiles(late, n=20)[-1]
    beside = {"p50_s": round(median(late), 2), "most_s": round(max(late), 2), "engagements": len(late), "debounce_s": DEBOUNCE}
    return [Row("an engagement in its user's queue, after the debounce: p95", p95, "s", 2, beside=beside)]


async def _bring_in(made: World, client: Client, cloud: LocalCloud) -> None:
    """Records as an import keeps them, a catalogue of them, and a session of each user."""
    for record in made.episodes:
        await client.http.put(f"/api/v1/episodes/{record.id}", json=record.model_dump(mode="json"))
    await take_in(made.events, cloud.ports)
    job = await client.http.post("/api/v1/jobs", json={"pipeline": "for-you", "input": {}})
    await client.wait(job.json()["id"])
    for user in made.users:
        await client.http.post("/api/sessions/create", json={"user_id": user.id})
    await asyncio.sleep(3 * DEBOUNCE)  # what all this has set off


async def _round(made: World, number: int, client: Client, cloud: LocalCloud) -> list[float]:
    now = time.time()
    await asyncio.sleep(DEBOUNCE - now % DEBOUNCE + 0.2)  # so that a round is within one window

    async def one(user: str, episode: str) -> float:
        at = time.time()
        sent = await client.http.post(
            "/api/v1/engagements", json={"user_id": user, "episode_id": episode, "action": "finish", "at": at}
        )
        assert sent.status_code == 201, sent.text
        async with asyncio.timeout(PATIENCE):
            end = (time.time() // DEBOUNCE + 1) * DEBOUNCE  # of the window in which it was stored
            while not await _knows(user, at, cloud):
                await asyncio.sleep(0.02)
        return time.time() - end

    return list(
        await asyncio.gather(*(one(user.id, made.episodes[number + 7 * place].id) for place, user in enumerate(made.users)))
    )


async def _knows(user: str, at: float, cloud: LocalCloud) -> bool:
    queue = await cloud.ports.documents.get(document_paths.queue(document_paths.user_key(user)))
    return queue is not None and float(queue.data["newest"].partition("-")[0] or 0) >= round(at, 3) - 0.001
