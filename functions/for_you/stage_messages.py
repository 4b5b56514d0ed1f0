"""What travels through for_you, top to bottom as it flows: request -> episodes read -> their vectors -> snapshot -> session."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from functions.for_you.imported_records import Engagement, Id, Topic
from shared.base_message import Message
from shared.records.record_use import RecordUse

MOST_ITEMS = 100
MOST_EVENTS = 500
MOST_EXCLUDED = 5000
Language = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]


# ---- what the user asks


class GivenEngagement(Engagement):
    """What the user of a request did."""

    user_id: Id = Field("-", description="Without, the request's.")


class ForYouRequest(Message):
    """A session for a user, or for nobody known; as a job, the catalogue is brought up to date first."""

    user_id: Id | None = Field(None, description="Whose feed; without, what is given here is all that is known.")
    engagements: tuple[GivenEngagement, ...] = Field(
        (), max_length=MOST_EVENTS, description="What the user did, stored or not; `user_id` may be left out."
    )
    excluded_ids: tuple[str, ...] = Field((), max_length=MOST_EXCLUDED, description="Episodes not to offer.")
    limit: int = Field(20, ge=1, le=MOST_ITEMS)
    interests: tuple[Topic, ...] = Field((), max_length=30, description="Beside those of the user's record.")
    languages: tuple[Language, ...] = Field((), max_length=20, description="Empty: the user's, or any.")
    min_minutes: float = Field(0, ge=0)
    max_minutes: float = Field(0, ge=0, description="0: any.")

    @model_validator(mode="before")
    @classmethod
    def _whose(cls, given: Any) -> Any:
        """Say of each engagement that is the user's own: what is stored and given as well counts once."""
        if not isinstance(given, dict) or not isinstance(given.get("engagements"), list | tuple):
            return given
        user = given.get("user_id") or "-"
        plain = (each.model_dump() if isinstance(each, Engagement) else each for each in given["engagements"])
        events = [{"user_id": user, **each} if isinstance(each, dict) else each for each in plain]
        return {**given, "engagements": events}

    def records_used(self) -> list[RecordUse]:
        """Whose feed it is."""
        return [RecordUse("users", self.user_id, makes=True)] if self.user_id is not None else []


# ---- read_catalogue -> embed_episodes (fan-out) -> build_snapshot


class TextBatch(Message):
    """Texts that have no vector yet, by the digests they are kept under."""

    digests: tuple[str, ...]
    texts: tuple[str, ...]


class CatalogueRead(Message):
    """The episodes as they were read. Fans out over `batches`: none where vectors are made here."""

    episodes: int
    blob: str = Field(description="The episodes, one JSON object a line.")
    batches: tuple[TextBatch, ...] = ()


class Embedded(Message):
    """A batch's vectors, in a file."""

    blob: str
    count: int


class SnapshotMade(Message):
    """The catalogue's new version; `changed` is false when it is the one that was there."""

    version: str
    episodes: int
    engagements: int
    vectors: str = Field(description="What made the text vectors: `lsa`, `lsa+wordllama`, `model`.")
    report: dict[str, Any] = Field(default_factory=dict, description="The blend's weights and what they were tuned by.")
    changed: bool = True


# ---- make_session -> result


class FeedItem(Message):
    """An episode in a feed, and why it is there."""

    id: str
    title: str
    url: str = ""
    series_id: str = ""
    series_title: str = ""
    categories: tuple[str, ...] = ()
    duration_s: float = 0
    published_at: float = Field(0, description="POSIX seconds.")
    position: int = Field(description="From 0 within the session.")
    reason: str
    reason_code: str = Field(description="`liked`, `taste`, `asked`, `followed`, `interest`, `popular`, `fresh`, `new`, `fits`.")


class Session(Message):
    """Episodes for a user now."""

    id: str = ""
    user_id: str | None = None
    items: tuple[FeedItem, ...] = ()
    next: str | None = Field(None, description="Where the next items are.")
    source: str = Field("", description="`queue` (prepared before), `fresh`, or `fallback`: what everybody gets.")
    degraded: tuple[str, ...] = Field((), description="What did not answer in time: `store`, `catalogue`, `vectors`.")
    relaxed: tuple[str, ...] = Field((), description="What was let in again, so that the feed is not empty: `seen`, `served`.")
    short: tuple[str, ...] = Field(
        (),
        description="With fewer items than were asked for, why: `catalogue` (it has no more), `heard`, `excluded`, `muted`, `filters`, `caps` (of a series, or a serial told in order), `served` (the rest was served before).",
    )
    catalogue: str = Field("", description="The catalogue's version.")
    reads: int = Field(0, description="Documents read.")
    kl: float | None = Field(None, description="How far the feed's categories are from the user's (Kullback-Leibler).")
    refreshed: SnapshotMade | None = Field(None, description="Of a job: what became of the catalogue.")
