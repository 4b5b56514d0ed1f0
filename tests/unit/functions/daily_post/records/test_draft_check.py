"""A daily post's draft held against its own rules: as it was written nothing is found; what a person puts in is."""

from __future__ import annotations

import json
from typing import Any

from functions.daily_post.records.post_publishing import WAY
from infra.offline_model.posts.daily_post import RULES
from shared.publish import post_states
from tests.unit.functions.daily_post.daily_world import DailyWorld

PATH = "posts/mei-2027-01-15"


def likely(method: str, question: dict[str, Any]) -> Any:
    """A description with a sentence that reads like a promise, in words that no rule knows."""
    if method != "ask" or question["task"] != "daily_post.description":
        return None
    made = RULES["daily_post.description"](json.loads(question["data"]))
    return {**made, "text": f"{made['text']} You will own a beach house thanks to this ticker."}


async def test_words_put_in_by_hand_are_found_and_those_of_the_model_pass(world: DailyWorld) -> None:
    await world.agent(approval=True)
    await world.run(publish="draft")
    record = await WAY.checked(await post_states.read(PATH, world.ports), world.ports)
    assert not record.data.get("findings")
    after = await post_states.edit(PATH, {"title": "Guaranteed profit of 98.7% for everyone"}, world.ports, by="mei")
    found = (await WAY.checked(after, world.ports)).data["findings"]
    assert any(one["reason"].startswith("title: ") and "98.7%" in one["reason"] for one in found)


async def test_what_reads_like_a_claim_holds_the_post_for_somebody(world: DailyWorld) -> None:
    await world.agent()
    world.models.fails = likely
    await world.run(publish="post")
    record = await post_states.read(PATH, world.ports)
    assert (record.data["state"], record.data["by_rule"]) == ("draft", [])
    assert any(why.startswith("It reads like a promise of returns: “You will own") for why in record.data["held"])
    found = (await WAY.checked(record, world.ports)).data["findings"]
    assert any("beach house" in one["reason"] for one in found)


async def test_an_agent_without_the_check_is_not_asked(world: DailyWorld) -> None:
    await world.agent(hold_suspected=False)
    world.models.fails = likely
    await world.run(publish="post")
    record = await post_states.read(PATH, world.ports)
    assert (record.data["state"], record.data["held"]) == ("published", [])
