"""The best of each source, put together: what is near the user's medoids, fits their factors, is followed, new, wanted, popular."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from functions.for_you.arrays import Flags, Floats, Ints, best
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.ranking.signals import Signals

POOL = 240
"""Candidates by the blended score; each source adds its own best."""
EACH = 20
PER_INTEREST = 6


def pool(scores: Floats, allowed: Flags, found: Signals, interests: Sequence[str], catalogue: Snapshot) -> Ints:
    """Places of the candidates, the best score first."""
    sources = [(scores, POOL), (found.nearness, EACH), (found.factors, EACH), (found.popularity, EACH), (found.freshness, EACH)]
    if found.follows.any():
        sources.append((found.follows * (1 + found.freshness), EACH))
    chosen = [_best(values, allowed, count) for values, count in sources]
    wanted = [place for topic in interests if (place := catalogue.topic_index.get(topic.casefold())) is not None]
    chosen += [_best(scores, allowed & (catalogue.topics[:, place] > 0), PER_INTEREST) for place in wanted]
    chosen.append(_best(found.freshness + found.nearness, allowed & (catalogue.known == 0), EACH))
    together = np.unique(np.concatenate(chosen))
    ordered: Ints = together[np.argsort(-scores[together], kind="stable")]
    return ordered


def _best(values: Floats, allowed: Flags, count: int) -> Ints:
    return best(np.where(allowed, values, -np.inf).astype(np.float32), count)
