"""Calls by the provider's batches: the real client on the offline model's Batch API, and a clock that does not wait."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from functions.transcript_graph.extraction.answer_cache import read_answers
from functions.transcript_graph.stages.extract_pack import extract_pack
from shared.engine.spending.usage_meter import Meter, current_meter
from shared.engine.store import paths
from shared.errors import Cancelled, PutBack
from shared.model_batches.deferred_questions import has_time
from shared.ports.documents import Create
from shared.ports.models import BATCH_WINDOW
from tests.unit.functions.transcript_graph.extraction.batch_world import NOON, TEXT, WithCommit, World, pack, priced, world_of


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = world_of(tmp_path)
    yield made
    made.close()


async def test_packs_of_a_job_are_answered_by_one_batch_and_nobody_is_asked_at_once(world: World) -> None:
    found = await world.ended(pack("a"), pack("b", [TEXT, TEXT]))
    assert [one.answered for one in found] == [1, 2]
    assert [one.by for one in found] == ["offline", "offline"]
    assert world.asked == []
    assert [(one["state"], len(one["questions"])) for one in await world.batch_documents()] == [("ended", 2)]
    answers = await read_answers(["a0", "b0", "b1"], world.ports)
    assert {entity.name for entity in answers["b1"].entities} >= {"Ada Lovelace", "Acme Labs"}


async def test_what_an_expired_batch_left_unanswered_is_asked_at_once_and_the_rest_is_harvested(tmp_path: Path) -> None:
    world = world_of(tmp_path, batch_most=1)
    found = await world.ended(pack("a"), pack("b"), pack("c"))
    assert [one.answered for one in found] == [1, 1, 1]
    assert len(world.asked) == 2
    world.close()


async def test_a_bad_answer_of_a_batch_is_asked_again_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.offline_model.chat.reply", lambda *_: "{ not JSON")
    [found] = await world.ended(pack("a"))
    assert (found.answered, len(world.asked)) == (1, 1)


async def test_a_provider_without_batches_is_asked_at_once(tmp_path: Path) -> None:
    world = World(tmp_path, Starlette())
    [found] = await world.ended(pack("a"))
    assert (found.answered, len(world.asked)) == (1, 1)
    world.close()


async def test_a_batch_whose_maker_died_before_it_wrote_the_id_down_is_found_by_its_name(world: World) -> None:
    first = pack("a")
    with pytest.raises(PutBack):
        await extract_pack(first, world.ports)
    commit = world.ports.documents.commit

    async def dies(*writes: Any) -> Any:
        if any(getattr(write, "data", {}).get("state") == "submitted" for write in writes):
            raise asyncio.CancelledError
        return await commit(*writes)

    documents = replace(world.ports, documents=WithCommit(world.ports.documents, dies))
    with pytest.raises(asyncio.CancelledError):
        await extract_pack(first, documents)
    [found] = await world.ended(first, looks=30)
    assert (found.answered, world.asked) == (1, [])
    client = world.batches._provider._client
    assert client is not None
    assert len((await client.batches.list()).data) == 1


async def test_the_price_is_half_and_what_was_set_aside_is_given_back(world: World) -> None:
    reserved: list[int] = []

    async def pay(amount: int) -> None:
        reserved.append(amount)
        meter.under_way += amount

    async def nothing() -> None:
        return None

    world.batches.result = priced(world.batches.result)  # type: ignore[method-assign]
    meter = Meter("job", "bulk", nothing, nothing, pay=pay)
    token = current_meter.set(meter)
    try:
        await world.ended(pack("a"))
    finally:
        current_meter.reset(token)
    assert len(reserved) == 1
    assert reserved[0] > 0
    assert meter.under_way == 0
    assert meter.numbers()["usd_micros"] == 500_000
    assert meter.numbers()["calls"] == 1


async def test_a_question_that_the_budget_has_no_room_for_is_not_left(world: World) -> None:
    async def refuse(amount: int) -> None:
        raise Cancelled(f"no room for {amount}", code="budget_reached")

    async def nothing() -> None:
        return None

    token = current_meter.set(Meter("job", "bulk", nothing, nothing, pay=refuse))
    try:
        with pytest.raises(Cancelled):
            await extract_pack(pack("a"), world.ports)
    finally:
        current_meter.reset(token)
    assert await world.ports.documents.query("model_batch_questions") == []


@pytest.mark.parametrize(("deadline", "time"), [(None, True), (BATCH_WINDOW + 7200, True), (BATCH_WINDOW, False)])
async def test_batches_are_for_jobs_whose_deadline_leaves_a_day(world: World, deadline: float | None, *, time: bool) -> None:
    async def nothing() -> None:
        return None

    options = {"lane": "bulk", "budget_usd": None, "deadline_s": deadline}
    await world.ports.documents.commit(Create(paths.job("j"), {"options": options, "created_at": NOON.timestamp()}))
    token = current_meter.set(Meter("j", "bulk", nothing, nothing))
    try:
        assert await has_time(world.ports) is time
    finally:
        current_meter.reset(token)
