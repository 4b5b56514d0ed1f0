"""A small made-up world, fitted once, and ports that keep everything in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from functions.for_you.catalogue import build
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.generator import END, World, world
from functions.for_you.evaluation.memory_store import ports_in_memory
from shared.ports import Ports
from shared.ports.tasks import Task


@dataclass
class NotedTasks:
    """Remembers what was enqueued, each name once."""

    tasks: dict[str, Task] = field(default_factory=dict)

    async def enqueue(self, *tasks: Task) -> None:
        for task in tasks:
            self.tasks.setdefault(task.name, task)


@dataclass
class Clock:
    time: float = END + 40 * 86400.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds


@pytest.fixture(scope="session")
def made() -> World:
    return world(episodes=400, users=60, per_user=24)


@pytest.fixture(scope="session")
def fitted(made: World) -> Snapshot:
    return build.snapshot(made.episodes, made.events, None, END)


@pytest.fixture
async def ports(made: World, fitted: Snapshot) -> Ports:
    """A store with the fitted catalogue and what its users did."""
    found = replace(ports_in_memory(), tasks=cast("Any", NotedTasks()), clock=Clock())
    await build.publish(fitted, len(made.events), found)
    from functions.for_you.sessions.engagements import take_in  # noqa: PLC0415 - numpy late, as in the product

    await take_in(made.events, found)
    return found
