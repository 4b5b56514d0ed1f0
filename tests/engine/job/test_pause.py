"""Pause, resume, cancel, deadline, retry: whatever races with whatever, a job ends once and nothing recorded is lost."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from shared.engine.job import controls, lifecycle
from shared.engine.recovery.sweep import EVERY
from shared.engine.run_task import run_task
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.engine.task.envelope import Envelope
from shared.errors import BadInput, Conflict, Permanent, PutBack
from shared.ports.documents import Document
from tests.support.engine.paid import Provider, Shop, flow_of
from tests.support.engine.world import World, sweep_now


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


async def test_a_sweep_beside_a_resume_brings_nothing_back_once_more(world: World) -> None:
    job = await paused_after(world, 1, size=5)
    await world.drain()
    world.clock.time += 3600
    await controls.resume(world.flow, job.id, world.ports)
    assert await sweep_now({"toy": world.flow}, world.ports) == 0
    await world.drain()
    assert (await world.job(job))["status"] == "succeeded"


async def test_a_resume_whose_repair_was_lost_is_made_good_by_the_next_sweep(world: World) -> None:
    job = await paused_after(world, 1, size=5)
    await world.drain()
    world.clock.time += 3600
    await controls.resume(world.flow, job.id, world.ports)
    await world.queue.end([each.name for each in await world.due()])  # the queue lost it
    world.clock.time += EVERY
    assert await sweep_now({"toy": world.flow}, world.ports) > 0
    await world.drain()
    assert (await world.job(job))["status"] == "succeeded"


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
    assert done["error"]["message"].startswith("not done within 60 s")
    assert ("reddit" in done["error"]["message"]) == (status == "running")
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


async def test_a_budget_given_to_a_running_job_counts_at_once(world: World) -> None:
    shop = Shop(world)
    await shop.open(size=4, cap=4_000)
    given = await shop.resume(9_000)
    assert (given.data["status"], given.data["options"]["budget_usd"]) == ("queued", 0.009)
    assert sum((await shop.audit()).values()) == 9_000
    with pytest.raises(BadInput):
        await shop.resume(0)
