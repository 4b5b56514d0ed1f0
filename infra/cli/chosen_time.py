"""A time as a person types it: `07:30`, `2026-12-01 07:30`, `+2h`, or with a zone of its own."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import typer

from infra.cli.output import value_formatting

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_LATER = re.compile(r"\+(\d{1,4})(m|h|d)")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def chosen_time(text: str) -> str:
    """The moment that is meant, as the API reads times. A clock's time is the next such one; without a zone it is the reader's.

    Raises:
        BadParameter: it is no time.
    """
    text, now = text.strip(), value_formatting.now_here()
    if found := _LATER.fullmatch(text):
        return (now + int(found[1]) * _UNITS[found[2]]).isoformat(timespec="seconds")
    if found := _CLOCK.fullmatch(text):
        moment = datetime.combine(
            now.date(), now.time().replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
        )
        return (moment if moment > now.replace(tzinfo=None) else moment + timedelta(days=1)).astimezone().isoformat()
    try:
        return datetime.fromisoformat(text).astimezone().isoformat()
    except (ValueError, OverflowError) as error:
        why = f"{text!r} is no time: write 07:30, '2026-12-01 07:30', +2h, or 2026-12-01T07:30:00+08:00"
        raise typer.BadParameter(why) from error
