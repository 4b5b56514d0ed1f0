"""A draft worded by hand is looked at again, and what is found goes with its approval; making it anew has a limit."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from functions.forum_posts.records.post_publishing import PUBLISHING
from shared.engine.spending.usage_meter import current_meter
from shared.errors import Permanent, Transient
from shared.ports.documents import Document
from shared.publish import post_states, rewrite_limits
from tests.unit.functions.forum_posts.forum_world import ForumWorld, drafted


async def edited(world: ForumWorld, record: Document, **words: Any) -> Document:
    after = await post_states.edit(record.path, words, world.ports, by="mei")
    return await PUBLISHING.checked(after, world.ports, reviewed=True)


async def test_a_figure_put_in_by_hand_is_found_and_kept_with_the_approval(batch: ForumWorld) -> None:
    record = await drafted(batch, versions=1)
    after = await edited(batch, record, text=f"{record.data['text']}\n98.7%")
    assert "unsupplied_number" in [finding["code"] for finding in after.data["findings"]]
    approved = await post_states.approve(record.path, batch.ports, by="mei")
    assert "unsupplied_number" in approved.data["approved_despite"]


async def test_a_draft_as_it_was_written_has_nothing_to_find(batch: ForumWorld) -> None:
    record = await PUBLISHING.checked(await drafted(batch, versions=1), batch.ports)
    assert not record.data.get("findings")
    assert "approved_despite" not in (await post_states.approve(record.path, batch.ports)).data


async def test_closing_words_taken_out_by_hand_are_missed(batch: ForumWorld) -> None:
    record = await drafted(batch, versions=1)
    after = await edited(batch, record, text=record.data["versions"][0]["text"].splitlines()[0])
    assert "missing_disclaimer" in [finding["code"] for finding in after.data["findings"]]


async def test_what_was_found_is_gone_when_it_is_worded_rightly(batch: ForumWorld) -> None:
    record = await drafted(batch, versions=1)
    await edited(batch, record, text=f"{record.data['text']} 98.7%")
    after = await edited(batch, record, text=record.data["text"])
    assert "unsupplied_number" not in [finding["code"] for finding in after.data["findings"]]


async def test_a_request_has_dollars_of_its_own() -> None:
    async with rewrite_limits.limited():
        meter = current_meter.get()
        assert meter is not None
        assert meter.pay is not None
        await meter.pay(400_000)
        with pytest.raises(Permanent) as caught:
            await meter.pay(200_000)
    assert caught.value.code == "budget_reached"
    assert current_meter.get() is None


async def test_a_request_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setattr(rewrite_limits, "SECONDS", 0.01)
    with pytest.raises(Transient):
        async with rewrite_limits.limited():
            await asyncio.sleep(5)


async def test_one_draft_is_made_anew_so_often(batch: ForumWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewrite_limits, "MOST", 2)
    record = await drafted(batch, versions=1)
    for _ in range(2):
        await rewrite_limits.count(record, batch.ports)
    with pytest.raises(Permanent) as caught:
        await rewrite_limits.count(record, batch.ports)
    assert caught.value.code == "not_rewritten"
