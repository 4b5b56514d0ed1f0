"""Branches under everything that can befall a job: caches, retries, pauses, budgets, deadlines."""

from __future__ import annotations

import pytest

from shared.engine.flow import Cache
from shared.engine.job import controls, lifecycle
from shared.engine.job.lifecycle import Options
from tests.support.engine.branches import VERSIONS, Posts, ends, rows
from tests.support.engine.paid import Provider, Shop
from tests.support.engine.world import World


async def test_caches_work_inside_and_over_jobs(world: World) -> None:
    posts = Posts(world)
    flow = posts.flow(cache=Cache(days=1))
    first = await world.start(flow, size=3)
    await world.drain(flow)
    second = await world.start(flow, size=3)
    await world.drain(flow)
    assert (await world.job(first))["result"] == (await world.job(second))["result"]
    assert rows(await world.job(second))["write_main"]["cached"] == 3
    assert posts.ran.count("main 1") == 1


@pytest.mark.parametrize("failed_only", [False, True])
async def test_a_retry_takes_over_what_the_same_branch_had_recorded(world: World, failed_only: bool) -> None:
    posts = Posts(world)
    posts.broken = {"choose 1", "main 2"}
    flow = posts.flow()
    job = await world.start(flow, size=4)
    await world.drain(flow)
    assert (await world.job(job))["status"] == "failed"
    await world.drain(flow)
    before, posts.broken = len(posts.ran), set()
    done_before = {work for work in posts.ran if work not in {"choose 1", "main 2"}}
    await controls.retry(flow, job.id, world.ports, failed_only=failed_only)
    await world.drain(flow)
    done = await world.job(job)
    assert (done["status"], done["result"]["total"]) == ("succeeded", 14)
    assert not done_before & set(posts.ran[before:])
    assert sorted(await ends(world, job, run=2)) == [0, 1, 2, 3]


async def test_another_version_of_the_code_is_done_anew_but_not_for_what_failed_only(world: World) -> None:
    posts = Posts(world)
    posts.broken = {"main 1"}
    old, new = posts.flow(tolerate=1), posts.flow(tolerate=1, version=2)
    job = await world.start(old, size=2)
    await world.drain(old)
    posts.broken, posts.ran[:] = set(), []
    await controls.retry(new, job.id, world.ports, failed_only=True)
    await world.drain(new)
    assert "main 0" not in posts.ran
    await controls.retry(new, job.id, world.ports)
    await world.drain(new)
    assert "main 0" in posts.ran


@pytest.mark.parametrize("deliveries", [1, 3, 6, 9])
async def test_pause_resume_and_cancel_inside(world: World, deliveries: int) -> None:
    posts = Posts(world)
    flow = posts.flow()
    job = await world.start(flow, size=2)
    await world.drain(flow, most=deliveries)
    await controls.pause(job.id, world.ports)
    await world.drain(flow)
    before = list(posts.ran)
    await controls.resume(flow, job.id, world.ports)
    await world.drain(flow)
    assert (await world.job(job))["status"] == "succeeded"
    assert sorted(posts.ran) == sorted(["plan", "collect", *posts.all_of(0, 1)])
    assert len(before) < len(posts.ran)
    other = await world.start(flow, size=2)
    await world.drain(flow, most=deliveries)
    await controls.cancel(other.id, world.ports)
    posts.ran.clear()
    await world.drain(flow)
    assert (posts.ran, (await world.job(other))["status"]) == ([], "cancelled")


async def test_a_budget_is_kept_inside_branches_and_the_job_counts_every_task_once(world: World) -> None:
    shop = Shop(world, Provider(), (posts := Posts(world)).flow(within=1000))
    posts.pays = True
    await shop.open(size=3, cap=10_000)  # 23 calls at 400 each
    await shop.drain(processes=2)
    done = await shop.data()
    while done["status"] == "paused":
        await shop.resume(cap=40_000)
        await shop.drain(processes=2, seed=1)
        done = await shop.data()
    assert done["status"] == "succeeded"
    tasks = sum(row["done"] for row in done["summary"] if row["name"] != "post")  # a picture may come too late to be waited for
    assert 2 + 3 * (len(posts.all_of(0)) - 1) <= shop.provider.calls == tasks
    assert done["cost"]["usd"] == pytest.approx(shop.provider.paid / 1e6)
    assert done["cost"]["calls"] == shop.provider.calls
    assert sum(row["calls"] for row in done["summary"]) == shop.provider.calls
    assert rows(done)["write_version"]["cost_usd"] == pytest.approx(3 * VERSIONS * 400e-6)
    await shop.audit(at_rest=True)


async def test_a_budget_that_is_reached_inside_pauses_the_job_without_loss(world: World) -> None:
    shop = Shop(world, Provider(), (posts := Posts(world)).flow(within=1000))
    posts.pays = True
    await shop.open(size=3, cap=5_000)
    await shop.drain()
    assert (await shop.status(), (await shop.data())["paused"]["code"]) == ("paused", "budget_reached")
    await shop.resume(cap=50_000)
    await shop.drain()
    assert await shop.status() == "succeeded"
    assert shop.provider.calls == len(set(posts.ran))  # nothing that was recorded is paid again


async def test_a_deadline_ends_a_job_in_its_branches(world: World) -> None:
    posts = Posts(world)
    flow = posts.flow()
    job = (await lifecycle.create(flow, {"size": 2}, Options(deadline_s=50), world.ports)).job
    await world.drain(flow, most=4)
    world.clock.time += 51
    await world.drain(flow)
    done = await world.job(job)
    assert (done["status"], done["error"]["code"]) == ("failed", "deadline_exceeded")
    assert rows(done)["post"]["total"] == 2
