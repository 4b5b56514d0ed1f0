"""A KOL's profile: who posts, how, how often. Kept at `profiles/{serial}`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from functions.forum_posts.messages import Language, Serial
from shared.engine.store.paths import digest
from shared.engine.store.payloads import canonical
from shared.records.fields import Parts, TimeZone

_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)")


Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Sample = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Trait = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Profile(BaseModel):
    """One KOL, as imported. A cell of a table that is empty is a field that was left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, defer_build=True)

    serial: Serial = Field(description="What items name it by.")
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    persona: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)] = Field(
        description="Who writes: background, attitude, voice."
    )
    style_samples: Annotated[tuple[Sample, ...], Parts] = Field((), max_length=10, description="Posts of theirs.")
    traits: Annotated[tuple[Trait, ...], Parts] = Field(
        (), max_length=20, description="What marks their posts; versions differ by them."
    )
    model: str | None = Field(None, max_length=100, description="A model's name instead of the setting's.")
    posts_per_day: int | None = Field(None, ge=0, le=1000, description="Most posts written per day of their time zone.")
    quiet_hours: str | None = Field(None, description="`22:00-07:00`: nothing of theirs is published then.")
    time_zone: TimeZone = Field("UTC", description="As in `Asia/Taipei`.")
    language: Language = "en"
    platform: str = Field("", max_length=50, description="Where they post.")
    position_disclosure: Text = Field("", description="What they hold, as every post of theirs says.")
    disclaimer: Text = Field("", description="Ends every post; empty: the language's own.")

    @field_validator("quiet_hours")
    @classmethod
    def _hours(cls, value: str | None) -> str | None:
        if value and not _HOURS.fullmatch(value.strip()):
            raise ValueError("quiet hours are like 22:00-07:00")
        return value.strip() if value else None

    @property
    def id(self) -> str:
        return self.serial

    @property
    def version(self) -> str:
        """Another text for another persona: what cached posts are keyed by. Quotas and quiet hours change no text."""
        return digest(canonical(self.model_dump(mode="json", exclude={"posts_per_day", "quiet_hours", "time_zone"})))[:16]

    def day(self, now: float) -> str:
        """The date where they are, of a time in POSIX seconds."""
        return datetime.fromtimestamp(now, ZoneInfo(self.time_zone)).date().isoformat()

    def quiet_until(self, now: float) -> float:
        """When the quiet hours end that `now` (POSIX seconds) is in; 0 when it is in none."""
        if not self.quiet_hours or not (found := _HOURS.fullmatch(self.quiet_hours)):
            return 0.0
        begin, end = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
        here = datetime.fromtimestamp(now, ZoneInfo(self.time_zone))
        at = here.time()
        if begin == end or not (begin <= at < end if begin < end else at >= begin or at < end):
            return 0.0
        day = here.date() + timedelta(days=1) if at >= end else here.date()
        return datetime.combine(day, end, ZoneInfo(self.time_zone)).astimezone(UTC).timestamp()
