"""Whether a figure is told to have gone the way that its fact did: up, bought, earned, above."""

from __future__ import annotations

from shared.fact_check.reading.figure import Figure
from shared.fact_check.supplied_facts import Supplied

_AS_GOOD = {"cross": ("cross", "change"), "turn": ("turn", "result")}
"""What else a fact may say of it: what fell broke through no ceiling, and what was lost is no turn to profit."""


def went_otherwise(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """By the words beside both figures; where a fact's figure has none, by all that its line says of that.

    Where something stands is no matter of its line: at 99.85 it may have fallen today, and be up this year.
    """
    return any(_opposed(axis, sign, said, fact, supplied) for axis, sign in said.signs.items())


def _opposed(axis: str, sign: int, said: Figure, fact: Figure, supplied: Supplied) -> bool:
    if axis == "change" and {"extent", "quality"} <= said.signs.keys() ^ fact.signs.keys():
        return False  # a fall that narrowed is one that improved
    axes = _AS_GOOD.get(axis, (axis,))
    if axis == "change" and "steady" in fact.signs and "change" not in fact.signs and not fact.change:
        return True
    told = next((fact.signs[one] for one in axes if one in fact.signs), 0)
    if told:
        return told == -sign
    if axis == "change" and not said.change:
        return False
    line = supplied.ways[fact.line]
    return next((line[one] for one in axes if one in line), frozenset()) == frozenset({-sign})
