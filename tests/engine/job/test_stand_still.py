"""A job that stood still (paused, or with nobody to run it) has lost nothing by it: no join closes for it, no stage took that long."""

from __future__ import annotations

import pytest

from shared.engine.job import controls, stand_still
from shared.engine.recovery.sweep import Takeover
from shared.engine.store import paths
from shared.engine.store.schema.job import StandStill
from shared.errors import PutBack
from tests.support.engine.world import World, sweep_now

WITHIN, STILL = 12.0, 3600.0


async def stopped(world: World, still: str) -> str:
    """A job whose fan-out has just begun, and nothing of it goes on for an hour. Answers its id."""
    world.flow = world.toy.flow(within=WITHIN, tolerate=1)
    job = await world.start(size=3)
    await world.drain(most=1)
    world.clock.time += 2
    if still == "paused":
        await controls.pause(job.id, world.ports)
        world.clock.time += STILL
        await controls.resume(world.flow, job.id, world.ports)
    else:
        until = world.clock.now()
        world.clock.time += STILL
        await world.queue.recover()
        await sweep_now({"toy": world.flow}, world.ports, takeover=Takeover(until, "killed"))
    return job.id


@pytest.mark.parametrize("still", ["paused", "killed"])
@pytest.mark.parametrize("seed", range(6))
async def test_members_have_their_time_when_the_job_goes_on(world: World, still: str, seed: int) -> None:
    job = await stopped(world, still)
    await world.drain(seed=seed)
    done = (await world.ports.documents.get(f"jobs/{job}")).data  # type: ignore[union-attr]
    assert (done["status"], done["result"]["members"], done["result"]["note"]) == ("succeeded", 3, "noted")
    assert [(one["why"], one["until"] - one["since"]) for one in done["stood_still"]] == [(still, STILL)]
    assert sum(row["seconds"] for row in done["summary"]) < WITHIN
    assert done["critical_path"][1]["seconds"] < WITHIN


@pytest.mark.parametrize("still", ["paused", "killed"])
async def test_a_join_closes_when_its_time_is_up_without_the_standstill(world: World, still: str) -> None:
    def hook(work: str) -> None:
        if work == "square 1":
            raise PutBack("nothing", 1000)

    job = await stopped(world, still)
    world.toy.hook = hook
    await world.drain(most=12)
    manifest = await world.ports.documents.get(paths.fanout(job, paths.fanout_id(1, "square")))
    assert manifest is not None
    assert (manifest.data["state"], manifest.data["reason"]) == ("closed", "deadline")
    assert manifest.data["closed_at"] - manifest.data["created_at"] == pytest.approx(WITHIN + STILL, abs=0.1)


async def test_a_short_start_is_no_standstill_and_a_paused_job_stands_still_once(world: World) -> None:
    job = await world.start(size=2)
    await world.drain(most=1)
    await sweep_now({"toy": world.flow}, world.ports, takeover=Takeover(world.clock.now() - 1, "stopped"))
    assert "stood_still" not in await world.job(job)
    await controls.pause(job.id, world.ports)
    world.clock.time += 100
    await sweep_now({"toy": world.flow}, world.ports, takeover=Takeover(world.clock.now() - 90, "stopped"))
    await controls.resume(world.flow, job.id, world.ports)
    await world.drain()
    assert [(one["why"], one["until"] - one["since"]) for one in (await world.job(job))["stood_still"]] == [("paused", 100)]


async def test_a_new_run_has_not_stood_still(world: World) -> None:
    job = await stopped(world, "killed")
    await world.drain()
    await controls.retry(world.flow, job, world.ports)
    assert (await world.ports.documents.get(f"jobs/{job}")).data["stood_still"] == []  # type: ignore[union-attr]


def test_overlapping_standstills_count_once() -> None:
    still: list[StandStill] = [
        {"since": 50, "until": 60, "why": "paused"},
        {"since": 10, "until": 30, "why": "killed"},
        {"since": 20, "until": 40, "why": "paused"},
    ]
    assert stand_still.seconds(still, 0, 100) == 40
    assert stand_still.seconds(still, 25, 55) == 20
    assert stand_still.worked(still, 25, 55) == 10
    assert stand_still.seconds([], 0, 100) == 0
