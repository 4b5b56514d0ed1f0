"""Whether a figure of an earlier time is told as today's, or one that was expected as one that came; and the reverse of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shared.fact_check.reading.figure import Figure
from shared.fact_check.reading.related_figures import results_of
from shared.fact_check.vocabulary.time_words import (
    ANALYSTS,
    COMPANY,
    QUARTER,
    SINGLE,
    SPOKEN_YEAR,
    YEAR,
    bases_differ,
)
from shared.numbers.date_expressions import FIRST_HALF

_ANY = 10
"""How many times as much as was expected a result may be, to be one at all."""


def misplaced(said: Figure, fact: Figure, figures: Sequence[Figure]) -> str:
    """`wrong_period`, `wrong_fact` or nothing. Changes are left out: their words name what they are measured from."""
    if _of_another_year(said, fact, figures):
        return "wrong_period"
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


def _of_another_year(said: Figure, fact: Figure, figures: Sequence[Figure]) -> bool:
    """Whether it is told for a month, a quarter, next or last year, and another fact in its unit is, but not this one."""
    mine, theirs = dict(said.periods), dict(fact.periods)
    return any(
        name in mine
        and mine[name]
        and name not in theirs
        and any(
            other.unit == fact.unit and other.change == fact.change and dict(other.periods).get(name, 0) == mine[name]
            for other in figures
        )
        for name in (SPOKEN_YEAR, "month")
    )


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


def told_as_result(said: Figure, fact: Figure, figures: Sequence[Figure]) -> bool:
    """Whether what was expected is told as what came, though the facts have that, too."""
    mine = said.standing
    if not fact.standing.expected or mine.expected or mine.open_expected or mine.baseline or mine.share or said.role == "from":
        return False
    return not said.signs.keys() & {"surprise", "bound"} and bool(results_of(fact, figures, _ANY))


def _like(fact: Figure, figures: Sequence[Figure]) -> list[Figure]:
    """The other facts in its unit that are no changes."""
    return [other for other in figures if other is not fact and not other.change and other.unit == fact.unit]


def another_period(said: Figure, fact: Figure) -> bool:
    """Whether they are told for two periods, or measured against two."""
    theirs = dict(fact.periods)
    if max(dict(said.periods).get("quarter", 0), theirs.get("quarter", 0)) >= FIRST_HALF and _months(said) != _months(fact):
        return True  # half of the year is no month of it
    if any(
        SINGLE in dict(one.periods) and dict(other.periods).get("quarter", 0) >= FIRST_HALF
        for one, other in ((said, fact), (fact, said))
    ):
        return True
    if bases_differ(_basis(said, fact), _basis(fact, fact)):
        return True
    mine = dict(said.against)
    if "month" in mine and theirs.get("quarter", 0) >= FIRST_HALF:
        return True
    if any(name in mine and mine[name] != value for name, value in fact.against):
        return True
    return any(name in theirs and theirs[name] != value for name, value in said.periods)


def _basis(figure: Figure, fact: Figure) -> str:
    """What a change is measured against, by a word or by the month or quarter that is named: 9 of a fact of October is the month before."""
    if figure.basis or not figure.against:
        return figure.basis
    mine, theirs = dict(figure.against), dict(figure.periods) or dict(fact.periods)
    for name, round_ in (("month", 12), ("quarter", 4)):
        if name in mine and name in theirs and 0 < theirs[name] <= round_:
            same, step = mine[name] == theirs[name], (theirs[name] - mine[name]) % round_
            return "year" if same else name if step == 1 else ""
    years = theirs.get("year", 0) - mine["year"] if "year" in mine and "year" in theirs else 0
    return "" if years <= 0 else "year" if years == 1 else "years"


def _months(figure: Figure) -> bool:
    periods = dict(figure.periods)
    return "month" in periods and "quarter" not in periods
