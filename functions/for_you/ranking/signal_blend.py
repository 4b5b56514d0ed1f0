"""Signals to one score. The tuned weights are the tenant's own; the others are what users chose, which no log can tell."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from functions.for_you.array_types import Floats
from functions.for_you.ranking.ranking_signals import Signals


@dataclass(frozen=True)
class Blend:
    """Weights of signals beside the learned factors', which have 1."""

    factors: float = 1.0
    nearness: float = 0.4
    popularity: float = 0.1
    freshness: float = 0.3
    interests: float = 1.2
    follows: float = 1.0
    dislikes: float = 1.5
    asked: float = 1.5
    half_life: float = 90.0
    """Days after which an event counts half in popularity."""
    new_nearness: float = 0.2
    """Of what is personal about an episode that nobody has played, the part that nearness has, 0..1."""

    @classmethod
    def of(cls, kept: dict[str, float]) -> Blend:
        """As a snapshot keeps it; weights that this code does not know are passed over."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})

    def without(self, *signals: str) -> Blend:
        """With no weight on some signals: for ablations."""
        return Blend(**{each.name: 0.0 if each.name in signals else getattr(self, each.name) for each in fields(self)})


QUIETEST = 0.5
"""What is personal about new episodes speaks so loud at least: of them there is nothing else to go by."""
COLD = 0.6
"""Weight of popularity for somebody of whom nothing is known, beside the tuned one."""


def score(found: Signals, blend: Blend) -> Floats:
    """One score per episode. What is personal speaks as loud as there is history; for the rest, what everybody likes."""
    made = found.strength * _personal(found, blend)
    made += (blend.popularity + COLD * (1 - found.strength)) * found.popularity
    made += blend.freshness * found.freshness + blend.interests * found.interests + blend.follows * found.follows
    made += blend.asked * found.asked
    return np.asarray(made - blend.dislikes * found.dislikes, np.float32)


def personal_weights(blend: Blend, *, new: bool) -> tuple[float, float]:
    """Of factors and of nearness, for episodes that were played or for new ones."""
    if not new:
        return blend.factors, blend.nearness
    loud = max(blend.factors + blend.nearness, QUIETEST)
    return loud * (1 - blend.new_nearness) if blend.factors else 0.0, loud * blend.new_nearness


def _personal(found: Signals, blend: Blend) -> Floats:
    factors, nearness = (np.where(found.new, new, old) if old != new else old for old, new in _both(blend))
    made: Floats = factors * found.factors + nearness * found.nearness
    return made


def _both(blend: Blend) -> list[tuple[np.float32, np.float32]]:
    """Each weight for old and new episodes."""
    pairs = zip(personal_weights(blend, new=False), personal_weights(blend, new=True), strict=True)
    return [(np.float32(old), np.float32(new)) for old, new in pairs]
