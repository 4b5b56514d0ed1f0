"""What is brought in: episodes, users, what users did. Kept at `episodes/{id}`, `users/{id}`, `engagements/{id}`."""

from __future__ import annotations

import calendar
import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from shared.base_message import FewFaults
from shared.engine.store.paths import digest
from shared.records.field_types import ListCell
from shared.records.record_use import RecordUse

Id = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^/\x00-\x1f]{1,200}$")]
Topic = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Action = Literal["subscribe", "finish", "play", "like", "share", "more", "seen", "skip", "less", "not_interested", "mute"]
LATEST = 32_503_680_000.0
"""POSIX seconds of the year 3000: larger numbers are milliseconds, or finer."""
FINEST = 10**20
"""Nanoseconds of about then."""


def posix_seconds(value: Any) -> Any:
    """POSIX seconds from what people write: seconds, milliseconds and finer, ISO 8601, RFC 822. What is neither text nor number stays.

    Raises:
        ValueError: it is no time.
    """
    if isinstance(value, str):
        text = value.strip()
        try:
            value = float(text)
        except ValueError:
            return _dated(text)
    if isinstance(value, int) and value > FINEST:
        raise ValueError(f"{str(value)[:40]} is no time; give POSIX seconds or ISO 8601")
    while isinstance(value, int | float) and LATEST < value < math.inf:
        value /= 1000
    return value


def _dated(text: str) -> float:
    try:
        found = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        try:
            found = parsedate_to_datetime(text)
        except (ValueError, IndexError, TypeError) as error:
            raise ValueError(f"{text[:40]!r} is no time; give POSIX seconds or ISO 8601") from error
    return calendar.timegm(found.utctimetuple()) if found.tzinfo else found.replace(tzinfo=UTC).timestamp()


def _seconds(value: Any) -> Any:
    """A duration: seconds, or `1:02:03` as feeds have it."""
    if not isinstance(value, str) or ":" not in value:
        return value
    parts = value.strip().split(":")
    if len(parts) > 3 or not all(part.isdecimal() for part in parts):  # noqa: PLR2004 - hours, minutes, seconds
        raise ValueError(f"{value[:40]!r} is no duration; give seconds or h:mm:ss")
    return sum(int(part) * 60**place for place, part in enumerate(reversed(parts)))


Moment = Annotated[float, BeforeValidator(posix_seconds)]
Seconds = Annotated[float, BeforeValidator(_seconds)]


def _web_address(url: str) -> str:
    """An address that whoever shows the feed may link to; any other scheme (`javascript:`) is none."""
    return url if url.lower().startswith(("https://", "http://")) else ""


class Record(FewFaults):
    """Fields nobody knows are passed over: catalogues have many."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True, defer_build=True)


CLIPPED = {"title": 500, "series_title": 500, "description": 20_000}
"""Characters of an episode's texts that are kept: it is not lost for a long one."""


class Episode(Record):
    """One episode. Without a series it is one of its own."""

    id: Id
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    description: Annotated[str, StringConstraints(strip_whitespace=True)] = ""
    series_id: str = Field("", max_length=200)
    series_title: str = Field("", max_length=500)
    series_type: Literal["episodic", "serial"] = "episodic"
    categories: Annotated[tuple[Topic, ...], ListCell] = Field((), max_length=20)
    language: str = Field("", max_length=20)
    duration_s: Seconds = Field(0, ge=0, le=1e6, description="0: unknown.")
    published_at: Moment = Field(0, ge=0)
    season: int = Field(0, ge=0, le=10_000)
    number: int = Field(0, ge=0, le=1_000_000, description="Its number within the season.")
    url: Annotated[str, AfterValidator(_web_address)] = Field("", max_length=2000)

    @model_validator(mode="before")
    @classmethod
    def _clipped(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {**given, **{name: text[:most] for name, most in CLIPPED.items() if isinstance(text := given.get(name), str)}}


class User(Record):
    """A listener: what they chose, follow, and never want."""

    id: Id
    interests: Annotated[tuple[Topic, ...], ListCell] = Field((), max_length=30)
    follows: Annotated[tuple[Id, ...], ListCell] = Field((), max_length=500, description="Series.")
    muted_series: Annotated[tuple[Id, ...], ListCell] = Field((), max_length=500)
    muted_topics: Annotated[tuple[Topic, ...], ListCell] = Field((), max_length=100)
    languages: Annotated[tuple[str, ...], ListCell] = Field((), max_length=20, description="Empty: any.")
    min_minutes: float = Field(0, ge=0)
    max_minutes: float = Field(0, ge=0, description="0: any.")


class Engagement(Record):
    """What a user did with an episode, or with a series or topic as a whole (`mute`, `more`, `less`, `subscribe`).

    The same said twice is one: `id` comes of its content.
    """

    id: str = Field("", max_length=64)
    key: str = Field("", max_length=64, description="Its time and id: sorts by time, and no two are equal.")
    user_id: Id
    episode_id: str = Field("", max_length=200)
    series_id: str = Field("", max_length=200)
    topic: str = Field("", max_length=100)
    action: Action = "play"
    at: Moment = Field(ge=0)
    completion: float | None = Field(None, ge=0, le=1, description="Share listened to.")

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        at = posix_seconds(given.get("at", given.get("timestamp")))
        at = float(at) if isinstance(at, int) and not isinstance(at, bool) else at
        what = "\x1f".join(str(given.get(name) or "") for name in ("episode_id", "series_id", "topic"))
        made = digest(str(given.get("user_id")), what, str(given.get("action", "play")), str(at))[:32]
        key = f"{at:017.3f}-{made}"[:64] if isinstance(at, int | float) else ""
        return {**given, **({} if at is None else {"at": at}), "id": made, "key": key}

    @model_validator(mode="after")
    def _about_something(self) -> Engagement:
        if not (self.episode_id or self.series_id or self.topic):
            raise ValueError("name an episode_id, a series_id or a topic")
        return self

    def no_later(self, now: float) -> Engagement:
        """The same as done now if it says that it will be done: a wrong clock must not age all else by years."""
        return self if self.at <= now else self.model_copy(update={"at": now})

    def records_used(self) -> list[RecordUse]:
        """Whose deed it is."""
        return [RecordUse("users", self.user_id, makes=True)]
