"""A stage that asks: its job waits in no process, goes on with the answer or without one, once, whatever dies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from functions.jobs_api.reports import job_view, waterfall
from infra.testing.pipeline_world import PipelineWorld, survive
from shared.engine.attempt.stage_question import give_answer
from shared.engine.flow import Cache, Flow, Join, Stage, Wait
from shared.engine.job import controls, lifecycle
from shared.engine.store.schema.question import QuestionRecord
from shared.engine.store.schema.shared_fields import read_all_as
from shared.errors import BadInput, Conflict
from shared.ports import Ports
from shared.ports.documents import Document
from tests.pipelines.asking.flow import ASKING, DAY, Approval, Draft, Outcome, approve, write_draft


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PipelineWorld]:
    made = PipelineWorld(ASKING, tmp_path)
    yield made
    made.close()


async def asked(world: PipelineWorld) -> list[Document[QuestionRecord]]:
    return read_all_as(QuestionRecord, await world.documents.query("questions"))


async def waiting(world: PipelineWorld, **options: Any) -> Document[QuestionRecord]:
    """A job that has come to its question."""
    await lifecycle.create(ASKING, {"text": "a"}, lifecycle.Options(**options), world.ports)
    while not await asked(world):
        for delivery in [one for lane in world._lanes() for one in await world.queue.take(lane, 9)]:
            await world._deliver(delivery)
    return (await asked(world))[0]


async def test_the_answer_reaches_the_stage(world: PipelineWorld) -> None:
    result = await world.run({"text": "a"}, answers={"approve": {"approved": True, "note": "fine"}})
    job = await world.job((await asked(world))[0].data["job"])
    assert result == {"said": "A: True fine"}
    assert (job["finished_at"] or 0) - job["created_at"] < DAY


async def test_without_an_answer_the_stage_runs_when_its_time_is_up(world: PipelineWorld) -> None:
    began = world.clock.now()
    result = await world.run({"text": "a"})
    assert (result, world.clock.now() - began >= 3 * DAY) == ({"said": "nobody looked at A"}, True)


async def test_deliveries_that_come_twice_ask_once(world: PipelineWorld) -> None:
    await world.run({"text": "a"}, double=True, answers={"approve": {"approved": False}})
    assert len(await asked(world)) == 1


async def test_a_job_that_waits_says_so_and_holds_no_claim(world: PipelineWorld) -> None:
    question = await waiting(world)
    job = await lifecycle.read(question.data["job"], world.ports)
    seen = await job_view.state({ASKING.pipeline: ASKING}, job, world.ports)
    assert (seen.status, seen.progress.message) == ("running", "Approve (waiting for an answer)")
    assert [(wait.what, wait.tasks) for wait in seen.waiting] == [("an answer", 1)]
    assert (question.data["about"], question.data["asks"]) == ({"text": "A"}, "Shall this be published?")


async def wait_drawn(world: PipelineWorld) -> tuple[list[str], int, int, int]:
    """What the waterfall says of the stage that asks: reasons, and milliseconds that it waited, until now, until its end."""
    job = await lifecycle.read((await asked(world))[0].data["job"], world.ports)
    drawn, _ = await waterfall.page(ASKING, job, world.ports, after=None, limit=10)
    at = drawn.tasks.stage.index([stage.name for stage in drawn.stages].index("approve"))
    reasons = [drawn.reasons[at] for at in drawn.tasks.reason if at >= 0]
    return reasons, drawn.tasks.waited[at], int(drawn.now), drawn.tasks.finished[at]


async def test_a_waterfall_tells_how_long_an_answer_was_waited_for(world: PipelineWorld) -> None:
    question = await waiting(world)
    world.clock.time += 3600
    reasons, waited, now, ended = await wait_drawn(world)
    assert (reasons, ended) == (["an answer"], -1)
    assert 3_600_000 <= waited <= now
    await give_answer(ASKING, question, {"approved": True}, "me", world.ports)
    await world._drain(double=False)
    world.clock.time += 3600
    reasons, again, _, ended = await wait_drawn(world)
    assert (reasons, again - waited < 60_000) == (["an answer"], True)
    assert waited <= again <= ended


async def test_an_answer_that_does_not_fit_is_refused_with_the_place(world: PipelineWorld) -> None:
    question = await waiting(world)
    with pytest.raises(BadInput) as refused:
        await give_answer(ASKING, question, {"approved": "perhaps"}, "me", world.ports)
    assert refused.value.errors[0]["pointer"] == "/answer/approved"


async def test_the_same_answer_twice_is_one_and_another_one_is_refused(world: PipelineWorld) -> None:
    question = await waiting(world)
    for _ in range(2):
        await give_answer(ASKING, question, {"approved": True}, "me", world.ports)
    with pytest.raises(Conflict) as refused:
        await give_answer(ASKING, question, {"approved": False}, "you", world.ports)
    assert refused.value.code == "not_asked"


async def test_a_cancelled_job_takes_no_answer(world: PipelineWorld) -> None:
    question = await waiting(world)
    await controls.cancel(question.data["job"], world.ports)
    with pytest.raises(Conflict) as refused:
        await give_answer(ASKING, question, {"approved": True}, "me", world.ports)
    assert refused.value.code == "not_asked"


async def test_a_pause_and_a_resume_in_between_ask_no_second_time(world: PipelineWorld) -> None:
    question = await waiting(world)
    await controls.pause(question.data["job"], world.ports)
    await give_answer(ASKING, question, {"approved": True}, "me", world.ports)
    await controls.resume(ASKING, question.data["job"], world.ports)
    await world._drain(double=False)
    job = await world.job(question.data["job"])
    assert (job["status"], job["result"], len(await asked(world))) == ("succeeded", {"said": "A: True"}, 1)


async def test_a_retry_takes_over_what_was_answered(world: PipelineWorld) -> None:
    question = await waiting(world)
    await give_answer(ASKING, question, {"approved": True}, "me", world.ports)
    await world._drain(double=False)
    await controls.retry(ASKING, question.data["job"], world.ports)
    await world._drain(double=False)
    job = await world.job(question.data["job"])
    assert (job["run"], job["status"], len(await asked(world))) == (2, "succeeded", 1)


async def test_whatever_dies_the_answer_is_used_once(tmp_path: Path) -> None:
    folders = iter(range(1000))

    def make() -> PipelineWorld:
        folder = tmp_path / str(next(folders))
        folder.mkdir()
        return PipelineWorld(ASKING, folder)

    assert await survive(make, {"text": "a"}, answers={"approve": {"approved": True}}) > 10


async def look_each(request: Draft, ports: Ports) -> list[Draft]:
    return [Draft(text=letter) for letter in request.text]


async def collect(outcomes: list[Outcome], ports: Ports) -> Outcome:
    return Outcome(said=" | ".join(one.said for one in outcomes))


async def test_each_member_of_a_fan_out_asks_for_itself(tmp_path: Path) -> None:
    flow = Flow(
        "many_drafts",
        request=Draft,
        result=Outcome,
        stages=(
            Stage(look_each, then=approve),
            Stage(approve, waits=Wait(Approval, within=DAY, asks="This one?"), join=Join(collect)),
            Stage(collect),
        ),
    )
    world = PipelineWorld(flow, tmp_path)
    result = await world.run({"text": "abc"}, answers={"approve": {"approved": True}})
    assert result == {"said": "a: True | b: True | c: True"}
    world.close()


@pytest.mark.parametrize(
    ("within", "cache", "said"), [(0.0, None, "days"), (40 * DAY, None, "29 days"), (DAY, Cache(days=1), "no cache")]
)
def test_a_wait_that_cannot_be_is_refused_at_import(within: float, cache: Cache | None, said: str) -> None:
    stages = (Stage(write_draft, then=approve), Stage(approve, cache=cache, waits=Wait(Approval, within=within, asks="?")))
    with pytest.raises(ValueError, match=said):
        Flow("asking", request=Draft, result=Outcome, stages=stages)
