"""One split of one log, measured: the table's rows."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from functions.for_you.array_types import Floats, Ints, best
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation import ranking_metrics
from functions.for_you.evaluation.ranking_variants import Ranker, ablations, baselines, ours
from functions.for_you.evaluation.reranking_variants import CALIBRATED, rerankers
from functions.for_you.profile.decayed_history import History
from functions.for_you.ranking.blend_tuning import Tuned, tuned
from functions.for_you.ranking.interaction_log import Log
from functions.for_you.ranking.log_histories import histories
from functions.for_you.ranking.model_fitting import fitted
from functions.for_you.ranking.train_test_splits import Split, by_hash, by_item, by_time, by_user

SPLITS = ("user", "global", "cold")
HOLD_OUT = "hold-out"
"""The split for live data: the same pairs of user and item are held out each time, whatever came since."""
OURS = "for-you"
WHOLE = (OURS, "popularity", "recent popularity", "mean text vector")
"""The rows that are there without parts."""
PROMISED = 0.3
"""The theta of MMR that is promised to cost no quality."""
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
    rows: dict[str, dict[str, ranking_metrics.Mean]] = field(default_factory=dict)
    tuned: Tuned | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    gains: dict[str, ranking_metrics.Mean] = field(default_factory=dict)
    """What a part adds to nDCG@10, by the row that is without it, or has it beside the ranking: the mean of users' differences."""
    calibration: ranking_metrics.Mean | None = None
    """How much nearer to users' category mixes calibration brings the lists: KL without less KL with."""
    curve: list[tuple[float, ranking_metrics.Mean, ranking_metrics.Mean]] = field(default_factory=list)
    """(theta of MMR, nDCG@10, diversity), the ranking by itself as 0."""


def split_of(name: str, log: Log, items: list[str]) -> Split:
    """A log of items with these ids, split as `user`, `global`, `cold` or `hold-out`."""
    if name == HOLD_OUT:
        return by_hash(log, items)
    if name == "cold":
        return by_item(log, of=len(items))
    return by_user(log) if name == "user" else by_time(log)


def measure(name: str, catalogue: Snapshot, log: Log, *, parts: bool = True) -> Measured:
    """Fit to a split's training part and rank the rest. `parts`: ablations and reranking too."""
    split = split_of(name, log, catalogue.ids)
    began = time.perf_counter()
    chosen = tuned(catalogue, split.train, by_time(split.train) if name == "global" else None)
    now = float(split.train.at.max()) if len(split.train) else 0.0
    at_tuning = time.perf_counter()
    whole = fitted(catalogue, split.train, now, chosen.blend)
    known = histories(split.train, whole)
    made = Measured(name, len(split.held), len(catalogue), tuned=chosen)
    made.seconds = {"tuning": round(at_tuning - began, 2), "fit": round(time.perf_counter() - at_tuning, 2)}
    table = _Table(made, split, known, whole)
    score = ours(whole, known, chosen.blend, now)
    for label, ranker in {**baselines(whole, known, split, now), OURS: score}.items():
        table.add(label, _lists(ranker, split, len(whole)))
    if parts:
        bare = fitted(catalogue, split.train, now, chosen.blend, by_text=False)
        for label, ranker in ablations(whole, bare, known, chosen.blend, now).items():
            table.add(label, _lists(ranker, split, len(whole)))
            made.gains[label] = table.difference(OURS, label, "ndcg@10")
        _reranked(table, score)
    return made


@dataclass
class _Table:
    """Rows in the making. `users`: each user's figures by row, in the same order in every row."""

    made: Measured
    split: Split
    known: Mapping[int, History]
    catalogue: Snapshot
    users: dict[str, list[dict[str, float]]] = field(default_factory=dict)

    def add(self, label: str, lists: Mapping[int, Ints]) -> None:
        """A ranker's lists, by user, as a row."""
        self.users[label] = [self._figures(user, listed) for user, listed in lists.items()]
        row = ranking_metrics.means(self.users[label])
        shown = {int(item) for listed in lists.values() for item in listed[:10]}
        offered = len(self.catalogue) if self.split.only is None else self.split.only.size
        row["coverage"] = ranking_metrics.Mean(len(shown) / max(1, offered), 0, 0, len(lists))
        self.made.rows[label] = row

    def _figures(self, user: int, listed: Ints) -> dict[str, float]:
        history = self.known.get(user, History())
        taste = ranking_metrics.taste_of(history.liked, history.weights, self.catalogue)
        variety = ranking_metrics.variety(listed, taste, self.catalogue)
        return {**ranking_metrics.quality(listed, self.split.held[user]), **variety}

    def difference(self, label: str, other: str, metric: str) -> ranking_metrics.Mean:
        """How much more of a metric one row has than another, over the users that have it in both."""
        pairs = zip(self.users[label], self.users[other], strict=True)
        return ranking_metrics.mean([a[metric] - b[metric] for a, b in pairs if metric in a and metric in b])


def _reranked(table: _Table, score: Ranker) -> None:
    """Rows with the steps after ranking, and the trade-off of diversity."""
    made, split, known = table.made, table.split, table.known
    ranked = {user: _ranked(score, user, split, len(table.catalogue)) for user in _users(split)}
    made.curve.append((0.0, made.rows[OURS]["ndcg@10"], made.rows[OURS]["diversity"]))
    for label, theta, rerank in rerankers(table.catalogue):
        began = time.perf_counter()
        lists = {user: rerank(*found, known.get(user, History())) for user, found in ranked.items()}
        made.seconds[label] = round((time.perf_counter() - began) / max(1, len(lists)), 5)
        table.add(label, lists)
        made.gains[label] = table.difference(label, OURS, "ndcg@10")
        if label == CALIBRATED:
            made.calibration = table.difference(OURS, label, "kl")
        if theta is not None:
            made.curve.append((theta, made.rows[label]["ndcg@10"], made.rows[label]["diversity"]))
            if theta != PROMISED:
                del made.rows[label]


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
