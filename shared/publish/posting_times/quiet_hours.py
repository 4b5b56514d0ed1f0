"""When somebody's posts may not go out: ranges of hours where they are, computed as moments, so that no clock change loses or doubles one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

RANGE = re.compile(r"\s*([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]|24):([0-5]\d)\s*")
MOST = 10
"""Ranges of one persona."""

Range = tuple[time, time]


def ranges_of(text: str) -> tuple[Range, ...]:
    """`22:00-07:00, 12:00-13:00`.

    Raises:
        ValueError: it is none, or has too many.
    """
    parts = [part for part in re.split(r"[,;|、]", text) if part.strip()]
    found = [RANGE.fullmatch(part) for part in parts]
    if len(parts) > MOST or not all(found):
        raise ValueError("quiet hours are like 22:00-07:00, or several of them with commas")
    return tuple((time(int(one[1]), int(one[2])), time(int(one[3]) % 24, int(one[4]))) for one in found if one is not None)


def quiet_until(ranges: Sequence[Range], zone: str, now: float) -> float:
    """When the quiet hours end that `now` (POSIX seconds) is in, ranges that touch taken together; 0 when it is in none.

    An end that comes twice, when clocks go back, is the later one; one that is left out is when it would have been. Always after `now`.
    """
    until, moved = now, True
    while moved and until - now < 2 * 86400:
        moved = False
        for begin, end in _intervals(ranges, zone, until):
            if begin <= until < end:
                until, moved = end, True
    return until if until > now and until - now < 2 * 86400 else 0.0


def _intervals(ranges: Sequence[Range], zone: str, now: float) -> list[tuple[float, float]]:
    """The ranges as moments, of yesterday, today and tomorrow."""
    here = ZoneInfo(zone)
    today = datetime.fromtimestamp(now, here).date()
    found = []
    for begin, end in ranges:
        if begin == end:
            continue
        for offset in (-1, 0, 1):
            day = today + timedelta(days=offset)
            last = day if end > begin else day + timedelta(days=1)
            found.append((min(_moments(datetime.combine(day, begin, here))), max(_moments(datetime.combine(last, end, here)))))
    return found


def _moments(moment: datetime) -> tuple[float, float]:
    """POSIX seconds by the offset before and after a clock change; the same twice on any other day."""
    before, after = (moment.replace(fold=fold).astimezone(UTC).timestamp() for fold in (0, 1))
    return before, after
