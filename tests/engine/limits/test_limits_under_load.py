"""What would break a limit though every sum is right: calls larger than what one shard gives at once, and a process that is too busy to send in time."""

from __future__ import annotations

import asyncio
import random

import pytest

from shared.adapters.embedded.documents import SqliteDocuments
from shared.engine.limits import Limit
from shared.engine.limits.waiting_line import Waiter, WaitingLine
from tests.support.engine.limits_world import Call, Provider, Slow, VirtualClock, Workers, processes

LARGE = Limit(requests=10_000, tokens=20_000_000, burst=0.005)
BURST = 0.3
"""Seconds' worth that the provider takes at once."""


@pytest.mark.parametrize("tokens", [8_000, 16_000])
def test_calls_larger_than_a_shard_gives_at_once_keep_the_limit_and_use_it(store: SqliteDocuments, tokens: int) -> None:
    clock = VirtualClock()
    provider = Provider(clock, LARGE.requests, LARGE.tokens, burst=BURST)
    made = processes(2, Slow(store, clock), clock, {"model": LARGE})
    workers = Workers(clock, provider, made, latency=lambda: random.lognormvariate(0.0, 0.3), way=lambda: random.uniform(0, 0.05))
    asyncio.run(workers.all([Call(tokens=random.randint(tokens // 2, tokens)) for _ in range(500)], over=1))
    assert provider.refused == 0
    since, until = workers.granted[0][0] + 2, workers.granted[-1][0] - 1  # at its end no two processes have the same left
    used = sum(call.tokens for at, call in workers.granted if since < at <= until)
    assert used / (until - since) >= 0.9 * LARGE.tokens / 60  # of 145 seeds one used 0.92, the others 0.96 and more


def test_a_grant_that_a_busy_process_finds_too_late_is_not_used(store: SqliteDocuments, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = VirtualClock()
    (limits,) = processes(1, Slow(store, clock), clock, {"model": LARGE})
    served: list[float] = []
    serve = WaitingLine.serve

    def busy(line: WaitingLine, waiter: Waiter) -> None:
        """The first time, nothing of this process runs for a second once a grant is given."""
        serve(line, waiter)
        served.append(clock.time)
        if len(served) == 1:
            asyncio.get_running_loop().call_soon(setattr, clock, "time", clock.time + 1)

    monkeypatch.setattr(WaitingLine, "serve", busy)
    late: list[float] = []

    async def call() -> None:
        await limits.acquire("model", tokens=2_000)
        late.append(clock.time - served[-1])

    asyncio.run(clock.run(call()))
    assert len(served) == 2
    assert served[1] >= served[0] + 1
    assert late[0] <= 0.06
