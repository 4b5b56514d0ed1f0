"""Each pipeline while its model provider is away, for two minutes and for an hour, in the middle of its work."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from functions import import_kinds, pipelines
from functions.for_you.evaluation.synthetic_listeners import world as made_world
from infra.sample_sites.server import SAMPLE_POSTING
from shared.ports.documents import Create
from tests.flow.outage_world import OutageWorld, Way, outage_world

EXAMPLES = Path("docs/examples")


@dataclass(frozen=True)
class Case:
    """A job of a pipeline: its input, what it needs in the store, and how many answers it has had when the provider goes away."""

    given: Callable[[OutageWorld], dict[str, Any]]
    bring_in: Callable[[OutageWorld], Awaitable[None]]
    middle: int


async def nothing(world: OutageWorld) -> None:
    pass


async def keep(world: OutageWorld, kind: str, records: list[dict[str, Any]]) -> None:
    registered = import_kinds()[kind]
    made = [registered.model.model_validate(record).model_dump(mode="json") for record in records]
    for record in made:
        await world.documents.commit(Create(f"{registered.place}/{record[registered.key]}", record))


async def listeners(world: OutageWorld) -> None:
    made = made_world(episodes=120, users=8, per_user=8)
    await keep(world, "episodes", [one.model_dump(mode="json") for one in made.episodes])
    await keep(world, "users", [one.model_dump(mode="json") for one in made.users])


def talk(number: int) -> str:
    return "\n\n".join(
        f"**Ada Byron:** Carol Reed{number} works for Acme{number}x{turn} Labs in London. "
        f"**Ben:** And Acme{number}x{turn} Labs uses TensorFlow for the engines, as Dora Vale told us in Paris. " * 20
        for turn in range(8)
    )


CASES = {
    "interview-prep": Case(lambda world: {"job_posting_url": f"{world.sites}{SAMPLE_POSTING}"}, nothing, 6),
    "forum-posts": Case(
        lambda _: json.loads((EXAMPLES / "posts.json").read_text()),
        lambda world: keep(world, "profiles", json.loads((EXAMPLES / "profiles.json").read_text())),
        9,
    ),
    "daily-post": Case(
        lambda _: {"agents": ["iris", "mei", "theo"]},
        lambda world: keep(world, "agents", json.loads((EXAMPLES / "agents.json").read_text())),
        4,
    ),
    "transcript-graph": Case(
        lambda _: {"collection": "talks", "transcripts": [{"id": f"t{n}", "text": talk(n)} for n in range(3)]}, nothing, 3
    ),
    "for-you": Case(lambda _: {"user_id": "listener-0003", "limit": 5}, listeners, 1),
}
WAYS: tuple[Way, ...] = ("closed port", "500", "HTML", "hanging", "cut off", "429")


POSTED_BY_RULE = "daily-post"
"""A post has its time: what no model has written by then comes by rule, and is held until somebody has looked at it."""


@pytest.mark.fault(17)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("pipeline", CASES)
async def test_two_minutes_without_its_provider_cost_no_job_and_nothing_twice(pipeline: str, way: Way, tmp_path: Path) -> None:
    case = CASES[pipeline]
    async with outage_world(pipelines()[pipeline], tmp_path) as world:
        await case.bring_in(world)
        job = await world.job(await world.start(case.given(world), middle=case.middle, way=way, seconds=120.0))
        assert (job["status"], job["error"]) == ("succeeded", None)
        assert world.door.back_at, "it never went away"
        assert set(world.door.answered.values()) == {1}


@pytest.mark.timeout(600)
async def test_a_batch_of_forty_posts_is_whole_after_two_minutes_without_its_provider(tmp_path: Path) -> None:
    profiles = [{"serial": str(n), "name": f"KOL {n}", "persona": "dry", "language": ("en", "zh-Hant")[n % 2]} for n in range(20)]
    items = [
        {"kol_serial": n % 20, "stock_code": f"HB{n}", "stock_name": f"Harbour {n}", "posting_type": "analysis", "max_words": 120,
         "facts": ([f"運量增加{n + 3}%", "在手合約可做9個月"] if n % 2 else [f"freight rose {n + 3}%", "contracts cover 9 months"])}
        for n in range(40)
    ]  # fmt: skip
    async with outage_world(pipelines()["forum-posts"], tmp_path) as world:
        await keep(world, "profiles", profiles)
        job = await world.job(await world.start({"items": items, "versions": 2}, middle=30, way="500", seconds=120.0))
        posts = (await world.result(job))["posts"]
        assert (job["status"], len(posts)) == ("succeeded", 40)
        assert all(post["text"] for post in posts)
        assert set(world.door.answered.values()) == {1}


@pytest.mark.fault(17)
@pytest.mark.parametrize("pipeline", [name for name in CASES if name != POSTED_BY_RULE])
async def test_after_an_hour_without_its_provider_a_parked_job_goes_on_where_it_was(pipeline: str, tmp_path: Path) -> None:
    case = CASES[pipeline]
    async with outage_world(pipelines()[pipeline], tmp_path) as world:
        await case.bring_in(world)
        job_id = await world.start(case.given(world), middle=case.middle, way="500", seconds=3600.0)
        parked = await world.job(job_id)
        because = parked["paused"]
        assert because is not None
        assert (parked["status"], because["code"]) == ("paused", "provider_away")
        assert "the model provider answered 500" in because["message"]
        assert str(world.settings.openai_base_url).removesuffix("/v1") in because["message"]
        assert f"headrace jobs resume {job_id}" in because["advice"]
        assert world.door.shut, "it was parked long before the provider came back"
        world.clock.time = world.door.back_at
        await world.resume(job_id)
        done = await world.job(job_id)
        assert (done["status"], done["error"], done["paused"]) == ("succeeded", None, None)
        assert set(world.door.answered.values()) == {1}


async def test_a_post_is_made_without_its_provider_and_held_back(tmp_path: Path) -> None:
    case = CASES[POSTED_BY_RULE]
    async with outage_world(pipelines()[POSTED_BY_RULE], tmp_path) as world:
        await case.bring_in(world)
        given = {**case.given(world), "publish": "post"}
        job = await world.job(await world.start(given, middle=case.middle, way="500", seconds=3600.0))
        assert job["status"] == "succeeded"
        made = (await world.result(job))["posts"]
        assert len(made) == 3
        held = [post for post in made if post["by_rule"]]
        assert held
        assert all(
            post["state"] == "draft" and post["held"] and any(post["id"] in said for said in post["warnings"]) for post in held
        )
        assert set(world.door.answered.values()) == {1}
