"""Branches as they are declared, planned and shown."""

from __future__ import annotations

import random
from typing import Any

import pytest

from functions.jobs_api.reports import job_view, past_job_statistics
from functions.jobs_api.reports.job_estimate import Plan, plan
from functions.jobs_api.reports.rerun_estimate import plan_retry
from shared.engine.flow import Branch, Expect, Flow, Join, Stage
from shared.engine.job import lifecycle
from shared.ports import Ports
from tests.engine.job.test_plan import ports
from tests.support.engine.branches import Posts, ends, rows
from tests.support.engine.world import Item, Squared, Total, ToyRequest, World


@pytest.mark.parametrize("seed", range(4))
async def test_a_percentage_never_falls_and_the_rows_grow(world: World, seed: int) -> None:
    posts = Posts(world)
    posts.broken = {"main 1", "version 2.0", "version 2.1", "version 2.2"}
    flow = posts.flow(tolerate=1)
    job = await world.start(flow, size=4)
    seen, totals = [0.0], [0]
    dice = random.Random(seed)
    while batch := await world.due():
        dice.shuffle(batch)
        for delivery in batch:
            await world.deliver(delivery, flow)
            now = await job_view.state({"toy": flow}, await lifecycle.read(job.id, world.ports), world.ports)
            seen.append(now.progress.percent)
            totals.append(sum(row.total for row in now.stages))
    assert seen == sorted(seen)
    assert totals == sorted(totals)
    assert len(set(seen)) > 8
    assert seen[-1] == 100


async def test_the_critical_path_leads_through_the_branch_that_ended_last(world: World) -> None:
    posts = Posts(world)
    flow = posts.flow()
    job = await world.start(flow, size=3)
    await world.drain(flow, most=1)
    world.clock.time += 1
    for number, seconds in ((0, 1.0), (2, 1.0), (1, 5.0)):  # one after another; branch 1 is the last
        while number not in await ends(world, job):
            for delivery in await world.due():
                if f'"branch":{number}' in delivery.body:
                    world.clock.time += seconds
                    await world.deliver(delivery, flow)
                else:
                    await world.queue.put_back(delivery.name, world.clock.now())
    await world.drain(flow)
    done = await world.job(job)
    path = done["critical_path"]
    assert [part["stage"] for part in path] == ["plan_posts", "write_main", "write_version", "choose_version", "collect_posts"]
    assert sum(part["seconds"] for part in path) == pytest.approx(done["finished_at"] - done["created_at"], abs=0.01)
    assert rows(done)["post"]["closed_by"] == 1
    assert rows(done)["post"]["seconds"] == pytest.approx(sum(part["seconds"] for part in path[1:4]), abs=0.01)


async def plain(item: Item, ports: Ports) -> Squared:
    return Squared(number=item.number, square=item.number)


async def other(item: Squared, ports: Ports) -> Squared:
    return item


async def spread(request: ToyRequest, ports: Ports) -> list[Item]:
    return [Item(number=n) for n in range(request.size)]


async def gather(found: list[Squared], ports: Ports) -> Total:
    return Total(total=sum(one.square for one in found), members=len(found))


def declared(*stages: Stage, **branch: Any) -> Flow:
    given = {"first": plain, "last": other, "join": Join(gather), **branch}
    return Flow(
        "toy", request=ToyRequest, result=Total, stages=(Stage(spread, then=Branch("post", **given)), *stages, Stage(gather))
    )


async def test_a_branch_of_one_stage_is_a_branch(world: World) -> None:
    flow = declared(Stage(plain), last=plain)
    job = await world.start(flow, size=4)
    await world.drain(flow)
    assert (await world.job(job))["result"]["total"] == 6


async def middle(item: Squared, ports: Ports) -> Squared:
    return item


async def aside(item: Squared, ports: Ports) -> Squared:
    return item


def test_a_branch_with_side_stages_and_chains_is_well_declared() -> None:
    flow = declared(Stage(plain, then=middle, beside=aside), Stage(middle, then=other), Stage(aside), Stage(other))
    assert set(flow.inside) == {"plain", "middle", "aside", "other"}
    assert [row.name for row in flow.rows] == ["spread", "post", "plain", "middle", "aside", "other", "gather"]


DEEP = Branch("deep", first=middle, last=other, join=Join(gather))
FAULTY: dict[str, list[Stage]] = {
    "does not lead to other": [Stage(plain), Stage(other)],
    "other is the last": [Stage(plain, then=other), Stage(other, then=gather)],
    "leads nowhere": [Stage(plain, then=middle, beside=aside), Stage(middle), Stage(aside, then=other), Stage(other)],
    "does not have": [Stage(plain, then=other)],
    "no join of its own": [Stage(plain, join=Join(other)), Stage(other)],
    "runs after all branches": [Stage(plain, then=other, beside=gather), Stage(other)],
    "leads into a branch": [Stage(plain, then=middle), Stage(middle, then=other), Stage(other), Stage(aside, beside=middle)],
    "a branch in a branch": [Stage(plain, then=DEEP), Stage(middle, then=other), Stage(other)],
    "out of a branch": [Stage(plain, then=other), Stage(other), Stage(aside, needs=(plain,))],
    "named twice": [Stage(plain, then=other), Stage(other), Stage(other)],
}


@pytest.mark.parametrize("fault", FAULTY)
def test_a_flow_with_branches_is_held_to_its_rules(fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        declared(*FAULTY[fault])


def test_a_plan_counts_what_is_inside_once_per_branch_and_waits_for_no_other() -> None:
    """Ten branches at 1 + 2 + 1 s, four calls each through a limit of one a second: 40 s, not 10 times 4."""

    def planned(rate: float) -> Plan:
        stages = (
            Stage(spread, then=Branch("post", plain, other, Join(gather))),
            Stage(plain, then=middle),
            Stage(middle, then=other),
            Stage(other),
            Stage(gather),
        )
        expects = {
            "post": Expect(lambda asked: asked.size), "plain": Expect(seconds=1), "other": Expect(seconds=1), "gather": Expect(seconds=5),
            "middle": Expect(calls=4, resource="model", input_tokens=10, seconds=2),
        }  # fmt: skip
        flow = Flow("toy", request=ToyRequest, result=Total, stages=stages, expects=expects)
        return plan(flow, ToyRequest(size=10), [], ports(model=(rate, 1e9)))

    slow, quick = planned(1.0), planned(100.0)
    assert (slow.tasks, slow.calls, slow.input_tokens) == (1 + 30 + 1, 40, 100)
    assert {stage.name: stage.tasks for stage in slow.stages} == {
        "spread": 1, "post": 10, "plain": 10, "middle": 10, "other": 10, "gather": 1,
    }  # fmt: skip
    assert (slow.floor_seconds, quick.floor_seconds) == (40 + 5, 4 + 5)
    assert {stage.name: stage.floor_seconds for stage in slow.stages}["post"] == 40


async def test_a_plan_learns_from_earlier_jobs_what_one_branch_takes(world: World) -> None:
    posts = Posts(world)
    flow = posts.flow()
    await world.start(flow, size=3)
    await world.drain(flow)
    past = await past_job_statistics.earlier_jobs(flow, world.clock.now() + 1, world.ports)
    told = {stage.name: stage.tasks for stage in plan(flow, ToyRequest(size=1), past, ports()).stages}
    assert (told["post"], told["write_main"], told["write_version"]) == (3, 3, 12)


async def test_a_retrys_plan_counts_what_the_branches_had_not_done(world: World) -> None:
    posts = Posts(world)
    posts.broken = {"choose 1", "main 2"}
    flow = posts.flow(tolerate=1)
    job = await world.start(flow, size=4)
    await world.drain(flow)
    told = await plan_retry(flow, await lifecycle.read(job.id, world.ports), world.ports)
    assert {stage.name: stage.tasks for stage in told.stages} == {
        "plan_posts": 0, "post": 2, "write_main": 1, "draw_picture": 1, "write_version": 4, "choose_version": 2, "collect_posts": 1,
    }  # fmt: skip
