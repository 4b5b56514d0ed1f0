"""Parses feed dates in no standard format: month names in many languages, the month before the day, Chinese, Japanese and Korean dates."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = (
    "january jan janvier janv januar jänner enero ene gennaio gen janeiro januari styczen stycznia ocak января",
    "february feb fevrier fevr februar febrero febbraio fevereiro februari luty lutego subat февраля",
    "march mar mars marz marzo marco maart marzec marca mart марта",
    "april apr avril avr abril abr aprile kwiecien kwietnia nisan апреля",
    "may mai mayo maggio mag maio mei maj maja mayis мая",
    "june jun juin juni junio giugno giu junho czerwiec czerwca haziran июня",
    "july jul juillet juil juli julio luglio lug julho lipiec lipca temmuz июля",
    "august aug aout agosto ago agosto augustus sierpien sierpnia agustos августа",
    "september sep sept septembre septiembre settembre set setembro wrzesien wrzesnia eylul сентября",
    "october oct octobre oktober okt octubre ottobre ott outubro out pazdziernik pazdziernika ekim октября",
    "november nov novembre noviembre novembro listopad listopada kasim ноября",
    "december dec decembre dezember dez diciembre dic dicembre dezembro grudzien grudnia aralik декабря",
)
_NUMBER = {
    unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name: month
    for month, names in enumerate(_MONTHS, 1)
    for name in names.split()
}
_WORD = re.compile(r"[^\W\d_]{3,12}")
_YEAR, _DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)"), re.compile(r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th|\.|er|º)?(?![\d:])")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?::(\d\d))?\s?(am|pm)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d\d):?(\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)\s?[年년./-]\s?(\d{1,2})\s?[月월./-]\s?(\d{1,2})\s?[日일]?")
_EAST_ASIAN = re.compile(r"\d\s?[年년]")
LONGEST = 80


def has_east_asian_date(text: str) -> bool:
    """Whether a date is written as in `2026年11月28日`: feedparser reads the month of it, and takes the first day."""
    return bool(_EAST_ASIAN.search(text[:LONGEST]))


def local_date(text: str) -> float:
    """POSIX seconds of a date in words, UTC where it says no zone; 0 for what is none."""
    said = text[:LONGEST]
    clock = _CLOCK.search(said)
    rest = _CLOCK.sub(" ", said)
    found = _OFFSET.search(rest)
    rest = _OFFSET.sub(" ", rest)
    year_first = _YEAR_FIRST.search(rest)
    year = _YEAR.search(rest)
    if year_first:
        parts = (int(year_first[1]), int(year_first[2]), int(year_first[3]))
    else:
        month = next((_NUMBER[name] for word in _WORD.findall(rest) if (name := _plain(word)) in _NUMBER), 0)
        day = _DAY.search(_YEAR.sub(" ", rest))
        if not (year and month and day):
            return 0.0
        parts = (int(year[1]), month, int(day[1]))
    hour, minute, second = (int(clock[1]), int(clock[2]), int(clock[3] or 0)) if clock else (0, 0, 0)
    if clock and clock[4]:
        hour = hour % 12 + (12 if clock[4].lower() == "pm" else 0)
    shift = timedelta(hours=int(found[2]), minutes=int(found[3])) * (1 if found[1] == "+" else -1) if found else timedelta()
    try:
        return datetime(*parts, hour, minute, second, tzinfo=timezone(shift) if shift else UTC).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def _plain(word: str) -> str:
    low = word.lower().replace("\u0131", "i")  # Turkish, without its dot
    return unicodedata.normalize("NFKD", low).encode("ascii", "ignore").decode() or low
