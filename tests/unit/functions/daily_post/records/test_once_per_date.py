"""One post per agent and date, one image, published at most once: whatever is delivered twice, dies, or is asked for again."""

from __future__ import annotations

from typing import Any

import pytest

from functions.daily_post.records import post_publishing
from shared.engine.job import controls
from shared.errors import Permanent, Transient
from shared.publish import post_states, publish_attempt
from tests.faults.faulty import Killed
from tests.unit.functions.daily_post.daily_world import DailyWorld
from tests.unit.functions.daily_post.deaths import with_a_death


async def published(world: DailyWorld) -> list[str]:
    return [kept.data["id"] for kept in await world.ports.documents.query("outbox")]


async def test_a_post_is_made_with_all_its_parts_and_published(world: DailyWorld) -> None:
    await world.agent(platforms=["x"])
    result = await world.run()
    (post,) = result["posts"]
    assert (post["state"], post["title"] != "", post["image"]["rung"]) == ("published", True, "good")
    assert await world.ports.blobs.get(post["image"]["blob"])
    record = await world.post()
    assert (record["state"], record["pipeline"], record["title"]) == ("published", "daily-post", post["title"])
    assert [step["step"] for step in record["timings"]][-1] == "record and publish"
    assert await published(world) == ["mei-2027-01-15"]
    assert (world.models.count("draw"), result["written_by"]) == (1, "fake")


async def test_everything_delivered_twice_makes_one_post(world: DailyWorld) -> None:
    await world.agent()
    job = await world.ask()
    await world.empty(twice=True)
    await world.result(job)
    assert (world.models.count("draw"), await published(world)) == (1, ["mei-2027-01-15"])


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_death_at_any_call_on_a_port_leaves_one_post_published_once(world: DailyWorld, after: bool) -> None:
    await world.agent("a0")
    calls = await with_a_death(world, "a0", 0, after=after)
    assert calls > 50
    late: list[bool] = []
    for at in range(1 + after, calls + 1, 2):  # before one call is after the one before
        await world.agent(f"a{at}")
        await with_a_death(world, f"a{at}", at, after=after)
        record = await world.post(f"a{at}", f"{(await day(world, f'a{at}'))}")
        late.append(record["state"] == "draft" and bool(record["by_rule"]))  # a text that died came too late
        assert late[-1] or record["state"] == "published", f"call {at}"
        assert await world.ports.blobs.get(record["image"]["blob"]), f"call {at}"
    assert len(await published(world)) == len(late) + 1 - sum(late)
    assert sum(late) < calls / 10


async def day(world: DailyWorld, agent: str) -> str:
    """The date of an agent's one post."""
    (post,) = [found for found in await world.ports.documents.query("posts") if found.data["agent"] == agent]
    return str(post.data["date"])


async def test_two_jobs_for_the_same_agent_and_date_make_one_post(world: DailyWorld) -> None:
    await world.agent()
    first, second = await world.ask(), await world.ask()
    await world.empty()
    results = [await world.result(job) for job in (first, second)]
    assert (world.models.count("draw"), await published(world)) == (1, ["mei-2027-01-15"])
    assert world.models.count("ask") == 3  # image prompt, title, text: nobody wrote them twice
    told = [result["posts"] or result["skipped"] for result in results]
    assert sorted(post["again"] for (post,) in told) == [False, True]


async def test_a_later_job_finds_the_post_and_pays_nothing(world: DailyWorld) -> None:
    await world.agent()
    (first,) = (await world.run())["posts"]
    calls = len(world.models.calls)
    (second,) = (await world.run(topic="Something else"))["posts"]
    assert (second["again"], second["title"], len(world.models.calls)) == (True, first["title"], calls)
    await world.run(date="2027-01-16")
    assert len(await published(world)) == 2


async def test_a_post_whose_job_died_is_taken_over_and_the_former_one_publishes_nothing(world: DailyWorld) -> None:
    await world.agent()
    dead = await world.ask()
    for _ in range(2):  # plan_posts, choose_topic: the record is taken
        for delivery in await world.due():
            await world.step(delivery)
    assert (await world.post())["state"] == "writing"
    late = await world.due()
    (skipped,) = (await world.run())["skipped"]
    assert (skipped["state"], skipped["why"]) == ("writing", "another job makes it")
    world.clock.time += 3600
    (made,) = (await world.run(date="2027-01-15"))["posts"]
    for delivery in late:
        await world.step(delivery)
    await world.empty()
    (of_the_dead,) = (await world.result(dead))["posts"]
    assert (of_the_dead["again"], of_the_dead["title"]) == (True, made["title"])
    assert await published(world) == ["mei-2027-01-15"]


async def test_a_post_whose_job_was_cancelled_is_made_at_once_by_the_next(world: DailyWorld) -> None:
    await world.agent()
    first = await world.ask()
    for _ in range(2):  # plan_posts, choose_topic: the record is taken
        for delivery in await world.due():
            await world.step(delivery)
    late = await world.due()
    await controls.cancel(first.id, world.ports)
    (made,) = (await world.run())["posts"]
    assert (made["again"], made["state"]) == (False, "published")
    for delivery in late:
        await world.step(delivery)
    await world.empty()
    assert (world.models.count("draw"), await published(world)) == (1, ["mei-2027-01-15"])


async def test_a_draft_waits_for_approval_and_is_then_sent_once(world: DailyWorld) -> None:
    await world.agent(approval=True)
    (post,) = (await world.run())["posts"]
    assert (post["state"], await published(world)) == ("draft", [])
    await post_states.approve("posts/mei-2027-01-15", world.ports, by="ann")
    for _ in range(2):
        sent = await post_publishing.PUBLISHING.send("posts/mei-2027-01-15", world.ports)
    assert (sent.data["state"], await published(world)) == ("published", ["mei-2027-01-15"])
    content = (await world.ports.documents.query("outbox"))[0].data["content"]
    assert content["image"]["alt"]
    assert content["text"].startswith(content["title"]) or content["title"]


async def test_a_publisher_that_does_not_answer_is_asked_again_by_a_task(
    world: DailyWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    class Flaky:
        name, platform = "flaky", ""

        async def publish(self, publication: Any, key: str) -> Any:
            tries.append(key)
            if len(tries) < 3:
                raise Transient("no answer")
            return {}

    monkeypatch.setattr("shared.publish.publish_dispatcher.publisher_of", lambda *_: Flaky())
    await world.agent()
    (post,) = (await world.run())["posts"]
    assert post["state"] == "publishing"
    assert (await world.post())["state"] == "published"
    assert (len(tries), len(set(tries))) == (3, 1)


async def test_agents_that_cannot_post_are_refused_and_the_others_go_on(world: DailyWorld) -> None:
    await world.agent()
    await world.agent("odd", time_zone="Mars/Olympus")
    result = await world.run("mei", "nobody", "odd")
    assert [post["agent"] for post in result["posts"]] == ["mei"]
    assert [(refused["agent"], refused["code"]) for refused in result["refused"]] == [
        ("nobody", "unknown_agent"),
        ("odd", "bad_agent"),
    ]
    job = await world.ask("nobody")
    await world.empty()
    ended = await world.job(job)
    assert (ended["status"], ended["error"]["code"]) == ("failed", "unknown_agent")


async def test_nothing_worth_posting_is_skipped_with_a_reason_and_can_be_tried_again(world: DailyWorld) -> None:
    await world.agent()
    (skipped,) = (await world.run(topic=None))["skipped"]
    assert (skipped["state"], (await world.post())["state"]) == ("skipped", "skipped")
    assert "nothing to post" in skipped["why"]
    assert world.models.calls == []
    (post,) = (await world.run())["posts"]
    assert post["state"] == "published"


async def test_a_post_that_fails_for_good_fails_alone(world: DailyWorld) -> None:
    await world.agent()
    await world.agent("ken")

    def fails(method: str, question: dict[str, Any]) -> Any:
        if method == "ask" and '"Ken"' in question["data"]:
            raise Permanent("the provider has no such model", code="model_not_found")
        return None

    world.models.fails = fails
    job = await world.ask("mei", "ken")
    await world.empty()
    ended = await world.job(job)
    assert ended["status"] == "partial"
    assert [post["agent"] for post in ended["result"]["posts"]] == ["mei"]
    assert [missing["agent"] for missing in ended["result"]["missing"]] == ["ken"]
    assert any("no such model" in warning for warning in ended["warnings"])


async def test_a_rejected_post_is_never_sent(world: DailyWorld) -> None:
    await world.agent(approval=True)
    await world.run()
    await post_states.reject("posts/mei-2027-01-15", world.ports, reason="no")
    (again,) = (await world.run())["posts"]
    assert (again["state"], await published(world)) == ("rejected", [])


async def test_a_process_that_dies_while_it_publishes_is_made_up_for(world: DailyWorld) -> None:
    await world.agent(approval=True)
    await world.run()
    path = "posts/mei-2027-01-15"
    await post_states.approve(path, world.ports)

    class Dies:
        name, platform = "outbox", ""

        async def publish(self, publication: Any, key: str) -> Any:
            raise Killed

    with pytest.raises(Killed):
        await publish_attempt.publish(path, Dies(), post_publishing.content, world.ports)
    assert (await post_publishing.PUBLISHING.send(path, world.ports)).data["state"] == "publishing"  # it may be under way
    await world.empty()
    assert ((await world.post())["state"], await published(world)) == ("published", ["mei-2027-01-15"])
