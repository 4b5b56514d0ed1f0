"""Another zone for a persona: what its hours have planned moves to the same time there, what somebody chose stays the moment that it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from functions.forum_posts.records.post_publishing import PUBLISHING
from shared.engine.store import paths
from shared.ports.documents import Create, Delete, Merge
from tests.unit.functions.forum_posts.forum_world import ForumWorld

NOW = datetime(2026, 1, 10, 15, tzinfo=UTC)
"""23:00 in Taipei, 15:00 in London."""
POSTS = {"first": None, "second": None, "noon": NOW + timedelta(hours=21), "night": NOW + timedelta(hours=14)}
"""With the time that somebody chose: noon and five in London, 20:00 and 13:00 in Taipei."""


async def planned(world: ForumWorld) -> dict[str, datetime | None]:
    found = {}
    for name in POSTS:
        post = await world.ports.documents.get(f"posts/{name}")
        assert post is not None
        due = post.data.get("publish_due")
        found[name] = datetime.fromtimestamp(due, UTC) if due else None
    return found


async def to_london(world: ForumWorld) -> None:
    await world.ports.documents.commit(Merge("profiles/0", {"time_zone": "Europe/London"}), Delete(paths.context("profile", "0")))


@pytest.fixture
async def taipei(batch: ForumWorld) -> ForumWorld:
    batch.clock.time = NOW.timestamp()
    await batch.profiles(2, time_zone="Asia/Taipei", quiet_hours="22:00-07:00", minutes_between_posts=10)
    for name, at in POSTS.items():
        record = {
            "id": name, "text": "hello", "kol_serial": "0", "state": "approved", "pipeline": "forum-posts", "publish": None, "created_at": 1.0,
            **dict.fromkeys(("kol_name", "platform", "stock_code", "posting_type", "language"), ""),
        }  # fmt: skip
        await batch.ports.documents.commit(Create(f"posts/{name}", record))
        await (
            PUBLISHING.send_at(f"posts/{name}", at.timestamp(), batch.ports)
            if at
            else PUBLISHING.send(f"posts/{name}", batch.ports)
        )
    return batch


async def test_times_that_follow_from_hours_move_and_chosen_ones_stay(taipei: ForumWorld) -> None:
    morning = NOW + timedelta(hours=8)
    before = await planned(taipei)
    assert before == {**POSTS, "first": morning, "second": morning + timedelta(minutes=10)}
    await to_london(taipei)
    assert await PUBLISHING.plan_anew("0", taipei.ports) == 3
    after = await planned(taipei)
    assert after == {
        "first": NOW,
        "second": NOW + timedelta(minutes=10),
        "noon": POSTS["noon"],
        "night": NOW + timedelta(hours=16),
    }
    assert await PUBLISHING.plan_anew("1", taipei.ports) == 0
    assert await planned(taipei) == after


async def test_planned_anew_each_goes_out_once_at_its_new_time(taipei: ForumWorld) -> None:
    await to_london(taipei)
    await PUBLISHING.plan_anew("0", taipei.ports)
    wanted = await planned(taipei)
    out: dict[str, list[datetime]] = {}
    lane = "engine-bulk"
    while due := taipei.queue.due([lane]):
        taipei.clock.time = max(taipei.clock.time, due[lane])
        for delivery in await taipei.queue.take(lane, 100):
            await PUBLISHING.deliver(delivery.body.encode(), taipei.ports)
            await taipei.queue.end([delivery.name])
    for name in POSTS:
        post = await taipei.ports.documents.get(f"posts/{name}")
        assert post is not None
        assert post.data["state"] == "published"
        out[name] = [datetime.fromtimestamp(post.data["published_at"], UTC)]
    assert out == {name: [at] for name, at in wanted.items()}
    assert len(await taipei.ports.documents.query("outbox")) == len(POSTS)
