from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from unittest.mock import patch

import pytest

from shared.engine.store.schema.places import PLACES
from tests.sim.many import outcome
from tests.sim.watch import Watch
from tests.support.engine.document_shapes import UNTYPED, faults, shape_of

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
        ("jobs/a/looks/failures", {"failures": 1, "expires_at": None}, []),
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
