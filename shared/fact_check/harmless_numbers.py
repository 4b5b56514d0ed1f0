"""Numbers that are part of how people talk, and of names: they need no fact."""

from __future__ import annotations

import re

from shared.fact_check.reading.figure import Figure
from shared.fact_check.supplied_facts import Supplied
from shared.numbers.unit_words import TIME

SMALL = 12
"""Whole counts up to this are part of how people talk."""
MANY = 100
"""Whole counts of minutes, pages and other everyday things up to this, too."""
WINDOWS = frozenset({14, 15, 20, 24, 30, 45, 48, 50, 52, 60, 90, 100, 120, 150, 180, 200, 240, 250, 252, 360, 365})
"""Days, weeks, months and years that charts and calendars use."""
_EVERYDAY = frozenset({"second", "minute", "hour", "page", "time"})
_MORE_EVERYDAY = re.compile(r"[- ]?(?:cups?|岁|个字|字)", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?P<ordinal>(?:st|nd|rd|th)\b)|\s*(?:点)(?!半|钟)|\s*(?:points?|pts|shares|lots|张|手|股)(?![A-Za-z])",
    re.IGNORECASE | re.ASCII,
)
_WINDOW = re.compile(r"[- ]?(?:d?ma\b|[日周月季年]?均?线)", re.IGNORECASE)
_MEASURED = re.compile(
    r"(?:\beps|\bp/?e|\bp/?b|\bbeta|\brsi|本益比|市盈率|市净率|股价|收报|收在|收盘|现价|现报|报价|每股.{0,4}?|\bprice|\bclosed|\btrading|\btrades|\bshares)"
    r"\W{0,12}(?:of|at|is|was|to|around|about|near|是|为|约|近|在|于|到)?\W{0,12}$",
    re.IGNORECASE | re.ASCII,
)
_STREAK = re.compile(r"连续?|\b(?:straight|consecutive|running|in a row|streak)\b", re.IGNORECASE)
_YEAR_DIGITS = 4


def is_harmless(text: str, said: Figure, supplied: Supplied) -> bool:  # noqa: PLR0911
    """Whether a number of a folded text needs no fact."""
    number = said.quantity
    before, after = text[max(0, number.start - 40) : number.start], text[number.end :]
    if number.derived:
        return not any(f"={metric}" in supplied.weights for metric in said.strong)
    if not number.whole or number.currency:
        return False
    if 1900 <= number.value < 2100 and len(number.text) == _YEAR_DIGITS:  # noqa: PLR2004
        return not _MEASURED.search(before)
    timed = number.unit in TIME or _WINDOW.match(after) is not None
    if (number.value <= SMALL or number.value in WINDOWS) and timed:
        return not _another_time(said, supplied)
    if number.value <= MANY and (number.unit in _EVERYDAY or _MORE_EVERYDAY.match(after)):
        return True
    counted = _COUNTED.match(after)
    ordinal = counted is not None and counted["ordinal"] is not None
    if number.value > SMALL and not (ordinal and number.value <= 31):  # noqa: PLR2004
        return False
    return not _MEASURED.search(before) and not (counted and not ordinal)


def is_streak(text: str, said: Figure) -> bool:
    """Whether a count of days or quarters is how long something went one way: 連14日升, six straight weeks of selling."""
    number = said.quantity
    near = text[max(0, number.start - 12) : number.start] + " " + text[number.end : number.end + 24]
    return number.unit in TIME and _STREAK.search(near) is not None


def _another_time(said: Figure, supplied: Supplied) -> bool:
    """Whether the facts have this count with another unit of time, and the text speaks of that fact: 12 years for 12 months."""
    number = said.quantity
    for fact in supplied.figures:
        have = fact.quantity
        if have.unit in TIME and have.unit != number.unit and have.value == number.value and number.unit in TIME:
            common = [
                word
                for word in said.all_tokens
                if word in supplied.words[fact.line] and supplied.weights.get(word, 0) > 0.5  # noqa: PLR2004
            ]
            if common:
                return True
    return False
