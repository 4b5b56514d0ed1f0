"""Real processes, a real store, real time: the benchmark's run, in short."""

from __future__ import annotations

import pytest

from tests.bench.shared_limit import one_run


@pytest.mark.xdist_group("processors")
async def test_two_processes_are_never_refused() -> None:
    provider = await one_run(2, calls=250)
    assert provider.refused == 0
    assert provider.use >= 0.9
