"""Whatever the image model does, there is something to show: each fault at each rung of the ladder, and all at once."""

from __future__ import annotations

from typing import Any

import pytest

from functions.daily_post.image.model_fallback import RUNGS, WINDOW
from shared.errors import HeadraceError, Permanent, PutBack, Transient
from shared.ports.models import Moderation
from tests.faults.faulty import Faulty, at
from tests.unit.functions.daily_post.daily_world import DailyWorld, noise

HTML = b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"
FAULTS: dict[str, Any] = {
    "500": Transient("the provider answered 500", code="model_turned_away"),
    "120_s": Transient("the model took longer than 120 s", code="model_unavailable"),
    "no_image": Transient("an answer without an image", code="model_invalid_answer"),
    "blocked": Permanent("the safety system refused", code="image_blocked"),
    "not_verified": Permanent("the organisation must be verified", code="model_unauthorised"),
    "no_such_model": Permanent("the provider has no such model", code="model_not_found"),
    "html": HTML,
    "html_named_png": b"\x89PNG\r\n\x1a\n" + HTML,
    "half_a_file": noise()[:2000],
}


def rung_of(question: dict[str, Any]) -> str:
    return "low" if question["quality"] == "low" else str(question["role"])


def fails_at(world: DailyWorld, fault: Any, *rungs: str, seconds: float = 0) -> None:
    def fails(method: str, question: dict[str, Any]) -> Any:
        if method != "draw" or rung_of(question) not in rungs:
            return None
        world.clock.time += min(seconds, question["timeout"])
        if isinstance(fault, HeadraceError):
            raise fault
        return fault

    world.models.fails = fails


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("down_to", range(1, 4), ids=["fast", "low", "card"])
async def test_each_fault_at_each_rung_gives_the_next_one(world: DailyWorld, fault: Any, down_to: int) -> None:
    await world.agent()
    names = [rung.name for rung in RUNGS]
    fails_at(world, fault, *names[:down_to])
    (post,) = (await world.run())["posts"]
    image = post["image"]
    assert image["rung"] == [*names, "card"][down_to]
    assert [tried["rung"] for tried in image["tried"]][-1] == names[down_to - 1]
    assert await world.ports.blobs.get(image["blob"])
    assert (post["state"], bool(image["alt"]), bool(image["source"])) == ("published", True, True)


async def test_a_blocked_prompt_is_rewritten_once_for_the_same_rung(world: DailyWorld) -> None:
    await world.agent()
    prompts: list[str] = []

    def fails(method: str, question: dict[str, Any]) -> Any:
        if method == "draw":
            prompts.append(question["prompt"])
            if len(prompts) == 1:
                raise FAULTS["blocked"]
        return None

    world.models.fails = fails
    (post,) = (await world.run())["posts"]
    assert (post["image"]["rung"], post["image"]["rewritten"]) == ("good", True)
    assert len(set(prompts)) == 2
    assert post["image"]["prompt"] == prompts[1]
    asked = [question["task"] for method, question in world.models.calls if method == "ask"]
    assert asked.count("daily_post.rewrite_image_prompt") == 1


async def test_a_rewriting_that_fails_too_takes_a_plain_prompt(world: DailyWorld) -> None:
    await world.agent()

    def fails(method: str, question: dict[str, Any]) -> Any:
        if method == "draw" and "still life about" in question["prompt"]:
            raise FAULTS["blocked"]
        if question.get("task") == "daily_post.rewrite_image_prompt":
            raise Transient("no answer")
        return None

    world.models.fails = fails
    (post,) = (await world.run())["posts"]
    assert (post["image"]["rung"], post["image"]["rewritten"]) == ("good", True)


async def test_a_flagged_picture_is_shown_to_nobody(world: DailyWorld) -> None:
    await world.agent()
    seen: list[bytes] = []

    def fails(method: str, question: dict[str, Any]) -> Any:
        if method == "moderate" and question["image"] and len(seen) < 2:
            seen.append(question["image"])
            return Moderation(flagged=True, categories=("violence",))
        return None

    world.models.fails = fails
    (post,) = (await world.run())["posts"]
    assert (post["image"]["rung"], [tried["code"] for tried in post["image"]["tried"]]) == ("low", ["image_flagged"] * 2)
    stored = [(await world.ports.blobs.get(post["image"]["blob"]))]
    assert not set(seen) & set(stored)


@pytest.mark.parametrize("error", [FAULTS["500"], PutBack("openai", 30), Permanent("none", code="model_not_found")])
async def test_a_picture_that_nobody_could_look_at_keeps_the_post_a_draft(world: DailyWorld, error: HeadraceError) -> None:
    await world.agent()

    def fails(method: str, question: dict[str, Any]) -> Any:
        if method == "moderate":
            raise error
        return None

    world.models.fails = fails
    (post,) = (await world.run())["posts"]
    assert (post["state"], post["image"]["rung"], post["image"]["moderated"]) == ("draft", "good", False)
    assert len(post["held"]) == 2
    assert any("not looked at" in warning for warning in post["warnings"])
    assert world.models.count("draw") == 1


async def test_a_provider_that_hangs_at_every_rung_has_a_card_within_two_minutes(world: DailyWorld) -> None:
    await world.agent()
    fails_at(world, FAULTS["120_s"], "good", "fast", "low", seconds=120)
    (post,) = (await world.run())["posts"]
    assert post["image"]["rung"] == "card"
    assert WINDOW * 0.9 < post["seconds"] < 120
    assert len(post["image"]["tried"]) == 3


async def test_a_limit_that_never_has_any_left_is_waited_for_and_then_done_without(world: DailyWorld) -> None:
    await world.agent()
    fails_at(world, PutBack("openai-images", 7), "good", "fast", "low")
    (post,) = (await world.run())["posts"]
    assert (post["image"]["rung"], post["image"]["tried"][-1]["code"]) == ("card", "waiting_for_limit")
    assert world.models.count("draw") > 2  # it came back while there was time
    assert post["seconds"] < 120


async def test_no_credit_is_nobodys_card_but_the_jobs_pause(world: DailyWorld) -> None:
    await world.agent()
    fails_at(world, Permanent("no credit", code="model_quota"), "good")
    job = await world.ask()
    await world.empty()
    assert (await world.job(job))["status"] == "paused"


async def test_the_same_prompt_is_drawn_once(world: DailyWorld) -> None:
    await world.agent("a", name="Twin")
    await world.agent("b", name="Twin")
    (first,) = (await world.run("a"))["posts"]
    world.clock.time += 60
    (second,) = (await world.run("b"))["posts"]
    assert first["image"]["sha256"] == second["image"]["sha256"]
    assert (first["image"]["reused"], second["image"]["reused"], world.models.count("draw")) == (False, True, 1)
    drawing = next(step for step in second["timings"] if step["step"] == "image")
    assert drawing["seconds"] == 0
    await world.run("a", date="2027-02-01", image={"quality": "high"})
    assert world.models.count("draw") == 2


@pytest.mark.parametrize(
    "error",
    [
        FAULTS["500"],
        FAULTS["120_s"],
        PutBack("openai", 6),
        Permanent("no", code="model_refused"),
        Permanent("cut", code="model_truncated"),
    ],
)
async def test_texts_that_nobody_writes_come_by_rule_and_wait_for_somebody(world: DailyWorld, error: HeadraceError) -> None:
    await world.agent()

    def fails(method: str, question: dict[str, Any]) -> Any:
        if method == "ask":
            raise error
        return None

    world.models.fails = fails
    (post,) = (await world.run())["posts"]
    assert (post["state"], post["by_rule"]) == ("draft", ["title", "text"])
    assert post["title"].startswith("Grid storage")
    assert post["image"]["rung"] == "good"
    assert post["seconds"] < 120


async def test_a_faulty_text_is_written_again_with_its_faults(world: DailyWorld) -> None:
    await world.agent(banned=["synergy"])
    asked: list[dict[str, Any]] = []

    def fails(method: str, question: dict[str, Any]) -> Any:
        if question.get("task") != "daily_post.description":
            return None
        asked.append(question)
        return {"text": "Synergy! 4711 of it." if len(asked) == 1 else "A calm sentence.", "tags": ["Grid"]}

    world.models.fails = fails
    (post,) = (await world.run())["posts"]
    assert (post["description"], len(asked)) == ("A calm sentence.", 2)
    assert "synergy" in asked[1]["data"]
    assert "4711" in asked[1]["data"]


async def test_a_slow_post_is_told_of_once(world: DailyWorld) -> None:
    await world.agent()
    world.models.seconds = {"draw": 130.0}
    result = await world.run()
    (post,) = result["posts"]
    assert post["seconds"] > 120
    assert "more than 120 s" in result["warnings"][0]
    found = await world.ports.documents.get("notifications/mei-2027-01-15-slow")
    assert found is not None
    assert (found.data["message"]["type"], found.data["state"]) == ("daily_post.slow", "unsent")


async def test_a_store_that_hiccups_costs_no_second_picture(world: DailyWorld) -> None:
    await world.agent()
    world.ports = world.with_ports(blobs=Faulty(world.ports.blobs, at("put", times=2)))
    (post,) = (await world.run())["posts"]
    assert (post["image"]["rung"], post["image"]["tried"], world.models.count("draw")) == ("good", [], 1)
