"""What a channel does with an approved post. It takes the same key twice and publishes once: the key goes with every try."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from typing_extensions import TypedDict

from shared.ports.documents import Data


async def _nowhere(_: Data) -> None:
    """Who keeps no notes."""


@dataclass(frozen=True)
class Publication:
    """What is published: the record's id, and its `content` as JSON: `text`, `language`, `image`, what the pipeline adds.

    `noted`: what earlier tries wrote down for this channel. `note` writes more of it down, and holds the try's lease for as long again:
    a channel calls it before each request that takes time.
    """

    id: str
    content: Data
    noted: Data = field(default_factory=dict)
    note: Callable[[Data], Awaitable[None]] = _nowhere

    @property
    def text(self) -> str:
        """All that is posted as text."""
        return str(self.content.get("text") or "")

    @property
    def language(self) -> str:
        """Two letters, or none."""
        return str(self.content.get("language") or "")[:2]


class Publisher(Protocol):
    """One way out."""

    @property
    def name(self) -> str:
        """As records call it."""

    @property
    def platform(self) -> str:
        """The place in the table of places, whose variant of a text it gets; empty: the text itself."""

    async def publish(self, publication: Publication, key: str) -> Data:
        """Publish, and answer a receipt (JSON) with the post's `id` and public `url` where there is one. The same key again is the same publication.

        Raises:
            Transient: nobody knows whether it is published: it is tried again with the same key.
            Permanent: it was refused, and is not published (`publish_refused`, `channel_credentials`, `bad_setting`).
        """


class Metrics(TypedDict):
    """What readers did with a post, as its place counts it."""

    likes: int
    reposts: int
    replies: int
    quotes: int


GONE = "gone"
"""Instead of metrics: the post was deleted where it was."""


@runtime_checkable
class Measured(Protocol):
    """A channel that says what became of its posts."""

    @property
    def base(self) -> str:
        """The server's address: `server` of its receipts."""

    async def metrics(self, receipts: Sequence[Data]) -> list[Metrics | str | None]:
        """For each receipt its metrics, `GONE`, or None where nothing is known just now.

        Raises:
            Transient: nothing was answered, or it was asked too often (`retry_after`).
            Permanent: it may not be asked (`channel_credentials`, `publish_refused`).
        """
