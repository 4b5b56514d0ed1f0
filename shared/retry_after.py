"""How long a server asks to be left alone: the one reader of `Retry-After`. Whatever stands there, the answer is finite and capped."""

from __future__ import annotations

import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

A_DAY = 86_400.0
LONGEST_VALUE = 100
"""Characters of the header that are read."""


def retry_after(headers: Mapping[str, str], now: float, *, most: float = A_DAY) -> float | None:
    """Seconds to wait, 0 to `most`, by `retry-after-ms` or `retry-after` (seconds or an HTTP date); None when nothing readable is said.

    `headers` have lower-case names or ignore case; `now` is POSIX seconds. More than `most` is `most`.
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    said = headers.get("retry-after")
    seconds = milliseconds / 1000 if milliseconds is not None else _number(said)
    if seconds is None:
        seconds = _until(said, now)
    return None if seconds is None else min(seconds, most)


def _number(text: str | None) -> float | None:
    """A count of 0 and more; a number too large for a float is one without end."""
    bare = (text or "").strip()[:LONGEST_VALUE]
    if not bare or not (bare[0].isdigit() and bare.isascii()):
        return None
    try:
        value = float(bare)
    except ValueError:
        return None
    return value if not math.isnan(value) else None


def _until(text: str | None, now: float) -> float | None:
    try:
        return max(0.0, parsedate_to_datetime((text or "").strip()[:LONGEST_VALUE]).timestamp() - now)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
