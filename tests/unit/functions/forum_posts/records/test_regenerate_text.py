"""A draft's text written anew: one more version that stands, once however often it is asked for at the same moment."""

from __future__ import annotations

import asyncio

import pytest

from functions.forum_posts.records import regenerate_text
from shared.errors import Conflict
from shared.publish import post_states
from tests.unit.functions.forum_posts.forum_world import ForumWorld, drafted


async def test_another_version_stands_and_the_former_ones_stay(batch: ForumWorld) -> None:
    record = await drafted(batch, versions=2)
    after = (await regenerate_text.new_text(record, batch.ports)).data
    assert [version["number"] for version in after["versions"]] == [0, 1, 2]
    assert after["chosen"] == 2
    assert after["text"] == after["versions"][2]["text"] != record.data["text"]
    assert len({version["angle"] for version in after["versions"]}) == 3
    assert after["state"] == "draft"


async def test_two_who_ask_at_once_get_one(batch: ForumWorld) -> None:
    record = await drafted(batch, versions=2)
    await asyncio.gather(*(regenerate_text.new_text(record, batch.ports) for _ in range(2)))
    assert len((await post_states.read(record.path, batch.ports)).data["versions"]) == 3


async def test_what_was_approved_meanwhile_stays_as_it_was_approved(batch: ForumWorld) -> None:
    record = await drafted(batch, versions=2)
    await post_states.approve(record.path, batch.ports)
    with pytest.raises(Conflict):
        await regenerate_text.new_text(record, batch.ports)
