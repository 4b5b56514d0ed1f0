"""Ranking metrics of one list, and means over users with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from functions.for_you.array_types import TINY, Doubles, Flags, Floats, Ints
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.reranking.calibration import smoothed

RESAMPLES, SEED = 1000, 7
DEPTH = 10
"""Positions that nDCG looks at."""
_GAINS = 1 / np.log2(np.arange(2, 102))


def quality(listed: Ints, held: Ints) -> dict[str, float]:
    """nDCG@10, recall@10, recall@50, MRR of one list (best first) against the held-out items."""
    hits = np.isin(listed[:50], held)
    first = np.flatnonzero(hits)
    return {
        "ndcg@10": ndcg(hits, held.size),
        "recall@10": float(hits[:10].sum() / held.size),
        "recall@50": float(hits.sum() / held.size),
        "mrr": float(1 / (1 + first[0])) if first.size else 0.0,
    }


def ndcg(hits: Flags, relevant: int) -> float:
    """The nDCG of a list's first `DEPTH` (whether each position is a hit), when there are `relevant` to be hit; 0 of none."""
    hits = hits[:DEPTH]
    ideal = _GAINS[: min(DEPTH, relevant)].sum()
    return float((hits * _GAINS[: hits.size]).sum() / ideal) if ideal else 0.0


def variety(listed: Ints, taste: Floats, catalogue: Snapshot) -> dict[str, float]:
    """Of the first ten: how unlike each other, how little known, how far from the user's category mix (KL), series over their cap."""
    top = listed[:10]
    if not top.size:
        return {}
    near = catalogue.vectors[top] @ catalogue.vectors[top].T
    pairs = top.size * (top.size - 1)
    unlike = 1 - (near.sum() - np.trace(near)) / pairs if pairs else 0.0
    share = (catalogue.known[top] + 1) / (catalogue.known.sum() + len(catalogue))
    return {
        "diversity": float(unlike),
        "novelty": float(-np.log2(share).mean()),
        "kl": kl(taste, catalogue.topics[top].mean(axis=0)),
        "over_cap": float(over_cap(listed[:20], catalogue)),
    }


def kl(wanted: Floats, got: Floats) -> float:
    """How far a list's categories are from the user's: Kullback-Leibler, the list's mixed with a little of the user's (Steck 2018)."""
    if wanted.sum() < TINY:
        return 0.0
    wanted = wanted / wanted.sum()
    there = wanted > 0
    own = wanted[there]
    return float((own * np.log(own / smoothed(got[there], own))).sum())


def over_cap(listed: Ints, catalogue: Snapshot, cap: int = 2) -> int:
    """Episodes beyond `cap` of one series among those listed. An episode without a series is its own."""
    return int(np.maximum(np.bincount(catalogue.series[listed]) - cap, 0).sum()) if listed.size else 0


def taste_of(items: Ints, weights: Floats, catalogue: Snapshot) -> Floats:
    """The category mix of a history: adds up to 1, or 0 without any."""
    made: Floats = weights @ catalogue.topics[items] if items.size else np.zeros(len(catalogue.topic_names), np.float32)
    return made / made.sum() if made.sum() > TINY else made


@dataclass(frozen=True)
class Mean:
    """A mean over users, and where 95 % of resampled means lie."""

    value: float
    low: float
    high: float
    users: int

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def mean(values: Sequence[float]) -> Mean:
    """The mean with its bootstrap interval; resampled the same way every time."""
    given: Doubles = np.asarray(values, np.float64)
    if not given.size:
        return Mean(0, 0, 0, 0)
    chosen = np.random.default_rng(SEED).integers(0, given.size, (RESAMPLES, given.size))
    low, high = np.quantile(given[chosen].mean(axis=1), (0.025, 0.975))
    return Mean(float(given.mean()), float(low), float(high), given.size)


def means(of_users: Sequence[Mapping[str, float]]) -> dict[str, Mean]:
    """The mean of every metric that users have."""
    names = dict.fromkeys(name for each in of_users for name in each)
    return {name: mean([each[name] for each in of_users if name in each]) for name in names}
