"""Who publishes and when it is tried again: in the cloud the function alone, elsewhere whoever is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shared.engine.trigger.schedule_slots import Slot
from shared.errors import Conflict, Permanent, Transient
from shared.ports.documents import Merge
from shared.publish import post_states
from shared.publish.publish_dispatcher import LANE
from tests.unit.shared.publish.channels.social_world import PATH, Outside, outside

TASK = b'{"post": "p1"}'


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[Outside]:
    async with outside(tmp_path) as made:
        yield made


def in_cloud(world: Outside) -> None:
    world.ports = replace(world.ports, settings=replace(world.ports.settings, profile="cloud"))


def queued(world: Outside) -> dict[str, int]:
    tasks: Any = world.ports.tasks
    found: dict[str, int] = tasks.depth()
    return found


async def test_in_the_cloud_who_has_no_secrets_leaves_it_to_the_function(world: Outside) -> None:
    in_cloud(world)
    await world.approved()
    record = (await world.way.send(PATH, world.ports)).data
    assert (record["state"], record["publish_due"], queued(world)) == ("approved", world.clock.time, {LANE: 1})
    assert world.mastodon.statuses == {}
    assert await world.way.deliver(TASK, world.ports) == {"post": "p1", "state": "published"}
    assert (len(world.mastodon.statuses), len(world.bluesky.records)) == (1, 1)


async def test_in_the_cloud_a_refused_channel_is_told_again_by_the_function(world: Outside) -> None:
    in_cloud(world)
    await world.approved()
    world.trouble("/api/v1/statuses", 422)
    await world.way.deliver(TASK, world.ports)
    assert (await world.way.send(PATH, world.ports)).data["deliveries"]["ours-m"]["state"] == "refused"
    await world.way.deliver(TASK, world.ports)
    assert (await world.record())["deliveries"]["ours-m"]["state"] == "published"


async def test_in_the_cloud_a_draft_is_refused_at_once(world: Outside) -> None:
    in_cloud(world)
    await world.approved()
    await world.ports.documents.commit(Merge(PATH, {"state": "draft"}))
    with pytest.raises(Conflict):
        await world.way.send(PATH, world.ports)
    assert queued(world) == {}


async def test_a_delivery_that_is_told_when_to_come_again_does_then(world: Outside) -> None:
    await world.approved()
    world.trouble("/api/v1/statuses", 429, retry_after="300")
    assert await world.way.deliver(TASK, world.ports) == {"post": "p1", "state": "publishing"}
    assert (await world.record())["publish_due"] == world.clock.time + 300


async def test_a_delivery_that_is_told_nothing_is_delivered_again(world: Outside) -> None:
    await world.approved()
    world.trouble("/api/v1/statuses", 500)
    with pytest.raises(Transient):
        await world.way.deliver(TASK, world.ports)


async def test_metrics_are_asked_for_by_the_function_once_a_slot(world: Outside) -> None:
    await world.approved()
    await world.way.send(PATH, world.ports)
    world.clock.time += 3600
    before = queued(world).get(LANE, 0)
    for _ in range(2):
        await world.way.ask_for_metrics(Slot(world.clock.time), world.ports)
    assert queued(world)[LANE] - before == 1
    assert await world.way.deliver(b'{"metrics": true}', world.ports) == {"due": 1, "counted": 2, "failed": 0}


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"null", b'{"post": 7}', b'{"post": "a/b"}', b'{"metrics": "yes"}', b"[" * 5000]
)
async def test_what_asks_for_neither_is_a_dead_letter(world: Outside, body: bytes) -> None:
    with pytest.raises(Permanent) as refused:
        await world.way.deliver(body, world.ports)
    assert refused.value.code == "poison"


async def test_what_is_taken_back_is_a_draft_and_goes_out_by_no_former_task(world: Outside) -> None:
    await world.approved()
    later = world.clock.time + 3600
    await world.way.send_at(PATH, later, world.ports)
    taken = (await world.way.withdraw(PATH, world.ports, by="mei")).data
    assert (taken["state"], taken["publish_due"], taken["publish_after"], taken["withdrawn_by"]) == ("draft", None, None, "mei")
    await post_states.edit(PATH, {"text": "Worded better."}, world.ports)
    await post_states.approve(PATH, world.ports)
    world.clock.time = later
    assert await world.way.deliver(TASK, world.ports) == {"post": "p1", "state": "approved"}
    assert world.mastodon.statuses == {}
    await world.way.send_at(PATH, later, world.ports)
    assert [status["text"] for status in world.mastodon.statuses.values()] == ["Worded better."]


async def test_a_refused_post_can_be_taken_back_and_mended_but_not_one_that_may_be_out(world: Outside) -> None:
    world.places = replace(world.places, channels=("ours-m",))
    await world.approved()
    world.trouble("/api/v1/statuses", 422)
    with pytest.raises(Permanent):
        await world.way.send(PATH, world.ports)
    assert (await world.way.withdraw(PATH, world.ports)).data["state"] == "draft"
    await post_states.approve(PATH, world.ports)
    world.trouble("/api/v1/statuses", 500, done=True)
    await world.way.send(PATH, world.ports)
    with pytest.raises(Conflict, match="cannot be taken back"):
        await world.way.withdraw(PATH, world.ports)


async def test_a_draft_that_is_published_is_told_to_be_approved_first(world: Outside) -> None:
    await world.approved()
    await world.ports.documents.commit(Merge(PATH, {"state": "draft"}))
    with pytest.raises(Conflict) as refused:
        await world.way.send(PATH, world.ports)
    assert refused.value.advice == "Approve it first: headrace posts approve p1"
