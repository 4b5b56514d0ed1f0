"""When a published post's likes, reposts and replies are asked for: often at first, then less, and no more after a week."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from shared.ports.documents import Data

HOUR = 3600.0
LOOKS = tuple(HOUR * hours for hours in (0.25, 1, 3, 6, 12, 24, 48, 72, 120, 168))
"""Seconds after publication."""


def first_look(deliveries: Mapping[str, Data], now: float) -> float | None:
    """When a post that went out `now` (POSIX seconds) is looked at first; None: none of its channels says anything."""
    measured = any(one.get("measured") and one.get("state") == "published" for one in deliveries.values())
    return now + LOOKS[0] if measured else None


def next_look(published_at: float, now: float) -> float | None:
    """The look after `now`; None: there is none any more."""
    following = bisect_right(LOOKS, now - published_at)
    return published_at + LOOKS[following] if following < len(LOOKS) else None
