"""One split of one log, measured: the table's rows."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from functions.for_you.arrays import Floats, Ints, best
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation import metrics
from functions.for_you.evaluation.rankers import Ranker, ablations, baselines, ours
from functions.for_you.evaluation.rerankers import rerankers
from functions.for_you.profile.history import History
from functions.for_you.ranking.fit import fitted
from functions.for_you.ranking.histories import histories
from functions.for_you.ranking.log import Log
from functions.for_you.ranking.splits import Split, by_item, by_time, by_user
from functions.for_you.ranking.tuning import Tuned, tuned

SPLITS = ("user", "global", "cold")
LONG = 200
"""Items of a list that reranking may choose from."""
MOST_USERS = 1000
"""Users measured, evenly taken from all."""


@dataclass
class Measured:
    """One split's rows: metrics by ranker. `seconds` by step; `tuned`: the weights that were used."""

    split: str
    users: int
    items: int
    rows: dict[str, dict[str, metrics.Mean]] = field(default_factory=dict)
    tuned: Tuned | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    curve: list[tuple[float, metrics.Mean, metrics.Mean]] = field(default_factory=list)
    """(theta of MMR, nDCG@10, diversity)."""


def split_of(name: str, log: Log, items: int) -> Split:
    """A log split as `user`, `global` or `cold`."""
    if name == "cold":
        return by_item(log, of=items)
    return by_user(log) if name == "user" else by_time(log)


def measure(name: str, catalogue: Snapshot, log: Log, *, parts: bool = True) -> Measured:
    """Fit to a split's training part and rank the rest. `parts`: ablations and reranking too."""
    split = split_of(name, log, len(catalogue))
    began = time.perf_counter()
    chosen = tuned(catalogue, split.train, by_time(split.train) if name == "global" else None)
    now = float(split.train.at.max()) if len(split.train) else 0.0
    at_tuning = time.perf_counter()
    whole = fitted(catalogue, split.train, now, chosen.blend)
    known = histories(split.train, whole)
    made = Measured(name, len(split.held), len(catalogue), tuned=chosen)
    made.seconds = {"tuning": round(at_tuning - began, 2), "fit": round(time.perf_counter() - at_tuning, 2)}
    score = ours(whole, known, chosen.blend, now)
    rankers = {
        **baselines(whole, known, split, now),
        "for-you": score,
        **(ablations(whole, known, chosen.blend, now) if parts else {}),
    }
    for label, ranker in rankers.items():
        made.rows[label] = _row(_lists(ranker, split, len(whole)), split, known, whole)
    if parts:
        _reranked(made, score, split, known, whole)
    return made


def _reranked(made: Measured, score: Ranker, split: Split, known: Mapping[int, History], catalogue: Snapshot) -> None:
    """Rows with the steps after ranking, and the trade-off of diversity."""
    ranked = {user: _ranked(score, user, split, len(catalogue)) for user in _users(split)}
    for label, theta, rerank in rerankers(catalogue):
        began = time.perf_counter()
        lists = {user: rerank(*found, known.get(user, History())) for user, found in ranked.items()}
        row = _row(lists, split, known, catalogue)
        made.seconds[label] = round((time.perf_counter() - began) / max(1, len(lists)), 5)
        if theta is None:
            made.rows[label] = row
        else:
            made.curve.append((theta, row["ndcg@10"], row["diversity"]))
            if theta == 0.3:  # noqa: PLR2004 - the one that is promised to cost nothing
                made.rows[label] = row


def _users(split: Split) -> list[int]:
    users = list(split.held)
    return users[:: max(1, -(-len(users) // MOST_USERS))]


def _ranked(ranker: Ranker, user: int, split: Split, count: int) -> tuple[Ints, Floats]:
    scores = ranker(user).astype(np.float32, copy=True)
    if split.only is not None:
        offered = np.full(count, -np.inf, np.float32)
        offered[split.only] = scores[split.only]
        scores = offered
    scores[split.seen.get(user, np.zeros(0, np.int64))] = -np.inf
    return best(scores, LONG), scores


def _lists(ranker: Ranker, split: Split, count: int) -> dict[int, Ints]:
    return {user: _ranked(ranker, user, split, count)[0][:50] for user in _users(split)}


def _row(lists: Mapping[int, Ints], split: Split, known: Mapping[int, History], catalogue: Snapshot) -> dict[str, metrics.Mean]:
    users = []
    for user, listed in lists.items():
        history = known.get(user, History())
        taste = metrics.taste_of(history.liked, history.weights, catalogue)
        users.append({**metrics.quality(listed, split.held[user]), **metrics.variety(listed, taste, catalogue)})
    row = metrics.means(users)
    shown = {int(item) for listed in lists.values() for item in listed[:10]}
    offered = len(catalogue) if split.only is None else split.only.size
    row["coverage"] = metrics.Mean(len(shown) / max(1, offered), 0, 0, len(lists))
    return row
