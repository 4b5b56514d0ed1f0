"""Whom a fact is about, and whether a text names somebody else."""

from __future__ import annotations

from shared.fact_check.reading.figure import Figure
from shared.fact_check.supplied_facts import Supplied
from shared.fact_check.vocabulary.metric_names import INDEXES, PARTIES

NEAR = 0.8
"""Weight of a fact's words that stand right beside its figure."""
OWN = 0.6
"""From which on a word tells a fact from most others: it stands in two of them at most."""
SUBJECTS = PARTIES | {"margin_loans", "short_interest"}


def names_another(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """Whether the text names whom another fact in this unit is about, and not whom this one is about."""
    whose = names(fact, supplied)
    if not whose:
        return names_a_part(said, fact, supplied)
    if whose & said.all_tokens:
        return False
    mine = _named(said, whose, supplied) - fact.tokens.keys()
    return any(_are_apart(whose, names(other, supplied), mine) for other in _rivals(fact, supplied))


def names_a_part(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """Whether the text names a part, of which another fact of the line is, and this one names nobody: 3% in all, 7% in Canada."""
    metrics = {f"={name}" for name in fact.strong}
    if not (metrics and fact.change and fact.quantity.kind == "percent") or names(fact, supplied):
        return False
    mine = _named(said, set(), supplied) - fact.tokens.keys()
    parts = (other for other in _rivals(fact, supplied) if other.line == fact.line and metrics & other.tokens.keys())
    return any(mine & names(other, supplied) for other in parts)


def _named(said: Figure, whose: set[str], supplied: Supplied) -> set[str]:
    """The words beside a text's figure that tell whom it is about."""
    beside = {token for token, weight in said.tokens.items() if weight >= NEAR}
    if any(not token.startswith("=") for token in whose):
        beside -= supplied.own_name  # the subject of most facts, whether they name it or not
    inherited = {token for token in said.subject - supplied.own_name if _is_name(token, supplied)}
    return {token for token in beside | inherited if _tells(token, supplied)}


def _rivals(fact: Figure, supplied: Supplied) -> list[Figure]:
    """The other facts that could stand in its place."""
    return [
        other
        for other in supplied.figures
        if other is not fact and other.role != "tolerance" and other.change == fact.change and other.unit == fact.unit
    ]


def _are_apart(whose: set[str], others: set[str], mine: set[str]) -> bool:
    """Whether two facts are about two names, and the text says the other one: what both have (市 of two cities) tells nothing."""
    return bool(whose - others) and bool(mine & (others - whose))


def names(fact: Figure, supplied: Supplied) -> set[str]:
    """The words beside its figure that tell whom a fact is about; without any, those of the figure before."""
    tell = {token: weight for token, weight in fact.tokens.items() if weight >= NEAR and _tells(token, supplied)}
    tell = {token: weight for token, weight in tell.items() if not token.startswith("=")} or tell
    named = {token for token in fact.subject if _tells(token, supplied)} if not tell else set()
    return {token for token, weight in tell.items() if weight >= 1} or set(tell) or named or _common_names(fact)


def _common_names(fact: Figure) -> set[str]:
    """The words of whom it is about where most facts are about that one."""
    beside = {token for token, weight in fact.tokens.items() if weight >= NEAR} or set(fact.subject)
    return {token for token in beside if not token.startswith("=")}


def _is_name(token: str, supplied: Supplied) -> bool:
    """Whether a word is one as the facts write it: with a capital."""
    return not token.isascii() or f" {token.capitalize()}" in f" {supplied.text}"


def _tells(token: str, supplied: Supplied) -> bool:
    """Whether a word tells whom a fact is about: a name, or one of the market's parties."""
    return token[1:] in SUBJECTS | {"index"} | INDEXES if token.startswith("=") else supplied.weights.get(token, 0) >= OWN
