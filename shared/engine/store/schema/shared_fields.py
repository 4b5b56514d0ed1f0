"""Fields that several documents share (expiry, errors, counters, blob references), and casts of a document to its typed fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NotRequired, cast, overload

from typing_extensions import TypedDict, TypeVar

from shared.ports.documents import Document


class Expiry(TypedDict, total=False):
    """Until when a document is kept: the store deletes it then, within a day."""

    expires_at: float


class BranchScope(TypedDict, total=False):
    """Which branch a task or fan-out is in, of how many; nothing outside of branches."""

    branch: int
    of: int


class BlobReference(TypedDict):
    """Where a value is that is too large for a document: the blob's name, its bytes, and the hex sha256 of its content."""

    name: str
    size: int
    sha256: str


class StoredValue(TypedDict, total=False):
    """A JSON value: itself, or (then `result` is None) the blob that holds it."""

    result: Any
    result_blob: BlobReference


class ErrorRecord(TypedDict):
    """Why something failed or stands still: `code` as in `shared/error_codes.py`, and what to do about it. Texts are clipped."""

    code: str
    message: str
    advice: NotRequired[str]
    stage: NotRequired[str]
    """Whose failure it was."""


class Counters(TypedDict, total=False):
    """What work used and took; they add up over attempts, members, stages. Seconds are those of all tasks together."""

    calls: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    usd_micros: int
    work_s: float
    """Seconds at work, in attempts that recorded."""
    wait_s: float
    """Seconds for which the task was put back to wait for a limit or for a provider that is away."""
    hits: int
    """1: the result came from the cache or from an earlier run."""


Fields = TypeVar("Fields", bound=Mapping[str, Any])


@overload
def read_as(shape: type[Fields], found: Document) -> Document[Fields]: ...


@overload
def read_as(shape: type[Fields], found: Document | None) -> Document[Fields] | None: ...


def read_as(shape: type[Fields], found: Document | None) -> Document[Fields] | None:  # noqa: ARG001 - it is for the type checker
    """A document as one that has the fields of `shape`."""
    return cast("Document[Fields] | None", found)


def read_all_as(shape: type[Fields], found: Iterable[Document]) -> list[Document[Fields]]:  # noqa: ARG001 - as above
    """The same of many."""
    return cast("list[Document[Fields]]", list(found))


def with_fields(data: Fields, more: Mapping[str, Any]) -> Fields:
    """A document's fields with some of them added or changed."""
    return cast("Fields", {**data, **more})
