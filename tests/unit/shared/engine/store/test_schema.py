from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from shared.engine.job import lifecycle
from shared.engine.store import ended_instances
from shared.engine.task import dead_letters
from shared.engine.trigger.document_events import Change, Trigger, handle_change
from shared.engine.trigger.schedule_slots import Slot, run_once
from shared.errors import Permanent
from shared.ports import Ports
from tests.sim.many import outcome
from tests.sim.watch import Watch
from tests.support.engine.document_shapes import PLACES, UNTYPED, faults, shape_of
from tests.support.engine.world import World

SEEDS = range(25)


def test_whatever_a_history_with_faults_writes_is_as_the_schema_has_it() -> None:
    wrong: Counter[str] = Counter()
    seen: set[str] = set()
    wrote = Watch.wrote

    def checked(self: Watch, path: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
        if after is not None and not path.startswith(UNTYPED):
            shape = shape_of(path)
            seen.add(shape.__name__ if shape is not None else path.split("/", maxsplit=1)[0])
            wrong.update(faults(path, after))
        wrote(self, path, before, after)  # type: ignore[arg-type] # as it is given

    with patch.object(Watch, "wrote", checked):
        for seed in SEEDS:
            outcome(seed)
    assert not wrong
    shapes = {shape.__name__ for shape in PLACES.values()}
    assert seen <= shapes, "a collection that the schema does not know"
    assert {"JobRecord", "TaskRecord", "FanoutManifest", "ShardCounts", "ClosedShard", "FanoutLook", "LedgerShard"} <= seen


@pytest.mark.parametrize(
    ("path", "fields", "wrong"),
    [
        ("jobs/a/budget/1", {"room": 1, "reserved": 0, "spent": 0}, []),
        ("jobs/a/budget/1", {"room": 1.5, "reserved": 0, "spent": 0}, ["('room',)"]),
        ("jobs/a/budget/1", {"room": 1, "reserved": 0, "spent": 0, "rooms": 1}, ["has no rooms"]),
        ("jobs/a/looks/failures", {"failures": 1, "at": 1.0, "expires_at": None}, []),
        ("jobs/a/looks/1.x", {"failures": 1, "expires_at": None}, ["has no failures", "('at',)", "('still',)"]),
        ("jobs/a/fanouts/1.x/shards/0.0", {"ended": 1, "sum_posts": 2.0}, []),
        ("posts/a", {"anything": 1}, []),
    ],
)
def test_a_document_that_does_not_fit_is_told(path: str, fields: dict[str, Any], wrong: list[str]) -> None:
    told = faults(path, fields)
    assert len(told) >= len(wrong)
    assert all(any(part in fault for fault in told) for part in wrong)
    assert bool(told) == bool(wrong)


async def test_what_belongs_to_no_job_is_as_the_schema_has_it(tmp_path: Path) -> None:
    world = World(tmp_path)
    try:
        await lifecycle.create(world.flow, {"size": 1}, lifecycle.Options(), world.ports, owner="me", idempotency_key="k")
        await ended_instances.record_ended("gone", world.ports)
        await dead_letters.keep_dead_letter("toy_spread", "{", Permanent("no task", code="poison"), world.ports)
        trigger = Trigger("engagements/{id}", nothing)
        await handle_change("events_x", trigger, Change("1", "engagements/a", None, {"n": 1}, 5), world.ports)
        await run_once("upkeep_x", world.clock.now(), slot_work, world.ports)
        await world.drain(world.toy.flow(cache=True))
        found = {path: json.loads(data) for path, data in world.database.read("SELECT path, data FROM documents")}
    finally:
        world.close()
    shapes = {shape.__name__ for path in found if (shape := shape_of(path)) is not None}
    assert {"IdempotencyKey", "EndedInstance", "DeadLetter", "HandledEvent", "NewestChange", "TakenSlot", "CacheEntry"} <= shapes
    assert [fault for path, data in found.items() for fault in faults(path, data)] == []


async def nothing(change: Change, ports: Ports) -> None:
    """A trigger's work."""


async def slot_work(slot: Slot) -> dict[str, Any]:
    return {}
