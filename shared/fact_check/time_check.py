"""Whether a figure of an earlier time is told as today's, or one that was expected as one that came; and the reverse of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shared.fact_check.reading.figure import Figure
from shared.fact_check.vocabulary.time_words import ANALYSTS, COMPANY, QUARTER, YEAR


def misplaced(said: Figure, fact: Figure, figures: Sequence[Figure]) -> str:
    """`wrong_period`, `wrong_fact` or nothing. Changes are left out: their words name what they are measured from."""
    if said.change or said.basis or fact.change:
        return ""
    if _at_another_time(said, fact, figures):
        return "wrong_period"
    return "wrong_fact" if _by_another(said, fact, figures) else ""


def told_as_now(said: Figure, fact: Figure, figures: Sequence[Figure]) -> bool:
    """Whether what was so before is told as what is now, and the facts have what is: from 7.2 to 7.5 billion, told as 7.2 billion."""
    mine, theirs = said.standing, fact.standing
    placed = said.role or mine.earlier or mine.baseline or mine.open_earlier
    if fact.role == "from" and not placed:
        return True
    if {mine.earlier, theirs.earlier} == {YEAR, QUARTER} and not said.change:
        return True
    if said.change or fact.change or said.basis or placed or mine.expected or mine.open_expected or not theirs.earlier:
        return False
    measured = {token for token in fact.tokens if token.startswith("=")}
    return any(
        not (other.standing.earlier or other.standing.expected)
        and other.line == fact.line
        and any(token.startswith("=") and token in measured & said.tokens.keys() for token in other.tokens)
        for other in _like(fact, figures)
    )


def placed_in_time(read: Sequence[Figure]) -> list[Figure]:
    """The figures of a text, where one that is told before an earlier one of its kind (now 5, a year ago 4) is no earlier one itself."""
    return [
        replace(one, standing=replace(one.standing, open_earlier=False))
        if any(
            two.standing.earlier and not one.standing.earlier and two.sentence == one.sentence and one.measure == two.measure
            for two in read[at + 1 : at + 2]
        )
        else one
        for at, one in enumerate(read)
    ]


def _at_another_time(said: Figure, fact: Figure, figures: Sequence[Figure]) -> bool:
    mine, theirs = said.standing, fact.standing
    if mine.earlier and not theirs.earlier and any(other.standing.earlier for other in _like(fact, figures)):
        return True
    if {mine.earlier, theirs.earlier} == {YEAR, QUARTER}:
        return True
    placed = mine.earlier or mine.baseline or mine.open_earlier or said.role or any(name == "year" for name, _ in said.periods)
    here = [other for other in _like(fact, figures) if other.line == fact.line]
    return bool(theirs.earlier) and not placed and any(not other.standing.earlier for other in here)


def _by_another(said: Figure, fact: Figure, figures: Sequence[Figure]) -> bool:
    """Whether what is expected is told as what came, or what analysts expect as what the company does; and the reverse."""
    mine, theirs = said.standing, fact.standing
    others = [other.standing.expected for other in _like(fact, figures)]
    if {mine.expected, theirs.expected} == {ANALYSTS, COMPANY}:
        return mine.expected in others
    if mine.expected and not theirs.expected:
        return any(others)
    unplaced = theirs.expected and not (mine.expected or mine.open_expected or mine.baseline)
    return bool(unplaced) and not all(others)


def _like(fact: Figure, figures: Sequence[Figure]) -> list[Figure]:
    """The other facts in its unit that are no changes."""
    return [other for other in figures if other is not fact and not other.change and other.unit == fact.unit]
