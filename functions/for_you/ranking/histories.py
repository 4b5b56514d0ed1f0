"""Users' histories from a log: as from their engagements, without a record each."""

from __future__ import annotations

import numpy as np

from functions.for_you.arrays import Ints
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.profile.actions import EVENTS_HALF_LIFE, MOST_EVENTS, SECONDS_HALF_LIFE
from functions.for_you.profile.history import History, capped
from functions.for_you.ranking.log import Log


def histories(log: Log, catalogue: Snapshot) -> dict[int, History]:
    """By the log's user number. Every item that a user did anything with is done."""
    order = np.lexsort((-log.at, log.users))
    edges = np.flatnonzero(np.diff(log.users[order])) + 1
    return {int(log.users[rows[0]]): _history(log, rows, catalogue) for rows in np.split(order, edges) if rows.size}


def _history(log: Log, rows: Ints, catalogue: Snapshot) -> History:
    newest = rows[:MOST_EVENTS]
    age = (log.at[newest[0]] - log.at[newest]) / SECONDS_HALF_LIFE
    worth = log.weights[newest] * np.exp2(-np.arange(newest.size) / EVENTS_HALF_LIFE - age)
    weights: dict[int, float] = {}
    for item, each in zip(log.items[newest].tolist(), worth.tolist(), strict=True):
        weights[item] = weights.get(item, 0.0) + each
    liked = capped({item: each for item, each in weights.items() if each > 0}, catalogue)
    disliked = {item: -each for item, each in weights.items() if each < 0}
    done = frozenset(log.items[rows].tolist())
    return History(
        np.asarray(sorted(liked), np.int64), np.asarray([liked[item] for item in sorted(liked)], np.float32),
        np.asarray(sorted(disliked), np.int64), np.asarray([disliked[item] for item in sorted(disliked)], np.float32),
        done=done, played=done,
    )  # fmt: skip
