"""What a retry does anew when the code has changed, and who may go on with a job."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shared.engine.flow import Cache
from shared.engine.job import controls
from shared.engine.run_task import run_task
from shared.engine.task import envelope as envelopes
from shared.errors import Transient
from tests.support.engine.world import World


def versioned(world: World, flow: int = 1, cache: int | None = None) -> Any:
    made = world.toy.flow()
    stages = made.stages
    if cache is not None:
        kept = Cache(days=1, version=cache)
        stages = tuple(replace(stage, cache=kept) if stage.name == "square" else stage for stage in stages)
    return replace(made, version=flow, stages=stages)


async def test_a_retry_does_anew_what_changed(world: World) -> None:
    job = await world.start(versioned(world, cache=1), size=3)
    await world.drain(versioned(world, cache=1))
    world.toy.ran.clear()
    await controls.retry(versioned(world, cache=1), job.id, world.ports)
    await world.drain(versioned(world, cache=1))
    assert ((await world.job(job))["status"], world.toy.ran) == ("succeeded", [])
    await controls.retry(versioned(world, cache=2), job.id, world.ports)  # another prompt, say
    await world.drain(versioned(world, cache=2))
    assert sorted(world.toy.ran) == ["square 0", "square 1", "square 2"]
    world.toy.ran.clear()
    await controls.retry(versioned(world, flow=2, cache=3), job.id, world.ports, failed_only=True)
    await world.drain(versioned(world, flow=2, cache=3))
    assert ((await world.job(job))["status"], world.toy.ran) == ("succeeded", [])
    await controls.retry(versioned(world, flow=2, cache=3), job.id, world.ports)
    await world.drain(versioned(world, flow=2, cache=3))
    assert len(world.toy.ran) == 6


@pytest.mark.fault(28)
async def test_a_job_of_newer_code_is_left_to_it_and_one_of_older_code_taken_over(world: World) -> None:
    newer, older = versioned(world, flow=2), versioned(world, flow=1)
    job = await world.start(newer, size=2)
    (delivery,) = await world.due()
    envelope = envelopes.parse(delivery.body.encode(), "spread")
    with pytest.raises(Transient) as caught:
        await run_task(older, older.stage("spread"), envelope, world.ports)
    assert caught.value.code == "newer_version"
    await world.queue.recover()
    await world.drain(newer)
    assert (await world.job(job))["status"] == "succeeded"
    job = await world.start(older, size=2)
    await world.drain(newer)
    assert (await world.job(job))["status"] == "succeeded"
