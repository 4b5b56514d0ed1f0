"""A daily post's draft held against its own rules: as it was written nothing is found; what a person puts in is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from functions.daily_post.agents.agent_profile import Agent
from functions.daily_post.records.post_publishing import PUBLISHING
from functions.daily_post.texts import text_faults
from infra.offline_model.posts.daily_post import RULES
from shared.publish import post_states
from shared.text.fault_codes import Fault
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
    record = await PUBLISHING.checked(await post_states.read(PATH, world.ports), world.ports)
    assert not record.data.get("findings")
    after = await post_states.edit(PATH, {"title": "Guaranteed profit of 98.7% for everyone"}, world.ports, by="mei")
    found = (await PUBLISHING.checked(after, world.ports)).data["findings"]
    assert any(one["reason"].startswith("title: ") and "98.7%" in one["reason"] for one in found)


async def test_what_reads_like_a_claim_holds_the_post_for_somebody(world: DailyWorld) -> None:
    await world.agent()
    world.models.fails = likely
    await world.run(publish="post")
    record = await post_states.read(PATH, world.ports)
    assert (record.data["state"], record.data["by_rule"]) == ("draft", [])
    assert any(why.startswith("It reads like a promise of returns: “You will own") for why in record.data["held"])
    found = (await PUBLISHING.checked(record, world.ports)).data["findings"]
    assert any("beach house" in one["reason"] for one in found)


async def test_an_agent_without_the_check_is_not_asked(world: DailyWorld) -> None:
    await world.agent(hold_suspected=False)
    world.models.fails = likely
    await world.run(publish="post")
    record = await post_states.read(PATH, world.ports)
    assert (record.data["state"], record.data["held"]) == ("published", [])


def test_what_is_only_suspected_of_a_figure_holds_a_post_and_is_not_told_to_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    likely = Fault("wrong_fact", "The figure may belong to another fact", "7%", 0, suspected=True)
    monkeypatch.setattr(text_faults, "unsupplied", lambda *_: iter([likely]))
    agent = Agent(id="ines", name="Ines", persona="Calm.")
    assert text_faults.faults("Up 7% again.", 200, agent, "Up 7% again.") == []
    assert text_faults.suspicions("Up 7% again.", agent, "Up 7% again.") == (likely.told,)
    assert text_faults.findings("Up 7% again.", 200, agent, "Up 7% again.") == [likely.told]
    assert text_faults.suspicions("Up 7% again.", agent.model_copy(update={"hold_suspected": False}), "Up 7% again.") == ()
