"""Checks whether a right value is told of the wrong thing: its words fit another fact or metric better than its own."""

from __future__ import annotations

from collections.abc import Sequence

from shared.fact_check.figure_extraction import Figure
from shared.fact_check.metric_names import COUNT, MONEY, RATIO, may_mean
from shared.fact_check.supplied_facts import Supplied

MARGIN = 0.45
"""By how much another fact has to fit better: more than half a metric."""
UNSAID = 0.3
"""What each of a fact's own words costs that is not said, up to two."""
_SUBJECTS = frozenset({"foreign", "trusts", "dealers", "insiders", "margin_loans", "short_interest"})
_PROFITS = frozenset({"profit", "operating_profit", "eps", "gross_profit"})


def belongs_elsewhere(said: Figure, fact: Figure, candidates: Sequence[Figure], supplied: Supplied) -> bool:
    """Whether the words around a figure are those of another fact, or of a metric that this fact does not measure."""
    mine = score(said, fact, supplied)
    if _conflict(said, fact, supplied):
        return True
    if said.change and not fact.change and fact.quantity.kind == "percent" and fact.strong & RATIO and not fact.quantity.sign:
        return True  # a level told as a change
    own = set(map(id, candidates))
    others = [other for other in supplied.figures if id(other) not in own and _same_slot(said, other)]
    best = max((score(said, other, supplied) for other in others), default=0.0)
    return best - mine > MARGIN


def score(said: Figure, fact: Figure, supplied: Supplied) -> float:
    """How much of a figure's words are a fact's."""
    total = 0.0
    for token, weight in said.tokens.items():
        if token.startswith("="):
            have = max(
                (
                    _full(there)
                    for other, there in fact.tokens.items()
                    if other.startswith("=") and may_mean(token[1:], other[1:])
                ),
                default=0.0,
            )
            exact = token in fact.tokens
            total += weight * have * (supplied.weights.get(token, 0.6) if exact else 0.5)
        else:
            total += (
                weight
                * max(_full(fact.tokens.get(token, 0.0)), 0.7 if token in supplied.words[fact.line] else 0.0)
                * supplied.weights.get(token, 0.0)
                * 0.7
            )
    return total - UNSAID * min(2, len(_unsaid(said, fact, supplied))) if total else 0.0


def _full(weight: float) -> float:
    """What a fact's line says of a figure at all, it says of it."""
    return 1.0 if weight >= 0.4 else weight  # noqa: PLR2004


def _unsaid(said: Figure, fact: Figure, supplied: Supplied) -> list[str]:
    """The fact's own words, those that tell it from the others, that nothing near the figure says: 22% is of *data center* revenue."""
    own = [
        token
        for token, weight in fact.tokens.items()
        if weight >= 0.8 and not token.startswith("=") and supplied.weights.get(token, 0) == 1  # noqa: PLR2004
    ]
    return [token for token in own if token not in said.all_tokens and token.isascii()]


def _same_slot(said: Figure, other: Figure) -> bool:
    """Whether the other could stand in the figure's place: a change for a change, a level for a level."""
    one, two = said.quantity.kind, other.quantity.kind
    relative = {"percent", "points", "times"}
    if one in relative and two in relative:
        return said.change == other.change or not (said.change or other.change)
    return one not in relative and two not in relative


def _conflict(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """A metric in the figure's own clause, and the fact measures others only."""
    theirs = {token[1:] for token, weight in fact.tokens.items() if token.startswith("=") and weight >= 0.5}  # noqa: PLR2004
    if not theirs or not said.strong:
        return False
    if any(may_mean(metric, other) or may_mean(other, metric) for metric in said.strong for other in theirs):
        return False
    known = MONEY | RATIO | COUNT | _SUBJECTS | {"pe", "pb"}
    named = {token[1:] for figure in supplied.figures for token in figure.tokens if token.startswith("=")}
    return bool(said.strong & known & (named | _PROFITS)) and bool(theirs & known)
