"""Real processes, a real store, real time: the benchmark's run, in short, held to what no busy machine changes."""

from __future__ import annotations

from tests.bench.calls.bucket import Bucket
from tests.bench.calls.shared_limit import BURST, RPM, Provider, one_run

CALLS = 300


async def test_two_processes_together_go_no_faster_than_the_limit() -> None:
    """With a provider that takes whatever comes. That none is refused and the limit is used, `make bench ONLY=shared-limit` tells."""
    endless = Provider(Bucket(1e9, 1e9), Bucket(1e9, 1e9))
    taken = await one_run(2, CALLS, endless)
    assert len(taken.accepted) == CALLS
    at_most = (CALLS - BURST) / (
        RPM / 60
    )  # seconds; where each had the limit to itself, they would take a little more than a third
    assert (
        taken.accepted[-1] - taken.accepted[0] >= 0.6 * at_most
    )  # a first call that came late on a busy machine makes it shorter
