"""A streamed post whose process dies, is slow, or is asked for twice: its job was there first, and nobody is kept waiting for a dead one."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from functions.forum_posts.stage_messages import PostsRequest
from functions.forum_posts.streaming import post_stream
from infra.testing.virtual_clock import RENEWALS
from shared.engine.job import lifecycle
from shared.engine.task import cache
from shared.errors import Permanent
from shared.ports.documents import Data
from tests.unit.functions.forum_posts.forum_world import ForumWorld, item


async def begun(world: ForumWorld, key: str | None = None) -> post_stream.Stream:
    await world.profiles(1)
    raw: Data = {"items": [item(0)], "versions": 2}
    request = PostsRequest.model_validate(raw)
    return await post_stream.begin(request, request.model_dump(mode="json"), lifecycle.Options(), key, world.ports)


async def jobs(world: ForumWorld) -> list[Any]:
    return list(await world.ports.documents.query("jobs"))


def main_texts(world: ForumWorld) -> int:
    """How often one was written, whole or in pieces."""
    return sum(
        times
        for asked, times in world.provider.answered.items()
        if json.loads(asked.rpartition("\n")[2])["task"] in {"forum_post", "forum_post_text"}
    )


@pytest.fixture
def at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """No lease is renewed: on this clock an hour passes by that while a process loads what it needs, and a text is kept for less."""
    monkeypatch.setattr(post_stream, "RENEWED", RENEWALS[0])


@pytest.mark.usefixtures("at_rest")
async def test_the_job_is_there_before_the_first_word_is_asked_for(batch: ForumWorld) -> None:
    stream = await begun(batch)
    seen: list[int] = []

    async def count() -> None:
        seen.append(len(await jobs(batch)))

    batch.provider.pause = count
    heard = stream.listen()
    kind, data = await anext(heard)
    assert (kind, data["id"]) == ("job", (await jobs(batch))[0].id)
    assert (await anext(heard))[0] == "delta"
    assert set(seen) == {1}
    await heard.aclose()  # type: ignore[attr-defined]  # a generator
    await asyncio.gather(*post_stream._under_way)
    await batch.empty()
    assert main_texts(batch) == 1
    assert (await batch.job((await jobs(batch))[0]))["status"] == "succeeded"


async def test_a_process_that_dies_while_it_streams_is_followed_within_half_a_minute(
    batch: ForumWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = await begun(batch)
    asked = asyncio.Event()

    async def hang() -> None:
        asked.set()
        await asyncio.Event().wait()

    async def nothing(*_: Any) -> None:
        """What a killed process does for those who wait for it."""

    batch.provider.pause = hang
    writing = asyncio.create_task(stream._write())
    await asked.wait()
    monkeypatch.setattr(cache, "_let_go", nothing)
    died = batch.clock.now()
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    await batch.empty()
    (job,) = await jobs(batch)
    assert (await batch.job(job))["status"] == "succeeded"
    main = await batch.ports.documents.query(f"jobs/{job.id}/tasks")
    ended = next(task.data["finished_at"] for task in main if task.data["stage"] == "write_main")
    assert ended - died < 30


async def test_a_text_that_takes_longer_than_its_lease_is_not_written_twice(batch: ForumWorld) -> None:
    stream = await begun(batch)
    stages = 0

    async def slow() -> None:
        nonlocal stages
        for _ in range(4):
            await asyncio.sleep(0.01)  # the lease's renewal moves the clock on
        for delivery in await batch.due():
            stages += 1
            await batch.step(delivery)

    batch.provider.pause = slow
    began = batch.clock.now()
    await stream._write()
    assert batch.clock.now() - began > 2 * post_stream.LEASE
    assert stages > 1
    await batch.empty()
    assert main_texts(batch) == 1


@pytest.mark.usefixtures("at_rest")
async def test_the_same_key_again_is_the_same_job_and_the_same_text(batch: ForumWorld) -> None:
    first = await begun(batch, "k")
    await first._write()
    again = await post_stream.begin(
        PostsRequest.model_validate({"items": [item(0)], "versions": 2}), first.planned.raw, lifecycle.Options(), "k", batch.ports
    )
    await again._write()
    assert first.job == again.job
    assert main_texts(batch) == 1


@pytest.mark.usefixtures("at_rest")
async def test_what_a_stream_may_spend_counts_for_its_owners_day(batch: ForumWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    await batch.profiles(1)
    monkeypatch.setattr(batch.provider, "ceiling", lambda _: 0.01)
    request = PostsRequest.model_validate({"items": [item(0)], "versions": 2})
    ports = batch.with_ports(settings=replace(batch.ports.settings, owner_usd_day=1.0))

    async def ask(budget_usd: float, key: str, owner: str = "ann") -> post_stream.Stream:
        options = lifecycle.Options(budget_usd=budget_usd, labels={"team": "x"})
        return await post_stream.begin(request, request.model_dump(mode="json"), options, key, ports, owner=owner)

    async def held() -> float:
        return float(sum(day.data["held"] for day in await ports.documents.query("owners"))) / 1e6

    first = await ask(0.8, "k")
    assert (await ask(0.8, "k")).first is False
    assert await held() == pytest.approx(0.8)
    with pytest.raises(Permanent) as refused:
        await ask(0.3, "another")
    assert refused.value.code == "day_spent"
    assert (await ask(0.15, "too")).first
    assert await held() == pytest.approx(0.95)
    await first._write()
    assert first.planned.reserved > 0
    assert await held() == pytest.approx(0.95 - first.planned.reserved + first.meter.usage.usd)
    (job,) = await jobs(batch)
    assert job.data["options"]["labels"] == {"team": "x"}
    assert (job.data["owner"], job.data["options"]["budget_usd"]) == ("ann", pytest.approx(0.8 - first.planned.reserved))
    await ask(0.9, "k", "bob")
