"""How much an episode is liked by all, lately."""

from __future__ import annotations

import numpy as np

from functions.for_you.arrays import Floats, standard
from functions.for_you.ranking.log import Log

DAY = 86400.0
LATELY, EVER = 30.0, 1e6
"""Days after which an event counts half: of what is liked lately, and of what always was."""


def popularity(log: Log, count: int, now: float, half_life: float) -> Floats:
    """Liking events per item, each halved every `half_life` days before `now`, as a logarithm."""
    liked = log.liked
    decayed = np.exp2(-np.maximum(now - liked.at, 0) / (half_life * DAY))
    return np.log1p(np.bincount(liked.items, weights=decayed, minlength=count)).astype(np.float32)


def mixed(log: Log, count: int, now: float, recent: float) -> Floats:
    """What is liked lately and what always was, `recent` (0..1) of the former. Standardised."""
    lately, ever = (standard(popularity(log, count, now, days)) for days in (LATELY, EVER))
    return standard(recent * lately + (1 - recent) * ever)
