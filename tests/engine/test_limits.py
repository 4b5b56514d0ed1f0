from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from shared.adapters.embedded.database import Database
from shared.adapters.embedded.documents import SqliteDocuments
from shared.engine import meter
from shared.engine.buckets import Limit
from shared.engine.limits import SharedLimits, duration
from shared.errors import PutBack
from shared.ports.clock import SystemClock
from tests.engine.world import World


class Steps:
    """A clock that jumps to where a sleeper wants to be; sleepers sleep side by side."""

    def __init__(self) -> None:
        self.time = 1000.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        until = self.time + seconds
        await asyncio.sleep(0)
        self.time = max(self.time, until)


def limits(world: World, clock: Steps, **of: Limit) -> SharedLimits:
    return SharedLimits(world.ports.documents, clock, of)


async def test_a_burst_goes_at_once_then_the_rate_holds(world: World) -> None:
    clock = Steps()
    shared = limits(world, clock, forum=Limit(requests=60))
    times = []
    for _ in range(90):
        await shared.acquire("forum")
        times.append(clock.now() - 1000.0)
        shared.settle("forum")
    assert times[59] == 0.0
    assert times[89] == pytest.approx(30.0, abs=1.5)


async def test_a_window_is_never_exceeded_and_is_used_to_the_full(world: World) -> None:
    clock = Steps()
    shared = limits(world, clock, forum=Limit(requests=60, window=60))
    times = []
    for _ in range(200):
        await shared.acquire("forum")
        times.append(clock.now())
        shared.settle("forum")
        clock.time += 0.1
    for start in times:
        assert sum(start <= at < start + 60 for at in times) <= 60
    assert times[-1] - times[0] < 3 * 60 + 25


async def test_two_processes_share_one_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the real clock: a virtual one would run on while a commit is on its way."""
    monkeypatch.setattr("shared.engine.buckets.GRACE", 0.2)
    databases = [Database(tmp_path / "shared.db") for _ in range(2)]
    limit = Limit(requests=1200, window=1)
    processes = [SharedLimits(SqliteDocuments(database), SystemClock(), {"forum": limit}) for database in databases]
    granted: list[float] = []

    async def work(process: SharedLimits) -> None:
        for _ in range(25):
            await process.acquire("forum")
            granted.append(time.time())
            process.settle("forum")

    await asyncio.gather(*(work(process) for process in processes))
    granted.sort()
    for start in granted:
        assert sum(start <= at < start + 1 for at in granted) <= 20
    for database in databases:
        database.close()


async def test_two_processes_never_exceed_one_budget(tmp_path: Path) -> None:
    clock = Steps()
    databases = [Database(tmp_path / "shared.db") for _ in range(2)]
    processes = [SharedLimits(SqliteDocuments(database), clock, {"forum": Limit(requests=120)}) for database in databases]
    granted: list[float] = []

    async def work(process: SharedLimits) -> None:
        for _ in range(100):
            await process.acquire("forum")
            granted.append(clock.now())
            process.settle("forum")

    await asyncio.gather(*(work(process) for process in processes))
    granted.sort()
    for start in range(len(granted)):
        inside = [at for at in granted[start:] if at < granted[start] + 60]
        assert len(inside) <= 120 + 120
    assert granted[-1] - granted[0] >= (200 - 120) / 2 - 1.5
    for database in databases:
        database.close()


async def test_the_server_knows_best(world: World) -> None:
    clock = Steps()
    shared = limits(world, clock, forum=Limit(requests=60))
    await shared.acquire("forum")
    shared.settle("forum", headers={"X-Ratelimit-Remaining": "3.0", "x-ratelimit-reset": "15"})
    times = []
    for _ in range(5):
        await shared.acquire("forum")
        times.append(clock.now() - 1000.0)
        shared.settle("forum")
    assert times[:3] == [0.0, 0.0, 0.0]
    assert times[3] >= 15.0


async def test_within_a_window_the_lowest_remainder_is_believed(world: World) -> None:
    clock = Steps()
    shared = limits(world, clock, forum=Limit(requests=60))
    for remaining in ("2", "9"):  # the second answer overtook the first on its way
        await shared.acquire("forum")
        shared.settle("forum", headers={"x-ratelimit-remaining": remaining, "x-ratelimit-reset": "10"})
    await shared.acquire("forum")  # the one that 2 left after the second acquire
    assert clock.now() == 1000.0
    await shared.acquire("forum")
    assert clock.now() >= 1010.0


async def test_a_429_holds_everybody_for_as_long_as_it_says(world: World) -> None:
    clock = Steps()
    shared = limits(world, clock, forum=Limit(requests=60))
    await shared.acquire("forum")
    shared.settle("forum", status=429, headers={"retry-after": "7"})
    await shared.acquire("forum")
    assert clock.now() - 1000.0 >= 7.0


async def test_a_wait_too_long_to_hold_an_invocation_for_is_put_back(world: World) -> None:
    clock = Steps()
    shared = limits(world, clock, forum=Limit(requests=60))
    await shared.acquire("forum")
    shared.settle("forum", headers={"x-ratelimit-remaining": "0", "x-ratelimit-reset": "400"})
    with pytest.raises(PutBack) as caught:
        await shared.acquire("forum")
    assert caught.value.retry_after == pytest.approx(400.0, abs=1)


async def test_tokens_are_reserved_and_what_was_not_used_comes_back(world: World) -> None:
    clock = Steps()
    shared = limits(world, clock, model=Limit(requests=6000, tokens=6000))
    await shared.acquire("model", tokens=6000)
    shared.settle("model", reserved=6000, used=1000)
    await shared.acquire("model", tokens=5000)
    assert clock.now() - 1000.0 < 0.5
    await shared.acquire("model", tokens=3000)
    assert clock.now() - 1000.0 == pytest.approx(30.0, abs=1.5)


async def test_interactive_goes_first_and_bulk_keeps_a_share(world: World) -> None:
    clock = Steps()
    shared = limits(world, clock, forum=Limit(requests=60, burst=1 / 60))
    order: list[str] = []

    async def ask(lane: str, job: str) -> None:
        async def alive() -> None: ...

        meter.current.set(meter.Meter(job, lane, alive))
        await shared.acquire("forum")
        order.append(lane)
        shared.settle("forum")

    bulk = [asyncio.create_task(ask("bulk", f"b{n}")) for n in range(12)]
    await asyncio.sleep(0)
    interactive = [asyncio.create_task(ask("interactive", "i")) for _ in range(12)]
    await asyncio.gather(*bulk, *interactive)
    first = order[:12]
    assert first.count("interactive") >= 8
    assert first.count("bulk") >= 2


async def test_bulk_leaves_a_share_of_a_window_to_interactive_work_until_its_end(world: World) -> None:
    clock = Steps()
    shared = limits(world, clock, forum=Limit(requests=100, window=60))

    async def alive() -> None: ...

    async def ask(lane: str) -> float:
        meter.current.set(meter.Meter(lane, lane, alive))
        await shared.acquire("forum")
        shared.settle("forum", headers={"x-ratelimit-remaining": str(left.pop()), "x-ratelimit-reset": str(1060 - clock.now())})
        return clock.now() - 1000

    left = list(range(99))
    await ask("interactive")
    bulk = [await ask("bulk") for _ in range(78)]
    assert max(bulk) == 0
    assert await ask("interactive") == 0
    assert await ask("bulk") >= 10  # the reserve is given up when nothing interactive has asked for a while


async def test_an_unknown_resource_is_free(world: World) -> None:
    await limits(world, Steps()).acquire("anything")
    assert await world.ports.documents.count("limits") == 0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("12", 12.0),
        ("1.5", 1.5),
        ("120ms", 0.12),
        ("6m0s", 360.0),
        ("1h2m3s", 3723.0),
        ("-1", None),
        ("0", None),
        ("", None),
        (None, None),
    ],
)
def test_durations(text: str | None, seconds: float | None) -> None:
    assert duration(text) == seconds
