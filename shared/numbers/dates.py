"""The dates of a text: days, months and quarters, in English and Chinese. A year alone is not one: it is harmless."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 -- twelve quotes less
_MONTH = (
    r"(?P<{0}>(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)\.?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)"
)
_HAN = "一二三四五六七八九十"
_Y, _D = r"(?P<y>(?:19|20)\d\d)", r"(?P<d>\d{1,2})"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"(?<!\d){_Y}[-/.](?P<m>\d{{1,2}})[-/.]{_D}(?!\d)",
        rf"(?<!\d)(?:{_Y}\s?年\s?)?(?P<m>\d{{1,2}}|十[一二]?|[{_HAN}])\s?月(?:\s?(?P<d>\d{{1,2}})\s?[日號号])?(?!\s?[份個个]?之)",
        rf"\b{_MONTH.format('name')}\s{_D}(?:st|nd|rd|th)?(?:,?\s{_Y})?(?![\d,.]*\d|%)\b",
        rf"(?<!\d){_D}(?:st|nd|rd|th)?(?:\sof)?\s{_MONTH.format('name')}(?:,?\s{_Y})?\b",
        rf"\b{_MONTH.format('name')},?\s{_Y}\b",
        rf"\b(?:{_Y}\s?)?q(?P<q>[1-4])(?:\s?(?:of\s)?(?:fy\s?)?(?P<y2>(?:20)?\d\d)(?!\d|%|\.\d))?\b",
        r"\b(?P<q>[1-4])q\s?(?P<y2>(?:20)?\d\d)?\b",
        rf"\b(?P<qname>first|second|third|fourth)[- ]quarter(?:\s(?:of\s)?{_Y})?\b",
        rf"(?:{_Y}\s?年\s?)?第\s?(?P<q>[1-4]|[一二三四])\s?季度?",
        r"\b(?P<h>[12])h\s?(?P<y2>(?:20)?\d\d)\b|\bh(?P<h2>[12])\s(?P<y3>20\d\d)\b",
        r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/%])",
    )
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as the text gives it; 0 is what it does not say. `quarter` 5 and 6 are half-years."""

    start: int
    end: int
    text: str
    year: int = 0
    month: int = 0
    day: int = 0
    quarter: int = 0

    def said_by(self, other: Date) -> bool:
        """Whether `other` says all this: the same day, month or quarter, and no other year."""
        if self.year and other.year and self.year != other.year:
            return False
        return (not self.day or self.day == other.day) and self.month == other.month and self.quarter == other.quarter


def dates(text: str) -> tuple[Date, ...]:
    """Every date of a folded text. One that may be read as 3 December or 12 March is given as both."""
    found: list[Date] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if not any(match.start() < one.end and one.start < match.end() for one in found):
                found.extend(_read(match))
    return tuple(sorted(found, key=lambda date: date.start))


def _read(match: re.Match[str]) -> list[Date]:
    part = {name: value for name, value in match.groupdict().items() if value}
    at = (*match.span(), match[0].strip())
    year = int(part.get("y") or part.get("y2") or part.get("y3") or 0)
    year += 2000 if 0 < year < 100 else 0  # noqa: PLR2004 -- two digits of a year
    if "a" in part:
        one, other = int(part["a"]), int(part["b"])
        return [Date(*at, month=m, day=d) for m, d in ((one, other), (other, one)) if 1 <= m <= 12 and 1 <= d <= 31]  # noqa: PLR2004 -- a calendar
    if half := part.get("h") or part.get("h2"):
        return [Date(*at, year=year, quarter=4 + int(half))]
    if quarter := part.get("q") or part.get("qname"):
        names = ("first", "second", "third", "fourth")
        number = names.index(quarter.lower()) + 1 if quarter.lower() in names else _number(quarter)
        return [Date(*at, year=year, quarter=number)]
    month = _MONTHS.index(part["name"][:3].lower()) + 1 if "name" in part else _number(part["m"])
    day = int(part.get("d", 0))
    return [Date(*at, year=year, month=month, day=day)] if 1 <= month <= 12 and day <= 31 else []  # noqa: PLR2004 -- a calendar


def _number(word: str) -> int:
    if word.isascii():
        return int(word)
    return 10 + _HAN.index(word[1]) + 1 if len(word) > 1 else _HAN.index(word) + 1
