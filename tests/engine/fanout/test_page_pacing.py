"""A large fan-out under a limit: released as fast as its members end, so that few are ever put back, and none when all are there."""

from __future__ import annotations

from typing import Any

import pytest

from shared.engine.fanout import item_pages, page_pacing
from shared.engine.flow import Expect, Flow, Join, Stage
from shared.ports import Ports
from tests.support.engine.world import Item, Squared, Total, ToyRequest, World
from tests.support.fakes import FakeLimits

PAGE, SIZE = 10, 60


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_pages, "PAGE", PAGE)


class OneASecond(FakeLimits):
    """A limit that lets one request a second through."""

    def least_seconds(self, resource: str, *, requests: float, tokens: float = 0) -> float:
        return requests if resource == "model" else 0.0


def flow(resource: str) -> Flow:
    async def listed(request: ToyRequest, ports: Ports) -> list[Item]:
        return [Item(number=n) for n in range(request.size)]

    async def square(item: Item, ports: Ports) -> Squared:
        return Squared(number=item.number, square=item.number**2)

    async def add(squares: list[Squared], ports: Ports) -> Total:
        return Total(total=sum(s.square for s in squares), members=len(squares))

    stages = (Stage(listed, then=square), Stage(square, join=Join(add)), Stage(add))
    return Flow("toy", request=ToyRequest, result=Total, stages=stages, expects={"square": Expect(calls=1, resource=resource)})


async def live(world: World, of: Flow, *, each: float) -> tuple[int, int]:
    """Deliver in time, members one by one and `each` seconds apart. Answers the most members that were due and not served,
    and the deliveries of dispatchers."""
    waiting: list[Any] = []
    most = releases = 0
    busy_until = 0.0
    for _ in range(100_000):
        for delivery in await world.due():
            if delivery.function == "toy_square":
                waiting.append(delivery)
                continue
            releases += '"release"' in delivery.body
            await world.deliver(delivery, of)
        most = max(most, len(waiting))
        if waiting and world.clock.time >= busy_until:
            busy_until = world.clock.time + each
            await world.deliver(waiting.pop(0), of)
        elif waiting:
            world.clock.time = busy_until
        elif due := world.queue.due([f"engine-{kind}" for kind in ("interactive", "bulk")]):
            world.clock.time = max(world.clock.time, min(due.values()))
        else:
            break
    return most, releases


async def test_few_are_there_that_their_limit_cannot_serve_yet(world: World) -> None:
    world.ports = world.with_ports(limits=OneASecond())
    of, began = flow("model"), world.clock.time
    job = await world.start(of, size=SIZE)
    most, releases = await live(world, of, each=1.0)
    ended = await world.ports.documents.get(job.path)
    assert ended is not None
    assert ended.data["status"] == "succeeded"
    assert most <= 1.5 * PAGE
    assert world.clock.time - began <= 1.1 * SIZE
    assert releases <= 6 * SIZE / PAGE


async def test_members_that_need_no_limit_wait_for_none(world: World) -> None:
    """All of them are in the cache, say."""
    world.ports = world.with_ports(limits=OneASecond())
    of, began = flow("model"), world.clock.time
    job = await world.start(of, size=SIZE)
    await live(world, of, each=0.001)
    ended = await world.ports.documents.get(job.path)
    assert ended is not None
    assert ended.data["status"] == "succeeded"
    assert world.clock.time - began <= page_pacing.FIRST_LOOK * SIZE / PAGE + 1


async def test_a_fanout_without_a_limit_is_released_at_once(world: World) -> None:
    world.ports = world.with_ports(limits=OneASecond())
    of = flow("")
    await world.start(of, size=SIZE)
    most, releases = await live(world, of, each=1.0)
    assert most >= 0.9 * SIZE
    assert releases == SIZE / PAGE
