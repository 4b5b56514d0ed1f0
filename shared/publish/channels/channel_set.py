"""One post to several channels: each is told once, with its own text and key, whatever becomes of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from typing_extensions import TypedDict

from shared.engine.store.paths import digest
from shared.errors import HeadraceError, Permanent
from shared.ports import Ports
from shared.ports.documents import Data
from shared.publish.channels.configured_channels import channels_of, default_name
from shared.publish.channels.publisher import Measured, Publication, Publisher
from shared.text.redaction import redacted

State = Literal["trying", "published", "unanswered", "refused"]


class Failure(TypedDict):
    """Why a channel did not take a post, as a record keeps it."""

    code: str
    message: str


class Delivery(TypedDict, total=False):
    """What became of a post on one channel: a record's `deliveries`, by the channel's name."""

    state: State
    platform: str
    measured: bool
    """Whether it says later what became of the post."""
    receipt: Data
    """With the post's `id` and `url` there, where it has them."""
    published_at: float
    error: Failure | None
    noted: Data
    """What a try wrote down on its way: an upload's id, when it first asked."""
    metrics: Data
    """Likes, reposts, replies and quotes, as they were `at` (s)."""
    gone: bool
    """It was deleted there."""


@dataclass(frozen=True)
class ChannelSet:
    """Publishes on the channels of some names; of none, on the one of HEADRACE_PUBLISH_URL or in the outbox.

    What is out stays out: a further try goes to the others alone. A named channel has a key of its own: two may be one receiver.
    """

    names: tuple[str, ...]
    ports: Ports
    platform: str = ""

    @property
    def name(self) -> str:
        """The channels' names."""
        return ", ".join(self.names) or default_name(self.ports)

    async def publish(self, publication: Publication, key: str) -> Data:
        """Publish on those that have not got it; answers the first one's receipt. See `Publisher`.

        What a channel refused is told in its delivery. An error only if nobody has it.

        Raises:
            Transient: one of them did not answer: it is tried again.
            Permanent: all refused it, or the settings have no such channel (`no_channel`, `bad_setting`).
        """
        failed: list[HeadraceError] = []
        receipts: list[Data] = []
        for channel in channels_of(self.names, self.ports):
            delivery: Delivery = publication.noted.get(channel.name) or {}
            if delivery.get("state") == "published":
                receipts.append(delivery["receipt"])
                continue
            try:
                receipts.append(await self._tell(channel, publication, digest(key, channel.name)[:40] if self.names else key))
            except HeadraceError as error:
                failed.append(error)
        unanswered = [error for error in failed if not isinstance(error, Permanent)]
        if unanswered:
            raise max(unanswered, key=lambda error: getattr(error, "retry_after", None) or 0.0)
        if not receipts:
            raise failed[0]
        return receipts[0]

    async def _tell(self, channel: Publisher, publication: Publication, key: str) -> Data:
        """One channel's try, written down as it goes."""
        before: Data = (publication.noted.get(channel.name) or {}).get("noted") or {}
        noted = dict(before)

        async def note(more: Data) -> None:
            noted.update(more)
            await publication.note(_delivery(channel, state="trying", noted=dict(noted)))

        content = {**publication.content, "text": text_for(publication.content, channel.platform)}
        try:
            receipt = await channel.publish(Publication(publication.id, content, noted, note), key)
        except HeadraceError as error:
            refused = isinstance(error, Permanent)
            failure = Failure(code=error.code, message=redacted(error.message))
            # What refuses this try says nothing of a former one that was not answered: what is known of that stays.
            kept = before if refused and before.get("asked_at") else {} if refused else noted
            await publication.note(_delivery(channel, state="refused" if refused else "unanswered", error=failure, noted=kept))
            raise
        now = self.ports.clock.now()
        await publication.note(_delivery(channel, state="published", receipt=receipt, published_at=now, error=None, noted={}))
        return receipt


def text_for(content: Data, platform: str) -> str:
    """The text as a place gets it: its variant, where the content has one."""
    variants = content.get("variants") or {}
    return str(variants.get(platform) or content.get("text") or "")


def publisher_of(channels: tuple[str, ...], ports: Ports) -> Publisher:
    """Who publishes for a persona that names these channels, or none."""
    return ChannelSet(channels, ports)


def _delivery(channel: Publisher, **fields: Any) -> Data:
    """A channel's new fields, by its name."""
    told = (fields.get("receipt") or {}).get("server")  # who says nothing of where it may be asked is not
    return {channel.name: {"platform": channel.platform, "measured": bool(told) and isinstance(channel, Measured), **fields}}
