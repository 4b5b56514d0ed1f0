"""How much an episode is liked by all, lately."""

from __future__ import annotations

import numpy as np

from functions.for_you.array_types import Floats
from functions.for_you.ranking.interaction_log import Log

DAY = 86400.0
LATELY, EVER = 30.0, 1e6
"""Days after which an event counts half: of what is liked lately, and of what always was."""


def popularity(log: Log, count: int, now: float, half_life: float) -> Floats:
    """Liking events per item, each halved every `half_life` days before `now`, as a logarithm."""
    liked = log.liked
    decayed = np.exp2(-np.maximum(now - liked.at, 0) / (half_life * DAY))
    return np.log1p(np.bincount(liked.items, weights=decayed, minlength=count)).astype(np.float32)
