"""After how many days popularity counts half: what would have foretold best, at moments of the log's past, what came next.

A log says by itself whether its listeners follow the week or the year, and half-lives differ by more in quality than any other weight.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from functions.for_you.array_types import Ints, best
from functions.for_you.evaluation.ranking_metrics import ndcg
from functions.for_you.ranking.interaction_log import Log
from functions.for_you.ranking.popularity import EVER, LATELY, popularity
from functions.for_you.ranking.train_test_splits import SHARE, Split, by_time

HALF_LIVES = (EVER, 365.0, 90.0, LATELY, 7.0, 2.0)
"""Days; of equals, the first is taken."""
MOMENTS = (0.4, 0.6, 0.8)
"""Shares of the log that are taken for the past; the next `SHARE` is what came then."""
USERS = 300
"""Users looked at per moment."""
FEWEST = 20
"""With fewer the usual one stays: it would be tuned to noise."""
LISTED = 2000
"""The most popular, of which each user's list is made."""


def chosen(log: Log, count: int, otherwise: float) -> float:
    """The half-life in days whose lists would have had the highest nDCG@10 + recall@50 / 2; `otherwise` if the log is too small to tell."""
    pasts = [_past(log, moment) for moment in MOMENTS]
    if sum(len(past.held) for past in pasts) < FEWEST:
        return otherwise
    worth = {days: sum(sum(_worths(past, count, days)) for past in pasts) for days in HALF_LIVES}
    return max(HALF_LIVES, key=lambda days: round(worth[days], 9))


def _past(log: Log, moment: float) -> Split:
    """The log as it was a fifth after a moment, that fifth held out."""
    whole = log.where(np.arange(int(len(log) * min(1.0, moment + SHARE))))
    return by_time(whole, 1 - moment / (moment + SHARE))


def _worths(past: Split, count: int, days: float) -> Iterator[float]:
    now = float(past.train.at[-1]) if len(past.train) else 0.0
    first = best(popularity(past.train, count, now, days), LISTED)
    nothing: Ints = np.zeros(0, np.int64)
    for user in list(past.held)[:: max(1, -(-len(past.held) // USERS))]:
        held = past.held[user]
        listed = first[~np.isin(first, past.seen.get(user, nothing))][:50]
        hits = np.isin(listed, held)
        yield ndcg(hits, held.size) + hits.sum() / held.size / 2
