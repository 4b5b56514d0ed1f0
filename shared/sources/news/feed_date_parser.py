"""Parses feed dates in no standard format: month names in many languages, the month before the day, East Asian dates, named zones."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from shared.sources.news.date_words import AFTERNOON, BEFORE_NOON, BUDDHIST, ERAS, in_ascii_digits, month_of, zone_of

_WORD = re.compile(r"[^\W\d_]{3,14}")
_ENGLISH = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|tues|wednes|thurs|satur|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september|october"
    r"|november|december)(?:day)?",
    re.IGNORECASE,
)
_STANDARD = re.compile(r"\s*(?:[a-z]{3,9},?\s+)?\d{1,2}\s+([a-z]{3,9})\.?,?\s+\d{2,4}\b|\s*\d{4}-\d\d", re.IGNORECASE)
_KNOWN_ZONE = re.compile(r"\b(?:UTC?|GMT|Z|[ECMP][SD]T)\s*$")
_ZONED = re.compile(r"\d\s?[A-Z]{3,4}\s*$|(?:UTC|GMT)\s?[+-]")
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)?Z?\s*")
_SECONDS = re.compile(r"\s*(1\d{9})(?:\d{3})?\s*")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_YEAR, _DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)"), re.compile(r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th|\.|er|º)?(?![\d:])")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_THAI_YEAR = re.compile(r"(?<!\d)(25\d\d)(?!\d)")
_ERA = re.compile(rf"({'|'.join(ERAS)})\s?(\d{{1,3}})(?=\s?年)")
_MONTH_BY_NUMBER = re.compile(r"\b(?:tháng|thg)\s?(\d{1,2})", re.IGNORECASE)
_CLOCK = re.compile(
    rf"(?P<before>{AFTERNOON}|{BEFORE_NOON})?\s?(?<!\d)(?P<hour>\d{{1,2}})\s?(?::|[h時时點点시](?=\s?\d))\s?(?P<minute>\d\d)(?!\d)"
    rf"(?:(?::|\s?[分분]\s?)(?P<second>\d\d)(?!\d))?\s?[分분秒초]?\s?(?P<after>{AFTERNOON}|{BEFORE_NOON})?",
    re.IGNORECASE,
)
_HOURS = re.compile(
    rf"(?P<before>{AFTERNOON}|{BEFORE_NOON})?\s?(?<!\d)(?P<hour>\d{{1,2}})\s?(?:(?:[時时點点시]|h\b)|\s(?P<after>{AFTERNOON}|{BEFORE_NOON}))",
    re.IGNORECASE,
)
_DOTTED = re.compile(
    r"\b(?:kl\.?|klo|kello|um|pukul|ob)\s(?P<hour>\d{1,2})\.(?P<minute>\d\d)(?!\d)|(?<![\d.])(?P<hour2>\d{1,2})\.(?P<minute2>\d\d)(?=\s(?:uhr|wib|wita|wit)\b)",
    re.IGNORECASE,
)
_AFTERNOON = re.compile(AFTERNOON, re.IGNORECASE)
_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+-])(0\d|1[0-4]):?([0-5]\d)(?!\d)|(?:GMT|UTC)\s?([+-])(\d{1,2})(?::([0-5]\d))?(?!\d)")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)\s?[年년./-]\s?(\d{1,2})\s?[月월./-]\s?(\d{1,2})\s?[日일]?")
_NOON_OR_SO = re.compile(r"(?<![\d:+-])(\d{1,2}):(\d\d)(?::(\d\d))?(?!\d)")
_ANY_OFFSET = re.compile(r"[+-](\d\d):?(\d\d)(?!\d)")
_BY_DAYS = re.compile(r"\s*((?:19|20)\d\d)-(\d{3})(?!\d)")
_BY_WEEKS = re.compile(r"\s*((?:19|20)\d\d)-?W(\d\d)(?:-?(\d))?(?!\d)")
_DIGITS = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(?![\d-])")
EASTERNMOST, WESTERNMOST = 14 * 60, 12 * 60
"""Minutes from UTC of the farthest zones."""
_EAST_ASIAN = re.compile(r"\d\s?[年년]|[上下午]午|오[전후]")
LONGEST = 80


def has_east_asian_date(text: str) -> bool:
    """Whether a date is written as in `2026年11月28日`: feedparser reads the month of it, and takes the first day."""
    return bool(_EAST_ASIAN.search(text[:LONGEST]))


def is_standard(text: str) -> bool:
    """Whether every parser reads a date rightly: in English words or begun as ISO 8601 has it, its zone in figures or one of RFC 822."""
    said = text[:LONGEST]
    found = _STANDARD.match(said)
    words = _WORD.findall(said.partition(":")[0])
    english = found is not None and (found[1] is None or all(_ENGLISH.fullmatch(word) for word in words))
    return english and (not _ZONED.search(said) or bool(_KNOWN_ZONE.search(said)))


def is_impossible(text: str) -> bool:
    """Whether a date names a day, an hour or a zone that there is not (30 February, 25:00, +25:00): some parsers count on from there."""
    said = in_ascii_digits(text[:LONGEST])
    try:
        if digits := _DIGITS.match(said):
            year, month, day, hour, minute, second = (int(part or 0) for part in digits.groups())
            datetime(year, month, day)  # noqa: DTZ001 - only whether there is such a day
            return not _is_clock(hour, minute, second)
        if year_first := _YEAR_FIRST.match(said.strip()):
            datetime(*(int(part) for part in year_first.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - as above; three of them
        elif by_days := _BY_DAYS.match(said):
            year = int(by_days[1])
            return not 1 <= int(by_days[2]) <= (datetime(year, 12, 31) - datetime(year - 1, 12, 31)).days  # noqa: DTZ001 - as above
        elif by_weeks := _BY_WEEKS.match(said):
            datetime.fromisocalendar(int(by_weeks[1]), int(by_weeks[2]), int(by_weeks[3] or 1))
    except ValueError:
        return True
    clock = _NOON_OR_SO.search(said)
    if clock is None:
        return False
    offset = _ANY_OFFSET.search(said, clock.end())
    return not _is_clock(*(int(part or 0) for part in clock.groups())) or (offset is not None and not _is_offset(offset))


def _is_clock(hour: int, minute: int, second: int) -> bool:
    """Whether a day has this moment: its end is 24:00, and some minutes have a second 60."""
    return (hour < 24 and minute < 60 and second <= 60) or (hour, minute, second) == (24, 0, 0)  # noqa: PLR2004 - a clock's


def _is_offset(found: re.Match[str]) -> bool:
    minutes = 60 * int(found[1]) + int(found[2])
    return int(found[2]) < 60 and minutes <= (EASTERNMOST if found[0][0] == "+" else WESTERNMOST)  # noqa: PLR2004 - an hour's


def local_date(text: str) -> float:
    """POSIX seconds of a date in words, UTC where it says no zone; 0 for what is none."""
    said = in_ascii_digits(text[:LONGEST])
    if seconds := _SECONDS.fullmatch(said):
        return float(seconds[1])
    if compact := _COMPACT.fullmatch(said):
        year, month, date, *hours = (int(part or 0) for part in compact.groups())
        return _moment((year, month, date), (hours[0], hours[1], hours[2]), UTC)
    said = _ERA.sub(lambda era: str(ERAS[era[1]] + int(era[2])), said)
    if _THAI.search(said):
        said = _THAI_YEAR.sub(lambda year: str(int(year[1]) - BUDDHIST), said)
    # The clock first: the hours of an offset look like one (`+01:00`), and what is left is the day.
    zone, rest = _zone(said)
    time, rest = _time_of_day(rest)
    return 0.0 if (day := _day(rest)) is None else _moment(day, time, zone)


def _zone(said: str) -> tuple[tzinfo, str]:
    """The zone of a date, and the date without it."""
    clock = re.search(r"\d:\d\d", said)
    start = clock.end() if clock else 0  # `2026-11-05` holds no offset
    if found := _OFFSET.search(said, start):
        sign, hours, minutes = (found[1], found[2], found[3]) if found[1] else (found[4], found[5], found[6] or 0)
        shift = timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
        rest = said[: found.start()] + " " + said[found.end() :]
        return (timezone(shift) if shift and abs(shift) < timedelta(hours=24) else UTC), rest
    named = zone_of(said)
    return (timezone(timedelta(seconds=named)) if named else UTC), said


def _time_of_day(said: str) -> tuple[tuple[int, int, int], str]:
    """Hour, minute and second of a date, midnight where it has none, and the date without them."""
    found = next((clock for pattern in (_CLOCK, _DOTTED, _HOURS) if (clock := pattern.search(said))), None)
    if found is None:
        return (0, 0, 0), said
    parts = found.groupdict()
    hour, minute = int(parts["hour"] or parts.get("hour2") or 0), int(parts.get("minute") or parts.get("minute2") or 0)
    if half := parts.get("before") or parts.get("after"):
        hour = hour % 12 + (12 if _AFTERNOON.fullmatch(half) else 0)
    return (hour, minute, int(parts.get("second") or 0)), said[: found.start()] + " " + said[found.end() :]


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
    numbered = _MONTH_BY_NUMBER.search(rest)
    month = int(numbered[1]) if numbered else month_of(rest)
    day = _DAY.search(_YEAR.sub(" ", _MONTH_BY_NUMBER.sub(" ", rest)))
    return (int(year_word[1]), month, int(day[1])) if year_word and month and day else None


_LAST_MONTH = 12


def _moment(day: tuple[int, int, int], time: tuple[int, int, int], zone: tzinfo) -> float:
    try:
        return datetime(*day, *time, tzinfo=zone).timestamp()
    except (ValueError, OverflowError):
        return 0.0
