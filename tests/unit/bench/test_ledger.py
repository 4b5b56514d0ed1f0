"""What the benchmark concludes from what the provider saw."""

from __future__ import annotations

import pytest

from tests.bench.calls.bucket import Bucket
from tests.bench.calls.ledger import FRESH, Ledger, Record
from tests.bench.calls.provider import Provider, Terms
from tests.bench.calls.question import answer_to, checked


def ledger(*rows: tuple[float, int, bool, float | None]) -> Ledger:
    return Ledger([Record(*row) for row in rows], rate=10.0)


def test_a_bucket_gives_its_depth_at_once_and_then_its_rate() -> None:
    bucket = Bucket(rate=10, depth=3)
    bucket.fill(0.0)
    bucket.left -= 3
    assert bucket.wait(1) == pytest.approx(0.1)
    bucket.fill(0.1)
    assert bucket.wait(1) == 0
    bucket.fill(100.0)
    assert bucket.left == 3


@pytest.mark.parametrize(("rate", "said"), [(50.0, "60ms"), (2.0, "1.500s"), (0.04, "1m15s")])
def test_a_reset_is_written_as_the_provider_writes_it(rate: float, said: str) -> None:
    bucket = Bucket(rate, depth=3)
    bucket.left = 0
    assert bucket.reset() == said


def test_the_provider_refuses_what_is_over_either_bucket_and_records_both() -> None:
    by_requests, by_tokens = Provider(Terms(burst_requests=2)), Provider(Terms(burst_tokens=2000))
    for provider in (by_requests, by_tokens):
        accepted = [provider.admit(call, 1000)[0].accepted for call in range(3)]
        assert accepted == [True, True, False]
        assert [record.call for record in provider.records] == [0, 1, 2]
        assert provider.accepted == 2


def test_the_scaled_provider_keeps_the_plain_burst() -> None:
    terms = Terms.scaled(20, 1.0)
    assert (terms.rpm, terms.tpm, terms.burst_requests, terms.burst_tokens) == (10_000, 20_000_000, 50, 100_000)


def test_latencies_are_the_same_for_whoever_asks() -> None:
    one, other = Provider(Terms()), Provider(Terms())
    assert [one.latency() for _ in range(20)] == [other.latency() for _ in range(20)]


def test_a_call_paid_twice_counts_as_wasted_only_if_it_was_not_in_flight_at_the_kill() -> None:
    kill = 10.0
    seen = ledger(
        (1, 0, True, 2.0), (5, 1, True, None), (6, 2, True, kill - FRESH / 2), (7, 3, False, None),
        (12, 0, True, 13.0), (12, 1, True, 13.0), (12, 2, True, 13.0), (12, 3, True, 13.0),
    )  # fmt: skip
    assert seen.repeated_calls() == {0, 1, 2}
    assert seen.wasted(kill) == {0}
    assert (seen.refused, seen.repeated) == (1, 3)


def test_use_of_the_limit_leaves_out_the_burst_s_second() -> None:
    burst = [(0.0, call, True, 1.0) for call in range(5)]
    steady = [(1.0 + 0.1 * step, 5 + step, True, 3.0) for step in range(11)]
    assert ledger(*burst, *steady).used() == pytest.approx(1.1)
    assert ledger(*burst, *steady[::2]).used() == pytest.approx(0.6)


def test_most_in_flight_and_most_in_a_window() -> None:
    seen = ledger((0.0, 0, True, 1.0), (0.5, 1, True, 1.5), (1.2, 2, True, 2.0), (1.3, 3, False, None))
    assert seen.most_in_flight() == 2
    assert seen.most_in(0.6) == 2
    assert seen.most_in(1.2) == 3


def test_an_answer_to_another_call_is_found_out() -> None:
    assert checked(7, answer_to(7)) == 49
    with pytest.raises(ValueError, match="call 7"):
        checked(7, answer_to(8))
