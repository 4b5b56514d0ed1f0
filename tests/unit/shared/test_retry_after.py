"""`Retry-After` as servers send it, well and badly."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.retry_after import A_DAY, retry_after

NOW = 1_795_000_000.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Wed, 18 Nov 2026 11:06:50 GMT"}, 10.0),
        ({"retry-after": "Wed, 18 Nov 1926 11:06:50 GMT"}, 0.0),
        ({"retry-after": "9" * 400}, A_DAY),
        ({"retry-after": "1e999"}, A_DAY),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "٧"}, None),
        ({}, None),
    ],
)
def test_it_reads_what_is_said(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, NOW) == seconds


def test_a_caller_sets_the_longest_wait() -> None:
    assert retry_after({"retry-after": "500"}, NOW, most=60) == 60


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_stands_there_the_answer_is_finite(value: str, milliseconds: str) -> None:
    wait = retry_after({"retry-after": value, "retry-after-ms": milliseconds}, NOW)
    assert wait is None or (math.isfinite(wait) and 0 <= wait <= A_DAY)
