"""The steps after ranking, each by itself and together, and MMR over its range."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from functions.for_you.array_types import Floats, Ints
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.ranking_metrics import taste_of
from functions.for_you.profile.decayed_history import History
from functions.for_you.reranking.feed_assembly import Wishes, feed
from functions.for_you.reranking.rule_constants import LISTENED, PLAIN, Rules

Reranker: TypeAlias = Callable[[Ints, Floats, History], Ints]
THETAS = (0.1, 0.2, 0.3, 0.5, 0.7)
LENGTH = 50
CALIBRATED = "+ calibration"


def rerankers(catalogue: Snapshot) -> Iterator[tuple[str, float | None, Reranker]]:
    """(label, theta if it is a point of the curve, the step)."""
    yield "+ series caps", None, _by(replace(PLAIN, per_series=2, series_decay=0.5), catalogue)
    yield CALIBRATED, None, _by(replace(PLAIN, calibration=LISTENED.calibration), catalogue)
    for theta in THETAS:
        yield f"+ MMR {theta}", theta, _by(replace(PLAIN, theta=theta), catalogue)
    yield "the whole feed", None, _by(LISTENED, catalogue)


def _by(rules: Rules, catalogue: Snapshot) -> Reranker:
    def rerank(ranked: Ints, scores: Floats, known: History) -> Ints:
        wishes = Wishes(taste_of(known.liked, known.weights, catalogue))
        return np.asarray([each.place for each in feed(ranked, scores, wishes, catalogue, length=LENGTH, rules=rules)], np.int64)

    return rerank
