"""One text: mended once, dropped with its reason, written anew when it is like another, paid for once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from functions.forum_posts.near_duplicates import duplicate_gate
from functions.forum_posts.stage_messages import Main, Post, Version
from functions.forum_posts.stages.choose_version import choose_version
from functions.forum_posts.stages.collect_posts import collect_posts
from functions.forum_posts.stages.write_main import main_of, worth_keeping, write_main
from functions.forum_posts.stages.write_version import write_version
from infra.offline_model.posts import forum_posts as offline
from shared.errors import Permanent, Transient
from shared.publish import post_states
from tests.unit.functions.forum_posts.conftest import World, objects_by_rules

GOOD = (
    "Coffee, headlines, and Acme on the second screen, mostly because of the quarter. What we know: revenue rose 12.5% on the year. "
    "Margins decide what it is worth, so I read the footnotes before I read the comments. The order backlog is 8 months, and patience "
    "has paid me better than excitement. A weaker consumer would hurt, and I would notice it first in receivables. More when there is news."
)
BAD = GOOD.replace("More when", "It will surely trade at 812 by spring. More when")


def says(*texts: str | Exception) -> Callable[..., Any]:
    """A model that writes these texts, one a call."""
    left = list(texts)

    def write(**question: Any) -> Any:
        text = left.pop(0)
        if isinstance(text, Exception):
            raise text
        return question["answer"](text=text)

    return write


def tasks_of(world: World) -> list[str]:
    return [json.loads(call["data"])["task"] for call in world.models.calls]


async def written(world: World, *texts: str | Exception) -> Main:
    await world.profile()
    plan = await world.plan()
    if texts:
        world.models.reply = says(*texts)
    return await write_main(plan.posts[0], world.ports)


async def test_a_good_text_is_closed_let_in_and_recorded_early(world: World) -> None:
    made = await written(world, GOOD)
    assert made.main.text.startswith("Coffee")
    assert "Not investment advice. AI-written." in made.main.text or "not investment advice" in made.main.text
    assert (made.main.dropped, made.main.repaired, len(made.versions)) == ("", (), 4)
    record = await world.ports.documents.get(post_states.path_of(made.post.id))
    assert record is not None
    assert (record.data["state"], record.data["text"]) == ("writing", made.main.text)
    assert (await duplicate_gate.earlier(duplicate_gate.owner_of(made.post.id, 0), world.ports)).made is not None


async def test_a_fault_is_mended_once_and_told(world: World) -> None:
    made = await written(world, BAD, GOOD)
    assert tasks_of(world) == ["forum_post", "forum_post_repair"]
    assert "812" not in made.main.text
    assert made.main.repaired


async def test_what_mending_does_not_mend_is_dropped_with_the_reason(world: World) -> None:
    made = await written(world, BAD, BAD)
    assert (made.main.text, len(world.models.calls)) == ("", 2)
    assert made.main.dropped
    assert await world.ports.documents.get(post_states.path_of(made.post.id)) is None
    assert (await duplicate_gate.earlier(duplicate_gate.owner_of(made.post.id, 0), world.ports)).made is None


SAMPLES = ("Margins first. Sales later. Who waits? 🙂", "Cash counts. The rest is talk. Agree? 🙂")
NEAR = (
    "Slow quarter? Not so. Revenue rose 12.5% on the year. Backlog is 8 months. I read the notes. Twice. Costs matter more. So do habits. "
    "A strong year hides sins. A weak one shows them. Which one is this? I do not know. Customers decide. They are slow. You too? 🙂"
)


async def in_voice(world: World, *texts: str) -> Main:
    await world.profile(style_samples=SAMPLES)
    plan = await world.plan()
    world.models.reply = says(*texts)
    return await write_main(plan.posts[0], world.ports)


async def test_a_text_far_from_its_personas_voice_is_drawn_anew_once(world: World) -> None:
    made = await in_voice(world, GOOD, NEAR)
    assert tasks_of(world) == ["forum_post", "forum_post_repair"]
    asked = json.loads(world.models.calls[-1]["data"])
    assert asked["style_samples"] == list(SAMPLES)
    assert "- Voice: no emoji, the samples have 1.0 each." in asked["faults"]
    assert made.main.text.startswith("Slow quarter")
    assert made.main.repaired == ("sentences of 12 words on average, the samples' have 2", "no emoji, the samples have 1.0 each")
    assert made.main.voice is not None
    assert made.main.voice.far == ()


@pytest.mark.parametrize("second", [GOOD.replace("Coffee", "Tea"), f"{NEAR} It will trade at 812 by spring."])
async def test_what_is_no_nearer_or_has_faults_is_not_taken_and_the_distance_is_said(world: World, second: str) -> None:
    made = await in_voice(world, GOOD, second)
    assert len(world.models.calls) == 2
    assert (made.main.text.startswith("Coffee"), made.main.repaired) == (True, ())
    assert made.main.voice is not None
    assert made.main.voice.far[1:] == ("no emoji, the samples have 1.0 each",)
    post = await choose_version([], made, world.ports)
    assert "far from the persona's voice: sentences of 12 words" in post.why


async def test_a_text_in_its_voice_costs_one_call(world: World) -> None:
    made = await in_voice(world, NEAR)
    assert (len(world.models.calls), made.main.text[:12]) == (1, "Slow quarter")


async def test_a_refusal_is_not_worth_a_second_call(world: World) -> None:
    made = await written(world, "I'm sorry, but I can't help with that request.")
    assert made.main.dropped
    assert len(world.models.calls) == 1


async def test_a_text_that_ran_on_until_it_was_cut_off_is_dropped(world: World) -> None:
    made = await written(world, Permanent("cut off", code="model_truncated"))
    assert (made.main.text, made.main.dropped) == ("", "There is no text.")


async def test_who_listens_hears_the_pieces_and_a_cut_off_text_is_mended(world: World) -> None:
    await world.profile()
    plan = await world.plan()

    def cut(**_: Any) -> Iterable[str]:
        yield from (GOOD[:100], GOOD[100:300])
        raise Permanent("cut off", code="model_truncated")

    world.models.text, world.models.reply = cut, says(GOOD)
    heard: list[str] = []
    made = await main_of(plan.posts[0], world.ports, heard.append)
    assert heard == [GOOD[:100], GOOD[100:300]]
    assert made.main.text.startswith(GOOD)
    assert made.main.repaired


async def test_a_copy_is_written_anew_by_another_angle_and_told_what_to_avoid(world: World) -> None:
    await duplicate_gate.let_in("other.0", GOOD, {}, world.ports)
    made = await written(
        world, GOOD, next(iter([offline.post({"max_words": 110, "language": "en", "stock": {"name": "Acme"}, "n": 3})]))
    )
    assert made.main.text
    assert made.main.collisions[0].startswith("other.0 (")
    first, second = (json.loads(call["data"]) for call in world.models.calls)
    assert first["angle"]["name"] != second["angle"]["name"] == made.main.angle
    assert second["avoid"] == [GOOD[:160]]


async def test_a_third_copy_is_dropped(world: World) -> None:
    await duplicate_gate.let_in("other.0", GOOD, {}, world.ports)
    made = await written(world, GOOD, GOOD, GOOD)
    assert (made.main.text, len(world.models.calls), len(made.main.collisions)) == ("", 3, 3)
    assert "too similar" in made.main.dropped


async def test_a_task_that_comes_again_gets_its_own_text_back_and_pays_nothing(world: World) -> None:
    """Its process died between the gate and the record."""
    first = await written(world, GOOD)
    world.models.reply = says()
    again = await write_main(first.post, world.ports)
    assert again.main.text == first.main.text
    assert len(world.models.calls) == 1


async def test_a_passing_fault_of_the_model_leaves_nothing_behind(world: World) -> None:
    with pytest.raises(Transient):
        await written(world, Transient("gone"))
    assert await world.ports.documents.count("posts") == 0
    assert await world.ports.documents.count("fingerprints") == 0


async def all_of(world: World, **more: Any) -> tuple[Main, list[Version], Post]:
    await world.profile()
    plan = await world.plan(**more)
    main = await write_main(plan.posts[0], world.ports)
    versions = [await write_version(wanted, world.ports) for wanted in main.versions]
    return main, versions, await choose_version(versions, main, world.ports)


async def test_a_main_text_that_the_model_refuses_loses_no_other_version(world: World) -> None:
    made = await written(world, Permanent("the model refused to answer", code="model_refused"))
    assert (made.main.text, made.main.dropped, len(made.versions)) == ("", "the model refused to answer", 4)
    assert not worth_keeping(made)
    world.models.reply = objects_by_rules
    versions = [await write_version(wanted, world.ports) for wanted in made.versions]
    assert (await choose_version(versions, made, world.ports)).text


async def test_what_a_model_finds_in_an_unseen_post_holds_it_for_somebody(world: World) -> None:
    def suspicious(**question: Any) -> Any:
        if json.loads(question["data"])["task"] == "post_review":
            return question["answer"](claims=("promise",))
        return objects_by_rules(**question)

    world.models.reply = suspicious
    _, _, post = await all_of(world, publish="post")
    assert (post.state, post.held) == ("draft", ("a model finds: promise",))
    assert await world.ports.documents.count("outbox") == 0


async def test_a_persona_whose_posts_are_approved_sends_none_off(world: World) -> None:
    await world.profile(approval=True)
    plan = await world.plan(publish="post")
    main = await write_main(plan.posts[0], world.ports)
    post = await choose_version([], main, world.ports)
    assert (post.state, post.held) == ("draft", ("its persona's posts are approved by hand",))


async def test_versions_have_angles_and_texts_of_their_own_and_one_is_chosen(world: World) -> None:
    main, versions, post = await all_of(world)
    texts = [version.text for version in (main.main, *versions) if version.text]
    assert len(set(texts)) == len(texts)
    assert len({version.angle for version in (main.main, *versions)}) == 5
    assert post.text in texts
    assert post.why.startswith(f"best of {len(texts)}")
    record = await world.ports.documents.get(post_states.path_of(post.id))
    assert record is not None
    assert (record.data["state"], record.data["chosen"], len(record.data["versions"])) == ("draft", post.chosen, 5)
    assert record.data["expires_at"] - record.data["created_at"] >= 3 * 365 * 86400
    assert record.data["prompt"]["data"]["task"] == "forum_post"


async def test_choosing_twice_writes_one_record_and_the_same(world: World) -> None:
    main, versions, post = await all_of(world)
    before = await world.ports.documents.get(post_states.path_of(post.id))
    again = await choose_version(versions, main, world.ports)
    assert again == post
    assert await world.ports.documents.get(post_states.path_of(post.id)) == before


async def test_a_post_without_a_usable_version_is_dropped_and_missing_from_the_result(world: World) -> None:
    await world.profile()
    plan = await world.plan()
    world.models.reply = says("I'm sorry, but I can't help with that request.")
    main = await write_main(plan.posts[0], world.ports)
    post = await choose_version([], main, world.ports)
    result = await collect_posts([post], plan, world.ports)
    assert (post.state, result.posts, result.missing[0].code) == ("dropped", (), "dropped")
    assert result.missing[0].reason


async def test_a_branch_that_failed_is_missing_from_the_result(world: World) -> None:
    await world.profile()
    plan = await world.plan()
    (missing,) = (await collect_posts([], plan, world.ports)).missing
    assert (missing.number, missing.code) == (0, "failed")


async def test_posting_at_once_approves_publishes_and_says_so(world: World) -> None:
    _, _, post = await all_of(world, publish="post")
    assert post.state == "published"
    assert await world.ports.documents.count("outbox") == 1


async def test_one_call_gives_every_version_and_the_missing_one_is_asked_for(world: World) -> None:
    def four(**question: Any) -> Any:
        if json.loads(question["data"])["task"] != "forum_posts":
            return objects_by_rules(**question)
        drafts = offline.posts(json.loads(question["data"]))
        return question["answer"].model_validate({"versions": drafts["versions"][:4]})

    world.models.reply = four
    main, versions, _ = await all_of(world, one_call=True)
    assert main.main.probability
    assert [bool(version.probability) for version in versions] == [True, True, True, False]


def test_the_offline_model_is_faulty_in_its_share() -> None:
    data = {
        "max_words": 140,
        "language": "en",
        "stock": {"name": "Acme"},
        "topic": "the quarter",
        "facts": ["revenue rose 12.5%"],
    }
    texts = [offline.post({**data, "n": number}) for number in range(600)]
    stray = sum(any(words in text for words in ("37%", "14 times", "812")) for text in texts)
    assert stray / 600 == pytest.approx(offline.STRAY, abs=0.03)
    assert offline.post({**data, "n": 1}) == offline.post({**data, "n": 1})
