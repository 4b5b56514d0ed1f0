"""A batch while the model provider is away, refuses or answers with nonsense: all items done, nothing twice, what is missing is said."""

from __future__ import annotations

from shared.errors import Permanent, Transient, Unavailable
from shared.ports.documents import Data
from tests.unit.functions.forum_posts.forum_world import ForumWorld, item

ITEMS = 40
AWAY = 120.0


def away() -> Unavailable:
    return Unavailable("the model provider did not answer", code="model_unavailable")


async def test_a_provider_away_for_two_minutes_costs_no_item_and_nothing_twice(batch: ForumWorld) -> None:
    await batch.profiles(8)
    job = await batch.ask(*(item(number) for number in range(ITEMS)), versions=2)
    asked, began = [0], batch.clock.now()
    back_at = [0.0]

    def fails(data: Data) -> None:
        asked[0] += 1
        if asked[0] > ITEMS // 2 and not back_at[0]:
            back_at[0] = batch.clock.now() + AWAY
        if batch.clock.now() < back_at[0]:
            raise away()

    batch.provider.fails = fails
    await batch.empty()
    done = await batch.job(job)
    result = await batch.result(job)
    assert (done["status"], done["warnings"]) == ("succeeded", [])
    assert sorted(post["number"] for post in result["posts"]) == list(range(ITEMS))
    assert not result["missing"]
    assert {question[-300:]: count for question, count in batch.provider.answered.items() if count > 1} == {}
    assert AWAY <= batch.clock.now() - began < 2 * AWAY


async def test_an_answer_before_the_outage_is_taken_by_the_next_attempt(batch: ForumWorld) -> None:
    await batch.profiles(1)
    job = await batch.ask(item(0), versions=1)
    repaired: list[int] = []

    def fails(data: Data) -> None:
        if data["task"] == "forum_post_repair" and not repaired:
            repaired.append(1)
            raise away()

    batch.provider.fails = fails
    batch.provider.spoils = 1
    await batch.empty()
    result = await batch.result(job)
    assert repaired
    assert len(result["posts"]) == 1
    assert set(batch.provider.answered.values()) == {1}


async def test_a_main_text_that_nobody_can_write_leaves_the_other_angles(batch: ForumWorld) -> None:
    await batch.profiles(8)
    faults: dict[str, list[Exception]] = {
        "S0": [Transient("no JSON", code="model_invalid_answer"), Transient("no JSON", code="model_invalid_answer")],
        "S1": [Permanent("refused", code="model_refused")],
    }

    def fails(data: Data) -> None:
        if faults[data["stock"]["code"]]:
            raise faults[data["stock"]["code"]].pop()

    batch.provider.fails = fails
    job = await batch.ask(item(0), item(1), versions=5)
    await batch.empty()
    result = await batch.result(job)
    assert (await batch.job(job))["status"] == "succeeded"
    for post in result["posts"]:
        assert [bool(version["text"]) for version in post["versions"]] == [False, *[True] * 4]
        assert post["versions"][0]["dropped"]
        assert post["chosen"] != 0


async def test_items_without_any_text_make_the_job_partial_and_are_named(batch: ForumWorld) -> None:
    await batch.profiles(8)

    def fails(data: Data) -> None:
        if data["stock"]["code"] in {"S3", "S5"}:
            raise Permanent("refused", code="model_refused")

    batch.provider.fails = fails
    job = await batch.ask(*(item(number) for number in range(8)), versions=2)
    await batch.empty()
    result = await batch.result(job)
    assert (await batch.job(job))["status"] == "partial"
    assert [(one["number"], bool(one["reason"])) for one in result["missing"]] == [(3, True), (5, True)]
    assert len(result["posts"]) == 6


async def test_one_call_for_all_versions_that_comes_to_nothing_is_made_up_for_by_calls_of_their_own(batch: ForumWorld) -> None:
    await batch.profiles(8)

    def fails(data: Data) -> None:
        if data["task"] == "forum_posts":
            raise Permanent("cut off", code="model_truncated")

    batch.provider.fails = fails
    job = await batch.ask(item(0), versions=3, one_call=True)
    await batch.empty()
    (post,) = (await batch.result(job))["posts"]
    assert [bool(version["text"]) for version in post["versions"]] == [True] * 3
