"""What the API's routes of posts are asked, and answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from functions.jobs_api.api_models import Cursor, Limit
from shared.base_message import FewFaults

PostState: TypeAlias = Literal["writing", "draft", "approved", "publishing", "published", "rejected", "dropped", "skipped"]


class PostQuery(BaseModel):
    """Which posts; pipelines register what else theirs can be narrowed by."""

    state: PostState | None = None
    limit: Limit = 20
    cursor: Cursor = None


class PostMetrics(BaseModel):
    """What readers did with a post on one channel."""

    likes: int
    reposts: int
    replies: int
    quotes: int
    at: datetime = Field(description="When it was asked.")


class DeliveryFailure(BaseModel):
    """Why a channel does not have a post."""

    code: str
    message: str


class PostDelivery(BaseModel):
    """What became of a post on one channel."""

    platform: str = Field(description="`mastodon`, `bluesky`; empty of a webhook and of the outbox.")
    state: Literal["trying", "published", "unanswered", "refused"]
    id: str = Field("", description="The post's id there.")
    url: str = Field("", description="Where everybody can see it.")
    published_at: datetime | None = None
    error: DeliveryFailure | None = None
    metrics: PostMetrics | None = None
    gone: bool = Field(False, description="It was deleted there.")


class PostVariant(BaseModel):
    """A post's text as one place gets it."""

    platform: str
    text: str
    length: int = Field(description="As the place counts.")
    most: int = Field(description="What the place takes; 0: as much as one likes.")
    by: str = Field("", description="Who worded it for this place; empty with `edited` false: it follows from the post's text.")
    edited: bool = False
    stale: bool = Field(False, description="The post's text was changed since it was worded.")
    findings: list[dict[str, Any]] = Field(description="What is wrong with it, each with `code`, `reason`, `found`.")


class PostVariants(BaseModel):
    """A post on each place that it goes to."""

    items: list[PostVariant]


class VariantRequest(FewFaults):
    """A draft's text for one place."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str | None = Field(
        min_length=1, max_length=40_000, description="All that is posted there; null: as it follows from the post's text."
    )
    by: str = Field("", max_length=200, description="Who words it, for the record.")


class PostRecord(BaseModel):
    """A post and its audit trail: item, prompt, versions with their faults, choice, cost, and what became of it."""

    model_config = ConfigDict(extra="allow")

    id: str
    state: str
    pipeline: str = Field(description="Whose post it is.")
    created_at: datetime
    updated_at: datetime
    deliveries: dict[str, PostDelivery] = Field({}, description="What became of it, by the channel's name.")


class PostPage(BaseModel):
    """Posts, the newest first."""

    items: list[PostRecord]
    next_cursor: str | None


class ApproveRequest(FewFaults):
    """How a post is approved."""

    model_config = ConfigDict(extra="forbid", strict=True)

    by: str = Field("", max_length=200, description="Who approves, for the record.")
    publish: bool = Field(False, description="Publish it as well.")


class RejectRequest(FewFaults):
    """Why a post is rejected."""

    model_config = ConfigDict(extra="forbid", strict=True)

    reason: str = Field("", max_length=1000)


class WithdrawRequest(FewFaults):
    """Who takes an approved post back."""

    model_config = ConfigDict(extra="forbid", strict=True)

    by: str = Field("", max_length=200, description="Who does it, for the record.")


class PublishRequest(FewFaults):
    """When a post shall go out."""

    model_config = ConfigDict(extra="forbid", strict=True)

    at: AwareDatetime | None = Field(
        None, description="Not before this time: `2026-11-24T07:30:00+08:00`; without: as soon as it may."
    )


class EditRequest(FewFaults):
    """Another wording of a draft; what is left out stays."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str | None = Field(None, min_length=1, max_length=40_000, description="All that is posted as text.")
    title: str | None = Field(None, max_length=300)
    description: str | None = Field(None, max_length=10_000)
    by: str = Field("", max_length=200, description="Who edits, for the record.")


class RewriteRequest(BaseModel):
    """What of a draft shall be made anew."""

    model_config = ConfigDict(extra="forbid", strict=True)

    part: Literal["text", "image"]


class QueuedPost(BaseModel):
    """A post that waits for its time, or whose try was not answered."""

    id: str
    pipeline: str
    state: str
    persona: str = Field(description="Who posts it: the serial or id that it was imported with.")
    persona_name: str
    publish_at: datetime = Field(description="When it goes out, or is tried again.")
    why: str = Field(description="Why then: a chosen time, the account's hours, a try that was not answered.")
    text: str


class HeldPost(BaseModel):
    """A post that goes out when somebody has done something: approved it, mended what was refused."""

    id: str
    pipeline: str
    state: str
    persona: str = Field(description="Who posts it: the serial or id that it was imported with.")
    persona_name: str
    created_at: datetime
    reasons: list[str] = Field(description="What holds it.")
    pictured: bool = Field(description="Whether its picture can be drawn anew.")
    text: str


class CalendarQuery(BaseModel):
    """Which stretch of time, and whose posts."""

    start: AwareDatetime = Field(alias="from", description="The first moment: `2026-11-23T00:00:00+08:00`.")
    end: AwareDatetime = Field(alias="to", description="The moment after the last one, 92 days later at most.")
    persona: str = Field("", max_length=64, description="Only this persona's: the serial or id that it was imported with.")


class CalendarPost(BaseModel):
    """A post at its moment, and what became of it."""

    id: str
    pipeline: str
    state: str
    at: datetime = Field(description="When it goes out or is tried again, or when it went out.")
    persona: str
    text: str
    receipt: dict[str, Any] | None = Field(None, description="What its first receiver answered: an id, an address.")
    deliveries: dict[str, PostDelivery] = Field({}, description="What became of it, by the channel's name.")


class PostCalendar(BaseModel):
    """What goes out and went out in a stretch of time, the earliest first."""

    items: list[CalendarPost]


class PostQueue(BaseModel):
    """What goes out next, the first one first, and what is held."""

    items: list[QueuedPost]
    held: list[HeldPost] = Field(description="The newest first; drafts after what is approved and has no time.")


class ChooseRequest(FewFaults):
    """Which version shall stand."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: int = Field(ge=0)
