from __future__ import annotations

from itertools import pairwise

import pytest

from shared.engine.job import controls, lifecycle
from shared.errors import BadInput, Conflict, Permanent, PutBack, Transient
from tests.support.engine.world import World


async def test_a_job_fans_out_joins_and_succeeds(world: World) -> None:
    job = await world.start(size=5)
    await world.drain()
    done = await world.job(job)
    assert done["status"] == "succeeded"
    assert done["result"] == {"total": 30, "members": 5, "note": "noted"}
    assert world.toy.ran.count("add") == 1
    squares = next(stage for stage in done["summary"] if stage["name"] == "square")
    assert (squares["total"], squares["done"], squares["sums"]["square"]) == (5, 5, 30)


@pytest.mark.fault(32)
@pytest.mark.parametrize("size", [0, 1, 20, 21, 401, 900])
async def test_joins_of_any_size_see_every_member_once(world: World, size: int) -> None:
    job = await world.start(size=size)
    await world.drain(seed=size)
    result = (await world.job(job))["result"]
    assert (result["members"], result["total"]) == (size, sum(n * n for n in range(size)))
    assert world.toy.ran.count("add") == 1


@pytest.mark.fault(1)
@pytest.mark.fault(3)
@pytest.mark.parametrize("seed", range(12))
async def test_duplicates_and_reordering_change_nothing(world: World, seed: int) -> None:
    job = await world.start(size=45)
    await world.drain(seed=seed, double=True)
    assert (await world.job(job))["result"]["total"] == sum(n * n for n in range(45))
    assert len(world.toy.ran) == 45 + 3


async def test_a_member_that_fails_for_good_fails_the_job_with_its_reason(world: World) -> None:
    def hook(work: str) -> None:
        if work == "square 3":
            raise Permanent("three is odd", code="odd", advice="Use even numbers.")

    world.toy.hook = hook
    job = await world.start(size=5)
    await world.drain()
    done = await world.job(job)
    assert done["status"] == "failed"
    assert done["error"] == {"code": "odd", "message": "three is odd", "advice": "Use even numbers.", "stage": "square"}
    assert "add" not in world.toy.ran


@pytest.mark.fault(17)
async def test_tolerated_failures_make_the_job_partial(world: World) -> None:
    flow = world.toy.flow(tolerate=0.25)

    def hook(work: str) -> None:
        if work in ("square 3", "square 7"):
            raise Permanent("odd")

    world.toy.hook = hook
    job = await world.start(flow, size=8)
    await world.drain(flow)
    done = await world.job(job)
    assert (done["status"], done["result"]["members"], done["warnings"]) == ("partial", 6, ["square: odd (x2)"])


async def test_more_failures_than_tolerated_fail_the_job(world: World) -> None:
    flow = world.toy.flow(tolerate=0.25)

    def hook(work: str) -> None:
        if work in ("square 1", "square 3", "square 7"):
            raise Permanent("odd")

    world.toy.hook = hook
    job = await world.start(flow, size=8)
    await world.drain(flow, seed=3)
    assert (await world.job(job))["status"] == "failed"


@pytest.mark.fault(17)
async def test_passing_faults_are_retried_with_growing_delays_then_given_up(world: World) -> None:
    faults = []

    def hook(work: str) -> None:
        if work == "square 1":
            faults.append(world.clock.now())
            raise Transient("busy")

    world.toy.hook = hook
    job = await world.start(size=2)
    await world.drain()
    assert (await world.job(job))["error"]["message"] == "busy"
    assert len(faults) == world.flow.stage("square").attempts
    gaps = [later - sooner for sooner, later in pairwise(faults)]
    assert all(0.2 < gap < 10 for gap in gaps)
    assert gaps[-1] > gaps[0]


@pytest.mark.fault(16)
async def test_waiting_for_a_limit_burns_no_attempt_and_is_counted(world: World) -> None:
    waits: list[str] = []

    def hook(work: str) -> None:
        if work == "square 1" and len(waits) < 9:
            waits.append(work)
            raise PutBack("reddit", 2.0)

    world.toy.hook = hook
    job = await world.start(size=2)
    await world.drain()
    done = await world.job(job)
    assert done["status"] == "succeeded"
    assert next(stage for stage in done["summary"] if stage["name"] == "square")["wait_s"] == pytest.approx(18.0)


async def test_a_crashing_stage_ends_as_a_clear_error(world: World) -> None:
    def hook(work: str) -> None:
        if work == "spread":
            raise ZeroDivisionError

    world.toy.hook = hook
    job = await world.start(size=2)
    await world.drain()
    assert (await world.job(job))["error"]["code"] == "internal"


async def test_enough_closes_early_skips_the_rest_and_counts_late_results_for_nothing(world: World) -> None:
    flow = world.toy.flow(enough=("square", 50))
    job = await world.start(flow, size=18)
    await world.drain(flow)
    done = await world.job(job)
    assert done["status"] == "succeeded"
    assert done["result"]["members"] < 18
    assert done["result"]["total"] >= 50
    assert await world.closed_because(job, "square") == "enough"


async def test_a_deadline_closes_with_what_is_there(world: World) -> None:
    flow = world.toy.flow(within=5.0, tolerate=1.0)

    def hook(work: str) -> None:
        if work == "square 2":
            raise PutBack("reddit", 60.0)

    world.toy.hook = hook
    job = await world.start(flow, size=4)
    await world.drain(flow)
    done = await world.job(job)
    assert (done["status"], done["result"]["members"]) == ("succeeded", 3)
    assert done["finished_at"] - done["created_at"] < 7


async def test_a_failing_side_stage_fails_nothing(world: World) -> None:
    def hook(work: str) -> None:
        if work == "note":
            raise Permanent("no note today")

    world.toy.hook = hook
    job = await world.start(size=3)
    await world.drain()
    done = await world.job(job)
    assert done["result"]["note"] == "no note"
    assert (done["status"], done["warnings"]) == ("succeeded", ["note: no note today"])


async def test_a_side_stage_is_not_waited_for_beyond_its_time(world: World) -> None:
    def hook(work: str) -> None:
        if work == "note":
            raise PutBack("slow", 100.0)

    world.toy.hook = hook
    job = await world.start(size=3)
    await world.drain()
    done = await world.job(job)
    assert done["result"]["note"] == "no note"
    assert done["finished_at"] - done["created_at"] == pytest.approx(3.0, abs=0.2)


@pytest.mark.fault(22)
async def test_cached_work_is_done_once_over_jobs(world: World) -> None:
    flow = world.toy.flow(cache=True)
    first = await world.start(flow, size=6)
    await world.drain(flow)
    world.toy.ran.clear()
    second = await world.start(flow, size=6)
    await world.drain(flow)
    assert (await world.job(first))["result"] == (await world.job(second))["result"]
    assert world.toy.ran == ["note", "add"]
    assert next(s for s in (await world.job(second))["summary"] if s["name"] == "square")["cached"] == 6


@pytest.mark.fault(26)
async def test_an_expired_entry_is_made_again(world: World) -> None:
    flow = world.toy.flow(cache=True)
    await world.start(flow, size=2)
    await world.drain(flow)
    world.clock.time += 86401
    await world.start(flow, size=2)
    await world.drain(flow)
    assert world.toy.ran.count("square 1") == 2


@pytest.mark.fault(30)
async def test_a_cancelled_job_starts_nothing_more_and_stays_cancelled(world: World) -> None:
    job = await world.start(size=4)
    await world.drain(most=1)
    await controls.cancel(job.id, world.ports)
    await world.drain()
    assert (await world.job(job))["status"] == "cancelled"
    assert world.toy.ran == ["spread"]
    assert (await controls.cancel(job.id, world.ports)).data["status"] == "cancelled"


async def test_retry_repeats_only_what_failed(world: World) -> None:
    def hook(work: str) -> None:
        if work == "square 2":
            raise Permanent("not today")

    world.toy.hook = hook
    job = await world.start(size=4)
    await world.drain()
    assert (await world.job(job))["status"] == "failed"
    recorded = set(world.toy.ran) - {"square 2"}
    world.toy.ran.clear()
    world.toy.hook = lambda _: None
    await controls.retry(world.flow, job.id, world.ports)
    with pytest.raises(Conflict):
        await controls.retry(world.flow, job.id, world.ports)
    await world.drain()
    done = await world.job(job)
    assert (done["status"], done["result"]["total"], done["run"]) == ("succeeded", 14, 2)
    assert {"add", "square 2"} <= set(world.toy.ran)
    assert not recorded & set(world.toy.ran)


async def test_an_idempotency_key_accepts_once(world: World) -> None:
    async def ask(size: int) -> lifecycle.Accepted:
        return await lifecycle.create(
            world.flow, {"size": size}, lifecycle.Options(), world.ports, owner="ann", idempotency_key="k1"
        )

    first, second = await ask(3), await ask(3)
    assert (first.job.id, first.replayed, second.replayed) == (second.job.id, False, True)
    with pytest.raises(BadInput) as caught:
        await ask(4)
    assert caught.value.code == "idempotency_mismatch"
    await world.drain()
    assert world.toy.ran.count("spread") == 1
    world.clock.time += lifecycle.IDEMPOTENCY_DAYS * 86400 + 1
    assert (await ask(4)).job.id != first.job.id


async def test_input_that_does_not_fit_points_at_each_fault(world: World) -> None:
    with pytest.raises(BadInput) as caught:
        await world.start(size="many")
    assert caught.value.errors[0]["pointer"] == "/input/size"


@pytest.mark.fault(13)
async def test_big_results_go_to_blobs_and_come_back(world: World) -> None:
    job = await world.start(size=9000)
    await world.drain(most=1)
    spread = await world.ports.documents.get(f"jobs/{job.id}/tasks/1.spread")
    assert spread is not None
    assert spread.data["result"] is None
    assert spread.data["result_blob"]["size"] > 200 * 1024


def test_an_input_that_does_not_fit_is_told_with_the_fields_there_are(world: World) -> None:
    with pytest.raises(BadInput) as refused:
        lifecycle.check_input(world.flow, {"sizes": 3})
    assert "/input/sizes: there is no such field" in refused.value.message
    assert "Its fields are size, fail, text" in refused.value.advice
