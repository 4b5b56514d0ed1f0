"""The simulator bites: each seeded defect is found, by the check that should find it.

That the engine itself passes the same histories is what test_sim.py and test_exhaustive.py show.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.engine.flow import Flow
from tests.sim.exhaustive import every_fault
from tests.sim.history import Outcome
from tests.sim.many import outcome
from tests.sim.mutants import DEFECTS, Defect
from tests.sim.test_sim import SAMPLE


def histories(*, crashing: Flow | None) -> Iterator[Outcome]:
    """Those in which a defect must show."""
    if crashing is None:
        yield from map(outcome, SAMPLE)
        return
    for kind in ("crash_after", "stall_before", "slow_before"):
        for lost in (False, True):
            for _, came in every_fault(kind, flow=crashing, lost=lost):
                yield came


@pytest.mark.parametrize("defect", DEFECTS.values(), ids=DEFECTS)
def test_a_seeded_defect_is_found(defect: Defect) -> None:
    with defect.mutant():
        found = (
            defect.guarantees & {violation.guarantee for violation in came.violations}
            for came in histories(crashing=defect.crashing)
        )
        assert any(found), "not found in any history"
