"""A process that ends gives back what it holds of shared limits: to others, and never more than it held."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.engine.limits import Limit, SharedLimits
from shared.engine.limits.leased_capacity import LeasedCapacity
from shared.errors import PutBack, Transient
from shared.ports.limits import Grant
from tests.faults.faulty import Faulty
from tests.support.engine.limits_world import Call, Provider, Slow, VirtualClock, Windows, Workers, processes

SLOW = Limit(requests=60, tokens=60_000, burst=0.1)
"""One a second, six at once."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteDocuments]:
    random.seed(11)
    database = Database(tmp_path / "limits.db", synchronous="OFF")
    yield SqliteDocuments(database)
    database.close()


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def documents(store: SqliteDocuments, clock: VirtualClock) -> Slow:
    return Slow(store, clock)


async def ends(store: Slow, limit: Limit) -> list[float]:
    found = await store.get_many([f"limits/model/shards/{k}" for k in range(limit.shards)])
    return [shard.data["end"] if shard else 0.0 for shard in found]


async def use(process: SharedLimits, number: int, tokens: float = 100.0, used: float = 100.0) -> None:
    for _ in range(number):
        process.settle(await process.acquire("model", tokens=tokens), tokens=used, status=200)


def test_the_unused_end_of_a_lease_is_anybodys(documents: Slow, clock: VirtualClock) -> None:
    """One call: a second's worth of requests, and of the two seconds' worth of tokens that it reserved a tenth."""

    async def main() -> None:
        first, second = processes(2, documents, clock, {"model": SLOW})
        await use(first, 1, tokens=2000, used=200)
        (before,) = await ends(documents, SLOW)
        await first.aclose()
        (after,) = await ends(documents, SLOW)
        assert after == pytest.approx(before - 1)
        await first.aclose()
        assert await ends(documents, SLOW) == [after]  # nothing is given back twice
        await use(second, 1, tokens=100)
        assert await ends(documents, SLOW) == [pytest.approx(after + 1)]

    asyncio.run(clock.run(main()))


def test_what_is_owed_is_kept() -> None:
    slots = LeasedCapacity(rate=10.0)
    slots.add(100.0, 102.0)
    slots.take(5)
    assert slots.free_from(102.0, 99.0) == 100.5
    slots.debt = 5
    assert slots.free_from(102.0, 99.0) == 101.0
    assert slots.free_from(103.0, 99.0) == 103.0  # nothing of it is held
    slots.cut(101.0, 102.0)
    assert slots.held(99.0) == pytest.approx(5)
    slots.debt = 50
    assert slots.free_from(101.0, 99.0) == 101.0


def test_what_others_have_leased_behind_stays(documents: Slow, clock: VirtualClock) -> None:
    async def main() -> None:
        first, second = processes(2, documents, clock, {"model": SLOW})
        grant = await first.acquire("model", tokens=5000)
        first.settle(grant, tokens=10, status=200)
        await use(second, 3, tokens=1000)
        before = await ends(documents, SLOW)
        await first.aclose()
        assert await ends(documents, SLOW) == before
        await second.aclose()
        assert sum(await ends(documents, SLOW)) <= sum(before)

    asyncio.run(clock.run(main()))


def test_dollars_come_back_to_the_day(documents: Slow, clock: VirtualClock) -> None:
    limit = Limit(requests=6000, usd=8.0)

    async def main() -> None:
        first, second = processes(2, documents, clock, {"model": limit})
        for _ in range(4):
            first.settle(await first.acquire("model", usd=1.5), usd=0.25, status=200)
        await first.aclose()
        day = await documents.get("limits/model/days/2027-01-15.0")
        assert day is not None
        assert day.data["usd"] == pytest.approx(1.0)
        for _ in range(4):
            second.settle(await second.acquire("model", usd=1.75), usd=1.75, status=200)
        with pytest.raises(PutBack):
            await second.acquire("model", usd=0.5)

    asyncio.run(clock.run(main()))


def test_of_the_providers_windows_it_holds_what_is_under_way_and_no_more(documents: Slow, clock: VirtualClock) -> None:
    limit = Limit(requests=100, window=60)

    async def main() -> None:
        (first,) = processes(1, documents, clock, {"model": limit})
        answered, under_way = await first.acquire("model"), await first.acquire("model")
        first.settle(answered, headers={"x-ratelimit-remaining": "40", "x-ratelimit-reset": "30"}, status=200)
        await first.aclose()
        found = await documents.get("limits/model")
        assert found is not None
        assert found.data["remaining"] == 40
        assert [count for count, _ in found.data["leases"].values()] == [1]
        first.settle(under_way, headers={"x-ratelimit-remaining": "39", "x-ratelimit-reset": "30"}, status=200)
        await first.aclose()
        found = await documents.get("limits/model")
        assert found is not None
        assert (found.data["remaining"], found.data["leases"]) == (39, {})

    asyncio.run(clock.run(main()))


def test_who_still_waits_is_told_and_a_silent_store_is_no_reason_to_stay(documents: Slow, clock: VirtualClock) -> None:
    async def main() -> None:
        first, second = processes(2, documents, clock, {"model": SLOW})
        await use(first, 6, tokens=1000, used=1000)
        waiting = asyncio.create_task(first.acquire("model", tokens=1000))
        await clock.sleep(0.05)
        await first.aclose()
        with pytest.raises(Transient) as told:
            await waiting
        assert told.value.code == "process_ending"
        silent = SharedLimits(Faulty(documents, lambda *_: True), clock, {"model": SLOW})
        with pytest.raises(Transient):
            await silent.aclose()
        await second.aclose()  # it never held anything

    asyncio.run(clock.run(main()))


class Leaving(SharedLimits):
    """Puts back whoever asks or waits while it ends."""

    gone = False

    async def acquire(self, resource: str, **amounts: Any) -> Grant:
        if self.gone:
            raise PutBack("another process", 0.05)
        try:
            return await super().acquire(resource, **amounts)
        except PutBack:
            raise
        except Transient:
            raise PutBack("another process", 0.05) from None


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", ["bucket", "windows"])
def test_processes_that_come_and_go_keep_the_limit_and_use_it(documents: Slow, clock: VirtualClock, kind: str, seed: int) -> None:
    random.seed(seed)
    provider: Any = Provider(clock, 500, 1_000_000) if kind == "bucket" else Windows(clock, 100, 60)
    limit = Limit(requests=500, tokens=1_000_000, burst=0.1) if kind == "bucket" else Limit(requests=100, window=60)
    made: list[Leaving] = [Leaving(documents, clock, {"model": limit}, instance=f"first-{n}") for n in range(3)]
    workers = Workers(clock, provider, made, latency=lambda: random.uniform(0.5, 2), way=lambda: random.uniform(0, 0.2))
    left = 300

    async def call(number: int) -> None:
        nonlocal left
        await clock.sleep(random.uniform(0, 2))
        await workers.call(number, Call(tokens=1100, estimate=random.choice([1300, 2500])))
        left -= 1

    async def turnover() -> None:
        number = 0
        while left > 5:
            await clock.sleep(random.uniform(0.5, 3))
            place, number = random.randrange(len(made)), number + 1
            going, made[place] = made[place], Leaving(documents, clock, {"model": limit}, instance=f"next-{number}")
            going.gone = True
            await going.aclose()

    asyncio.run(clock.run(*(call(n) for n in range(300)), turnover()))
    assert provider.refused == 0
    if kind == "bucket":
        assert provider.use(skip=2) >= 0.68  # 0.48 to 0.65 where nothing is given back
