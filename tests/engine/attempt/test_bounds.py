"""What is recorded and read stays within bounds."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from shared.engine.attempt.call_guard import CallGuard
from shared.engine.flow import Flow, Join, Stage
from shared.engine.spending import usage_meter
from shared.errors import Cancelled, Permanent
from shared.ports import Ports
from tests.support.engine.world import Item, Squared, Total, ToyRequest, World


class Heavy(ToyRequest):
    pasted: str = ""


class HeavyItem(Item):
    text: str = ""


async def test_what_no_store_takes_is_a_small_failure_and_paid_once(world: World) -> None:
    paid = 0

    async def first(request: ToyRequest, ports: Ports) -> list[Item]:
        nonlocal paid
        paid += 1
        return [{"nummer": number} for number in range(9000)]  # type: ignore[misc]  # what a model may give

    async def last(items: list[Item], ports: Ports) -> Total:
        return Total(total=0, members=0)

    flow = Flow("toy", request=ToyRequest, result=Total, stages=(Stage(first, then=last), Stage(last)))
    job = await world.start(flow, size=1)
    await world.drain(flow)
    ended = await world.job(job)
    assert (ended["status"], ended["error"]["code"], paid) == ("failed", "bad_result", 1)
    assert len(ended["error"]["message"]) < 3000


async def test_a_record_that_the_store_refuses_for_good_is_recorded_small(world: World) -> None:
    inner = world.ports.documents

    class Refusing:
        def __getattr__(self, name: str) -> Any:
            return getattr(inner, name)

        async def commit(self, *writes: Any) -> Any:
            if any(getattr(write, "data", {}).get("state") == "done" for write in writes):
                raise Permanent("the document is over 1 MiB", code="document_too_large")
            return await inner.commit(*writes)

    world.ports = world.with_ports(documents=Refusing())
    job = await world.start(size=2)
    await world.drain()
    ended = await world.job(job)
    assert (ended["status"], ended["error"]["code"]) == ("failed", "unrecordable")
    assert world.toy.ran == ["spread"]


async def test_members_do_not_load_the_request_nor_the_whole_list(world: World) -> None:
    read = 0
    inner = world.ports.blobs

    class Counting:
        def __getattr__(self, name: str) -> Any:
            return getattr(inner, name)

        async def get(self, name: str) -> bytes | None:
            nonlocal read
            found = await inner.get(name)
            read += len(found or b"")
            return found

    async def spread(request: Heavy, ports: Ports) -> list[HeavyItem]:
        return [HeavyItem(number=number, text="z" * 40_000) for number in range(request.size)]

    async def square(item: HeavyItem, ports: Ports) -> Squared:
        return Squared(number=item.number, square=1)

    async def add(squares: list[Squared], ports: Ports) -> Total:
        return Total(total=0, members=len(squares))

    flow = Flow(
        "toy", request=Heavy, result=Total, stages=(Stage(spread, then=square), Stage(square, join=Join(add)), Stage(add))
    )
    world.ports = world.with_ports(blobs=Counting())
    job = await world.start(flow, size=40, pasted="p" * 300_000)
    await world.drain(flow)
    assert (await world.job(job))["result"]["members"] == 40
    assert read < 2 * (40 * 41_000 + 300_000)  # once for whom it is for, and the list once


def _guards() -> list[CallGuard]:
    return [one for one in gc.get_objects() if isinstance(one, CallGuard)]


async def test_an_attempt_that_worked_leaves_nothing_to_look_for_garbage_in(world: World) -> None:
    """Its input, its job's and its lines go with its answer, wherever garbage is looked for rarely."""
    await world.start(world.flow, size=5)
    gc.collect()
    others = _guards()  # that tests before this one have left
    gc.disable()
    try:
        await world.drain()
        left = [one for one in _guards() if not any(one is other for other in others)]
    finally:
        gc.enable()
    assert world.toy.ran.count("add") == 1
    assert not left


async def test_a_paid_call_that_a_stage_leaves_behind_is_refused(world: World) -> None:
    meters = []

    async def only(request: ToyRequest, ports: Ports) -> Total:
        meters.append(usage_meter.current_meter.get())
        return Total(total=0, members=0)

    flow = Flow("toy", request=ToyRequest, result=Total, stages=(Stage(only),))
    await world.start(flow, size=1)
    await world.drain(flow)
    assert meters[0] is not None
    with pytest.raises(Cancelled, match="over"):
        await meters[0].alive()
