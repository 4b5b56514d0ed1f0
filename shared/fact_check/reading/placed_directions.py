"""The words of direction of a text, each with what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shared.fact_check.reading.context import Context
from shared.fact_check.vocabulary.direction_words import Pole, poles

_AS_ONE = {"extent": "change", "trend": "change"}
_EITHER = frozenset({"earnings"})
"""May be a profit or a loss."""


@dataclass(frozen=True, slots=True)
class Direction:
    """A direction word of a fact, and what stands beside it."""

    axis: str
    sign: int
    beside: Context


def directions_of(text: str) -> Iterator[tuple[Pole, Direction]]:
    """The direction words of a folded text."""
    for pole in poles(text):
        if text[pole.start : pole.end].lower() not in _EITHER:
            yield pole, Direction(_AS_ONE.get(pole.axis, pole.axis), pole.sign, Context.of(text, pole.start, pole.end))
