"""Episodes from a queue at claimed positions. What may not be served is passed over, and further positions are claimed for it."""

from __future__ import annotations

from typing import TypeAlias

from functions.for_you.candidates.eligibility import Filters
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.sessions import queue_store
from functions.for_you.sessions.queue_store import Claim, Queue
from shared.ports import Ports

Row: TypeAlias = tuple[str, str, str]
"""Id, reason's code, reason."""
TRIES = 8


async def serve(
    queue: Queue, claim: Claim, catalogue: Snapshot, ports: Ports, *, user: str, limit: int, filters: Filters
) -> list[Row]:
    """At most `limit`; fewer when the queue ends.

    Raises:
        Transient: the store did not answer.
    """
    rows = servable_rows(queue, claim, filters, catalogue)[:limit]
    for _ in range(TRIES):
        missing = limit - len(rows)
        if missing <= 0 or claim.start + claim.count >= queue.start + len(queue.ids):
            break
        claim = await queue_store.claim(user, missing, None, ports)
        if claim.generation != queue.generation:  # replaced: its positions are another queue's
            break
        rows += servable_rows(queue, claim, filters, catalogue)[:missing]
    return rows


def count_servable(queue: Queue, claim: Claim, filters: Filters, catalogue: Snapshot) -> int:
    """How many may be served from a claim's first position on."""
    return len(servable_rows(queue, Claim(claim.start, len(queue.ids), claim.generation), filters, catalogue))


def servable_rows(queue: Queue, claim: Claim, filters: Filters, catalogue: Snapshot) -> list[Row]:
    """The episodes at a claim's positions that may be served."""
    first = max(0, claim.start - queue.start)
    rows = zip(queue.ids[first:], queue.codes[first:], queue.reasons[first:], strict=True)
    chosen = [row for row, _ in zip(rows, range(claim.count), strict=False)]
    return [row for row in chosen if row[0] in catalogue.index and row[0] not in filters.excluded]
