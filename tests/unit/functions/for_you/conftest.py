"""A small made-up world, fitted once, and ports that keep everything in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from functions.for_you.catalogue import snapshot_builder
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.memory_store import ports_in_memory
from functions.for_you.evaluation.synthetic_listeners import END, World, world
from shared.ports import Ports
from shared.ports.tasks import Task
from tests.support.waiting import PATIENCE


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


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources have as long as they like: a busy machine's own time is no fault of theirs. Their budgets are tried on a clock of its own."""
    from functions.for_you.sessions import create_session, refresh_queue  # noqa: PLC0415 - numpy late, as in the product

    monkeypatch.setattr(refresh_queue, "VECTORS", PATIENCE)
    for budget in ("STORE", "CATALOGUE", "VECTORS_AWAITED"):
        monkeypatch.setattr(create_session, budget, PATIENCE)


@pytest.fixture(scope="session")
def made() -> World:
    return world(episodes=400, users=60, per_user=24)


@pytest.fixture(scope="session")
def fitted(made: World) -> Snapshot:
    return snapshot_builder.snapshot(made.episodes, made.events, None, END)


@pytest.fixture
async def ports(made: World, fitted: Snapshot) -> Ports:
    """A store with the fitted catalogue and what its users did."""
    found = replace(ports_in_memory(), tasks=cast("Any", NotedTasks()), clock=Clock())
    await snapshot_builder.publish(fitted, len(made.events), found)
    from functions.for_you.sessions.record_engagements import take_in  # noqa: PLC0415 - numpy late, as in the product

    await take_in(made.events, found)
    return found
