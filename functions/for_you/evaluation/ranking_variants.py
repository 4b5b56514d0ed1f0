"""What is compared: this feed's score, what people would pick instead, and the score with a part taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from functions.for_you.array_types import Floats, standard, unit
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.imported_records import User
from functions.for_you.profile.decayed_history import History
from functions.for_you.ranking.popularity import EVER, LATELY, popularity
from functions.for_you.ranking.ranking_signals import signals
from functions.for_you.ranking.signal_blend import Blend, score
from functions.for_you.ranking.train_test_splits import Split

Ranker: TypeAlias = Callable[[int], Floats]
"""A user's number to a score for each item."""


def ours(catalogue: Snapshot, known: Mapping[int, History], blend: Blend, now: float) -> Ranker:
    """The blend of all signals."""
    nobody = User(id="-")
    return lambda user: score(signals(known.get(user, History()), nobody, catalogue, now), blend)


def ablations(catalogue: Snapshot, bare: Snapshot, known: Mapping[int, History], blend: Blend, now: float) -> dict[str, Ranker]:
    """The same without one part each. `bare`: the catalogue without the ridge map from text to factors."""
    parts = {
        "factors": ("factors",),
        "text": ("nearness", "new_nearness"),
        "popularity": ("popularity",),
        "freshness": ("freshness",),
        "dislikes": ("dislikes",),
    }
    return {
        **{f"without {name}": ours(catalogue, known, blend.without(*weights), now) for name, weights in parts.items()},
        "without medoids": _by_mean(catalogue, known, blend, now),
        "without ridge map": ours(bare, known, blend, now),
    }


def _by_mean(catalogue: Snapshot, known: Mapping[int, History], blend: Blend, now: float) -> Ranker:
    """Nearness to one mean of a whole history, instead of to its medoids."""
    nobody = User(id="-")

    def ranked(user: int) -> Floats:
        history = known.get(user, History())
        found = signals(history, nobody, catalogue, now)
        near = catalogue.vectors @ (history.weights @ catalogue.vectors[history.liked]) if history.liked.size else found.nearness
        return score(replace(found, nearness=standard(near)), blend)

    return ranked


def baselines(catalogue: Snapshot, known: Mapping[int, History], split: Split, now: float) -> dict[str, Ranker]:
    """What would be picked instead: all-time and recent popularity, the mean of the texts that a user liked."""
    liked = popularity(split.train, len(catalogue), now, EVER)
    recent = popularity(split.train, len(catalogue), now, LATELY)

    def mean_text(user: int) -> Floats:
        history = known.get(user, History())
        if not history.liked.size:
            return np.zeros(len(catalogue), np.float32)
        return catalogue.vectors @ unit(catalogue.vectors[history.liked].mean(axis=0))

    return {"popularity": lambda _: liked, "recent popularity": lambda _: recent, "mean text vector": mean_text}
