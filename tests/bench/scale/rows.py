"""The rows: each a world of its own on virtual time. What they take for real says nothing, what they count does."""

from __future__ import annotations

import asyncio
from collections import Counter

from shared.engine.limits import Limit
from tests.bench.row import Row
from tests.bench.scale.flow import CALLING, FLOW, Counting
from tests.bench.scale.world import MODEL, World

LARGE, SMALL = 1_000_000, 1_000
MINUTES, JOBS_A_MINUTE, MEMBERS = 10, 10_000, 2
STARTS = 500.0
"""A second: what one queue of Cloud Tasks starts at most."""
WAITS = 6 * 3600.0
"""Seconds that a job waits at its limit."""
EARLY = (100, 1_000, 10_000, 100_000)


async def million() -> list[Row]:
    """One job of a million tasks while an instance is lost every second."""
    return await asyncio.to_thread(_million)


async def jobs_a_minute() -> list[Row]:
    """Ten thousand jobs a minute for ten minutes while an instance is lost every second."""
    return await asyncio.to_thread(_jobs_a_minute)


async def six_hours() -> list[Row]:
    """A job that waits six hours at its limit, and the same without a limit."""
    return await asyncio.to_thread(_six_hours)


async def early_joins() -> list[Row]:
    """Members that run after their fan-out had enough, or too many failures, from a hundred to a hundred thousand."""
    return await asyncio.to_thread(_early_joins)


def _run(world: World, size: int, most: float) -> str:
    async def main() -> str:
        job = await world.create({"size": size})
        await world.ended({job}, most)
        return job

    return world.run(main())


def _million() -> list[Row]:
    small, large = World(FLOW), World(FLOW, dying=1.0)
    _run(small, SMALL, 600)
    began = large.loop.time()
    job = large.store.look(f"jobs/{_run(large, LARGE, 3 * LARGE / STARTS)}")
    right = job["status"] == "succeeded" and job["result"] == {"members": LARGE, "sum": LARGE * (LARGE - 1) // 2}
    each = large.store.operations / LARGE / (small.store.operations / SMALL)
    told = {
        "seconds": round(large.loop.time() - began),
        "at_least": round(LARGE / STARTS),
        "operations": round(large.store.operations / LARGE, 3),
    }
    return [Row("a job of 10^6 tasks, an instance lost every second: ended right", float(right), "", 1, at_least=True, beside=told),
            Row("a job of 10^6 tasks: operations per task over those of 10^3", each, "x", 1.1), *_common("a job of 10^6 tasks", large)]  # fmt: skip


def _jobs_a_minute() -> list[Row]:
    world, jobs, count = World(FLOW, dying=1.0), set[str](), MINUTES * JOBS_A_MINUTE

    async def create() -> None:
        jobs.add(await world.create({"size": MEMBERS}))

    async def main() -> None:
        began, creating = world.loop.time(), set[asyncio.Task[None]]()
        for number in range(count):
            wait = began + number * 60 / JOBS_A_MINUTE - world.loop.time()
            if wait > 0:
                await asyncio.sleep(wait)
            creating.add(task := world.loop.create_task(create()))
            task.add_done_callback(creating.discard)
        while creating:
            await asyncio.sleep(1.0)
        await world.ended(jobs, 1800)

    world.run(main())
    statuses = Counter(world.status(job) for job in jobs)
    took = sorted(data["finished_at"] - data["created_at"] for data in (world.store.look(f"jobs/{job}") for job in jobs))
    told = {"statuses": dict(statuses), "job_s_median": round(took[count // 2], 2), "job_s_longest": round(took[-1], 1)}
    name = "10^4 jobs a minute for 10 minutes"
    return [Row(f"{name}, an instance lost every second: succeeded", statuses["succeeded"] / count, "", 1, at_least=True, beside=told),
            *_common(name, world)]  # fmt: skip


def _common(name: str, world: World) -> list[Row]:
    hottest, where = world.store.hottest()
    looks = {kind: len(seconds) for kind, seconds in world.looks.items()}
    return [
        Row(f"{name}: the hottest document, over 30 s", hottest, "writes/s", 1, beside={"document": where}),
        Row(f"{name}: the longest look", max(max(seconds) for seconds in world.looks.values()), "s", 10, beside={"looks": looks}),
        Row(
            f"{name}: a lost task is enqueued anew after, at most",
            max(world.lateness),
            "s",
            120,
            beside={"lost": len(world.lateness)},
        ),
    ]


def _six_hours() -> list[Row]:
    size, a_minute = round(WAITS / 60 * 20), 20
    free, waiting = World(CALLING), World(CALLING, limits={MODEL: Limit(requests=a_minute)})
    _run(free, size, 3600)
    began = waiting.loop.time()
    _run(waiting, size, 2 * WAITS)
    hours = (waiting.loop.time() - began) / 3600
    beside = {"hours": round(hours, 2), "calls": size, "reads_per_task": round(waiting.store.reads / size, 2)}
    return [Row("a job that waits six hours at its limit: reads per task over those without", waiting.store.reads / free.store.reads, "x", 1.2, beside=beside)]  # fmt: skip


def _early_joins() -> list[Row]:
    after: dict[str, float] = {}
    for size in EARLY:
        for what, counting in {"enough": Counting(size, enough=0.3), "failed": Counting(size, tolerate=0.1)}.items():
            world = World(counting.flow)
            in_flight = STARTS * 1.5  # a second's work, and what the stores take
            _run(world, size, 3600)
            point = (0.3 if what == "enough" else 0.1) * size
            after[f"{what} {size}"] = round(max(0.0, counting.ran - point - min(in_flight, size)) / size, 4)
    return [Row("members run after enough, or too many failures, N = 10^2 … 10^5, besides those in flight", max(after.values()), "of N", 0.05, beside=after)]  # fmt: skip
