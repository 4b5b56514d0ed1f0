"""Branches: chains of stages per item, with fan-outs inside and no barrier between items."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from shared.adapters.embedded.tasks import Delivery
from shared.engine.flow import Branch, Flow, Join, Stage
from shared.engine.store import paths
from shared.ports import Ports
from shared.ports.documents import Where
from tests.support.engine.branches import VERSIONS, Posts, ends, rows
from tests.support.engine.paid import Provider, Shop
from tests.support.engine.world import Item, Total, ToyRequest, World


@pytest.mark.parametrize("size", [0, 1, 2, 25])
@pytest.mark.parametrize("seed", [None, 1])
async def test_each_branch_is_gone_through_and_all_are_collected_in_order(world: World, size: int, seed: int | None) -> None:
    posts = Posts(world)
    flow = posts.flow()
    job = await world.start(flow, size=size)
    await world.drain(flow, seed=seed, double=seed is not None)
    done = await world.job(job)
    assert (done["status"], done["error"]) == ("succeeded", None)
    assert done["result"] == {"total": sum(n**2 for n in range(size)), "members": size, "note": ""}
    assert posts.collected == list(range(size))
    assert sorted(posts.ran) == sorted(["plan", "collect", *posts.all_of(*range(size))])
    table = rows(done)
    assert list(table) == ["plan_posts", "post", "write_main", "draw_picture", "write_version", "choose_version", "collect_posts"]
    assert {name: (row["total"], row["done"]) for name, row in table.items() if row["name"] != "collect_posts"} == {
        "plan_posts": (1, 1),
        "post": (size, size),
        "write_version": (VERSIONS * size, VERSIONS * size),
        **dict.fromkeys(("write_main", "draw_picture", "choose_version"), (size, size)),
    }
    assert [row["branch"] for row in table.values() if "branch" in row] == ["post"] * 4
    assert table["post"]["sums"] == {"square": sum(n**2 for n in range(size))}


async def test_no_branch_waits_for_another(world: World) -> None:
    """One branch is followed to its end before any other is begun."""
    posts = Posts(world)
    flow = posts.flow()
    job = await world.start(flow, size=3)
    await world.drain(flow, most=1)
    for _ in range(40):
        for delivery in await world.due():
            other = '"branch":0' in delivery.body or '"branch":2' in delivery.body
            await (world.queue.put_back(delivery.name, world.clock.now()) if other else world.deliver(delivery, flow))
    assert sorted(posts.ran[1:]) == posts.all_of(1)
    assert list(await ends(world, job)) == [1]
    await world.drain(flow)
    assert (await world.job(job))["status"] == "succeeded"


@pytest.mark.untraced
async def test_a_large_fan_out_of_branches_in_pages(world: World) -> None:
    """A generator's items, more than a page of them; a result that is combined on the way."""

    async def stream(request: ToyRequest, ports: Ports) -> AsyncIterator[Item]:
        for number in range(request.size):
            yield Item(number=number)

    async def begin(item: Item, ports: Ports) -> Item:
        return Item(number=item.number + 1)

    async def finish(item: Item, ports: Ports) -> Total:
        return Total(total=item.number, members=1)

    def merge(parts: list[Total]) -> Total:
        return Total(total=sum(part.total for part in parts), members=sum(part.members for part in parts))

    async def report(total: Total, ports: Ports) -> Total:
        return total

    branch = Branch("item", first=begin, last=finish, join=Join(report, combine=merge))
    stages = (Stage(stream, then=branch), Stage(begin, then=finish), Stage(finish), Stage(report))
    flow = Flow("toy", request=ToyRequest, result=Total, stages=stages)
    job = await world.start(flow, size=1201)
    await world.drain(flow, seed=3)
    done = await world.job(job)
    assert done["result"] == {"total": 1201 * 1202 // 2, "members": 1201, "note": ""}
    assert (rows(done)["item"]["total"], rows(done)["begin"]["done"], rows(done)["finish"]["done"]) == (1201, 1201, 1201)


@pytest.mark.parametrize(
    ("broken", "status", "failed"),
    [
        (["main 1"], "partial", [1]),
        (["version 1.0", "version 1.1"], "partial", []),  # half of the versions may fail
        (["version 1.0", "version 1.1", "version 1.2"], "partial", [1]),
        (["choose 1"], "partial", [1]),
        (["picture 1"], "succeeded", []),  # a side stage may fail
        (["main 0", "choose 1", "main 2"], "failed", [0, 1, 2]),  # 60 % of five
        (["collect"], "failed", []),
    ],
)
async def test_what_fails_in_a_branch_ends_the_branch_and_too_many_end_the_job(
    world: World, broken: list[str], status: str, failed: list[int]
) -> None:
    posts = Posts(world)
    posts.broken = set(broken)
    flow = posts.flow(tolerate=0.5)
    job = await world.start(flow, size=5)
    await world.drain(flow, seed=1)
    done = await world.job(job)
    ended = await ends(world, job)
    assert done["status"] == status
    assert sorted(number for number, end in ended.items() if end["state"] == "failed") == failed
    if status == "failed":
        assert done["error"]["code"] == "asked"
        assert done["error"]["stage"] in {"write_main", "choose_version", "collect_posts"}
        return
    assert posts.collected == [number for number in range(5) if number not in failed]
    assert rows(done)["post"]["failed"] == len(failed)
    assert all(str(broken[0].split()[0]) in warning for warning in done["warnings"])
    assert not any(warning.startswith("post") for warning in done["warnings"])  # said once, where it happened


async def test_an_ended_branch_starts_and_pays_nothing_more(world: World) -> None:
    """Three versions fail at once; the fourth, the picture and the choice come too late."""
    shop = Shop(world, Provider(), (posts := Posts(world)).flow(tolerate=1))
    posts.pays = True
    posts.broken = {"version 0.0", "version 0.1", "version 0.2"}
    await shop.open(size=2, cap=None)
    late: list[Delivery] = []
    for _ in range(30):
        for delivery in await world.due():
            if '"branch":0' in delivery.body and ('"index":3' in delivery.body or "draw_picture" in delivery.function):
                late.append(delivery)
            else:
                await shop.deliver(delivery)
        if len(await ends(world, shop.job)) == 1:
            break
    assert (await ends(world, shop.job))[0]["state"] == "failed"
    paid = shop.provider.calls
    for delivery in late:
        assert (await shop.deliver(delivery)).reason == "skipped"
    assert (len(late), shop.provider.calls) == (2, paid)


async def test_a_straggler_at_work_does_not_pay_once_its_branch_has_ended(world: World) -> None:
    """The branch fails while the last version is under way, before its call."""
    shop = Shop(world, Provider(), (posts := Posts(world)).flow(tolerate=1))
    posts.pays = True
    posts.broken = {"version 0.0", "version 0.1", "version 0.2"}
    await shop.open(size=1, cap=None)
    await world.drain(shop.flow, most=2)
    versions = [delivery for delivery in await world.due() if "write_version" in delivery.function]
    *failing, last = sorted(versions, key=lambda delivery: '"index":3' in delivery.body)
    assert len(failing) == VERSIONS - 1
    original = world.ports.documents.get_many

    async def at_the_gate(wanted: Any) -> Any:
        if "version 0.3" in posts.ran and failing:
            others, failing[:] = list(failing), []
            for delivery in others:
                await shop.deliver(delivery)
        return await original(wanted)

    world.ports.documents.get_many = at_the_gate  # type: ignore[method-assign,assignment] # the interleaving under test
    assert (await shop.deliver(last)).reason == "cancelled"
    assert "version 0.2" in posts.ran
    assert shop.provider.calls == 2 + 3  # the plan, the main text, and the versions that failed
    assert [end["state"] for end in (await ends(world, shop.job)).values()] == ["failed"]


async def test_enough_closes_early_and_the_rest_is_left_out(world: World) -> None:
    """Squares 0 + 1 + 4 + 9 make 14: enough. Branches that come later do nothing, and the job ends all the same."""
    posts = Posts(world)
    flow = posts.flow(enough=("square", 14))
    job = await world.start(flow, size=6)
    await world.drain(flow, most=1)
    late: list[Delivery] = []
    while (await world.job(job))["status"] != "succeeded":
        for delivery in await world.due():
            later = any(f'"branch":{number}' in delivery.body for number in (4, 5))
            late += [delivery] if later else []
            if not later:
                await world.deliver(delivery, flow)
    done = await world.job(job)
    assert (done["status"], done["result"]["total"]) == ("succeeded", 14)
    assert {1, 2, 3} <= set(posts.collected) <= {0, 1, 2, 3}  # what came of 0 adds nothing
    assert await world.closed_because(job, "post") == "enough"
    for delivery in late:
        await world.deliver(delivery, flow)
    assert not [work for work in posts.ran if work.startswith(("main 4", "main 5"))]


async def test_branches_are_skipped_that_come_between_the_closing_and_the_end(world: World) -> None:
    posts = Posts(world)
    flow = posts.flow(enough=("square", 1))
    job = await world.start(flow, size=4)
    await world.drain(flow, most=1)
    held: list[Delivery] = []
    while not held or not (await ends(world, job)):
        for delivery in await world.due():
            hold = '"branch":1' not in delivery.body
            held += [delivery] if hold else []
            if not hold:
                await world.deliver(delivery, flow)
    last = [delivery for delivery in held if "collect" in delivery.function]
    for delivery in held:
        if delivery not in last:
            await world.deliver(delivery, flow)
    await world.drain(flow)
    for delivery in last:
        await world.deliver(delivery, flow)
    await world.drain(flow)
    done = await world.job(job)
    assert (done["status"], done["result"]["members"]) == ("succeeded", 1)
    assert {number: end["state"] for number, end in (await ends(world, job)).items()} == {
        1: "done",
        **dict.fromkeys((0, 2, 3), "skipped"),
    }
    assert (rows(done)["post"]["done"], rows(done)["post"]["skipped"]) == (1, 3)


async def test_the_time_is_up_for_branches(world: World) -> None:
    posts = Posts(world)
    flow = posts.flow(within=10, tolerate=0)
    flow = replace(
        flow,
        stages=(
            replace(flow.stages[0], then=replace(flow.branches[0], join=replace(flow.branches[0].join, within=30))),
            *flow.stages[1:],
        ),
    )
    job = await world.start(flow, size=3)
    await world.drain(flow, most=1)
    while len(await ends(world, job)) < 1:
        for delivery in await world.due():
            if '"branch":2' in delivery.body:
                await world.deliver(delivery, flow)
            else:
                await world.queue.put_back(delivery.name, world.clock.now() + 100)
    world.clock.time += 31
    await world.drain(flow)
    done = await world.job(job)
    assert (done["status"], posts.collected) == ("succeeded", [2])
    assert await world.closed_because(job, "post") == "deadline"
    assert posts.ran.count("main 0") == 0


async def test_what_is_kept_says_which_branch_it_is_of(world: World) -> None:
    posts = Posts(world)
    flow = posts.flow()
    job = await world.start(flow, size=2)
    await world.drain(flow)
    tasks = await world.ports.documents.query(paths.tasks(job.id))
    inside = [task for task in tasks if task.data["stage"] in flow.inside]
    assert len(inside) == 2 * len(posts.all_of(0))
    assert {(task.data["branch"], task.data["of"]) for task in inside} == {(0, 2), (1, 2)}
    assert not [task for task in tasks if task.data["stage"] not in flow.inside and "branch" in task.data]
    of_one = await world.ports.documents.query(
        paths.tasks(job.id), Where("branch", "==", 1), Where("stage", "==", "write_version")
    )
    assert sorted(task.data["index"] for task in of_one) == list(range(VERSIONS))
