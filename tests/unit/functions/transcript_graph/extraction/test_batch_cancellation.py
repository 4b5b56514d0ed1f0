"""A job that ends takes its questions back: batches that nobody waits for are cancelled, and what they cost is booked once."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from functions.transcript_graph.stage_messages import Pack
from functions.transcript_graph.stages.extract_pack import extract_pack
from shared.engine.spending.usage_meter import Meter, current_meter
from shared.engine.store import paths
from shared.errors import PutBack, Transient
from shared.model_batches.deferred_questions import forget_questions
from shared.model_batches.ended_jobs import look_after, take_back
from shared.ports.documents import Merge
from tests.unit.functions.transcript_graph.extraction.batch_world import World, pack, priced, world_of

SLOW = 30.0
"""Seconds until the provider answers: longer than any test."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, _app(SLOW))
    yield made
    made.close()


def _app(seconds: float) -> Any:
    from infra.offline_model.server import offline_app  # noqa: PLC0415 - as in the world

    return offline_app(batch_seconds=seconds)


@contextlib.asynccontextmanager
async def running(world: World, job: str, *, reserve: int = 0) -> AsyncIterator[None]:
    """Inside, tasks are the job's; each question sets so many micro-dollars aside."""

    async def nothing() -> None:
        return None

    async def pay(amount: int) -> None:
        del amount

    await world.ports.documents.commit(Merge(paths.job(job), {"status": "running", "run": 1, "options": {}, "created_at": 0.0}))
    meter = Meter(job, "bulk", nothing, nothing, pay=pay if reserve else None)
    token = current_meter.set(meter)
    try:
        yield
    finally:
        current_meter.reset(token)


async def handed_in(world: World, *packs: Pack) -> None:
    for one in (*packs, *packs):
        with contextlib.suppress(PutBack):
            await extract_pack(one, world.ports)


async def ends(world: World, job: str, status: str = "cancelled") -> int:
    await world.ports.documents.commit(Merge(paths.job(job), {"status": status}))
    return await take_back(job, world.ports)


async def at_the_provider(world: World) -> list[str]:
    client = world.batches._provider._client
    assert client is not None
    return [str(one.status) for one in (await client.batches.list()).data]


async def states(world: World) -> list[str]:
    return sorted(one.data["state"] for one in await world.ports.documents.query("model_batch_questions"))


async def late(world: World, job: str, run: int = 1) -> dict[str, Any]:
    found = await world.ports.documents.get(paths.late_spending(job, run))
    return found.data if found else {}


@pytest.mark.parametrize("status", ["cancelled", "failed"])
async def test_a_batch_of_a_job_that_ended_is_cancelled_at_the_provider_twice_is_once(world: World, status: str) -> None:
    async with running(world, "a"):
        await handed_in(world, pack("a"), pack("b"))
    assert await at_the_provider(world) == ["in_progress"]
    assert await ends(world, "a", status) == 2
    assert await at_the_provider(world) == ["cancelled"]
    assert await ends(world, "a", status) == 0
    assert await look_after(world.ports) == 2
    assert await states(world) == ["settled", "settled"]
    assert await look_after(world.ports) == 0


async def test_a_batch_that_another_job_waits_for_goes_on(world: World) -> None:
    for job, of in (("a", "x"), ("b", "y")):
        async with running(world, job):
            with contextlib.suppress(PutBack):
                await extract_pack(pack(of), world.ports)
    async with running(world, "b"):
        with contextlib.suppress(PutBack):
            await extract_pack(pack("y"), world.ports)
    await ends(world, "a")
    assert await at_the_provider(world) == ["in_progress"]
    await look_after(world.ports)
    assert await at_the_provider(world) == ["in_progress"]
    await ends(world, "b")
    assert await at_the_provider(world) == ["cancelled"]


async def test_a_question_that_waits_is_never_handed_in(world: World) -> None:
    async with running(world, "a", reserve=1):
        with contextlib.suppress(PutBack):
            await extract_pack(pack("a"), world.ports)
    assert await states(world) == ["waiting"]
    assert await ends(world, "a") == 1
    assert await states(world) == []
    assert (await late(world, "a"))["usd_micros"] < 0  # what was set aside counts no more
    async with running(world, "b"):
        await handed_in(world, pack("b"))
    assert [len(one["questions"]) for one in await world.batch_documents()] == [1]


async def test_a_running_job_keeps_its_questions(world: World) -> None:
    async with running(world, "a"):
        await handed_in(world, pack("a"))
    assert await take_back("a", world.ports) == 0
    assert await states(world) == ["handed_in"]


async def test_what_was_answered_before_the_end_is_booked_and_harvested_when_the_job_runs_again(tmp_path: Path) -> None:
    world = world_of(tmp_path)
    world.batches.result = priced(world.batches.result)  # type: ignore[method-assign]
    async with running(world, "a"):
        await handed_in(world, pack("a"))
    await world.answered()
    await ends(world, "a")
    assert await look_after(world.ports) == 1
    booked = await late(world, "a")
    assert (booked["calls"], booked["usd_micros"]) == (1, 500_000)
    async with running(world, "a"):
        [found] = await world.ended(pack("a"))
    assert (found.answered, world.asked) == (1, [])
    assert await late(world, "a") == booked
    world.close()


async def test_a_cancelled_question_is_handed_in_anew_when_the_job_runs_again(world: World) -> None:
    async with running(world, "a"):
        await handed_in(world, pack("a"))
        await ends(world, "a")
    async with running(world, "a"):
        for _ in range(6):
            with contextlib.suppress(PutBack):
                await extract_pack(pack("a"), world.ports)
            world.clock.at += timedelta(seconds=20)
    assert sorted(await at_the_provider(world)) == ["cancelled", "in_progress"]
    assert world.asked == []


async def test_a_provider_that_is_away_when_a_job_is_cancelled_is_asked_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(world, "a"):
        await handed_in(world, pack("a"))

    async def away(batch: str) -> None:
        raise Transient(f"{batch}: no connection", code="model_unavailable")

    with monkeypatch.context() as patched:
        patched.setattr(world.batches, "cancel", away)
        assert await ends(world, "a") == 1
    assert await at_the_provider(world) == ["in_progress"]
    await look_after(world.ports)
    assert await at_the_provider(world) == ["cancelled"]


async def test_a_batch_whose_maker_died_before_the_provider_heard_of_it_is_let_go(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: Any) -> str:
        raise Transient("no connection", code="model_unavailable")

    monkeypatch.setattr(world.batches, "submit", dies)
    async with running(world, "a"):
        for _ in range(2):
            with contextlib.suppress(PutBack, Transient):
                await extract_pack(pack("a"), world.ports)
    await ends(world, "a")
    assert await look_after(world.ports) == 0
    world.clock.at += timedelta(seconds=600)
    assert await look_after(world.ports) == 1
    assert await states(world) == ["settled"]


async def test_questions_about_a_graph_are_forgotten_with_it(world: World) -> None:
    async with running(world, "a"):
        await handed_in(
            world, pack("a").model_copy(update={"collection": "talks"}), pack("b").model_copy(update={"collection": "other"})
        )
    await forget_questions("graphs/talks", world.ports)
    assert [one.data["subject"] for one in await world.ports.documents.query("model_batch_questions")] == ["graphs/other"]
