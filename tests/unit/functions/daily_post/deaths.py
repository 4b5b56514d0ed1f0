"""A process that dies once, at whatever call on a port; then redelivery, or the sweeper, goes on with the job."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from functions.daily_post.flow import FLOW
from shared.engine.task import claim
from tests.faults.faulty import Killed
from tests.support.engine.world import sweep_now
from tests.unit.functions.daily_post.daily_world import DailyWorld


class Deaths:
    """A port on which the process dies at the n-th call, `after` its effect or before."""

    def __init__(self, port: Any, count: list[int], at: int, *, after: bool) -> None:
        self._port, self._count, self._at, self._after = port, count, at, after

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._port, name)
        if not asyncio.iscoroutinefunction(method):
            return method

        async def call(*args: Any, **kwargs: Any) -> Any:
            self._count[0] += 1
            mine = self._count[0] == self._at
            if mine and not self._after:
                raise Killed
            made = await method(*args, **kwargs)
            if mine:
                raise Killed
            return made

        return call


async def with_a_death(world: DailyWorld, agent: str, at: int, *, after: bool) -> int:
    """A job in which the process dies once. Answers how many calls on ports there were."""
    count = [0]
    job = await world.ask(agent)
    whole = world.ports
    documents, tasks, blobs, models = (
        Deaths(port, count, at, after=after) for port in (whole.documents, whole.tasks, whole.blobs, whole.models)
    )
    dying = replace(whole, documents=documents, tasks=tasks, blobs=blobs, models=models)
    for _ in range(300):
        batch = await world.due()
        if not batch and not world.queue.depth():
            if (await world.job(job))["status"] not in ("queued", "running"):
                break  # nothing is queued, so nothing comes after
            world.clock.time += claim.LEASE + 61
            await sweep_now({"daily-post": FLOW}, whole)
            continue
        if not batch:
            world.clock.time += 5
        for delivery in batch:
            try:
                await world.step(delivery, dying)
            except Killed:
                world.clock.time += claim.LEASE + 1
                await world.queue.put_back(delivery.name, world.clock.now())
    await world.result(job)
    return count[0]
