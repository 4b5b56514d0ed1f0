"""The quarter, year and month that a figure is told for, and those that a change is measured against."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shared.fact_check.reading.clauses import Neighbourhood, Span
from shared.fact_check.vocabulary.time_words import BASIS, QUARTER, SPOKEN_YEAR, YEAR, is_compared
from shared.numbers.date_expressions import Date, stretch_of

_UNTIL = re.compile(r"(?:[到至]|\bthrough|\buntil)\s?$", re.IGNORECASE)
"""Stands before the end of a stretch that is told: 今年到11月 is no November."""

_ITS_OWN = re.compile(r"[^\d,，、。;；]{0,8}的\s?[$€£¥]?|'s? ")
"""Between a time and the figure of that time, which another is held against: 比上半年整体的6.0%."""
_SUMMED = re.compile(r"累计(?P<result>[^\d,，。;；]{0,6}?(?:营收|营业|收入|净利|获利|盈余|纯益|每股|eps))?", re.IGNORECASE)
"""What adds up the months of a year: 10月获利1亿元, 累计获利9亿元."""
_PARTED = re.compile(r"\band\b|[,，、]", re.IGNORECASE)
"""Parts what one figure is held against from the next figure: 6% from the first quarter and 12% on the year."""


def periods(
    text: str, near: Neighbourhood, said: Sequence[Date], earlier: str, told: frozenset[tuple[str, int]] = frozenset()
) -> frozenset[tuple[str, int]]:
    """The quarter, year and month that its own clause names, else the nearest date before it in its sentence, else the sentence if it names one of each.

    `earlier`: by what step before those it was; `told`: what its own words say as people do (next year), which lets none be carried in. A day in its clause is no period, and lets none be carried in.
    """
    said = [date for date in said if not _UNTIL.search(text, max(0, date.start - 8), date.start)]
    own = [date for date in said if near.left.start <= date.start and date.end <= near.right.end]
    own = [
        date for date in own if not is_compared(text, date.start, date.end) or _ITS_OWN.fullmatch(text, date.end, near.left.end)
    ]
    summed = _SUMMED.search(text, near.left.start, near.left.end)
    months = [date.month for date in said if date.end <= near.left.end and date.month and not date.day][-1:]
    if summed and summed["result"] and months and not any(date.quarter for date in own):
        return told | {("quarter", stretch_of(months[0]))}
    if own or any(name == SPOKEN_YEAR for name, _ in told):
        return _named(own) | told
    if summed:
        return told
    before = [date for date in said if near.sentence.start <= date.start and date.end <= near.left.start and not date.day]
    last = [
        date for date in before[-2:] if date.end >= before[-1].start - 1 and not is_compared(text, date.start, date.end)
    ]  # 2022年全年
    if last and not any(date.year for date in last):  # 2018年某公司全年
        last = [date for date in before[:-1] if date.year_alone and not is_compared(text, date.start, date.end)][-1:] + last
    carried = Span(last[0].start, last[-1].end) if last else Span(near.sentence.start, near.right.end)
    inside = [date for date in said if carried.start <= date.start and date.end <= carried.end]
    found = _named([date for date in inside if not is_compared(text, date.start, date.end)])
    if earlier == YEAR:
        return told | {(name, value - (name == "year")) for name, value in found}
    return told if earlier == QUARTER else told | found


def _named(inside: Sequence[Date]) -> frozenset[tuple[str, int]]:
    """The quarter, year and month that dates name, each if they name one of it."""
    found = {
        (name, getattr(date, name))
        for date in inside
        for name in ("quarter", "year", "month")
        if getattr(date, name) and not date.day
    }
    names = [name for name, _ in found]
    return frozenset(pair for pair in found if names.count(pair[0]) == 1)


def against(text: str, near: Neighbourhood, said: Sequence[Date]) -> frozenset[tuple[str, int]]:
    """The quarter, year and month that a change is measured against, where its clause names them: than in Q4, 比9月."""
    span = Span(near.left.start, near.own.end)
    inside = [date for date in said if span.start <= date.start and date.end <= span.end]
    inside = [date for date in inside if date.start >= near.left.end or not _PARTED.search(text, date.end, near.left.end)]
    return _named([date for date in inside if is_compared(text, date.start, date.end)])


def nearest_basis(text: str, near: Neighbourhood) -> str:
    """By what words a figure says what it is measured against: the last before it, else the first behind it."""
    left = list(BASIS.finditer(text, near.left.start, near.left.end))
    right = BASIS.search(text, near.own.start, near.own.end)
    if right is not None and right.start() - near.own.start <= 1 and len(left) == 1 and left[0].start() - near.left.start <= 1:
        return right.lastgroup or ""  # 0.2% on the month and 3.8% on the year
    if left:
        return left[-1].lastgroup or ""
    return (right.lastgroup or "") if right is not None else ""
