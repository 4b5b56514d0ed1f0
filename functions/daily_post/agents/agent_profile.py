"""An agent's profile: persona, languages, topics, feeds, platforms and daily post time. Kept at `agents/{id}`."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from functions.daily_post.image.aspect_ratios import ImageSize
from functions.daily_post.texts.post_length import PlatformName
from shared.post_rules.platform_limits import Platform, limits_of
from shared.publish.channels.configured_channels import ChannelName
from shared.publish.posting_times.posting_hours import PostingHours
from shared.records.field_types import ListCell

Language = Literal["en", "zh-Hant", "zh-Hans", "ja", "de", "fr", "es"]
AgentId = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9_-]{1,64}$")]


def _clock(value: Any) -> Any:
    """`7:05` is a time too."""
    return f"0{value}" if isinstance(value, str) and len(value.partition(":")[0]) == 1 else value


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^https?://\S+$", max_length=2000)]


ClockTime = Annotated[time, WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$"})]
"""A time of day without a zone: JSON Schema's own format `time` asks for one."""


class Agent(PostingHours):
    """One agent, as imported. A cell of a table that is empty is a field that was left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, defer_build=True)

    id: AgentId = Field(description="What jobs name it by.")
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    persona: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)] = Field(
        description="Who writes: background, attitude, voice."
    )
    post_time: Annotated[ClockTime | None, BeforeValidator(_clock)] = Field(
        None, description="When it posts each day, there: `07:30`. Without: only when somebody asks."
    )
    languages: Annotated[tuple[Language, ...], ListCell] = Field(
        ("en",), min_length=1, max_length=5, description="It writes in the first, and reads the others too."
    )
    platforms: Annotated[tuple[PlatformName, ...], ListCell] = Field(
        ("web",), min_length=1, description="Where its posts go: a text fits all of them."
    )
    feeds: Annotated[tuple[Address, ...], ListCell] = Field(
        (), max_length=20, description="News feeds of its own; without: those of HEADRACE_NEWS_FEEDS."
    )
    topics: Annotated[tuple[Words, ...], ListCell] = Field((), max_length=30, description="What it cares for.")
    banned: Annotated[tuple[Words, ...], ListCell] = Field(
        (), max_length=100, description="Words that stand in no topic and no text of its."
    )
    image_style: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = Field(
        "", description="How its images look: `soft watercolour, morning light`."
    )
    image_size: ImageSize = Field("", description="`4:5` or `1024x1280`; without: as its first platform shows images.")
    channels: Annotated[tuple[ChannelName, ...], ListCell] = Field(
        (),
        max_length=10,
        description="Channels that its posts go to, by name (HEADRACE_CHANNELS); without: HEADRACE_PUBLISH_URL.",
    )
    link_tags: dict[str, str] = Field(
        {},
        max_length=10,
        description="Parameters added to links of published posts: `utm_source`; `{platform}` is the place's name.",
    )
    shares_stories: bool = Field(False, description="Whether it may tell a story that another agent tells on the same date.")
    approval: bool = Field(True, description="Whether somebody looks at each post before it goes out.")
    hold_suspected: bool = Field(
        True,
        description="Whether somebody looks at a post first that reads like a promise, a call to trade, a hint or an accusation.",
    )

    @property
    def language(self) -> Language:
        """The language it writes in."""
        return self.languages[0]

    @property
    def caps(self) -> Platform:
        """What its platforms allow."""
        return limits_of(self.platforms)

    def day(self, now: float) -> date:
        """The date where it is, of a time in POSIX seconds."""
        return datetime.fromtimestamp(now, ZoneInfo(self.time_zone)).date()
