"""A version that reads like a claim in words that no rule knows: passed over for another, else held for somebody, with the reason."""

from __future__ import annotations

from typing import Any

from functions.forum_posts.stage_messages import Main
from functions.forum_posts.stages.choose_version import choose_version
from functions.forum_posts.stages.write_main import write_main
from functions.forum_posts.stages.write_version import write_version
from tests.unit.functions.forum_posts.conftest import World
from tests.unit.functions.forum_posts.writing.test_version_writer import GOOD

LIKELY = GOOD.replace("More when there is news.", "You will own a beach house thanks to this ticker.")
REASON = "It reads like a promise of returns: “You will own a beach house thanks to this ticker.”"


async def written(world: World, text: str, *, publish: str = "draft", **profile: Any) -> Main:
    """A main text as the model words it; everything asked after that is answered by the offline rules."""
    await world.profile(**profile)
    by_rules, world.models.reply = world.models.reply, lambda **question: question["answer"](text=text)
    plan = await world.plan(publish=publish)
    main = await write_main(plan.posts[0], world.ports)
    world.models.reply = by_rules
    return main


async def test_a_likely_claim_drops_no_draft_and_is_told_beside_it(world: World) -> None:
    main = await written(world, LIKELY)
    assert (main.main.dropped, main.main.suspected) == ("", (REASON,))
    post = await choose_version([], main, world.ports)
    assert (post.state, post.chosen, post.held) == ("draft", 0, (REASON,))


async def test_it_does_not_go_out_by_itself(world: World) -> None:
    post = await choose_version([], await written(world, LIKELY, publish="post"), world.ports)
    assert (post.state, post.held) == ("draft", (REASON,))
    assert await world.ports.documents.count("outbox") == 0


async def test_another_version_goes_before_it(world: World) -> None:
    main = await written(world, LIKELY, publish="post")
    versions = [await write_version(wanted, world.ports) for wanted in main.versions]
    post = await choose_version(versions, main, world.ports)
    assert post.chosen != 0
    assert (post.state, post.held) == ("published", ())


async def test_a_persona_without_the_check_is_not_asked(world: World) -> None:
    main = await written(world, LIKELY, publish="post", hold_suspected=False)
    assert main.main.suspected == ()
    assert (await choose_version([], main, world.ports)).state == "published"


async def test_a_promise_that_a_rule_knows_is_mended_or_dropped_as_before(world: World) -> None:
    main = await written(world, GOOD.replace("More when there is news.", "Profits are guaranteed."))
    assert main.main.text == ""
    assert main.main.dropped.startswith("It promises a return")
