"""When somebody's posts may not go out: ranges of hours by the clock on their wall, computed as moments: no clock change loses or doubles a post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

RANGE = re.compile(r"\s*([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]|24):([0-5]\d)\s*")
MOST = 10
"""Ranges of one persona."""
MINUTES = 24 * 60
LONGEST = 50
"""Hours within which quiet hours end, by whichever clock: one that skips a date skips a day of them."""

Range = tuple[int, int]
"""Minutes of the day: from the first until before the second, over midnight where that is less."""


def ranges_of(text: str) -> tuple[Range, ...]:
    """`22:00-07:00, 12:00-13:00`. Without what is empty (`08:00-08:00`).

    Raises:
        ValueError: it is none, has too many, or leaves no minute of the day.
    """
    parts = [part for part in re.split(r"[,;|、]", text) if part.strip()]
    found = [RANGE.fullmatch(part) for part in parts]
    if len(parts) > MOST or not all(found):
        raise ValueError("quiet hours are like 22:00-07:00, or several of them with commas")
    ranges = tuple(
        (int(one[1]) * 60 + int(one[2]), min(int(one[3]) * 60 + int(one[4]), MINUTES)) for one in found if one is not None
    )
    ranges = tuple((begin, end) for begin, end in ranges if begin != end)
    if all(_quiet(ranges, minute) for minute in range(MINUTES)):
        raise ValueError("quiet hours leave no time of the day to post")
    return ranges


def quiet_until(ranges: Sequence[Range], zone: str, now: float) -> float:
    """The first moment after `now` (POSIX seconds) that is in none of the ranges; 0 when `now` is in none.

    The clock on the wall decides: what it shows twice is quiet twice, and where it leaves out an end, they end with what is left out.
    """
    here = ZoneInfo(zone)
    if not _quiet(ranges, _minute(now, here)):
        return 0.0
    return next(
        (moment for moment in sorted(_ends(ranges, here, now)) if moment > now and not _quiet(ranges, _minute(moment, here))), 0.0
    )


def _quiet(ranges: Sequence[Range], minute: int) -> bool:
    return any(begin <= minute < end if begin < end else minute >= begin or minute < end for begin, end in ranges)


def _minute(moment: float, here: ZoneInfo) -> int:
    wall = datetime.fromtimestamp(moment, here)
    return wall.hour * 60 + wall.minute


def _ends(ranges: Sequence[Range], here: ZoneInfo, now: float) -> Iterator[float]:
    """When quiet hours may end: at the ends of ranges, and where clocks are changed."""
    yield from _changes(here, now)
    today = datetime.fromtimestamp(now, here).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    for _, end in ranges:
        for days in range(-1, 4):
            wall = (today + timedelta(days=days, minutes=end)).replace(tzinfo=here)
            yield from (wall.replace(fold=fold).astimezone(UTC).timestamp() for fold in (0, 1))


def _changes(here: ZoneInfo, now: float) -> Iterator[float]:
    """The moments after `now` from which on clocks show another time than they would."""
    for hour in range(LONGEST):
        low, high = int(now) + hour * 3600, int(now) + (hour + 1) * 3600
        if (before := _offset(low, here)) == _offset(high, here):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if _offset(middle, here) == before else (low, middle)
        yield float(high)


def _offset(moment: float, here: ZoneInfo) -> timedelta | None:
    return datetime.fromtimestamp(moment, here).utcoffset()
