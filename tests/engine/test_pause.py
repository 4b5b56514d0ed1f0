"""Pause, resume, cancel, deadline, retry: whatever races with whatever, a job ends once and nothing recorded is lost."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from typing import Any

import pytest

from shared.engine.flow import Cache
from shared.engine.job import controls, lifecycle
from shared.engine.run_task import run_task
from shared.engine.store import ended_instances, paths
from shared.engine.store.schema import JobRecord, TaskRecord, read_as
from shared.engine.task import claim
from shared.engine.task import envelope as envelopes
from shared.engine.task.envelope import Envelope
from shared.errors import BadInput, Conflict, Permanent, PutBack, Transient
from shared.ports.documents import Document
from tests.engine.test_crashes import Crash, Fuse
from tests.support.engine.paid import Provider, Shop, flow_of
from tests.support.engine.world import LANES, World, sweep_now


async def paused_after(world: World, deliveries: int, **request: Any) -> Document[JobRecord]:
    job = await world.start(**request)
    await world.drain(most=deliveries)
    return await controls.pause(job.id, world.ports)


@pytest.mark.parametrize("deliveries", range(8))
async def test_a_pause_at_any_time_starts_nothing_and_loses_nothing(world: World, deliveries: int) -> None:
    job = await paused_after(world, deliveries, size=4)
    before = list(world.toy.ran)
    await world.drain()
    ended = job.data["status"] == "succeeded"
    assert (world.toy.ran, world.queue.depth()) == (before, {})
    assert (await world.job(job))["status"] == ("succeeded" if ended else "paused")
    if ended:
        return
    await controls.resume(world.flow, job.id, world.ports)
    await world.drain()
    done = await world.job(job)
    assert (done["status"], done["result"]["total"], done["paused"]) == ("succeeded", 14, None)
    assert sorted(world.toy.ran) == sorted(["spread", "note", "add", *(f"square {n}" for n in range(4))])


async def test_a_pause_says_why(world: World) -> None:
    job = await paused_after(world, 1, size=2)
    assert job.data["paused"] is not None
    assert (job.data["paused"]["code"], job.data["status"]) == ("paused", "paused")
    again = await controls.pause(job.id, world.ports, {"code": "other", "message": "", "advice": ""})
    assert again.data["paused"] is not None
    assert again.data["paused"]["code"] == "paused"  # the first reason stays


async def test_what_runs_while_the_job_is_paused_is_recorded(world: World) -> None:
    job = await world.start(size=3)
    await world.drain(most=1)

    def hook(work: str) -> None:
        if work == "square 1":
            pausing.append(asyncio.ensure_future(controls.pause(job.id, world.ports)))

    pausing: list[Any] = []
    world.toy.hook = hook
    await world.drain()
    assert (await world.job(job))["status"] == "paused"
    squares = await world.ports.documents.query(paths.tasks(job.id))
    states = {task.data["index"]: task.data["state"] for task in squares if task.data["stage"] == "square"}
    assert states[1] == "done"
    await controls.resume(world.flow, job.id, world.ports)
    await world.drain()
    assert (await world.job(job))["result"]["total"] == 5
    assert world.toy.ran.count("square 1") == 1


async def test_a_pause_while_the_last_task_records_lets_the_job_end(world: World) -> None:
    job = await world.start(size=2)
    pausing: list[Any] = []
    world.toy.hook = lambda work: (
        pausing.append(asyncio.ensure_future(controls.pause(job.id, world.ports))) if work == "add" else None
    )
    await world.drain()
    done = await world.job(job)
    assert (done["status"], done["paused"], len(pausing)) == ("succeeded", None, 1)
    assert (await controls.pause(job.id, world.ports)).data["status"] == "succeeded"


async def test_resuming_twice_at_once_brings_each_task_back_once(world: World) -> None:
    job = await paused_after(world, 1, size=5)
    await world.drain()
    await asyncio.gather(*(controls.resume(world.flow, job.id, world.ports) for _ in range(4)))
    await controls.resume(world.flow, job.id, world.ports)
    await world.drain(double=True)
    assert (await world.job(job))["status"] == "succeeded"
    assert len(world.toy.ran) == 8


@pytest.mark.fault(30)
async def test_cancelling_a_paused_job_ends_it(world: World) -> None:
    job = await paused_after(world, 2, size=3)
    cancelled = await controls.cancel(job.id, world.ports)
    assert (cancelled.data["status"], cancelled.data["paused"]) == ("cancelled", None)
    with pytest.raises(Conflict) as caught:
        await controls.resume(world.flow, job.id, world.ports)
    assert caught.value.code == "not_paused"
    assert (await controls.pause(job.id, world.ports)).data["status"] == "cancelled"
    ran = len(world.toy.ran)
    await world.drain()
    assert len(world.toy.ran) == ran


async def test_a_job_paused_then_cancelled_is_run_again_with_what_it_had(world: World) -> None:
    job = await paused_after(world, 4, size=5)
    await controls.cancel(job.id, world.ports)
    had = len(world.toy.ran)
    await controls.retry(world.flow, job.id, world.ports)
    await controls.cancel(job.id, world.ports)  # a run in which nothing happened
    await controls.retry(world.flow, job.id, world.ports)
    await world.drain()
    done = await world.job(job)
    assert (done["status"], done["run"], done["result"]["total"]) == ("succeeded", 3, 30)
    assert len(world.toy.ran) == 8
    assert had > 2


@pytest.mark.parametrize("seed", range(10))
async def test_pausing_and_resuming_at_random_times_loses_nothing(world: World, seed: int) -> None:
    dice = random.Random(seed)
    job = await world.start(size=25)
    for _ in range(8):
        await world.drain(seed=seed, most=dice.randint(1, 9))
        for _ in range(dice.randint(1, 3)):
            await controls.pause(job.id, world.ports)
            await world.drain(seed=seed, most=dice.randint(0, 5))
            if (await world.job(job))["status"] == "paused":
                await controls.resume(world.flow, job.id, world.ports)
    await world.drain(seed=seed)
    done = await world.job(job)
    assert (done["status"], done["result"]["members"]) == ("succeeded", 25)
    assert len(world.toy.ran) == 28


async def test_a_resume_while_a_task_is_let_go_brings_it_back(world: World) -> None:
    """The task sees the pause, the job is resumed and mended, and only then is the task put back: nobody else would look."""
    shop = Shop(world)
    await shop.open(size=1, cap=None)
    await world.drain(shop.flow, most=1)
    (delivery,) = await world.due()
    original, models = world.ports.documents.commit, world.ports.models

    async def commit(*writes: Any) -> Any:
        if any(write.data.get("state") == "queued" for write in writes):
            world.ports.documents.commit = original  # type: ignore[method-assign] # once
            await controls.resume(shop.flow, shop.job.id, world.ports)
            for repairing in [one for one in await world.due() if '"repair"' in one.body]:
                await world.deliver(repairing, shop.flow)
        return await original(*writes)

    class Pausing:
        label = "pausing"

        async def ask(self, **question: Any) -> Any:
            await controls.pause(shop.job.id, world.ports)
            world.ports.documents.commit = commit  # type: ignore[method-assign] # the interleaving under test
            return await models.ask(**question)

    world.ports = replace(world.ports, models=Pausing())  # type: ignore[arg-type] # only `ask` is called
    await world.deliver(delivery, shop.flow)
    world.ports = replace(world.ports, models=models)
    await world.drain(shop.flow)
    assert (await shop.status(), shop.provider.calls) == ("succeeded", 1)
    assert world.clock.now() < 1_800_000_000.0 + claim.LEASE  # at once, not by the sweeper


@pytest.mark.parametrize("cap", [None, 20_000], ids=["no_budget", "budget"])
async def test_no_paid_call_begins_in_a_paused_job(world: World, cap: int | None) -> None:
    """The pause comes while a task is at the first of its two calls."""
    shop = Shop(world, flow=flow_of(calls=2))
    await shop.open(size=1, cap=cap)
    ask = shop.provider.ask

    async def pausing(**question: Any) -> Any:
        if shop.provider.calls == 0:
            await controls.pause(shop.job.id, world.ports)
        return await ask(**question)

    shop.provider.ask = pausing  # type: ignore[method-assign] # the interleaving under test
    await shop.drain(audit=cap is not None)
    assert (await shop.status(), shop.provider.calls) == ("paused", 1)
    task = await world.ports.documents.get(paths.task(shop.job.id, paths.task_id(1, "ask", 0)))
    assert task is not None
    assert (task.data["state"], task.data["usd_micros"], task.data["attempt"]) == ("queued", 400, 1)
    await shop.resume()
    await shop.drain(audit=cap is not None)
    assert (await shop.status(), (await shop.data())["cost"]["usd"]) == ("succeeded", 1_200 / 1e6)


@pytest.mark.fault(21)
@pytest.mark.parametrize("code", ["model_quota", "model_unauthorised"])
@pytest.mark.parametrize("cap", [None, 20_000], ids=["no_budget", "budget"])
async def test_a_provider_without_credit_parks_the_job(world: World, code: str, cap: int | None) -> None:
    refused = Permanent("the model account has no credit left", code=code, advice="Add credit.")
    provider = Provider(tells=False)
    provider.fate = lambda n: refused if n > 3 else None
    provider.cost = lambda: 0 if provider.calls > 3 else 400
    shop = Shop(world, provider, flow_of(attempts=1))
    await shop.open(size=6, cap=cap)
    await shop.drain(audit=cap is not None)
    parked = await shop.data()
    assert (parked["status"], parked["paused"]["code"], parked["error"]) == ("paused", code, None)
    assert parked["paused"]["advice"].endswith(f"headrace jobs resume {shop.job.id}")
    assert not world.queue.depth()
    provider.fate, provider.cost = (lambda _: None), (lambda: 400)
    await shop.resume()
    await shop.drain(audit=cap is not None)
    done = await shop.data()
    assert (done["status"], done["result"]["members"]) == ("succeeded", 6)
    tasks = await shop.ports.documents.query(paths.tasks(shop.job.id))
    assert {task.data["attempt"] for task in tasks} == {1}


@pytest.mark.fault(21)
async def test_what_was_so_before_a_resume_does_not_pause_again(world: World) -> None:
    """A refusal that was under way when somebody added credit and resumed."""
    shop = Shop(world, Provider(tells=False))
    await shop.open(size=1, cap=None)
    await world.drain(shop.flow, most=1)
    turn = [0]

    async def ask(**question: Any) -> Any:
        turn[0] += 1
        if turn[0] == 1:
            await controls.pause(shop.job.id, world.ports)
            await controls.resume(shop.flow, shop.job.id, world.ports)
            raise Permanent("no credit", code="model_quota")
        return question["answer"](total=1, members=1)

    shop.provider.ask = ask  # type: ignore[method-assign] # the interleaving under test
    await world.drain(shop.flow)
    assert (await shop.status(), turn[0]) == ("succeeded", 2)


@pytest.mark.parametrize("status", ["running", "paused"])
async def test_a_job_past_its_deadline_fails_with_what_it_has(world: World, status: str) -> None:
    def hook(work: str) -> None:
        if work == "square 2":
            raise PutBack("reddit", 500.0)

    world.toy.hook = hook
    job = (await lifecycle.create(world.flow, {"size": 4}, lifecycle.Options(deadline_s=60), world.ports)).job
    if status == "paused":
        await world.drain(most=3)
        await controls.pause(job.id, world.ports)
    await world.drain()
    done = await world.job(job)
    assert (done["status"], done["error"]["code"]) == ("failed", "deadline_exceeded")
    assert done["finished_at"] - done["created_at"] == pytest.approx(60, abs=1)
    world.toy.hook = lambda _: None
    ran = len(world.toy.ran)
    again = await controls.retry(world.flow, job.id, world.ports)
    await world.drain()
    done = await world.job(again)
    assert (done["status"], done["result"]["total"]) == ("succeeded", 14)
    assert len(world.toy.ran) <= ran + 4


async def test_a_deadline_that_comes_early_or_late_changes_nothing(world: World) -> None:
    job = (await lifecycle.create(world.flow, {"size": 1}, lifecycle.Options(deadline_s=60), world.ports)).job
    early = Envelope(kind="deadline", job=job.id, stage="spread")
    answer = await run_task(world.flow, world.flow.stage("spread"), early, world.ports)
    assert (answer.status, (await world.job(job))["status"]) == (409, "queued")
    await world.drain()
    assert (await world.job(job))["status"] == "succeeded"


async def test_a_claim_of_a_process_known_to_be_dead_is_taken_over_at_once(world: World) -> None:
    job = await world.start(size=1)
    (delivery,) = await world.due()

    def dies(_: str) -> None:
        raise Crash

    world.toy.hook = dies
    with pytest.raises(Crash):
        await world.deliver(delivery)
    world.toy.hook = lambda _: None
    dead, world.ports = world.ports.instance, world.with_ports(instance="another")
    assert (await world.deliver(delivery)).status == 409
    await ended_instances.record_ended(dead, world.ports)
    assert (await world.deliver(delivery)).status == 200
    await world.drain()
    assert (await world.job(job))["status"] == "succeeded"
    task = await world.ports.documents.get(paths.task(job.id, "1.spread"))
    assert task is not None
    assert (task.data["deaths"], task.data["epoch"]) == (1, 2)


async def run_with_fault(world: World, at: int, *, after: bool, error: type[BaseException], pause_at: int) -> int:
    """A job that is paused and resumed, in which the `at`-th port call fails."""
    world.toy.ran.clear()
    job = await world.start(size=3)
    counter, whole = [0], world.ports
    fused = replace(
        whole,
        documents=Fuse(whole.documents, counter, at, after=after, error=error),
        tasks=Fuse(whole.tasks, counter, at, after=after, error=error),
    )
    world.ports = fused
    for turn in range(400):
        batch = (await world.due())[: 3 if turn < pause_at else None]
        try:
            if turn == pause_at:
                await controls.pause(job.id, fused)
            if turn >= pause_at + 2 and (await lifecycle.read(job.id, whole)).data["status"] == "paused":
                await controls.resume(world.flow, job.id, fused)
            if not batch and not world.queue.depth():
                if (await lifecycle.read(job.id, whole)).data["status"] in lifecycle.TERMINAL:
                    break
                world.clock.time += claim.LEASE + 61
                await sweep_now({"toy": world.flow}, fused)
        except (Crash, Transient):
            pass
        if not batch and world.queue.depth():
            world.clock.time = max(world.clock.time, min(world.queue.due(LANES).values()))
        for delivery in batch:
            try:
                await world.deliver(delivery)
            except (Crash, Transient):
                await world.queue.put_back(delivery.name, world.clock.now() + claim.LEASE + 1)
        await world.queue.recover()
    world.ports = whole
    done = await world.job(job)
    assert (done["status"], (done["result"] or {}).get("total")) == ("succeeded", 5), f"call {at}: {done}"
    return counter[0]


@pytest.mark.parametrize("pause_at", [0, 1, 2])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [Crash, Transient], ids=["crash", "no_answer"])
async def test_a_fault_at_any_port_call_around_a_pause_loses_nothing(
    world: World, after: bool, error: type[BaseException], pause_at: int
) -> None:
    calls = await run_with_fault(world, 0, after=False, error=Crash, pause_at=pause_at)
    assert calls > 30
    for at in range(1, calls + 1):
        await run_with_fault(world, at, after=after, error=error, pause_at=pause_at)


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


async def test_a_budget_given_to_a_running_job_counts_at_once(world: World) -> None:
    shop = Shop(world)
    await shop.open(size=4, cap=4_000)
    given = await shop.resume(9_000)
    assert (given.data["status"], given.data["options"]["budget_usd"]) == ("queued", 0.009)
    assert sum((await shop.audit()).values()) == 9_000
    with pytest.raises(BadInput):
        await shop.resume(0)


async def test_the_renewal_of_a_claim_says_what_its_work_waits_for(world: World) -> None:
    job = await world.start(size=1)
    (delivery,) = await world.due()
    envelope = envelopes.parse(delivery.body.encode(), "spread")
    held = await claim.claim(world.ports, envelope, read_as(TaskRecord, await world.ports.documents.get(envelope.task_path)))
    ticks = [0]

    async def sleep(seconds: float) -> None:
        ticks[0] += 1
        await asyncio.sleep(0 if ticks[0] < 4 else 3600)

    world.clock.sleep = sleep  # type: ignore[method-assign] # time passes quickly
    async with claim.keep_alive(world.ports, held, lambda: "openai, 3 s"):
        while ticks[0] < 4:
            await asyncio.sleep(0.01)
    task = await world.ports.documents.get(paths.task(job.id, "1.spread"))
    assert task is not None
    assert (task.data["waiting"], task.version) == ("openai, 3 s", held.version)


async def test_a_renewal_that_is_not_answered_is_tried_again(world: World) -> None:
    await world.start(size=1)
    (delivery,) = await world.due()
    envelope = envelopes.parse(delivery.body.encode(), "spread")
    held = await claim.claim(world.ports, envelope, read_as(TaskRecord, await world.ports.documents.get(envelope.task_path)))
    ticks, original = [0], world.ports.documents.commit

    async def sleep(seconds: float) -> None:
        ticks[0] += 1
        await asyncio.sleep(0 if ticks[0] < 4 else 3600)

    async def commit(*writes: Any) -> Any:
        done = await original(*writes)
        if ticks[0] == 1:
            raise Transient("committed, but nobody said so")
        return done

    world.clock.sleep = sleep  # type: ignore[method-assign] # time passes quickly
    world.ports.documents.commit = commit  # type: ignore[method-assign] # the fault under test
    async with claim.keep_alive(world.ports, held):
        while ticks[0] < 4:
            await asyncio.sleep(0.01)
    task = await world.ports.documents.get(envelope.task_path)
    assert task is not None
    assert task.version == held.version
