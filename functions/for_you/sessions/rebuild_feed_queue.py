"""A user's feed queue rebuilt: reads user, engagements and what was served, computes the feed anew, and commits it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from functions.for_you import document_paths
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.imported_records import Engagement, User
from functions.for_you.profile.action_weights import MOST_EVENTS
from functions.for_you.sessions import queue_store
from functions.for_you.sessions.compute_feed import Known, compute
from functions.for_you.sessions.queue_store import Claim, Queue
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update, Where, Write

MOST_SERVED = 1000


@dataclass(frozen=True)
class Stored:
    """What the store has of a user; `reads`: documents read."""

    user: User
    known: bool
    events: list[Engagement]
    queue: Document | None
    cursor: Document | None
    served: Document | None

    @property
    def reads(self) -> int:
        return 4 + len(self.events)

    def served_ids(self, claim: Claim | None = None) -> dict[str, float]:
        """What was served, with its time: the record's, and what the queue gave at all positions but the claim's own."""
        fields = self.served.data if self.served else {"ids": [], "at": []}
        made = dict(zip(fields["ids"], fields["at"], strict=False))
        if self.queue is not None and self.cursor is not None:
            start, ids = int(self.queue.data["start"]), self.queue.data["ids"]
            own = range(claim.start, claim.start + claim.count) if claim else range(0)
            given = [ids[row] for row in range(min(len(ids), int(self.cursor.data["served"]) - start)) if start + row not in own]
            made.update(dict.fromkeys(given, float(self.queue.data["made_at"])))
        return dict(list(made.items())[-MOST_SERVED:])


async def read_stored(user: str, ports: Ports) -> Stored:
    """One parallel read: four documents and the newest engagements."""
    key = document_paths.user_key(user)
    paths = [f"users/{user}", document_paths.queue(key), document_paths.cursor(key), document_paths.served(key)]
    documents, events = await asyncio.gather(ports.documents.get_many(paths), engagements(user, ports))
    record, queue, cursor, served = documents
    return Stored(_user(user, record), record is not None, events, queue, cursor, served)


async def engagements(user: str, ports: Ports) -> list[Engagement]:
    """A user's newest, at most `MOST_EVENTS`; those that older code wrote and this cannot read are passed over."""
    found = await ports.documents.query(
        "engagements", Where("user_id", "==", user), order_by="key", descending=True, limit=MOST_EVENTS
    )
    return [event for each in found if (event := _event(each)) is not None]


def _event(found: Document) -> Engagement | None:
    try:
        return Engagement.model_validate(found.data)
    except ValidationError:
        return None


def _user(name: str, record: Document | None) -> User:
    try:
        return User.model_validate(record.data) if record else User(id=name)
    except ValidationError:
        return User(id=name)


def merge_events(stored_events: Sequence[Engagement], given: Sequence[Engagement]) -> list[Engagement]:
    """Both, each once."""
    return list({event.id: event for event in (*stored_events, *given)}.values())


async def rebuild(
    found: Stored,
    user: User,
    events: Sequence[Engagement],
    catalogue: Snapshot,
    ports: Ports,
    *,
    claim: Claim | None,
    length: int,
    nearby: Sequence[str] = (),
    degraded: Sequence[str] = (),
) -> Queue:
    """Compute a queue and put it in place. With a claim, its first episodes are the claim's.

    `nearby`: what the vector store found; `degraded`: sources that did not answer.

    Raises:
        Conflict: somebody claimed or replaced meanwhile: read again.
        Transient: the store did not answer.
    """
    key, now = document_paths.user_key(user.id), ports.clock.now()
    start = claim.start if claim else int(found.cursor.data["served"]) if found.cursor else 0
    generation = 1 + (int(found.cursor.data.get("generation", 0)) if found.cursor else 0)
    served = found.served_ids(claim)
    feed = compute(Known(user, events, served=served, nearby=nearby, seed=f"{user.id}:{generation}"), catalogue, now, length)
    newest = queue_store.newest(events, now)
    fresh = queue_store.data(feed, start=start, generation=generation, newest=newest, now=now, degraded=degraded)
    version = found.cursor.version if found.cursor else None
    writes = [
        *queue_store.replaced(key, version, found.queue, fresh, user.id),
        *served_writes(key, found.served, served, user.id, now),
    ]
    await ports.documents.commit(*writes)
    return Queue(
        start,
        generation,
        feed.ids,
        feed.codes,
        feed.reasons,
        newest,
        feed.relaxed,
        feed.again,
        feed.kl,
        feed.short,
        tuple(degraded),
    )


def served_writes(key: str, record: Document | None, served: dict[str, float], user: str, now: float) -> list[Write]:
    """The record of what was served, if there is anything to record."""
    if not served:
        return []
    fields: Data = {"user_id": user, "ids": list(served), "at": list(served.values()), "expires_at": now + queue_store.KEPT}
    return [Create(document_paths.served(key), fields) if record is None else Update(record.path, fields, version=record.version)]
