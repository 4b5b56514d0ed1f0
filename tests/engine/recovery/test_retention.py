"""Retention: what is deleted, what is not, in pages, and after a kill anywhere."""

from __future__ import annotations

from typing import Any

import pytest

from shared.engine.job import controls, lifecycle
from shared.engine.limits.daily_dollars import DailyDollars
from shared.engine.recovery import retention
from shared.engine.recovery.retention import DAY, PAGE, retain
from shared.engine.store import ended_instances, paths
from shared.ports.documents import Create, Merge
from tests.faults.faulty import Faulty, Killed, at
from tests.support.engine.world import World


def stored(world: World, prefix: str = "") -> list[str]:
    """Paths of all documents that begin so."""
    rows = world.database.read("SELECT path FROM documents WHERE path LIKE ? ORDER BY path", (f"{prefix}%",))
    return [path for (path,) in rows]


async def ended_job(world: World, size: int = 30, **options: Any) -> str:
    """A job that has run to its end, with everything that a job leaves behind."""
    flow = world.toy.flow(cache=True)
    job = (await lifecycle.create(flow, {"size": size}, lifecycle.Options(**options), world.ports)).job
    await world.ports.documents.commit(Create(paths.look(job.id, "1.square"), {"at": 0}))
    await world.ports.documents.commit(Merge(paths.late_spending(job.id, 1), {}, {"calls": 1}))
    await world.drain(flow)
    return job.id


async def keep(world: World, days: float = 90) -> dict[str, int]:
    return await retain(world.ports, keep_jobs_days=days, accounts=["openai"])


async def test_nothing_to_do_costs_a_handful_of_reads_and_no_write(world: World) -> None:
    await ended_job(world)
    asked: list[str] = []

    def count(name: str, arguments: tuple[Any, ...]) -> bool:
        asked.append(f"{name} {arguments[0]}")
        return False

    ports = world.with_ports(documents=Faulty(world.ports.documents, count))
    assert await retain(ports, keep_jobs_days=90, accounts=["openai"]) == {}
    assert {one.split()[0] for one in asked} == {"query"}
    assert len(asked) <= 16
    asked.clear()
    assert await retain(ports, keep_jobs_days=90, accounts=["openai"], ttl=True) == {}
    assert asked == ["query dead_letters", "query instances", "query removed", "query jobs"]


async def test_what_has_expired_goes_and_what_has_not_stays(world: World) -> None:
    now, docs = world.clock.now(), world.ports.documents
    for collection in ("cache", "idempotency", "events"):
        await docs.commit(
            Create(f"{collection}/old", {"expires_at": now - 1}), Create(f"{collection}/new", {"expires_at": now + 1})
        )
    await docs.commit(Create("dead_letters/old", {"at": now - 31 * DAY}), Create("dead_letters/new", {"at": now - 29 * DAY}))
    await docs.commit(Create("instances/old", {"ended_at": now - 2 * DAY}), Create("instances/new", {"ended_at": now}))
    assert await keep(world) == {"cache": 1, "idempotency": 1, "events": 1, "dead_letters": 1, "instances": 1}
    assert stored(world) == [f"{c}/new" for c in ("cache", "dead_letters", "events", "idempotency", "instances")]
    assert await ended_instances.has_ended("new", world.ports)


async def test_counters_of_dollars_go_when_their_day_is_long_over(world: World) -> None:
    taken = DailyDollars("openai", 5.0).write(0.5, world.clock.now())
    assert taken is not None
    await world.ports.documents.commit(taken[1])
    assert await keep(world) == {}
    world.clock.time += 3 * DAY
    assert await keep(world) == {"limits": 1}
    assert stored(world) == []


async def test_an_old_job_goes_with_all_that_is_below_it_and_a_newer_one_stays_whole(world: World) -> None:
    old = await ended_job(world, budget_usd=1.0)
    world.clock.time += 60 * DAY
    new = await ended_job(world, size=31)
    whole = stored(world, f"jobs/{new}")
    world.clock.time += 31 * DAY
    assert {path.split("/")[2] for path in stored(world, f"jobs/{old}/")} == {"tasks", "fanouts", "looks", "late", "budget"}
    assert (await keep(world))["jobs"] == 1
    assert stored(world, f"jobs/{old}") == []
    assert stored(world, f"jobs/{new}") == whole
    assert stored(world, "removed") == []


async def test_an_open_job_is_never_touched_however_old(world: World) -> None:
    job = await world.start(size=3)
    await world.drain(most=2)
    before = stored(world)
    world.clock.time += 1000 * DAY
    assert await keep(world, days=1) == {}
    assert stored(world) == before
    await controls.cancel(job.id, world.ports)
    assert await keep(world, days=1) == {}  # it has ended just now
    world.clock.time += 2 * DAY
    assert (await keep(world, days=1))["jobs"] == 1


async def test_a_job_that_is_run_again_at_that_moment_stays(world: World) -> None:
    job = await ended_job(world)
    world.clock.time += 91 * DAY
    docs, flow = world.ports.documents, world.toy.flow(cache=True)

    class RunAgain:
        """Somebody runs the job again between its being found and its going."""

        async def query(self, collection: str, *where: Any, **how: Any) -> Any:
            found = await docs.query(collection, *where, **how)
            if collection == "jobs" and found:
                await controls.retry(flow, job, world.ports)
            return found

        def __getattr__(self, name: str) -> Any:
            return getattr(docs, name)

    said = await retain(world.with_ports(documents=RunAgain()), keep_jobs_days=90)
    assert "jobs" not in said
    assert stored(world, "removed") == []
    await world.drain(flow)
    assert (await lifecycle.read(job, world.ports)).data["status"] == "succeeded"


async def test_a_cache_entry_that_is_filled_again_at_that_moment_stays(world: World) -> None:
    docs = world.ports.documents
    await docs.commit(Create("cache/one", {"expires_at": world.clock.now() - 1}))

    class FilledAgain:
        async def query(self, collection: str, *where: Any, **how: Any) -> Any:
            found = await docs.query(collection, *where, **how)
            if collection == "cache" and found:
                await docs.commit(Merge("cache/one", {"expires_at": world.clock.now() + DAY}))
            return found

        def __getattr__(self, name: str) -> Any:
            return getattr(docs, name)

    assert await retain(world.with_ports(documents=FilledAgain()), keep_jobs_days=90) == {}
    assert stored(world) == ["cache/one"]


async def test_zero_days_keep_jobs_for_ever(world: World) -> None:
    job = await ended_job(world)
    world.clock.time += 10_000 * DAY
    assert "jobs" not in await keep(world, days=0)
    assert stored(world, f"jobs/{job}")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_run_that_is_killed_at_any_commit_is_finished_by_the_next(world: World, after: bool) -> None:
    kills = 0
    while True:
        job = await ended_job(world, budget_usd=1.0)
        world.clock.time += 91 * DAY
        left = [kills]

        def this_one(name: str, _: Any, left: list[int] = left) -> bool:
            left[0] -= name == "commit"
            return name == "commit" and left[0] == -1

        dying = Faulty(world.ports.documents, this_one, after=after, error=Killed)
        try:
            await retain(world.with_ports(documents=dying), keep_jobs_days=90)
        except Killed:
            kills += 1
        gone = await world.ports.documents.get(paths.job(job)) is None
        assert not gone or stored(world, f"removed/{job}") or not stored(world, f"jobs/{job}")
        await keep(world)
        assert stored(world) == []
        if not dying.failed:
            break
    assert kills >= 8


async def test_pages_are_small_and_a_run_that_is_long_goes_on_in_the_next(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    docs, now = world.ports.documents, world.clock.now()
    for start in range(0, 1000, 500):
        await docs.commit(*(Create(f"cache/{n}", {"expires_at": now - DAY}) for n in range(start, start + 500)))
    job = await ended_job(world, size=250)
    world.clock.time += 91 * DAY
    sizes: list[int] = []

    def watch(name: str, writes: tuple[Any, ...]) -> bool:
        sizes.extend([len(writes)] if name == "commit" else [])
        return False

    ports = world.with_ports(documents=Faulty(docs, watch))
    monkeypatch.setattr(retention, "LONGEST", 5 * retention.PAUSE)
    runs = 1
    while "unfinished" in await retain(ports, keep_jobs_days=90):
        runs += 1
    assert runs >= 2
    assert max(sizes) <= 2 * PAGE
    assert stored(world, f"jobs/{job}") == []
    assert stored(world, "cache") == []


async def test_a_store_that_does_not_answer_ends_the_run_and_loses_nothing(world: World) -> None:
    await ended_job(world)
    world.clock.time += 91 * DAY
    broken = Faulty(world.ports.documents, at("commit"))
    with pytest.raises(Exception, match="no answer"):
        await retain(world.with_ports(documents=broken), keep_jobs_days=90)
    await keep(world)
    assert stored(world) == []
