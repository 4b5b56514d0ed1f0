"""A KOL's profile: who posts, how, how often. Kept at `profiles/{serial}`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, Field, StringConstraints

from functions.forum_posts.stage_messages import Language, Serial
from shared.engine.store.paths import digest
from shared.engine.store.payloads import canonical
from shared.publish.channels.configured_channels import ChannelName
from shared.publish.posting_times.posting_hours import PostingHours
from shared.records.field_types import ListCell

_NO_TEXT = {
    "posts_per_day",
    "quiet_hours",
    "time_zone",
    "minutes_between_posts",
    "approval",
    "hold_suspected",
    "link_tags",
    "channels",
}
"""Fields that change no text."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Sample = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Trait = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Profile(PostingHours):
    """One KOL, as imported. A cell of a table that is empty is a field that was left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, defer_build=True)

    serial: Serial = Field(description="What items name it by.")
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    persona: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)] = Field(
        description="Who writes: background, attitude, voice."
    )
    style_samples: Annotated[tuple[Sample, ...], ListCell] = Field((), max_length=10, description="Posts of theirs.")
    traits: Annotated[tuple[Trait, ...], ListCell] = Field(
        (), max_length=20, description="What marks their posts; versions differ by them."
    )
    model: str | None = Field(None, max_length=100, description="A model's name instead of the setting's.")
    posts_per_day: int | None = Field(None, ge=0, le=1000, description="Most posts written per day of their time zone.")
    approval: bool = Field(False, description="Whether somebody looks at each post before it goes out.")
    hold_suspected: bool = Field(
        True,
        description="Whether somebody looks at a post first that reads like a promise, a call to trade, a hint or an accusation.",
    )
    link_tags: dict[str, str] = Field(
        {},
        max_length=10,
        description="Parameters added to links of published posts: `utm_source`, `utm_campaign`; `{platform}` is the place's name.",
    )
    channels: Annotated[tuple[ChannelName, ...], ListCell] = Field(
        (),
        max_length=10,
        description="Channels that their posts go to, by name (HEADRACE_CHANNELS); without: HEADRACE_PUBLISH_URL.",
    )
    language: Language = "en"
    platform: str = Field("", max_length=50, description="Where they post.")
    position_disclosure: Text = Field("", description="What they hold, as every post of theirs says.")
    disclaimer: Text = Field("", description="Ends every post; empty: the language's own.")

    @property
    def id(self) -> str:
        return self.serial

    @property
    def version(self) -> str:
        """Another text for another persona: what cached posts are keyed by. Quotas and quiet hours change no text."""
        return digest(canonical(self.model_dump(mode="json", exclude=_NO_TEXT)))[:16]

    def day(self, now: float) -> str:
        """The date where they are, of a time in POSIX seconds."""
        return datetime.fromtimestamp(now, ZoneInfo(self.time_zone)).date().isoformat()
