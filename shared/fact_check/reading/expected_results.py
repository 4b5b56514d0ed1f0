"""What came of what was expected: for each figure of analysts whether the result was more or less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from shared.fact_check.reading.figure import Figure
from shared.fact_check.vocabulary.time_words import ANALYSTS, COMPANY

_MOST = 2
"""How many times as much as was expected a result may be."""
_VAGUE = frozenset({"=guidance", "=target"})


def outcomes(read: Sequence[Figure]) -> dict[int, int]:
    """1 or -1 for each expected figure, by identity, whose result stands in the same text: one only, or all on one side."""
    found = {}
    for expected in read:
        if expected.standing.expected and expected.standing.expected != COMPANY and not expected.standing.earlier:
            signs = {1 if _signed(one) > _signed(expected) else -1 for one in _results(expected, read)}
            if len(signs) == 1:
                found[id(expected)] = signs.pop()
    return found


def _signed(figure: Figure) -> Decimal:
    """Its value, below zero for a loss and a fall."""
    lost = figure.signs.get("result") == -1 or (figure.change and figure.signs.get("change") == -1) or figure.quantity.sign < 0
    return -figure.quantity.value if lost else figure.quantity.value


def results_of(expected: Figure, read: Sequence[Figure]) -> list[Figure]:
    """The figures that may be what came of an expected one."""
    return list(_results(expected, read)) if expected.standing.expected in (ANALYSTS, "somebody") else []


def _results(expected: Figure, read: Sequence[Figure]) -> Iterator[Figure]:
    mine = _measured(expected)
    for one in read:
        alike = one.unit == expected.unit and one.change == expected.change and one.quantity.value != expected.quantity.value
        if not alike or one.standing.expected or one.standing.earlier or one.role == "from":
            continue
        if not expected.quantity.value or not 1 / _MOST < one.quantity.value / expected.quantity.value < _MOST:
            continue
        if _other_time(expected, one):
            continue
        theirs = _measured(one)
        if (mine & theirs) or (one.noun and one.noun == expected.noun) or (one.line == expected.line and not (mine and theirs)):
            yield one


def _other_time(one: Figure, other: Figure) -> bool:
    mine, theirs = dict(one.periods), dict(other.periods)
    return any(name in theirs and theirs[name] != value for name, value in mine.items())


def _measured(figure: Figure) -> set[str]:
    return {token for token, weight in figure.tokens.items() if token.startswith("=") and weight >= 0.35} - _VAGUE  # noqa: PLR2004
