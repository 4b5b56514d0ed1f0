"""Who is put back: never for long, whatever others left behind, and each job gets its part of what the limit lets through."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.engine.limits import Limit
from shared.engine.limits.resource_limiter import MOST_AWAY
from shared.engine.spending import usage_meter
from shared.errors import PutBack
from tests.support.engine.limits_world import START, Call, Provider, Slow, VirtualClock, Windows, Workers, account, processes

MODEL = Limit(requests=500, tokens=1_000_000, burst=0.1)
pytestmark = pytest.mark.untraced
LARGE, SMALL, LATENCY = 3000, 100, 8.0
BEGINS = 30.0
"""Seconds after the large job at which the small one comes."""


class Trial:
    """A large bulk job, cancelled or running, and a small job that comes while its calls wait."""

    def __init__(self, store: SqliteDocuments, seed: int, count: int = 2) -> None:
        random.seed(seed)
        self.clock = VirtualClock()
        self.provider = Provider(self.clock, 500, 1_000_000)
        self.documents = Slow(store, self.clock)
        made = processes(count, self.documents, self.clock, {"model": MODEL})
        self.workers = Workers(self.clock, self.provider, made, latency=lambda: LATENCY)
        self.ends: list[float] = []
        self.away: list[float] = []

    async def ask_once(self) -> None:
        """A call of a job that is cancelled before it returns."""
        usage_meter.current_meter.set(account("bulk", "large"))
        try:
            await random.choice(self.workers.processes).acquire("model", tokens=1100)
        except PutBack as wait:
            self.away.append(wait.retry_after or 0.0)

    async def small_job(self, lane: str, calls: int, begins: float) -> None:
        async def one(number: int) -> None:
            await self.clock.sleep(begins + 0.01 * number)
            await self.workers.call(LARGE + number, Call(tokens=1100, lane=lane, job="small"))
            self.ends.append(self.clock.time - START - begins)

        await asyncio.gather(*(one(number) for number in range(calls)))

    def alone(self, lane: str = "bulk", calls: int = SMALL) -> float:
        asyncio.run(self.clock.run(self.small_job(lane, calls, 0.0)))
        return max(self.ends)

    def after_a_cancelled_one(self) -> float:
        asyncio.run(self.clock.run(*(self.ask_once() for _ in range(LARGE)), self.small_job("bulk", SMALL, BEGINS)))
        return max(self.ends)

    def beside_a_running_one(self, lane: str, calls: int = SMALL) -> float:
        async def until_done() -> None:
            running = [asyncio.create_task(self.workers.call(number, Call(tokens=1100, job="large"))) for number in range(LARGE)]
            await self.small_job(lane, calls, BEGINS)
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

        asyncio.run(self.clock.run(until_done()))
        assert self.provider.refused == 0
        return max(self.ends)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteDocuments]:
    database = Database(tmp_path / "limits.db", synchronous="OFF")
    yield SqliteDocuments(database)
    database.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[SqliteDocuments]:
    database = Database(tmp_path / "other.db", synchronous="OFF")
    yield SqliteDocuments(database)
    database.close()


@pytest.mark.parametrize("seed", range(2))
def test_places_that_a_cancelled_job_left_hold_up_nobody(store: SqliteDocuments, other: SqliteDocuments, seed: int) -> None:
    after = Trial(other, seed)
    assert after.after_a_cancelled_one() <= 1.5 * Trial(store, seed).alone()
    assert len(after.away) > 0.8 * LARGE
    assert max(after.away) <= MOST_AWAY


def test_a_small_job_has_its_half_beside_a_large_one(store: SqliteDocuments) -> None:
    half = SMALL / (500 / 60 / 2) + LATENCY
    assert Trial(store, 1).beside_a_running_one("bulk") <= 1.5 * half


def test_an_interactive_call_does_not_notice_the_large_one(store: SqliteDocuments, other: SqliteDocuments) -> None:
    assert Trial(other, 1).beside_a_running_one("interactive", calls=8) <= 1.2 * Trial(store, 1).alone("interactive", calls=8)


def test_many_processes_waste_nothing_of_a_limit_and_heat_no_document(store: SqliteDocuments) -> None:
    """A hundred of them, each with a hundredth of the calls: most have one call at a time, or none."""
    trial = Trial(store, 2, count=100)
    asyncio.run(trial.workers.all([Call(tokens=1100) for _ in range(400)], over=2.0))
    assert trial.provider.refused == 0
    assert trial.provider.sent[-1] - START <= 1.5 * (400 - 50) / 500 * 60
    assert trial.documents.most_per_second(skip=10) < 1.8


def test_sixty_processes_share_the_windows_that_a_provider_keeps(store: SqliteDocuments) -> None:
    random.seed(5)
    clock = VirtualClock()
    provider = Windows(clock, 100, 60)
    made = processes(60, Slow(store, clock), clock, {"model": Limit(requests=100, window=60)})
    asyncio.run(Workers(clock, provider, made, latency=lambda: 0.5).all([Call() for _ in range(240)], over=5))
    assert provider.refused == 0
    assert provider.sent[-1] - START <= 2 * 60 + 10
