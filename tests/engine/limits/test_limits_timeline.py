"""The timeline itself, without clocks or stores: no schedule of any processes gets more out of it than its limit."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.engine.limits.leased_capacity import LeasedCapacity
from shared.engine.limits.limit import Limit

RATE, DEPTH = 2.0, 5.0

steps = st.lists(
    st.tuples(
        st.integers(0, 2),  # which process
        st.floats(0.0, 3.0),  # time that passes
        st.floats(0.1, 6.0),  # seconds leased
        st.integers(0, 8),  # calls it wants to make
        st.floats(0.3, 2.0),  # what each uses
        st.floats(0.0, 1.0),  # how much of that it gives back
    ),
    max_size=60,
)


def most_over(sent: list[tuple[float, float]]) -> float:
    """By how much any stretch of time got more than burst + rate x its length."""
    worst = -math.inf
    for first, (begin, _) in enumerate(sent):
        used = 0.0
        for at, amount in sent[first:]:
            used += amount
            worst = max(worst, used - RATE * (DEPTH + at - begin))
    return worst


@settings(max_examples=200, deadline=None)
@given(steps)
def test_nothing_gets_more_than_the_burst_and_the_rate(plan: list[tuple[int, float, float, int, float, float]]) -> None:
    end, now, sent = 0.0, 1000.0, []
    held = [LeasedCapacity(RATE) for _ in range(3)]
    for process, passes, length, calls, amount, unused in plan:
        now += passes
        end = max(end, now) + length
        held[process].add(end - length, end)
        for _ in range(calls):
            if held[process].ready(amount, DEPTH, now) > now:
                break
            taken = held[process].take(amount)
            held[process].put_back(amount * unused, taken)
            sent.append((now, amount * (1 - unused)))
    assert most_over(sent) <= 1e-4


def test_a_limit_that_is_used_is_used_whole() -> None:
    slots, now, sent = LeasedCapacity(RATE), 1000.0, 0
    for second in range(100):
        slots.add(now + second, now + second + 1)
        while slots.ready(1, DEPTH, now + second) <= now + second:
            slots.take(1)
            sent += 1
    assert sent == pytest.approx(100 * RATE, abs=1)


def test_the_check_can_fail() -> None:
    """The same, if every process kept its own timeline."""
    sent = []
    for _ in range(3):
        slots = LeasedCapacity(RATE)
        slots.add(1000.0, 1000.0 + DEPTH)
        while slots.ready(1, DEPTH, 1000.0) <= 1000.0:
            slots.take(1)
            sent.append((1000.0, 1.0))
    assert most_over(sent) > 0


def test_slots_lapse_when_the_bucket_would_have_run_over() -> None:
    slots = LeasedCapacity(RATE)
    slots.add(1000.0, 1004.0)
    assert slots.held(999.0) == 8
    assert slots.held(1003.0) == 2
    assert slots.ready(3, DEPTH, 1003.0) == math.inf
    assert slots.held(1005.0) == 0


def test_what_was_used_beyond_the_reserve_is_taken_from_the_next_lease() -> None:
    slots = LeasedCapacity(RATE)
    slots.debt = 3.0
    slots.add(1000.0, 1001.0)
    assert (slots.held(999.0), slots.debt) == (0, 1.0)
    slots.add(1001.0, 1002.0)
    assert (slots.held(999.0), slots.debt) == (1.0, 0)


def test_high_limits_are_split_and_small_ones_are_not() -> None:
    assert Limit(requests=3).shards == 1
    assert Limit(requests=500, tokens=1_000_000, burst=0.1).shards == 4
    assert Limit(requests=10_000, tokens=20_000_000, burst=0.1).shards == 64
    assert Limit(requests=10_000, burst=0.005).shards == 8  # of what goes at once a shard has enough for a call and some


def test_the_shortest_time_that_a_limit_allows() -> None:
    limit = Limit(requests=500, tokens=1_000_000, burst=0.1)
    assert limit.least_seconds(884, 884 * 1100) == pytest.approx(884 / 500 * 60 - 6)
    assert limit.least_seconds(100, 1_100_000) == pytest.approx(60)
    assert limit.least_seconds(10, 0) == 0
    assert Limit(requests=100, window=60).least_seconds(201, 0) == 120
