"""A daily post's draft held against its own rules: as it was written nothing is found; what a person puts in is."""

from __future__ import annotations

from functions.daily_post.records.post_publishing import WAY
from shared.publish import post_states
from tests.unit.functions.daily_post.daily_world import DailyWorld

PATH = "posts/mei-2027-01-15"


async def test_words_put_in_by_hand_are_found_and_those_of_the_model_pass(world: DailyWorld) -> None:
    await world.agent(approval=True)
    await world.run(publish="draft")
    record = await WAY.checked(await post_states.read(PATH, world.ports), world.ports)
    assert not record.data.get("findings")
    after = await post_states.edit(PATH, {"title": "Guaranteed profit of 98.7% for everyone"}, world.ports, by="mei")
    found = (await WAY.checked(after, world.ports)).data["findings"]
    assert any(one["reason"].startswith("title: ") and "98.7%" in one["reason"] for one in found)
