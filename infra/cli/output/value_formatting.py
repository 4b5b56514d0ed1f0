"""Formats durations, money, percentages and times for the terminal, and strips control characters from untrusted text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from rich.text import Text

from shared.ports.clock import Clock, SystemClock

clock: Clock = SystemClock()
"""What "ago" and "so far" are told from."""
MINUTE = 60
HOUR = 3600
DAY = 86400


def clean(value: Any) -> str:
    """One line without control characters."""
    return "".join(c if c.isprintable() else " " for c in str(value))


def text(value: Any, style: str = "") -> Text:
    """A text for rich: nothing in it is markup."""
    return Text(clean(value), style=style)


def seconds(value: float | None) -> str:
    """`0.04 s`, `3.2 s`, `2 min 05 s`, `1 h 03 min`."""
    if value is None:
        return ""
    if value < MINUTE:
        return f"{value:.2f} s" if 0 < value < 0.1 else f"{value:.1f} s"  # noqa: PLR2004 - where one digit says nothing
    if value < HOUR:
        return f"{int(value // MINUTE)} min {int(value % MINUTE):02} s"
    return f"{int(value // HOUR)} h {int(value % HOUR // MINUTE):02} min"


def dollars(value: float) -> str:
    """`$0.0031`; cents alone from ten dollars on."""
    return f"${value:.2f}" if value >= 10 else f"${value:.4f}"  # noqa: PLR2004


def counted(number: int, one: str) -> str:
    """`1 call`, `1,200 calls`."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def share(value: float | None) -> str:
    """A share of one as a percentage."""
    return "" if value is None else f"{100 * value:.0f} %"


def words(name: str) -> str:
    """`read_comments` is "Read comments"."""
    return clean(name).replace("_", " ").capitalize()


def moment(value: str | None) -> datetime | None:
    """An API's time. None for none, and for what is no time."""
    try:
        found = datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC) if found else None


def _now() -> datetime:
    return datetime.fromtimestamp(clock.now(), UTC)


def now_here() -> datetime:
    """The time, where the reader is."""
    return _now().astimezone()


def here(at: datetime) -> str:
    """A time where the reader is: `2026-11-30 07:30 CET`."""
    return f"{at.astimezone():%Y-%m-%d %H:%M %Z}"


def ago(value: str | None) -> str:
    """An API's time as `5 min ago`; from a day on, the date where the reader is."""
    found = moment(value)
    if found is None:
        return ""
    passed = int(max(0.0, (_now() - found).total_seconds()))
    if passed < MINUTE:
        return f"{passed} s ago"
    if passed < HOUR:
        return f"{passed // MINUTE} min ago"
    return f"{passed // HOUR} h ago" if passed < DAY else f"{found.astimezone():%Y-%m-%d}"


def lasted(job: dict[str, Any]) -> float | None:
    """Seconds from a job's start to its end, or until now."""
    began, ended = moment(job.get("started_at")), moment(job.get("finished_at"))
    if began is None:
        return None
    return max(0.0, ((ended or _now()) - began).total_seconds())


def until(value: str | None) -> float | None:
    """Seconds until an API's time, 0 for one that has passed."""
    found = moment(value)
    return None if found is None else max(0.0, (found - _now()).total_seconds())
