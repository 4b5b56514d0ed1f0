"""Users' histories from a log: as from their engagements, without a record each."""

from __future__ import annotations

import numpy as np

from functions.for_you.array_types import Ints
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.profile.action_weights import EVENTS_HALF_LIFE, MOST_EVENTS, SECONDS_HALF_LIFE
from functions.for_you.profile.decayed_history import History, summed
from functions.for_you.ranking.interaction_log import Log


def histories(log: Log, catalogue: Snapshot) -> dict[int, History]:
    """By the log's user number. Every item that a user did anything with is done."""
    order = np.lexsort((-log.at, log.users))
    edges = np.flatnonzero(np.diff(log.users[order])) + 1
    return {int(log.users[rows[0]]): _history(log, rows, catalogue) for rows in np.split(order, edges) if rows.size}


def _history(log: Log, rows: Ints, catalogue: Snapshot) -> History:
    newest = rows[:MOST_EVENTS]
    age = (log.at[newest[0]] - log.at[newest]) / SECONDS_HALF_LIFE
    worth = log.weights[newest] * np.exp2(-np.arange(newest.size) / EVENTS_HALF_LIFE - age)
    done = frozenset(log.items[rows].tolist())
    return History(**summed(log.items[newest], worth, catalogue), done=done, played=done)
