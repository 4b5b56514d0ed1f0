"""What became of published posts: asked when due, at most so often, by each channel's leave, and no more after a week."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.ports.documents import Create, Data, Merge
from shared.publish.metrics_schedule import LOOKS, next_look
from shared.publish.platform_variants import Destinations
from shared.publish.post_metrics import LATER, Looked, fetch_due
from tests.unit.shared.publish.channels.social_world import PATH, Outside, outside


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[Outside]:
    async with outside(tmp_path) as made:
        yield made


async def published(world: Outside) -> Data:
    await world.approved()
    return (await world.way.send(PATH, world.ports)).data


async def look(world: Outside) -> Looked:
    return await fetch_due("tides", world.ports)


async def test_a_post_is_looked_at_when_it_is_due_and_its_counts_stand_in_the_record(world: Outside) -> None:
    out = await published(world)
    assert (await look(world)).due == 0
    world.clock.time = out["metrics_due"]
    assert await look(world) == Looked(due=1, counted=2)
    record = await world.record()
    at = world.clock.time
    assert record["deliveries"]["ours-m"]["metrics"] == {"likes": 30, "reposts": 7, "replies": 3, "quotes": 0, "at": at}
    assert record["deliveries"]["ours-b"]["metrics"]["likes"] == 45
    assert record["metrics_due"] == out["published_at"] + LOOKS[1]
    assert (await look(world)).due == 0


async def test_it_is_looked_at_ten_times_in_a_week_and_no_more(world: Outside) -> None:
    await published(world)
    looks = 0
    for _ in range(24 * 9):
        world.clock.time += 3600
        looks += (await look(world)).due
    assert (looks, (await world.record())["metrics_due"]) == (len(LOOKS) - 1, None)  # two of them lie within the first hour


@pytest.mark.parametrize(("asked", "wait"), [("120", 120.0), ("", LATER)])
async def test_a_channel_that_was_asked_too_often_is_left_alone_and_the_other_goes_on(
    world: Outside, asked: str, wait: float
) -> None:
    out = await published(world)
    world.clock.time = out["metrics_due"]
    number = out["deliveries"]["ours-m"]["receipt"]["id"]
    world.trouble(f"/api/v1/statuses/{number}", 429, retry_after=asked)
    assert await look(world) == Looked(due=1, counted=1, failed=1)
    record = await world.record()
    assert ("metrics" in record["deliveries"]["ours-m"], "metrics" in record["deliveries"]["ours-b"]) == (False, True)
    assert record["metrics_due"] == world.clock.time + wait
    world.clock.time = record["metrics_due"]
    assert await look(world) == Looked(due=1, counted=2)


async def test_a_token_that_has_expired_is_asked_with_again_at_the_next_look_only(world: Outside) -> None:
    world.places = Destinations(channels=("ours-m",))
    out = await published(world)
    world.clock.time = out["metrics_due"]
    world.trouble(f"/api/v1/statuses/{out['deliveries']['ours-m']['receipt']['id']}", 401)
    assert await look(world) == Looked(due=1, failed=1)
    assert (await world.record())["metrics_due"] == out["published_at"] + LOOKS[1]


async def test_a_post_that_was_deleted_there_is_gone_and_asked_for_no_more(world: Outside) -> None:
    world.places = Destinations(channels=("ours-m",))
    out = await published(world)
    world.mastodon.statuses.clear()
    world.clock.time = out["metrics_due"]
    await look(world)
    assert "gone" not in (await world.record())["deliveries"]["ours-m"]  # it may not be shown everywhere yet
    world.clock.time += 3600
    await look(world)
    record = await world.record()
    assert (record["deliveries"]["ours-m"]["gone"], record["metrics_due"]) == (True, None)


async def test_a_channel_that_now_leads_elsewhere_counts_nothing(world: Outside) -> None:
    world.places = Destinations(channels=("ours-m",))
    out = await published(world)
    delivery = out["deliveries"]["ours-m"]
    moved = {**delivery, "receipt": {**delivery["receipt"], "server": "https://elsewhere.example"}}
    await world.ports.documents.commit(Merge(PATH, {"deliveries": {"ours-m": moved}}))
    world.clock.time = out["metrics_due"] + 7200
    await look(world)
    assert (await world.record())["deliveries"]["ours-m"] == moved


async def test_a_hundred_posts_are_looked_at_at_a_time(world: Outside) -> None:
    out = await published(world)
    for number in range(130):
        await world.ports.documents.commit(Create(f"posts/q{number}", {**out, "id": f"q{number}"}))
    world.clock.time = out["metrics_due"]
    looked = [await look(world) for _ in range(3)]
    assert [one.due for one in looked] == [100, 31, 0]
    assert sum(one.counted for one in looked) == 2 * 131


async def test_a_post_of_a_channel_that_counts_nothing_is_never_due(world: Outside) -> None:
    world.places = Destinations()
    assert "metrics_due" not in await published(world)


def test_the_looks_end() -> None:
    assert next_look(100.0, 100.0) == 100.0 + LOOKS[0]
    assert next_look(100.0, 100.0 + LOOKS[-2]) == 100.0 + LOOKS[-1]
    assert next_look(100.0, 100.0 + LOOKS[-1]) is None
