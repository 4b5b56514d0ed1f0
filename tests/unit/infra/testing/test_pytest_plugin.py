"""The plugin as a pipeline's author uses it, on a flow of one's own."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from infra.testing.pipeline_world import PipelineWorld
from infra.testing.port_fakes import FakeModels
from infra.testing.pytest_plugin import crash_everywhere, pipeline_world
from infra.testing.recorded_answers import RecordedModels
from shared.engine.flow import Flow, Join, Stage
from shared.errors import Permanent
from shared.ports import Ports
from shared.ports.documents import Create

__all__ = ["crash_everywhere", "pipeline_world"]


class Words(BaseModel):
    words: list[str]
    wait: float = 0.0


class Word(BaseModel):
    word: str
    wait: float = 0.0


class Opinion(BaseModel):
    good: bool


class Counted(BaseModel):
    good: int


async def split(words: Words, ports: Ports) -> list[Word]:
    return [Word(word=word, wait=words.wait) for word in words.words]


async def judge(word: Word, ports: Ports) -> Opinion:
    await ports.clock.sleep(word.wait)
    if word.word == "bad":
        raise Permanent("this word is bad", code="bad_word")
    return await ports.models.ask(instructions="Is it good?", data=word.word, answer=Opinion)


async def count(opinions: list[Opinion], ports: Ports) -> Counted:
    return Counted(good=sum(opinion.good for opinion in opinions))


FLOW = Flow(
    "words", request=Words, result=Counted,
    stages=(Stage(split, then=judge), Stage(judge, lane="models", join=Join(count)), Stage(count)),
)  # fmt: skip
Make = Callable[..., PipelineWorld]


def models() -> FakeModels:
    return FakeModels(reply=lambda **question: Opinion(good=question["data"] != "poor"))


async def test_a_flow_runs_to_its_end_and_takes_no_time(pipeline_world: Make) -> None:
    world = pipeline_world(FLOW, models=models())
    began = world.clock.now()
    assert await world.run({"words": ["fine", "poor", "fair"], "wait": 600.0}) == {"good": 2}
    assert world.clock.now() >= began + 600


async def test_what_is_delivered_twice_is_asked_once(pipeline_world: Make) -> None:
    asked = models()
    world = pipeline_world(FLOW, models=asked)
    assert await world.run({"words": ["fine", "poor"]}, double=True) == {"good": 1}
    assert len(asked.calls) == 2


async def test_a_job_that_fails_says_why(pipeline_world: Make) -> None:
    with pytest.raises(AssertionError, match=r"the job is failed.*this word is bad"):
        await pipeline_world(FLOW, models=models()).run({"words": ["bad"]})


async def test_a_flow_survives_a_death_at_every_commit(crash_everywhere: Callable[..., Awaitable[int]]) -> None:
    deaths = await crash_everywhere(FLOW, {"words": ["fine", "poor"]}, models=models())
    assert deaths >= 10


async def test_a_stage_that_does_something_twice_is_found(crash_everywhere: Callable[..., Awaitable[int]]) -> None:
    done = 0

    async def once(words: Words, ports: Ports) -> Counted:
        nonlocal done
        done += 1
        await ports.documents.commit(Create(f"marks/{done}", {}))
        return Counted(good=done)

    flow = Flow("careless", request=Words, result=Counted, stages=(Stage(once),))
    with pytest.raises(AssertionError, match="made it"):
        await crash_everywhere(flow, {"words": []})


async def test_answers_are_recorded_once_and_given_again(pipeline_world: Make, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    first = RecordedModels(file=file, real=models())
    assert await pipeline_world(FLOW, models=first).run({"words": ["fine", "poor"]}) == {"good": 1}
    assert len(json.loads(file.read_text())) == 2
    again: Any = RecordedModels(file=file)
    assert await pipeline_world(FLOW, models=again).run({"words": ["fine", "poor"]}) == {"good": 1}
    with pytest.raises(AssertionError, match="headrace-record"):
        await again.ask(instructions="Is it good?", data="unheard of", answer=Opinion)
