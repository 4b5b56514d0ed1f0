"""A daily post's draft: its picture drawn anew without its text, its text written anew without its picture."""

from __future__ import annotations

import json

import pytest

from functions.daily_post.records import regenerate_draft
from shared.errors import Permanent
from shared.publish import post_states, rewrite_limits
from tests.unit.functions.daily_post.daily_world import DailyWorld

PATH = "posts/mei-2027-01-15"


async def test_a_picture_is_drawn_anew_and_the_text_stays(world: DailyWorld) -> None:
    await world.agent(approval=True)
    await world.run(publish="draft")
    before = (await post_states.read(PATH, world.ports)).data
    after = (await regenerate_draft.new_image(await post_states.read(PATH, world.ports), world.ports)).data
    assert after["image"]["sha256"] != before["image"]["sha256"]
    assert after["text"] == before["text"]
    assert after["image"]["prompt"] == f"{before['image']['prompt']} Another take: {regenerate_draft.TAKES[0]}."
    assert (after["image"]["width"], after["image"]["height"]) == (before["image"]["width"], before["image"]["height"])
    assert after["edits"][-1]["image"]["sha256"] == before["image"]["sha256"]
    assert await world.ports.blobs.get(after["image"]["blob"])


async def test_a_text_is_written_anew_and_the_picture_stays(world: DailyWorld) -> None:
    await world.agent(approval=True)
    await world.run(publish="draft")
    before = (await post_states.read(PATH, world.ports)).data
    world.models.fails = lambda method, question: {"text": "Another text about storage.", "tags": []} if method == "ask" else None
    after = (await regenerate_draft.new_text(await post_states.read(PATH, world.ports), world.ports)).data
    assert after["description"] == "Another text about storage."
    assert after["text"].endswith("Another text about storage.")
    assert (after["image"], after["title"]) == (before["image"], before["title"])


async def test_a_picture_drawn_three_times_does_not_pile_up_its_words(world: DailyWorld) -> None:
    await world.agent(approval=True)
    await world.run(publish="draft")
    first = (await post_states.read(PATH, world.ports)).data["image"]["prompt"]
    for _ in range(3):
        record = await post_states.read(PATH, world.ports)
        await rewrite_limits.count(record, world.ports)
        await regenerate_draft.new_image(record, world.ports)
    third = (await post_states.read(PATH, world.ports)).data["image"]["prompt"]
    assert third == f"{first} Another take: {regenerate_draft.TAKES[2]}."


async def test_the_model_is_told_what_it_shall_not_write_again(world: DailyWorld) -> None:
    await world.agent(approval=True)
    await world.run(publish="draft")
    record = await post_states.read(PATH, world.ports)
    same = record.data["description"]
    world.models.fails = lambda method, question: {"text": same, "tags": []} if method == "ask" else None
    with pytest.raises(Permanent, match="cannot be used"):
        await regenerate_draft.new_text(record, world.ports)
    asked = [json.loads(question["data"]) for method, question in world.models.calls if method == "ask"]
    assert asked[-1]["former"] == same


async def test_a_card_without_a_prompt_says_so(world: DailyWorld) -> None:
    await world.agent(approval=True)
    await world.run(publish="draft")
    record = await post_states.change(PATH, lambda found: {"image": {**found.data["image"], "prompt": ""}}, world.ports)
    with pytest.raises(Permanent):
        await regenerate_draft.new_image(record, world.ports)
