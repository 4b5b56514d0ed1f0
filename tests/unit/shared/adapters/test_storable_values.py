"""The fast way to JSON refuses and gives what the standard library does."""

from __future__ import annotations

import enum
import json
import math
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.adapters.storable_values import DEEPEST, json_text, json_value

PLAIN = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


class Kind(enum.StrEnum):
    """Text all the same."""

    ONE = "one"


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


TAKEN: list[Any] = [
    {"a": None, "b": [None, {"c": None}], "d": "null", "null": None}, {"a": None}, None, [None], "null", True, 0, -1, 2**63, 2**70, -(2**70),
    0.1, -0.0, 5e-324, 1.7976931348623157e308, 1e16, 1e22, 1795996483.123456, {1: 2, 1.5: 3, None: 4}, (1, (2, 3)),
    {"text": 'quotes " and \\ and \n \x00 \x7f \u2028 ü 中 😀'}, {"": ""}, Kind.ONE, {"kind": Kind.ONE, Kind.ONE: 1}, {}, [], deep(DEEPEST),
]  # fmt: skip


@pytest.mark.parametrize("value", TAKEN, ids=repr)
def test_a_value_is_read_back_as_the_standard_library_would(value: Any) -> None:
    text = json_text(value)
    told = json.loads(PLAIN(value))
    assert (json.loads(text), json_value(text)) == (told, told)
    assert [type(one) for one in _leaves(json_value(text))] == [type(one) for one in _leaves(told)]
    assert [math.copysign(1, one) for one in _leaves(json_value(text)) if one == 0] == [
        math.copysign(1, one) for one in _leaves(told) if one == 0
    ]


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict | list):
        return [leaf for part in (value.values() if isinstance(value, dict) else value) for leaf in _leaves(part)]
    return [value]


NO_NUMBERS = [math.nan, math.inf, -math.inf]


@pytest.mark.parametrize("number", NO_NUMBERS, ids=repr)
@pytest.mark.parametrize("place", [
    lambda x: x, lambda x: [x], lambda x: {"a": x}, lambda x: {"a": x, "b": None}, lambda x: {"a": {"b": x}, "c": None}, lambda x: {"a": None, "b": [x]},
    lambda x: {"null": x}, lambda x: {"a": "null", "b": x}, lambda x: {"a": (x,)}, lambda x: [None, x],
])  # fmt: skip
def test_what_is_no_number_is_refused_wherever_it_stands(number: float, place: Any) -> None:
    with pytest.raises(ValueError, match=r"JSON compliant|not JSON"):
        json_text(place(number))


@pytest.mark.parametrize(
    "value",
    [datetime(2026, 1, 1, tzinfo=UTC), b"bytes", {1, 2}, object(), {"a": {"b": object()}}, {(1, 2): 3}],
    ids=lambda value: type(value).__name__,
)
def test_what_json_has_no_type_for_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        json_text(value)


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\ud83d\ude00"], ids=ascii)
def test_halves_of_characters_are_joined_or_replaced(text: str) -> None:
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    assert json_value(json_text({text: [text]})) == {whole: [whole]}


def test_what_is_too_deep_is_refused() -> None:
    for value in (deep(DEEPEST + 5), deep(5000)):
        with pytest.raises(ValueError, match="deeper"):
            json_text(value)


@pytest.mark.parametrize("text", ['"\\ud800"', '{"a": NaN}', "[" * 400 + "]" * 400, " [1, 2.50, 1E5] "])
def test_what_something_else_wrote_is_read_too(text: str) -> None:
    assert repr(json_value(text)) == repr(json.loads(text))
