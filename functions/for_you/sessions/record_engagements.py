"""What users do, taken in: stored once, seen at once in their queues where it counts at once."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from functions.for_you.catalogue import loaded_catalogue
from functions.for_you.imported_records import Engagement
from functions.for_you.sessions.rescore_on_feedback import AT_ONCE, rescore
from shared.engine.store.batches import in_batches
from shared.errors import HeadraceError
from shared.ports import Ports
from shared.ports.documents import Data, Merge

PER_COMMIT = 400


async def take_in(events: Sequence[Engagement], ports: Ports) -> tuple[int, int]:
    """Store engagements, each once. Answers how many are new, and of how many users the queue was re-scored.

    Raises:
        Transient: not all are known to be stored; send them again.
    """
    distinct = list({event.id: event for event in events}.values())
    new: list[Engagement] = []
    for some in in_batches(distinct, PER_COMMIT):
        there = await ports.documents.get_many([_path(event) for event in some])
        fresh = [event for event, found in zip(some, there, strict=True) if found is None]
        if fresh:
            await ports.documents.commit(*(Merge(_path(event), _data(event)) for event in fresh))
        new += fresh
    return len(new), await _seen_at_once(new, ports)


async def _seen_at_once(new: Sequence[Engagement], ports: Ports) -> int:
    """Re-score where a user turned something away, or asked for more of it. What fails here the refresh does."""
    users = {event.user_id for event in new if event.action in AT_ONCE}
    snapshot = loaded_catalogue.held(ports).snapshot
    if snapshot is None or len(users) > 1:  # an import of many: their refreshes do it
        return 0
    done = 0
    for user in users:
        with contextlib.suppress(HeadraceError):
            done += await rescore(user, [event for event in new if event.action in AT_ONCE], snapshot, ports)
    return done


def _path(event: Engagement) -> str:
    return f"engagements/{event.id}"


def _data(event: Engagement) -> Data:
    return event.model_dump(mode="json")
