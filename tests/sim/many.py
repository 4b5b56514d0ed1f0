"""What a seed stands for, and many seeds at a time: importable, so that other processes can run it."""

from __future__ import annotations

from collections import Counter

from tests.sim import history
from tests.sim.history import Outcome
from tests.sim.world import limits

LIMITS_EVERY = 10
"""One seed in so many is a history of the limiter alone."""


def outcome(seed: int, log: list[str] | None = None) -> Outcome:
    """The history of a seed."""
    if seed % LIMITS_EVERY == LIMITS_EVERY - 1:
        return limits.run(limits.plan(seed, log))
    planned = history.plan(seed)
    planned.setting.log = log
    return history.run(planned)


def chunk(seeds: range) -> tuple[int, int, Counter[str], list[Outcome]]:
    """Histories, port calls, jobs by status, and the outcomes that failed."""
    calls, statuses, failed = 0, Counter[str](), []
    for seed in seeds:
        came = outcome(seed)
        calls += came.calls
        statuses.update(came.statuses)
        if came.violations:
            failed.append(came)
    return len(seeds), calls, statuses, failed
