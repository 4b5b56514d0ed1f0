"""Who is at a post's try: a short lease that is renewed, and free at once when its process is known to be gone."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from functions.forum_posts.records import post_publishing
from infra.testing.virtual_clock import VirtualClock
from shared.engine.store import ended_instances
from shared.errors import Conflict
from shared.ports.documents import Data
from shared.publish import post_states, publish_attempt, publish_dispatcher
from shared.publish.channels.publish_lease import LEASE, RENEWED
from shared.publish.channels.publisher import Publication
from shared.publish.publish_dispatcher import LANE
from tests.support.waiting import PATIENCE
from tests.unit.functions.forum_posts.conftest import World
from tests.unit.functions.forum_posts.records.test_post_publishing import PATH, Told, content, draft


async def test_three_processes_that_die_in_a_row_leave_a_post_less_than_a_minute_late(world: World) -> None:
    await draft(world, "approved")
    begun = world.clock.time
    tasks = cast("Any", world.ports.tasks)
    ways = [Dying() for _ in range(3)]
    for way in ways:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(publish_dispatcher, "publisher_of", lambda *_, way=way: way)
            with contextlib.suppress(Died):
                await (post_publishing.PUBLISHING.send(PATH, world.ports) if way is ways[0] else delivered(world))
        world.clock.time = tasks.due([LANE])[LANE]
    await delivered(world)
    record = (await post_states.read(PATH, world.ports)).data
    assert (record["state"], record["publish"]["epoch"]) == ("published", 4)
    assert record["published_at"] - begun < 60
    assert {way.key for way in ways} == {record["publish"]["key"]}


async def test_a_try_of_a_process_that_is_known_to_be_gone_is_repeated_at_once(world: World) -> None:
    await draft(world, "approved")
    dead = replace(world.ports, instance="worker-1")
    with contextlib.suppress(Died):
        await publish_attempt.publish(PATH, Dying(), content, dead)
    with pytest.raises(Conflict):
        await publish_attempt.publish(PATH, Told(), content, world.ports)
    await ended_instances.record_ended("worker-1", world.ports)
    assert (await publish_attempt.publish(PATH, Told(), content, world.ports)).data["state"] == "published"


async def test_a_slow_try_keeps_its_lease(world: World) -> None:
    """A publisher that answers after many leases is alone at it all the time."""
    await draft(world, "approved")
    clock = Stepped(world.clock)
    ports = replace(world.ports, clock=clock)
    told = Told()
    told.gate = asyncio.Event()
    slow = asyncio.create_task(publish_attempt.publish(PATH, told, content, ports))
    for _ in range(12):
        await clock.step(RENEWED + 0.001)
        await until(lambda: clock.asleep > 0)
        with pytest.raises(Conflict):
            await publish_attempt.publish(PATH, Told(), content, ports)
    told.gate.set()
    assert (await slow).data["publish"]["epoch"] == 1
    assert len(told.keys) == 1


async def test_a_delivery_that_meets_a_try_under_way_comes_again_when_its_lease_is_over(world: World) -> None:
    await draft(world, "approved")
    with contextlib.suppress(Died):
        await publish_attempt.publish(PATH, Dying(), content, world.ports)
    world.clock.time += 5
    assert await post_publishing.PUBLISHING.deliver(b'{"post": "p1"}', world.ports) == {"post": "p1", "state": "publishing"}
    tasks = cast("Any", world.ports.tasks)
    assert tasks.due([LANE]) == {LANE: world.clock.time - 5 + LEASE + 1}


class Died(BaseException):
    """What a process meets that is killed."""


class Dying(Told):
    """A publisher under which its process is killed."""

    @property
    def key(self) -> str:
        return self.keys[0]

    async def publish(self, publication: Publication, key: str) -> Data:
        await super().publish(publication, key)
        raise Died


async def delivered(world: World) -> None:
    """The task that is due, done or lost with its process."""
    tasks = cast("Any", world.ports.tasks)
    for delivery in await tasks.take(LANE, 1):
        await tasks.end([delivery.name])
        await post_publishing.PUBLISHING.deliver(delivery.body.encode(), world.ports)


class Stepped:
    """A clock whose sleepers wake when it is moved."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.asleep = self.woken = 0
        self._moved = asyncio.Event()

    def now(self) -> float:
        return self.clock.now()

    async def sleep(self, seconds: float) -> None:
        until = self.now() + seconds
        self.asleep += 1
        while self.now() < until:
            await self._moved.wait()
        self.asleep -= 1
        self.woken += 1

    async def step(self, seconds: float) -> None:
        """Move it once somebody sleeps."""
        await until(lambda: self.asleep > 0)
        before, self.clock.time = self.woken, self.clock.time + seconds
        self._moved.set()
        self._moved = asyncio.Event()
        await until(lambda: self.woken > before)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.001)
