"""Documents that belong to no job: cached results, keys, events, slots, and word of what ended."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from shared.engine.store.schema.shared_fields import StoredValue


class CacheEntry(StoredValue):
    """`cache/{function}:{hash}`: a result by what produced it; `pending` while somebody makes it."""

    state: Literal["pending", "kept"]
    expires_at: float
    owner: NotRequired[str]
    """The task that makes it, by its path."""
    job: NotRequired[str]
    """The job that it was made for: deleted with it, unless others use it."""
    also: NotRequired[str | None]
    """The first other job that used it."""
    instance: NotRequired[str]
    """The process that does."""
    lease_until: NotRequired[float]
    """Until when others wait for it."""
    made_at: NotRequired[float]


class IdempotencyKey(TypedDict):
    """`idempotency/{hash of owner and key}`: the job that a key made, and the hash of the request it came with."""

    job: str
    body: str
    expires_at: float


class DeadLetterChange(TypedDict):
    """What each delivery of a dead letter writes anew."""

    function: str
    code: str
    error: str
    at: float
    body: str
    """The first 16 Ki characters."""


class DeadLetter(DeadLetterChange):
    """`dead_letters/{hash}`: a delivery that no code can handle."""

    deliveries: int
    """Times that it came."""


class EndedInstance(TypedDict):
    """`instances/{instance}`: a process that holds nothing any more."""

    ended_at: float


class HandledEvent(TypedDict):
    """`events/{hash of function and event}`: a triggered function has handled it."""

    document: str
    expires_at: float


class NewestChange(TypedDict):
    """`events/last-{hash of function and path}`: the newest change of a document that a triggered function has handled."""

    updated_at: int
    """Nanoseconds since 1970: the commit's time."""
    document: str
    expires_at: float


class TakenSlot(TypedDict):
    """`slots/{function}`: the schedule's latest slot, and the last one whose work was done (their times)."""

    slot: float
    done: float | None
    state: Literal["running", "done"]
    owner: str
    lease_until: float
    epoch: int


class RemovalNote(TypedDict):
    """`removed/{job}`: the job is gone, what was below it and beside it follows."""

    at: float
    due_at: float
    """When somebody is to go on with it."""
    until: float
    """Until when an attempt may still write something of it."""
    records: list[str]
    """Collections with records that name the job they are of."""
