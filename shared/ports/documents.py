"""The documents port: small JSON documents at slash-separated paths, and one atomic commit.

It speaks what Firestore and SQLite both do well. No read-write transactions: a precondition on a
write (absent, exists, unchanged since a version) and increments that answer their new values are enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, Protocol, TypeAlias

from typing_extensions import TypeVar

Data: TypeAlias = dict[str, Any]
"""A document's fields: JSON types, UTC datetimes as POSIX seconds (float). At most 1 MiB."""
Fields_co = TypeVar("Fields_co", bound=Mapping[str, Any], covariant=True, default=Data)
"""A TypedDict that says which fields a document has; without one, any."""


@dataclass(frozen=True, slots=True)
class Document(Generic[Fields_co]):
    """One stored document. `version` grows with every commit to the store: later commit, larger version."""

    path: str
    data: Fields_co
    version: int

    @property
    def id(self) -> str:
        """The path's last segment."""
        return self.path.rsplit("/", 1)[1]


@dataclass(frozen=True, slots=True)
class Create:
    """Write a new document; refused with `Conflict` if one is there."""

    path: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Update:
    """Replace the named fields of an existing document (others stay).

    Refused with `Conflict` if it is missing or, when `version` is given, if it changed since.
    """

    path: str
    data: Mapping[str, Any]
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Set the named fields, raise those of `at_least` to what it says, add the increments; the document is made if it is missing."""

    path: str
    data: Mapping[str, Any] = field(default_factory=dict)
    increments: Mapping[str, float] = field(default_factory=dict)
    at_least: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove a document, present or not."""

    path: str


Write: TypeAlias = Create | Update | Merge | Delete


@dataclass(frozen=True, slots=True)
class Where:
    """`field op value`, for a top-level field. `in` takes a sequence of at most 30 values."""

    field: str
    op: Literal["==", "!=", "<", "<=", ">", ">=", "in"]
    value: Any


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit did: its version, and per write the values its increments reached."""

    version: int
    values: tuple[Mapping[str, float], ...]


class Documents(Protocol):
    """Reads are never stale: they see every commit answered before they began."""

    async def get(self, path: str) -> Document | None:
        """One document, or None."""

    async def get_many(self, paths: Sequence[str]) -> list[Document | None]:
        """Many documents in the order asked."""

    async def query(
        self,
        collection: str,
        *where: Where,
        order_by: str | None = None,
        descending: bool = False,
        limit: int | None = None,
        after: Any = None,
    ) -> list[Document]:
        """Documents directly in `collection`, by `order_by` (else by path). `after` is an `order_by` value to start behind."""

    async def count(self, collection: str, *where: Where) -> int:
        """How many documents a query would give."""

    async def erase_deleted(self) -> None:
        """Have nothing left of deleted documents where the store keeps them, its logs included, as far as that is ours to do.

        Raises:
            Transient: not now; ask again.
        """

    async def commit(self, *writes: Write) -> Committed:
        """All writes or none, at most 500.

        Raises:
            Conflict: a precondition did not hold; nothing was written.
            Transient: the store did not answer. The commit may or may not have happened: read before trying again.
        """
