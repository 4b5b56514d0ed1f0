"""JSON is counted before it is read: by what it would be made into, not by its bytes."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.json_limits import TooManyValues, check_json_size
from tests.support.hostile.processor_time import takes_at_most

JSON = st.recursive(
    st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30
)


def values_in(value: object) -> int:
    """Lists, objects, and the commas between what they hold."""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(len(inner) - 1, 0) + sum(map(values_in, inner))


def depth_of(value: object) -> int:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth_of, inner), default=0)


@given(JSON, st.booleans())
def test_it_counts_what_there_is_and_no_text(value: object, ascii_only: bool) -> None:
    raw = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    check_json_size(raw, values=values_in(value), depth=depth_of(value))
    if values_in(value):
        with pytest.raises(TooManyValues):
            check_json_size(raw, values=values_in(value) - 1, depth=100)
        with pytest.raises(ValueError, match="deep"):
            check_json_size(raw, values=10_000, depth=depth_of(value) - 1)


@pytest.mark.parametrize(
    "piece", [b"{},", b"[],", b"[", b'"\\"', b'"', b"\\", b'{"a":', b"1,", b'"[{,"', b'"\\\\",', b"]", b" ", b"\x00", b"\xff\xfe"]
)
def test_four_megabytes_of_anything_are_counted_at_once(piece: bytes) -> None:
    raw = piece * (4 * 1024 * 1024 // len(piece))

    def check() -> None:
        with contextlib.suppress(ValueError):
            check_json_size(raw)

    assert takes_at_most(5, check)
