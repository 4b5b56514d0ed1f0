"""Up to four episodes of a history that stand for it: one mean of all would lie between the tastes, near none of them."""

from __future__ import annotations

import numpy as np

from functions.for_you.array_types import Floats, Ints
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.profile.decayed_history import History

MOST = 4
LOOKED_AT = 80
"""Episodes of a history, the heaviest, that medoids are chosen among."""
GAIN = 0.03
"""A further medoid has to cover so much more of the whole."""


def medoids(known: History, catalogue: Snapshot) -> tuple[Ints, Floats]:
    """Positions of the medoids and the share of the history that each is nearest to. Greedy: each covers the most of what is left."""
    order = np.argsort(-known.weights, kind="stable")[:LOOKED_AT]
    places, weights = known.liked[order], known.weights[order]
    if not places.size:
        return places, weights
    rows = catalogue.coarse[places]
    near = np.maximum(rows @ rows.T, 0.0)
    covered = np.zeros(places.size, np.float32)
    chosen: list[int] = []
    while len(chosen) < min(MOST, places.size):
        gains = (np.maximum(near, covered[None, :]) - covered[None, :]) @ weights
        pick = int(gains.argmax())
        if chosen and gains[pick] < GAIN * float(weights.sum()):
            break
        chosen.append(pick)
        covered = np.maximum(covered, near[pick])
    nearest = near[chosen].argmax(axis=0)
    shares = np.bincount(nearest, weights=weights, minlength=len(chosen)) / float(weights.sum())
    return places[chosen], shares.astype(np.float32)
