"""Dates as sources write them, as ISO dates."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from functions.interview_prep.posting.clean_text import line

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})(\.\s?|/|-)(\d{1,2})\2(20\d\d)")
_MONTHS = (
    "jan jän gen led sty ene ιαν янв",
    "feb fév lut úno fev fe φεβ фев",
    "mar mär bře μαρ μάρ мар maa",
    "apr avr abr kwi dub απρ апр",
    "may mai maj mag kvě květ μαΐ μαι май мая mei",
    "jun juin giu cze červen ιου июн",
    "jul juil lug lip červenec ιουλ июл",
    "aug aoû ago sie srp αυγ авг",
    "sep set wrz zář σεπ сен",
    "oct okt ott out paź říj οκτ окт",
    "nov lis νοε νοέ ноя",
    "dec dez déc dic gru pro δεκ дек",
)
"""How the months' names begin in a dozen languages."""
_STARTS = {start: month for month, starts in enumerate(_MONTHS, 1) for start in starts.split()}
_TWO_ALIKE = (
    ("červenec", 7),
    ("července", 7),
    ("červen", 6),
    ("června", 6),
    ("listopad", 11),
    ("ιουλ", 7),
    ("ιουν", 6),
    ("marzo", 3),
    ("mai", 5),
)
"""Names whose first three letters are another month's too; in Polish `listopad` is November, as in Czech."""
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|º)?\.?\s+(?:of |de |d')?)?([^\W\d_]{3,12})\.?,?\s+(?:de )?(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
)
_MILLISECONDS = 100_000_000_000  # a larger number of seconds would be after the year 5000
_MONTHS_A_YEAR = 12


def iso_date(value: Any) -> str:
    """An ISO date from ISO text, `October 20, 2020`, `20. Oktober 2020`, `31.07.2026`, `2026年7月31日` or POSIX (milli)seconds; empty if it is none.

    Where neither number can be told from the other (`03/04/2026`), it is none.
    """
    try:
        if isinstance(value, int | float) or (isinstance(value, str) and value.isdigit() and len(value) in {10, 13}):
            seconds = float(value)
            return datetime.fromtimestamp(seconds / 1000 if seconds > _MILLISECONDS else seconds, UTC).date().isoformat()
        text = line(value, 60)
        if iso := _ISO.search(text):
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        if figures := _DAY_FIRST.search(text):
            return _by_figures(int(figures[1]), int(figures[3]), int(figures[4]), sure=figures[2].startswith("."))
        for named in _NAMED.finditer(text):
            if (named[1] or named[3]) and (month := _month(named[2].casefold())):
                return date(int(named[4]), month, int(named[1] or named[3])).isoformat()
    except (ValueError, OverflowError, OSError):
        pass
    return ""


def _by_figures(first: int, second: int, year: int, *, sure: bool) -> str:
    """Day first where dots are between them, or where one of them can be no month."""
    if sure or first > _MONTHS_A_YEAR or first == second:
        return date(year, second, first).isoformat()
    return date(year, first, second).isoformat() if second > _MONTHS_A_YEAR else ""


def _month(name: str) -> int:
    alike = next((month for start, month in _TWO_ALIKE if name.startswith(start)), 0)
    return alike or next((_STARTS[name[:size]] for size in (4, 3, 2) if name[:size] in _STARTS), 0)
