"""Parses feed dates in no standard format: month names in many languages, the month before the day, Chinese, Japanese and Korean dates."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_MONTHS = (
    (
        "january jan janvier janv januar jänner enero ene gennaio gen janeiro januari styczen stycznia ocak января янв ledna leden januar tammikuuta tammikuu ianuarie januarja "
        "січня януари يناير"
    ),
    "february feb fevrier fevr februar febrero febbraio fevereiro fev februari luty lutego subat февраля фев февр unora unor helmikuuta helmikuu februarie лютого февруари فبراير",
    "march mar mars marz marzo marco maart mrt marts marzec marca mart марта мар brezna brezen marcius maaliskuuta maaliskuu martie maret березня март مارس",
    "april apr avril avr abril abr aprile kwiecien kwietnia nisan апреля апр dubna duben aprilis huhtikuuta huhtikuu aprilie квітня април أبريل ابريل",
    "may mai mayo maggio mag maio mei maj maja mayis мая май kvetna kveten majus toukokuuta toukokuu травня مايو",
    "june jun juin juni junio giugno giu junho czerwiec czerwca haziran июня июн cervna cerven junius kesakuuta kesakuu iunie червня юни يونيو",
    "july jul juillet juil juli julio luglio lug julho lipiec lipca temmuz июля июл cervence cervenec julius heinakuuta heinakuu iulie липня юли يوليو",
    "august aug aout agosto ago augustus sierpien sierpnia agustos августа авг srpna srpen augusztus elokuuta elokuu agustus agt серпня август أغسطس اغسطس",
    "september sep sept septembre septiembre settembre set setembro wrzesien wrzesnia eylul сентября сен сент zari szeptember syyskuuta syyskuu septembrie вересня септември سبتمبر",
    "october oct octobre oktober okt octubre ottobre ott outubro out pazdziernik pazdziernika ekim октября окт rijna rijen lokakuuta lokakuu octombrie жовтня октомври أكتوبر اكتوبر",
    "november nov novembre noviembre novembro listopad listopada listopadu kasim ноября ноя нояб marraskuuta marraskuu noiembrie листопада ноември نوفمبر",
    (
        "december dec decembre dezember dez diciembre dic dicembre dezembro grudzien grudnia aralik декабря дек prosince prosinec joulukuuta joulukuu decembrie desember des грудня "
        "декември ديسمبر"
    ),
)
_NUMBER = {
    unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name: month
    for month, names in enumerate(_MONTHS, 1)
    for name in names.split()
}
_WORD = re.compile(r"[^\W\d_]{3,14}")
_ENGLISH = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|tues|wednes|thurs|satur|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september|october"
    r"|november|december)(?:day)?",
    re.IGNORECASE,
)
_STANDARD = re.compile(r"\s*(?:[a-z]{3,9},?\s+)?\d{1,2}\s+([a-z]{3,9})\.?,?\s+\d{2,4}\b|\s*\d{4}-\d\d", re.IGNORECASE)
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)?Z?\s*")
_SECONDS = re.compile(r"\s*(1\d{9})(?:\d{3})?\s*")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_YEAR, _DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)"), re.compile(r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th|\.|er|º)?(?![\d:])")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?::(\d\d))?\s?(am|pm)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(0\d|1[0-4]):?([0-5]\d)(?!\d)")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)\s?[年년./-]\s?(\d{1,2})\s?[月월./-]\s?(\d{1,2})\s?[日일]?")
_EAST_ASIAN = re.compile(r"\d\s?[年년]")
LONGEST = 80


def has_east_asian_date(text: str) -> bool:
    """Whether a date is written as in `2026年11月28日`: feedparser reads the month of it, and takes the first day."""
    return bool(_EAST_ASIAN.search(text[:LONGEST]))


def is_standard(text: str) -> bool:
    """Whether a date is in English words or begins as ISO 8601 has it: what every parser reads rightly."""
    found = _STANDARD.match(text[:LONGEST])
    words = _WORD.findall(text[:LONGEST].partition(":")[0])
    return found is not None and (found[1] is None or all(_ENGLISH.fullmatch(word) for word in words))


def local_date(text: str) -> float:
    """POSIX seconds of a date in words, UTC where it says no zone; 0 for what is none."""
    said = text[:LONGEST]
    if seconds := _SECONDS.fullmatch(said):
        return float(seconds[1])
    if compact := _COMPACT.fullmatch(said):
        year, month, date, *time = (int(part or 0) for part in compact.groups())
        return _moment((year, month, date), (time[0], time[1], time[2]), UTC)
    clock = _CLOCK.search(said)
    rest = _CLOCK.sub(" ", said)
    found = _OFFSET.search(rest)
    rest = _OFFSET.sub(" ", rest)
    if (parts := _day(rest)) is None:
        return 0.0
    hour, minute, second = (int(clock[1]), int(clock[2]), int(clock[3] or 0)) if clock else (0, 0, 0)
    if clock and clock[4]:
        hour = hour % 12 + (12 if clock[4].lower() == "pm" else 0)
    shift = timedelta(hours=int(found[2]), minutes=int(found[3])) * (1 if found[1] == "+" else -1) if found else timedelta()
    return _moment(parts, (hour, minute, second), timezone(shift) if shift else UTC)


def _day(rest: str) -> tuple[int, int, int] | None:
    """Year, month and day; None where there is none, or `5/11/2026` might be two."""
    if year_first := _YEAR_FIRST.search(rest):
        return int(year_first[1]), int(year_first[2]), int(year_first[3])
    if numeric := _NUMERIC.search(rest):
        first, second, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
        if numeric[2] != "/" or first > _LAST_MONTH or first == second:
            return year, second, first
        return (year, first, second) if second > _LAST_MONTH else None
    year_word = _YEAR.search(rest)
    # The last of them: a weekday may be called as a month is (`mar, 20 gen`).
    month = next((_NUMBER[name] for word in reversed(_WORD.findall(rest)) if (name := _plain(word)) in _NUMBER), 0)
    day = _DAY.search(_YEAR.sub(" ", rest))
    return (int(year_word[1]), month, int(day[1])) if year_word and month and day else None


_LAST_MONTH = 12


def _moment(day: tuple[int, int, int], time: tuple[int, int, int], zone: tzinfo) -> float:
    try:
        return datetime(*day, *time, tzinfo=zone).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def _plain(word: str) -> str:
    low = word.lower().replace("\u0131", "i")  # Turkish, without its dot
    return unicodedata.normalize("NFKD", low).encode("ascii", "ignore").decode() or low
