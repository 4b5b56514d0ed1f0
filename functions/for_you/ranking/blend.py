"""Signals to one score. The tuned weights are the tenant's own; the others are what users chose, which no log can tell."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from functions.for_you.arrays import Floats
from functions.for_you.ranking.signals import Signals


@dataclass(frozen=True)
class Blend:
    """Weights of signals beside the learned factors', which have 1. `recent`: the share of popularity that is about the last weeks, 0..1."""

    factors: float = 1.0
    nearness: float = 0.4
    popularity: float = 0.1
    freshness: float = 0.3
    interests: float = 1.2
    follows: float = 1.0
    dislikes: float = 1.5
    recent: float = 0.5

    @classmethod
    def of(cls, kept: dict[str, float]) -> Blend:
        """As a snapshot keeps it; weights that this code does not know are passed over."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})

    def without(self, *signals: str) -> Blend:
        """With no weight on some signals: for ablations."""
        return Blend(**{each.name: 0.0 if each.name in signals else getattr(self, each.name) for each in fields(self)})


COLD = 0.6
"""Weight of popularity for somebody of whom nothing is known, beside the tuned one."""


def score(found: Signals, blend: Blend) -> Floats:
    """One score per episode. What is personal speaks as loud as there is history; for the rest, what everybody likes."""
    made = found.strength * (blend.factors * found.factors + blend.nearness * found.nearness)
    made += (blend.popularity + COLD * (1 - found.strength)) * found.popularity
    made += blend.freshness * found.freshness + blend.interests * found.interests + blend.follows * found.follows
    return np.asarray(made - blend.dislikes * found.dislikes, np.float32)
