"""Words that say the opposite of what the facts say, whatever figure is near: weak demand for strong demand, a rating of sell for one of buy."""

from __future__ import annotations

from collections.abc import Iterator

from shared.fact_check.reading.context import alike
from shared.fact_check.reading.placed_directions import directions_of
from shared.fact_check.reading.ratings import ratings
from shared.fact_check.supplied_facts import Supplied

LEAST, MARGIN = 2.0, 0.5
"""How much has to be the same on both sides, and how much more than around a word that goes the same way."""


def opposites(text: str, supplied: Supplied) -> Iterator[tuple[int, int]]:
    """Start and end of every word of a folded text that goes against the fact that has the same words beside it, and of every rating that the facts do not give."""
    for pole, said in directions_of(text):
        found = [(alike(said.beside, fact.beside), fact.sign) for fact in supplied.directions if fact.axis == said.axis]
        same = max((score for score, sign in found if sign == said.sign), default=0.0)
        other = max((score for score, sign in found if sign != said.sign), default=0.0)
        if other >= LEAST and other > same + MARGIN:
            yield pole.start, pole.end
    for start, end, sign in ratings(text):
        if supplied.ratings and sign not in supplied.ratings:
            yield start, end
