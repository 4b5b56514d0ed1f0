"""Cursors are strangers' text: what is none of ours is told so, whatever its numbers are."""

import base64

import pytest

from functions.jobs_api.http.cursors import decode_time, encode
from shared.errors import BadInput


@pytest.mark.parametrize("number", ["1" * 400, "-" + "1" * 400, "1" * 5000, "1e999", "NaN", "-Infinity", "1e13"])
def test_a_number_that_is_no_time_is_no_cursor(number: str) -> None:
    cursor = base64.urlsafe_b64encode(f"[{number},[]]".encode()).decode()

    with pytest.raises(BadInput, match="not a cursor"):
        decode_time(cursor)


def test_our_own_cursors_are_read() -> None:
    assert decode_time(encode([1_700_000_000.5, ["a"]])) == (1_700_000_000.5, frozenset("a"))
