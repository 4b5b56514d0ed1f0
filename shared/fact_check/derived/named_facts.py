"""Which facts a text names beside a figure that no fact has as such: those that it may be reckoned from."""

from __future__ import annotations

from shared.fact_check.likeness import NEAR, measured
from shared.fact_check.named_subjects import names_another
from shared.fact_check.reading.figure import Figure
from shared.fact_check.supplied_facts import Supplied
from shared.fact_check.unit_match import same_unit
from shared.fact_check.vocabulary.metric_names import INDEXES, PARTIES, may_mean

TELLING = 0.6
"""From which on a word tells one fact from most others."""
_WHO = PARTIES | INDEXES


def named_facts(said: Figure, supplied: Supplied, told: frozenset[int]) -> list[Figure]:
    """Those that the text tells (`told`, by identity), or names by a word or a metric."""
    return [fact for fact in supplied.figures if id(fact) in told or is_named(said, fact, supplied)]


def is_named(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """Whether the text has a word that stands right beside the fact's figure and tells it from most others, or its metric and nobody else's name."""
    words = {token for token, weight in fact.tokens.items() if weight >= NEAR} | fact.subject
    telling = {token for token in words if token[1:] in _WHO or (token[0] != "=" and supplied.weights.get(token, 0) >= TELLING)}
    if telling & said.all_tokens:
        return True
    mine = {token[1:] for token in said.all_tokens if token.startswith("=")}
    return any(may_mean(one, other) for one in mine for other in measured(fact, 0.5)) and not names_another(said, fact, supplied)


def has_a_name(fact: Figure, supplied: Supplied) -> bool:
    """Whether a word right beside it tells a fact from most others."""
    return any(
        weight >= NEAR and token[0] != "=" and supplied.weights.get(token, 0) >= TELLING for token, weight in fact.tokens.items()
    )


def in_its_money(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """Whether an amount in words may be reckoned from the fact's: no 亿美元 from 亿元."""
    if said.quantity.kind != "money" or fact.quantity.kind != "money":
        return True
    return same_unit(said.quantity, fact, supplied.lines[fact.line].lower(), supplied.home)


def are_kin(one: Figure, two: Figure) -> bool:
    """Whether two figures may measure the same; who buys and sells is no measure."""
    mine, theirs = measured(one, 0.5) - _WHO, measured(two, 0.5) - _WHO
    return not mine or not theirs or any(may_mean(a, b) or may_mean(b, a) for a in mine for b in theirs)


def agrees(said: Figure, fact: Figure) -> bool:
    """Whether what is said of buying and selling, profit and loss, is so of the fact."""
    return all(fact.signs.get(axis, sign) == sign for axis, sign in said.signs.items() if axis in ("flow", "result"))
