"""Whether a figure is told to have gone the way that its fact did (up, bought, earned, above), and words that say the opposite of the facts beside any figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shared.fact_check.reading.context import alike, alike_on_both_sides
from shared.fact_check.reading.figure import Figure
from shared.fact_check.reading.placed_directions import clause_directions, directions_of
from shared.fact_check.supplied_facts import Supplied
from shared.fact_check.vocabulary.ratings import ratings

LEAST, MARGIN = 2.0, 0.5
"""How much has to be the same on both sides, and how much more than around a word that goes the same way."""
MOST_WORDS, SHARE, LESS, UNKNOWN = 0.9, 0.7, 0.5, 0.7
"""How much of a clause's words a fact has to have, in all and as a share, how much more than one that goes the same way, and what a word that no fact has counts."""
REACH = 48
"""Characters between a figure and the word that says which way it went, at most."""

_BESIDE_A_FIGURE = re.compile(r"[\d%]\s?$")
"""Its fact says which way it went: more than a year ago is said of many."""
_AS_GOOD = {
    "cross": ("cross", "change"),
    "turn": ("turn", "result"),
    "hiring": ("hiring", "change"),
    "bound": ("bound", "mark"),
}
"""What else a fact may say of it: what fell broke through no ceiling, and what was lost is no turn to profit."""

_NO_RESULT = frozenset({"plain", "count", "percent", "points"})
"""Kinds of figures that are no profit or loss: what was lost of them fell."""
_RISES = frozenset({"=inflation", "=gdp", "=growth"})
"""Of what a bare percentage is a rise."""
_AMOUNTS = frozenset({"money", "plain", "count"})


def went_otherwise(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """By the words beside both figures; where a fact's figure has none, by all that its line says of that.

    Where something stands is no matter of its line: at 99.85 it may have fallen today, and be up this year.
    """
    return any(_opposed(axis, sign, said, fact, supplied) for axis, sign in said.signs.items())


def _opposed(axis: str, sign: int, said: Figure, fact: Figure, supplied: Supplied) -> bool:  # noqa: PLR0911
    if _is_of_something_else(axis, sign, said, fact):
        return False
    axes = _axes(axis, sign, said, fact)
    if axis == "change" and "steady" in fact.signs and "change" not in fact.signs and not fact.change:
        return True
    if axis == "surprise" and "surprise" not in fact.signs and not fact.standing.expected:
        return supplied.results.get(id(fact)) == -sign
    if axis == "flow" and sign > 0 and "flow" not in fact.signs and fact.signs.get("result") == -1:
        return True  # inflows, of losses
    told = next((fact.signs[one] for one in axes if one in fact.signs), 0)
    if not told and axis == "result" and "=eps" in fact.tokens and said.quantity.kind == "money" and not fact.change:
        told = fact.quantity.sign or 1
    if (
        not told
        and axis == "change"
        and said.change
        and not said.brought
        and fact.quantity.kind == "percent"
        and fact.tokens.keys() & _RISES
    ):
        told = 0 if fact.change and fact.signs else fact.quantity.sign or 1
    if told:
        return told == -sign
    if axis == "surprise" and fact.standing.expected and said.standing.baseline | said.standing.open_expected:
        return supplied.outcomes.get(id(fact)) == -sign
    if axis == "change" and not said.change:
        return False
    line = supplied.ways[fact.line]
    return next((line[one] for one in axes if one in line), frozenset()) == frozenset({-sign})


def _is_of_something_else(axis: str, sign: int, said: Figure, fact: Figure) -> bool:
    """Whether a word of direction is not said of what the fact's own is."""
    if axis == "change":
        narrowed = {"extent", "quality"} <= said.signs.keys() ^ fact.signs.keys()  # a fall that narrowed is one that improved
        return narrowed or said.role == "from" != fact.role or _is_of_a_rate(said, fact)
    # What slowed fell back: asked as a change.
    return axis == "extent" and "extent" not in fact.signs and "change" in fact.signs and said.signs.get("change") == sign


def _is_of_a_rate(said: Figure, fact: Figure) -> bool:
    """Whether the text says how a rate of growth moved, where the fact says that there was growth: from 5.3% down to 4.6%, growth cooled to 2%."""
    if fact.quantity.kind != "percent" or not fact.change or said.change:
        return False
    return said.role == "to" or said.brought or ("extent" in said.signs and said.signs["extent"] == fact.signs.get("extent"))


def _axes(axis: str, sign: int, said: Figure, fact: Figure) -> tuple[str, ...]:
    """The axes on which a fact may say the same, or the opposite."""
    if axis != "change" or "change" in fact.signs:
        return _AS_GOOD.get(axis, (axis,))
    if fact.quantity.kind in _NO_RESULT:
        return "change", "result"  # a loss of 4,000 jobs
    if said.change and fact.quantity.kind in _AMOUNTS and "flow" in fact.signs:
        return "change", "flow"  # gained $47 million, of outflows
    if said.change and sign > 0 and "extent" not in fact.signs:
        return "change", "result"  # gained $66 million, of a loss
    return ("change", "extreme") if not said.change and said.brought else ("change",)  # fell to its highest


def opposites(text: str, supplied: Supplied, told: Sequence[tuple[Figure, Sequence[Figure]]] = ()) -> Iterator[tuple[int, int]]:
    """Start and end of every word of a folded text that goes against the fact that has the same words beside it, and of every rating that the facts do not give.

    `told`: each figure of the text, and the facts that it may stand for: what those say themselves is not asked of others.
    """
    for pole, said in directions_of(text):
        near = alike_on_both_sides if _BESIDE_A_FIGURE.search(text, max(0, pole.start - 3), pole.start) else alike
        found = [(near(said.beside, fact.beside), fact.sign) for fact in supplied.directions if fact.axis == said.axis]
        same = max((score for score, sign in found if sign == said.sign), default=0.0)
        other = max((score for score, sign in found if sign != said.sign), default=0.0)
        if other >= LEAST and other > same + MARGIN and not _is_told(pole.end, said.axis, said.sign, told):
            yield pole.start, pole.end
    yield from _of_clauses(text, supplied, told)
    for start, end, sign in ratings(text):
        if supplied.ratings and sign not in supplied.ratings:
            yield start, end


def _of_clauses(text: str, supplied: Supplied, told: Sequence[tuple[Figure, Sequence[Figure]]]) -> Iterator[tuple[int, int]]:
    """Start and end of every word of direction, in a clause without a supplied figure, that goes against the fact which says most of its words."""
    for said in clause_directions(text):
        if any(facts and said.clause.start <= one.quantity.start < said.clause.end + REACH for one, facts in told):
            continue
        worth = {word: _worth(word, supplied) for word in said.words}
        best = {1: 0.0, -1: 0.0}
        for fact in supplied.clauses:
            if fact.axis == said.axis:
                best[fact.sign] = max(best[fact.sign], sum(worth[word] for word in said.words & fact.words))
        other = best[-said.sign]
        if other >= MOST_WORDS and other >= SHARE * sum(worth.values()) and best[said.sign] <= other - LESS:
            yield said.start, said.end


def _worth(word: str, supplied: Supplied) -> float:
    """How much a word says of whom a clause is about; two characters that no fact has may be the end of one word and the start of the next."""
    if word.startswith("="):
        return 1.0
    return supplied.weights.get(word, UNKNOWN if word.isascii() else 0.0)


def _is_told(end: int, axis: str, sign: int, told: Sequence[tuple[Figure, Sequence[Figure]]]) -> bool:
    """Whether the figure behind a word of direction has that direction, and so has every fact that it may stand for."""
    behind = next(((figure, facts) for figure, facts in told if figure.quantity.start >= end), None)
    if behind is None:
        return False
    figure, facts = behind
    close = figure.sentence <= end and figure.quantity.start - end <= REACH and figure.signs.get(axis) == sign
    return close and bool(facts) and all(fact.signs.get(axis) == sign for fact in facts)
