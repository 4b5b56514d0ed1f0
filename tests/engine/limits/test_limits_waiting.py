"""Who waits at a limit: what they are told, and who holds up nobody."""

from __future__ import annotations

import asyncio

import pytest

from shared.engine.limits import Limit
from shared.engine.limits.resource_limiter import PATIENCE
from shared.engine.spending import usage_meter
from shared.errors import Transient
from shared.ports.documents import Committed, Write
from tests.support.engine.limited_forum import Forum
from tests.support.engine.limits_world import account


def waiting(forum: Forum, resource: str) -> int:
    """Calls that wait for it in this process."""
    return len(forum.limits._resources[resource].line)


def test_a_throttled_key_holds_up_nobody_else(forum: Forum) -> None:
    forum.process(slow=Limit(requests=60, burst=0.01), fast=Limit(requests=6000))

    async def work() -> list[float]:
        held = [asyncio.create_task(forum.many(1, "slow")) for _ in range(30)]
        times = await forum.many(50, "fast", lane="interactive")
        assert 0 < waiting(forum, "slow") <= PATIENCE + 2
        assert not waiting(forum, "fast")
        await asyncio.gather(*held)
        return times

    assert forum.run(work())[-1] < 3
    assert not waiting(forum, "slow")


def test_who_waits_says_for_what(forum: Forum) -> None:
    forum.process(slow=Limit(requests=60, burst=0.01))
    mine = account("bulk")

    async def work() -> None:
        await forum.many(4, "slow", lane="interactive")
        usage_meter.current_meter.set(mine)
        waiting = asyncio.create_task(forum.limits.acquire("slow"))
        await forum.clock.sleep(0.1)
        assert (mine.waiting or "").startswith("slow, ")
        await waiting
        assert mine.waiting is None

    forum.run(work())


def test_a_cancelled_waiter_takes_nothing(forum: Forum) -> None:
    forum.process(slow=Limit(requests=60, burst=0.01))

    async def work() -> float:
        await forum.many(3, "slow", lane="interactive")
        waiting = [asyncio.create_task(forum.ask("slow")) for _ in range(4)]
        await forum.clock.sleep(0.5)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return (await forum.many(1, "slow"))[0]

    assert forum.run(work()) < 4


@pytest.mark.fault(12)
def test_a_store_that_does_not_answer_delays_and_no_more(forum: Forum) -> None:
    commit = forum.documents.commit
    broken = iter([True, True, True, False])

    async def sometimes(*writes: Write) -> Committed:
        if next(broken, False):
            raise Transient("no answer")
        return await commit(*writes)

    forum.documents.commit = sometimes  # type: ignore[method-assign] # for this test
    forum.process(forum=Limit(requests=60))
    assert forum.run(forum.many(1))[0] < 3


def test_an_unknown_resource_is_free(forum: Forum) -> None:
    forum.process()

    async def work() -> None:
        forum.limits.settle(await forum.ask("anything"), status=200)

    forum.run(work())
    assert forum.documents.writes == []
