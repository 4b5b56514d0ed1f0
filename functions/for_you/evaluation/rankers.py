"""What is compared: this feed's score, what people would pick instead, and the score with a part taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from functions.for_you.arrays import Floats, unit
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.profile.history import History
from functions.for_you.ranking.blend import Blend, score
from functions.for_you.ranking.popularity import EVER, LATELY, popularity
from functions.for_you.ranking.signals import signals
from functions.for_you.ranking.splits import Split
from functions.for_you.records import User

Ranker: TypeAlias = Callable[[int], Floats]
"""A user's number to a score for each item."""


def ours(catalogue: Snapshot, known: Mapping[int, History], blend: Blend, now: float) -> Ranker:
    """The blend of all signals."""
    nobody = User(id="-")
    return lambda user: score(signals(known.get(user, History()), nobody, catalogue, now), blend)


def ablations(catalogue: Snapshot, known: Mapping[int, History], blend: Blend, now: float) -> dict[str, Ranker]:
    """The same without one part each."""
    return {
        f"without {name}": ours(catalogue, known, blend.without(*parts), now)
        for name, parts in (
            ("factors", ("factors",)),
            ("text", ("nearness",)),
            ("popularity", ("popularity",)),
            ("dislikes", ("dislikes",)),
        )
    }


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
