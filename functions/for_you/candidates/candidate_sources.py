"""The best of each source, put together: what is near the user's medoids, fits their factors, is followed, new, wanted, popular."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from functions.for_you.array_types import Flags, Floats, Ints, best
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.ranking.ranking_signals import Signals

POOL = 240
"""Candidates by the blended score; each source adds its own best."""
EACH = 20
PER_INTEREST = 6
NEARBY = 60


def pool(
    scores: Floats, allowed: Flags, found: Signals, interests: Sequence[str], catalogue: Snapshot, *, nearby: Sequence[int] = ()
) -> Ints:
    """Places of the candidates, the best score first. `nearby`: what the vector store found, the nearest first."""
    sources = [(scores, POOL), (found.nearness, EACH), (found.factors, EACH)]
    if found.follows.any():
        sources.append((found.follows * (1 + found.freshness), EACH))
    chosen = [_best(values, allowed, count) for values, count in sources]
    chosen += [_first(places, allowed, EACH) for places in (catalogue.popular_first, catalogue.newest_first)]
    wanted = [place for topic in interests if (place := catalogue.topic_index.get(topic.casefold())) is not None]
    chosen += [_best(scores, allowed & (catalogue.topics[:, place] > 0), PER_INTEREST) for place in wanted]
    chosen.append(_best(found.freshness + found.nearness, allowed & catalogue.new, EACH))
    chosen.append(np.asarray([place for place in nearby if allowed[place]][:NEARBY], np.int64))
    together = np.unique(np.concatenate(chosen))
    ordered: Ints = together[np.argsort(-scores[together], kind="stable")]
    return ordered


def _first(places: Ints, allowed: Flags, count: int) -> Ints:
    """The first that are allowed, of places in an order that is the same for all users."""
    for reach in (10 * count, places.size):
        found = places[:reach]
        found = found[allowed[found]][:count]
        if found.size == count:
            break
    return found


def _best(values: Floats, allowed: Flags, count: int) -> Ints:
    return best(np.where(allowed, values, -np.inf).astype(np.float32), count)
