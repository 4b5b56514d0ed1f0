"""Re-scores the episodes in a user's queue on fresh feedback: those like a skipped one sink, muted ones are dropped."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np

from functions.for_you import document_paths
from functions.for_you.array_types import Floats, Ints
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.imported_records import Engagement
from functions.for_you.profile.action_weights import WEIGHTS
from functions.for_you.reranking.rule_constants import LISTENED
from functions.for_you.sessions import queue_store
from functions.for_you.sessions.serve_from_queue import Row
from shared.ports import Ports
from shared.ports.documents import Data

MOVES = 15.0
"""Places that a skip of one's double sinks; others by how near they are."""
AT_ONCE = frozenset({"skip", "less", "not_interested", "mute", "more", "like", "subscribe"})
"""Actions that are seen in the very next page. The others wait for the refresh."""


def rescored(rows: Sequence[Row], events: Sequence[Engagement], catalogue: Snapshot) -> list[Row]:
    """The rows in their new order. What the catalogue no longer has is left out."""
    rows = [row for row in rows if row[0] in catalogue.index]
    spots = np.asarray([catalogue.index[row[0]] for row in rows], np.int64)
    values = -np.arange(len(rows), dtype=np.float32)
    away = np.zeros(len(rows), np.bool_)
    for event in events:
        place = catalogue.index.get(event.episode_id, -1)
        values += MOVES * WEIGHTS[event.action] * _likeness(event, place, spots, catalogue)
        if event.action == "mute":
            away |= _about(event, place, spots, catalogue) > 0
        away |= spots == place
    order = np.argsort(-values, kind="stable")
    return _capped([rows[at] for at in order.tolist() if not away[at]], catalogue)


def _likeness(event: Engagement, place: int, spots: Ints, catalogue: Snapshot) -> Floats:
    """How much each row is like what an event is about: 1 for its double, its series or its topic."""
    about = _about(event, place, spots, catalogue)
    if place < 0 or not spots.size:
        return about
    near = np.maximum(catalogue.vectors[spots] @ catalogue.vectors[place] - catalogue.close, 0) / (1 - catalogue.close)
    made: Floats = np.maximum(near, 0.7 * about).astype(np.float32)
    return made


def _about(event: Engagement, place: int, spots: Ints, catalogue: Snapshot) -> Floats:
    """1 where a row is of the event's series or topic."""
    made = np.zeros(spots.size, np.float32)
    series = int(catalogue.series[place]) if place >= 0 else catalogue.series_index.get(event.series_id, -1)
    if series >= 0:
        made = np.maximum(made, catalogue.series[spots] == series)
    topic = catalogue.topic_index.get(event.topic.casefold(), -1) if event.topic else -1
    return np.maximum(made, catalogue.topics[spots, topic] > 0).astype(np.float32) if topic >= 0 else made.astype(np.float32)


def _capped(rows: list[Row], catalogue: Snapshot) -> list[Row]:
    """The order kept, but for a series that would come too often: its next waits until it may."""
    made: list[Row] = []
    window: deque[int] = deque(maxlen=LISTENED.window - 1)
    waiting = deque(rows)
    while waiting:
        pick = next((at for at, row in enumerate(waiting) if window.count(_series(row, catalogue)) < LISTENED.per_series), None)
        if pick is None:
            break
        row = waiting[pick]
        del waiting[pick]
        made.append(row)
        window.append(_series(row, catalogue))
    return made


def _series(row: Row, catalogue: Snapshot) -> int:
    return int(catalogue.series[catalogue.index[row[0]]])


async def rescore(user: str, events: Sequence[Engagement], catalogue: Snapshot, ports: Ports) -> bool:
    """Re-score a user's queue in the store, if there is one. Whether it was.

    Raises:
        Conflict: somebody claimed or replaced meanwhile; the refresh that follows does the same.
        Transient: the store did not answer.
    """
    key = document_paths.user_key(user)
    queue, cursor = await ports.documents.get_many([document_paths.queue(key), document_paths.cursor(key)])
    if queue is None or cursor is None or queue.data["generation"] != cursor.data["generation"]:
        return False
    position = int(cursor.data["served"])
    done = max(0, position - int(queue.data["start"]))
    rows = list(zip(queue.data["ids"], queue.data["codes"], queue.data["reasons"], strict=True))
    new = rescored(rows[done:], events, catalogue)
    generation = int(queue.data["generation"]) + 1
    kept = [*rows[:done], *new]
    fresh: Data = {
        **queue.data, "ids": [row[0] for row in kept], "codes": [row[1] for row in kept], "reasons": [row[2] for row in kept],
        "generation": generation, "newest": max(queue.data["newest"], queue_store.newest(events, ports.clock.now())),
    }  # fmt: skip
    await ports.documents.commit(*queue_store.replaced(key, cursor.version, queue, fresh, user))
    return True
