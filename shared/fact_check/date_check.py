"""Whether a text's dates were supplied, and for what they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from shared.fact_check.derived.sums import is_rest_of
from shared.fact_check.reading.clauses import sentences
from shared.fact_check.reading.context import Context, stands_elsewhere
from shared.fact_check.reading.figure import Figure
from shared.fact_check.supplied_facts import Supplied
from shared.fact_check.vocabulary.line_words import words_of
from shared.fact_check.vocabulary.time_words import is_compared
from shared.numbers.date_expressions import FULL_YEAR, Date, months_of, stretch_of

COPIED, COPIED_MARGIN = 3.0, 1.5
"""How many words have to be the same on both sides of a date, and how many more than beside the same one of a fact."""
MARGIN = 0.8
"""By how much another date's fact has to fit the sentence better."""


def date_faults(
    text: str, said: Sequence[Date], read: Sequence[tuple[Figure, Sequence[Figure]]], supplied: Supplied
) -> Iterator[Date]:
    """The dates that nobody supplied, and those that stand where another date belongs. `read`: each figure and the facts that it may stand for."""
    told = [date for date, _ in supplied.dates]
    for date in said:
        readings = [one for one in said if one.start == date.start]
        if date is not readings[0] or (date.quarter == FULL_YEAR and not date.year):
            continue
        if date.quarter == FULL_YEAR:
            date = replace(date, quarter=0, loose=True)  # noqa: PLW2901 # a whole year is its year
            readings = [date]
        if _month_before(text, date, told):
            continue
        fitting = [(fact, line) for fact, line in supplied.dates if any(one.said_by(fact) for one in readings)]
        if not fitting and (_is_summed(date, supplied) or (_is_rest(date, told) and _is_reckoned(text, date, read))):
            continue
        if not fitting:
            if not date.loose or _contradicts(text, date, told, read, supplied):
                yield date
        elif (date.day and _elsewhere(text, date, [line for _, line in fitting], supplied, said)) or _displaced(
            text, readings, supplied
        ):
            yield date


def _is_summed(date: Date, supplied: Supplied) -> bool:
    """Whether it is the months up to one whose fact adds them up: the first ten, of October and what it comes to since January."""
    return any(
        date.quarter == stretch_of(fact.month) and "累计" in supplied.lines[line]
        for fact, line in supplied.dates
        if fact.month and not fact.day
    )


def _is_rest(date: Date, told: Sequence[Date]) -> bool:
    """Whether it is the months that two supplied stretches leave: the first quarter, of the half and the second quarter."""
    mine = months_of(date.month, date.quarter)
    spans = {span for one in told if not one.day and (span := months_of(one.month, one.quarter)) is not None}
    if any(one.year_alone for one in told):
        spans.add(frozenset(range(1, 13)))
    if _is_step_before(date, told):
        return True
    return mine is not None and not date.day and is_rest_of(mine, list(spans))


def _is_step_before(date: Date, told: Sequence[Date]) -> bool:
    """Whether it is the month, quarter or year before a supplied one."""
    if date.year_alone:
        return any(one.year == date.year + 1 for one in told)
    if date.month:
        return any(one.month and one.month % 12 == (date.month + 1) % 12 for one in told)
    return any(1 <= one.quarter <= 4 and one.quarter % 4 == (date.quarter + 1) % 4 for one in told if 1 <= date.quarter <= 4)  # noqa: PLR2004


def _is_reckoned(text: str, date: Date, read: Sequence[tuple[Figure, Sequence[Figure]]]) -> bool:
    """Whether every figure of its sentence is one that no fact has as such: those are looked at by themselves."""
    sentence = next(span for span in sentences(text) if span.start <= date.start < span.end)
    inside = [(figure, fitting) for figure, fitting in read if sentence.start <= figure.quantity.start < sentence.end]
    return bool(inside) and not any(
        fact.quantity.value == figure.quantity.value for figure, fitting in inside for fact in fitting
    )


def _month_before(text: str, date: Date, told: Sequence[Date]) -> bool:
    """Whether it is the month or quarter that a supplied one is measured against: down 4.1% from July, of August."""
    if date.day or not is_compared(text, date.start, date.end):
        return False
    if 1 <= date.quarter <= 4 and not date.year:  # noqa: PLR2004
        return any(one.quarter % 4 == (date.quarter + 1) % 4 for one in told if 1 <= one.quarter <= 4)  # noqa: PLR2004
    return bool(date.month) and any(one.month % 12 == (date.month + 1) % 12 for one in told if one.month)


def _contradicts(
    text: str, date: Date, told: Sequence[Date], read: Sequence[tuple[Figure, Sequence[Figure]]], supplied: Supplied
) -> bool:
    """Whether a date as people say it (in May, 2024, on Monday) stands where a fact says another one of its kind."""
    kind = "weekday" if date.weekday else "day" if date.day else "month" if date.month else "year"
    if not any(getattr(one, kind) for one in told):
        return False
    if kind in ("weekday", "month"):
        return True
    sentence = next(span for span in sentences(text) if span.start <= date.start < span.end)
    lines = {line for one, line in supplied.dates if getattr(one, kind)}
    years = {one.year for one in told if one.year}
    if kind == "year" and any(fitting and _is_of(date, figure) for figure, fitting in read) and date.year not in years:
        return not is_compared(text, date.start, date.end)
    facts = [fact for figure, fitting in read if sentence.start <= figure.quantity.start < sentence.end for fact in fitting]
    if any(fact.line in lines for fact in facts):
        return True
    words = set(words_of(text[sentence.start : sentence.end]))
    return any(sum(supplied.weights.get(word, 0) for word in words & supplied.words[line]) > 1 for line in lines)


def _displaced(text: str, readings: Sequence[Date], supplied: Supplied) -> bool:
    """Whether it stands among the words of a fact that has another date there."""
    mine = Context.of(text, readings[0].start, readings[0].end)
    places = (
        (any(one.said_by(fact) or (one.year_alone and fact.quarter == FULL_YEAR and not fact.year) for one in readings), beside)
        for (fact, _), beside in zip(supplied.dates, supplied.beside_dates, strict=True)
    )
    return stands_elsewhere(mine, places, COPIED, COPIED_MARGIN)


def _is_of(date: Date, figure: Figure) -> bool:
    """Whether a year is the one that a figure of its sentence is told for."""
    return ("year", date.year) in figure.periods and figure.sentence <= date.start


def _elsewhere(text: str, date: Date, lines: Sequence[int], supplied: Supplied, said: Sequence[Date]) -> bool:
    """Whether its sentence speaks of a fact that has another date, and does not say that one too."""
    sentence = next(span for span in sentences(text) if span.start <= date.start < span.end)
    words = set(words_of(text[sentence.start : sentence.end]))

    def score(line: int) -> float:
        return sum(supplied.weights.get(word, 0) for word in words & supplied.words[line])

    here = [one for one in said if sentence.start <= one.start < sentence.end and one.start != date.start]
    others = {
        line for one, line in supplied.dates if one.day and line not in lines and not any(other.said_by(one) for other in here)
    }
    return max(map(score, others), default=0) - max(map(score, lines), default=0) > MARGIN
