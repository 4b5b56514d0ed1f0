"""Dates as sources write them, as ISO dates."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from functions.interview_prep.posting.clean_text import line

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})")
_MILLISECONDS = 100_000_000_000  # a larger number of seconds would be after the year 5000


def iso_date(value: Any) -> str:
    """An ISO date from ISO text, `October 20, 2020`, `20 Oct 2020` or POSIX (milli)seconds; empty if it is none."""
    try:
        if isinstance(value, int | float) or (isinstance(value, str) and value.isdigit() and len(value) in {10, 13}):
            seconds = float(value)
            return datetime.fromtimestamp(seconds / 1000 if seconds > _MILLISECONDS else seconds, UTC).date().isoformat()
        text = line(value, 60)
        if iso := _ISO.search(text):
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        named = _NAMED.search(text)
        if named and (named[1] or named[3]) and named[2][:3].lower() in _MONTHS:
            return date(int(named[4]), _MONTHS.index(named[2][:3].lower()) + 1, int(named[1] or named[3])).isoformat()
    except (ValueError, OverflowError, OSError):
        pass
    return ""
