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
NEAR = 0.8
"""Weight of a fact's words that stand right beside its figure."""
OWN = 0.6
"""From which on a word tells a fact from most others: it stands in two of them at most."""
NAMED = 0.4
"""From which on a figure's words name another fact, where they have nothing of its own."""
_SUBJECTS = frozenset({"foreign", "trusts", "dealers", "insiders", "margin_loans", "short_interest"})
_PROFITS = frozenset({"profit", "operating_profit", "eps", "gross_profit"})
_SPECIAL = frozenset({"eps", "gross_margin", "target_price", "dividend"})
"""Metrics whose name no fact of a general kind gives: a profit is no profit per share."""


def belongs_elsewhere(said: Figure, fact: Figure, candidates: Sequence[Figure], supplied: Supplied) -> bool:
    """Whether the words around a figure are those of another fact, or of a metric that this fact does not measure."""
    mine = score(said, fact, supplied)
    if _conflict(said, fact, supplied):
        return True
    if _is_level(said) and fact.change and fact.signs.get("change") and fact.quantity.kind == "percent":
        return True  # a change told as a level
    if said.change and not fact.change and fact.quantity.kind == "percent" and fact.strong & RATIO and not fact.quantity.sign:
        return True  # a level told as a change
    own = set(map(id, candidates))
    others = [other for other in supplied.figures if id(other) not in own and _same_slot(said, other)]
    best = max((score(said, other, supplied) for other in others), default=0.0)
    if not words_shared(said, fact, supplied):
        return any(words_shared(said, other, supplied) > NAMED for other in others if other.line != fact.line)
    return best - mine > MARGIN


def _is_level(said: Figure) -> bool:
    """Whether a text says where something stands, not how far it moved."""
    return said.level and not said.change and not said.signs and not said.basis


def score(said: Figure, fact: Figure, supplied: Supplied) -> float:
    """How much of a figure's words are a fact's, less what it leaves out of the fact's own."""
    total = words_shared(said, fact, supplied)
    return total - UNSAID * min(2, sum(_unsaid(said, fact, supplied))) if total else 0.0


def words_shared(said: Figure, fact: Figure, supplied: Supplied) -> float:
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
    return total


def _full(weight: float) -> float:
    """What a fact's line says of a figure at all, it says of it."""
    return 1.0 if weight >= 0.4 else weight  # noqa: PLR2004


def _unsaid(said: Figure, fact: Figure, supplied: Supplied) -> list[float]:
    """How much each of the fact's own words tells it from the others, of those that nothing near the figure says: 22% is of *data center* revenue."""
    own = [
        token
        for token, weight in fact.tokens.items()
        if weight >= NEAR and not token.startswith("=") and supplied.weights.get(token, 0) >= OWN
    ]  # fmt: skip
    return [supplied.weights[token] for token in own if token not in said.all_tokens and token.isascii()]


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
    if any(
        may_mean(metric, other) or (may_mean(other, metric) and metric not in _SPECIAL)
        for metric in said.strong
        for other in theirs
    ):
        return False
    known = MONEY | RATIO | COUNT | _SUBJECTS | {"pe", "pb"}
    named = {token[1:] for figure in supplied.figures for token in figure.tokens if token.startswith("=")}
    told = any(may_mean(metric, other) for metric in said.strong & known for other in named | _PROFITS)
    return told and bool(theirs & known)
