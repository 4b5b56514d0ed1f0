"""Jobs of one key that are asked for shortly after each other: the last of them runs, once, whoever died in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.testing.pipeline_world import PipelineWorld
from shared.engine.flow import Flow, Stage
from shared.engine.job import controls, lifecycle
from shared.ports.documents import Update
from tests.pipelines.asking.flow import Draft, write_draft

FLOW = Flow("debounced", request=Draft, result=Draft, stages=(Stage(write_draft),))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PipelineWorld]:
    made = PipelineWorld(FLOW, tmp_path)
    yield made
    made.close()


async def ask(world: PipelineWorld, text: str, **options: Any) -> str:
    wanted = lifecycle.Options(**{"key": "page-7", "debounce_s": 60.0, **options})
    return (await lifecycle.create(FLOW, {"text": text}, wanted, world.ports)).job.id


async def statuses(world: PipelineWorld, *jobs: str) -> list[str]:
    return [(await world.job(job))["status"] for job in jobs]


async def test_the_last_one_runs_when_nobody_has_asked_for_so_long(world: PipelineWorld) -> None:
    jobs = [await ask(world, text) for text in "abc"]
    await world._drain(double=True)
    assert await statuses(world, *jobs) == ["cancelled", "cancelled", "succeeded"]


async def test_one_that_nobody_lived_to_cancel_does_not_begin(world: PipelineWorld) -> None:
    first, second = await ask(world, "a"), await ask(world, "b")
    await world.documents.commit(Update(f"jobs/{first}", {"status": "queued", "finished_at": None, "error": None}))
    await world._drain(double=False)
    assert await statuses(world, first, second) == ["cancelled", "succeeded"]
    assert (await world.job(first))["error"] == {
        "code": "replaced", "message": f"job {second} has taken its place", "advice": "It was asked for shortly after this one.",
    }  # fmt: skip


async def test_what_is_asked_for_after_it_began_is_another_job(world: PipelineWorld) -> None:
    first = await ask(world, "a")
    await world._drain(double=False)
    second = await ask(world, "b")
    await world._drain(double=False)
    assert await statuses(world, first, second) == ["succeeded", "succeeded"]


async def test_what_never_ends_to_be_asked_for_runs_after_ten_times_as_long(world: PipelineWorld) -> None:
    began, starts = world.clock.now(), []
    for _ in range(12):
        starts.append((await world.job(await ask(world, "a")))["options"]["start_at"])
        world.clock.time += 55
    assert max(one for one in starts[:11]) == began + 600
    assert starts[-1] > began + 600


async def test_one_that_was_replaced_runs_when_somebody_wants_it_again(world: PipelineWorld) -> None:
    first, _ = await ask(world, "a"), await ask(world, "b")
    await controls.retry(FLOW, first, world.ports)
    await world._drain(double=False)
    assert await statuses(world, first) == ["succeeded"]


async def test_two_keys_do_not_touch_each_other(world: PipelineWorld) -> None:
    jobs = [await ask(world, "a"), await ask(world, "b", key="page-8")]
    await world._drain(double=False)
    assert await statuses(world, *jobs) == ["succeeded", "succeeded"]
