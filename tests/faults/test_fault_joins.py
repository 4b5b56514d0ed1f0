"""Counters that are incremented twice, or might be (row 32)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from shared.engine.fanout import shard_tree
from tests.faults.faulty import Together, drain, post
from tests.support.engine.world import World

SIZE = 19


def climbs(name: str, arguments: tuple[Any, ...], answer: Any) -> bool:
    """Whether the call looks at a shard that nobody has climbed out of."""
    return name == "get_many" and "/closed/" in arguments[0][0] and answer[0] is None


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shard_tree, "SHARD", 3)
    monkeypatch.setattr(shard_tree, "STRIPE", 4)


@pytest.mark.fault(32)
async def test_two_that_climb_out_of_one_shard_at_once_count_it_once(world: World) -> None:
    """A member's delivery and its duplicate, both at the very same step."""
    job = await world.start(size=SIZE)
    (first,) = await world.due()
    await post(world, first)
    meeting = Together(world.ports.documents, 2, climbs)
    world.ports = world.with_ports(documents=meeting)
    for delivery in await world.due():
        member = asyncio.create_task(post(world, delivery))
        while not member.done():
            await asyncio.sleep(0.001)
            if meeting.barrier.n_waiting:
                await asyncio.gather(member, post(world, delivery))
        assert (await member).status_code == 200
    assert meeting.met >= 7
    await drain(world)
    done = await world.job(job)
    assert (done["status"], done["result"]["members"]) == ("succeeded", SIZE)
    assert world.toy.ran.count("add") == 1


@pytest.mark.fault(32)
async def test_a_member_delivered_again_at_any_time_is_counted_once(world: World) -> None:
    """After each delivery, every earlier one comes once more."""
    job = await world.start(size=SIZE)
    seen = []
    while world.queue.depth():
        for delivery in await world.due():
            seen.append(delivery)
            for again in seen:
                assert (await post(world, again)).status_code == 200
    done = await world.job(job)
    row = next(stage for stage in done["summary"] if stage["name"] == "square")
    assert (done["status"], row["done"], row["failed"]) == ("succeeded", SIZE, 0)
    assert len(world.toy.ran) == SIZE + 3
