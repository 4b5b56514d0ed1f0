"""Who may post: unknown KOLs, quotas, quiet hours, editions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from functions.forum_posts.flow import FLOW
from functions.forum_posts.profiles import profile_cache
from functions.forum_posts.profiles.profile_record import Profile
from functions.forum_posts.stage_messages import PostItem, PostsRequest
from shared.engine.job.lifecycle import check_input
from shared.errors import BadInput, Permanent
from shared.ports.documents import Delete, Update
from tests.unit.functions.forum_posts.conftest import World, item


async def test_the_same_item_is_the_same_post_for_an_hour(world: World) -> None:
    await world.profile()
    first = (await world.plan()).posts[0].id
    world.clock.time += 3590
    assert (await world.plan()).posts[0].id == first
    world.clock.time += 20
    assert (await world.plan()).posts[0].id != first


@pytest.mark.parametrize("change", [{"stock_code": "2317"}, {"facts": ("another",)}, {"max_words": 121}, {"topic": "x"}])
async def test_another_item_is_another_post(world: World, change: dict[str, object]) -> None:
    await world.profile()
    assert (await world.plan()).posts[0].id != (await world.plan(change)).posts[0].id


async def test_fresh_begins_a_new_post_which_the_next_gets_too(world: World) -> None:
    await world.profile()
    first = (await world.plan()).posts[0].id
    fresh = (await world.plan({"fresh": True})).posts[0].id
    assert fresh != first
    assert (await world.plan()).posts[0].id == fresh


async def test_an_item_given_twice_is_two_posts(world: World) -> None:
    await world.profile()
    posts = (await world.plan({}, {})).posts
    assert len({post.id for post in posts}) == 2
    assert [post.id for post in (await world.plan({}, {})).posts] == [post.id for post in posts]


async def test_a_quota_refuses_what_is_over_it_and_counts_nothing_twice(world: World) -> None:
    await world.profile(posts_per_day=2)
    plan = await world.plan(*({"stock_code": str(code)} for code in range(3)))
    assert [post.number for post in plan.posts] == [0, 1]
    assert [(one.number, one.code) for one in plan.refused] == [(2, "quota_reached")]
    again = await world.plan(*({"stock_code": str(code)} for code in range(2)))
    assert [post.id for post in again.posts] == [post.id for post in plan.posts]
    with pytest.raises(Permanent) as refused:
        await world.plan({"stock_code": "9"})
    assert refused.value.code == "quota_reached"


async def test_a_quota_is_of_the_kols_own_day(world: World) -> None:
    world.clock.time = datetime(2026, 11, 23, 15, 30, tzinfo=UTC).timestamp()  # 23:30 in Taipei
    await world.profile(posts_per_day=1, time_zone="Asia/Taipei")
    await world.plan({"stock_code": "1"})
    world.clock.time += 3600
    assert (await world.plan({"stock_code": "2"})).posts


async def test_an_unusable_profile_refuses_its_items_alone(world: World) -> None:
    await world.profile("208")
    await world.profile("209")
    await world.ports.documents.commit(Update("profiles/209", {"language": "xx"}))
    plan = await world.plan({}, {"kol_serial": "209"}, {"kol_serial": "7"})
    assert [post.item.kol_serial for post in plan.posts] == ["208"]
    assert [(one.number, one.code) for one in plan.refused] == [(1, "bad_profile"), (2, "unknown_kol")]


async def test_a_context_lasts_an_hour_and_goes_when_the_trigger_drops_it(world: World) -> None:
    before = await world.profile()
    await world.plan()
    await world.ports.documents.commit(Update("profiles/208", {"persona": "somebody else"}))
    assert (await profile_cache.PROFILES.current(["208"], world.ports))["208"] == before
    await world.ports.documents.commit(Delete("contexts/profile:208"))
    found = (await profile_cache.PROFILES.current(["208"], world.ports))["208"]
    assert isinstance(found, Profile)
    assert found.persona == "somebody else"
    assert (await profile_cache.planned("208", found.version, world.ports)).persona == "somebody else"


@pytest.mark.parametrize(
    ("hours", "at", "until"),
    [
        ("22:00-07:00", "23:00", "07:00"),
        ("22:00-07:00", "03:00", "07:00"),
        ("22:00-07:00", "07:00", ""),
        ("12:00-13:30", "12:59", "13:30"),
        ("12:00-13:30", "11:59", ""),
        ("09:00-09:00", "09:00", ""),
    ],
)
def test_quiet_hours_end_where_the_kol_is(hours: str, at: str, until: str) -> None:
    profile = Profile(serial="1", name="x", persona="y", quiet_hours=hours, time_zone="Asia/Taipei")
    found = profile.quiet_until(datetime.fromisoformat(f"2026-11-23T{at}:00+08:00").timestamp())
    assert (f"{datetime.fromtimestamp(found + 8 * 3600, UTC):%H:%M}" if found else "") == until
    assert not found or 0 < found - datetime.fromisoformat(f"2026-11-23T{at}:00+08:00").timestamp() < 86400


def test_quotas_and_quiet_hours_make_no_other_persona() -> None:
    one = Profile(serial="1", name="x", persona="y")
    assert one.version == Profile(serial="1", name="x", persona="y", posts_per_day=3, quiet_hours="22:00-07:00").version
    assert one.version != Profile(serial="1", name="x", persona="z").version


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"posting_type": "rant"}, "/input/items/0/posting_type"),
        ({"max_words": 5}, "/input/items/0/max_words"),
        ({"kol_serial": "a b"}, "/input/items/0/kol_serial"),
        ({"colour": "red"}, "/input/items/0/colour"),
    ],
)
def test_what_does_not_fit_is_pointed_at(fields: dict[str, object], pointer: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_input(FLOW, {"items": [item(**fields)]})
    assert [error["pointer"] for error in refused.value.errors] == [pointer]


@pytest.mark.parametrize("count", [0, 1001])
def test_a_request_has_one_to_a_thousand_items(count: int) -> None:
    with pytest.raises(ValidationError):
        PostsRequest(items=[PostItem(**item())] * count)
