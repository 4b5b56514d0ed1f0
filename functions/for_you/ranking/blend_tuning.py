"""The blend's weights from the tenant's own log: what would have ranked best what users then did.

Each user's last fifth is held out, everything is fitted to the rest, and the weights are changed one after another as long as
the held-out episodes rise. What everybody likes is tried by itself as well, and of blends that cannot be told apart on so few users
the one that leans most on it is taken: on a log that teaches nothing the feed is no worse than a list of what is popular.
Deterministic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

import numpy as np

from functions.for_you.array_types import TINY, Doubles, Ints, best
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.ranking_metrics import ndcg
from functions.for_you.imported_records import User
from functions.for_you.profile.decayed_history import History
from functions.for_you.ranking import popularity_half_life
from functions.for_you.ranking.interaction_log import Log
from functions.for_you.ranking.log_histories import histories
from functions.for_you.ranking.model_fitting import fitted
from functions.for_you.ranking.ranking_signals import Signals, signals
from functions.for_you.ranking.signal_blend import Blend, score
from functions.for_you.ranking.train_test_splits import Split, by_item, by_user

CHOICES: dict[str, Sequence[float]] = {
    "factors": (0, 0.5, 1.0),
    "nearness": (0, 0.1, 0.2, 0.4, 0.7, 1.0),
    "popularity": (0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2),
    "freshness": (0, 0.15, 0.3, 0.6, 1.2),
}
NEW_NEARNESS = (0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0)
POPULAR = Blend(factors=0, nearness=0, popularity=1, freshness=0)
"""What everybody likes, and nothing else."""
USERS, ITEMS = 300, 10_000
"""At most so many are looked at: more change the third digit."""
FEWEST_USERS = 20
"""With fewer held-out users the weights stay as they are: they would be tuned to noise."""
ROUNDS = 2
LOUDEST = 1.5
"""Factors, nearness and popularity together."""
FIFTHS = (1, 5, 9)
"""Seeds of the fifths of episodes by which `new_nearness` is tuned: others than an evaluation's."""
SURE = 1.96
"""Standard errors within which two blends cannot be told apart."""


@dataclass(frozen=True)
class Tuned:
    """The weights, and by what: the objective (nDCG@10 + recall@50 / 2) before and after, over so many users."""

    blend: Blend
    before: float = 0.0
    after: float = 0.0
    users: int = 0

    def as_report(self) -> dict[str, object]:
        return {
            "weights": asdict(self.blend),
            "before": round(self.before, 4),
            "after": round(self.after, 4),
            "users": self.users,
        }


def tuned(catalogue: Snapshot, log: Log, split: Split | None = None) -> Tuned:
    """The best weights for a log; the standing ones where it is too small to tell."""
    split = split or by_user(log)
    users = _users(split)
    start = Blend()
    start = replace(start, half_life=popularity_half_life.chosen(log, len(catalogue), start.half_life))
    if len(users) < FEWEST_USERS:
        return Tuned(start, users=len(users))
    tried = _Tried(_Table.of(catalogue, split, users, start))
    chosen = _as_loud(_tuned(tried, start))
    before, after = tried.objective(start), tried.objective(chosen)
    return Tuned(replace(chosen, new_nearness=_of_new(catalogue, log, chosen)), before, after, len(users))


def _tuned(tried: _Tried, start: Blend) -> Blend:
    blend = start
    for _ in range(ROUNDS):
        for name, choices in CHOICES.items():
            for value in choices:
                other = replace(blend, **{name: value})
                if tried.objective(other) > tried.objective(blend) + 1e-6:
                    blend = other
    tried.objective(replace(POPULAR, half_life=start.half_life))
    return tried.chosen()


def _of_new(catalogue: Snapshot, log: Log, blend: Blend) -> float:
    """How much nearness shall say about new episodes: by fifths of the episodes, taken out of the log.

    Several of them: which episodes a fifth happens to have makes more of a difference than the share does.
    """
    total = np.zeros(len(NEW_NEARNESS))
    for seed in FIFTHS:
        split = by_item(log, of=len(catalogue), seed=seed)
        users = _users(split, USERS // len(FIFTHS))
        if len(users) < FEWEST_USERS:
            return blend.new_nearness
        table = _Table.of(catalogue, split, users, blend)
        total += [table.of_users(replace(blend, new_nearness=share)).mean() for share in NEW_NEARNESS]
    return float(NEW_NEARNESS[int(total.argmax())])


def _users(split: Split, most: int = USERS) -> list[int]:
    users = [user for user in split.held if split.held[user].size]
    return users[:: max(1, len(users) // most)][:most]


@dataclass(frozen=True)
class _Tried:
    """Blends with what each user's list got by them."""

    table: _Table
    found: dict[Blend, Doubles] = field(default_factory=dict)

    def objective(self, blend: Blend) -> float:
        if blend not in self.found:
            self.found[blend] = self.table.of_users(blend)
        return float(self.found[blend].mean())

    def chosen(self) -> Blend:
        """Of those within a standard error of the best (of the users' differences), the one that leans most on what is popular."""
        best_one = max(self.found, key=self.objective)
        top = self.found[best_one]

        def close(blend: Blend) -> bool:
            less = top - self.found[blend]
            return bool(less.mean() <= SURE * less.std() / np.sqrt(less.size))

        return max(filter(close, self.found), key=lambda blend: (_leaning(blend), self.objective(blend)))


def _as_loud(blend: Blend) -> Blend:
    """The same proportions, no louder than `LOUDEST`: what users chose and turned away has a weight of its own, and must be heard."""
    tuned_ones = ("factors", "nearness", "popularity", "freshness")
    down = min(1.0, LOUDEST / (blend.factors + blend.nearness + blend.popularity))
    return replace(blend, **{name: round(down * getattr(blend, name), 4) for name in tuned_ones})


def _leaning(blend: Blend) -> float:
    """Popularity's part of the weights."""
    return blend.popularity / (blend.popularity + blend.factors + blend.nearness + blend.freshness + TINY)


@dataclass(frozen=True)
class _Table:
    """Signals of each user over the items looked at, and where those that they know and the held-out ones are among them."""

    signals: list[Signals]
    seen: list[Ints]
    held: list[Ints]

    @classmethod
    def of(cls, catalogue: Snapshot, split: Split, users: Sequence[int], blend: Blend) -> _Table:
        now = float(split.train.at.max())
        whole = fitted(catalogue, split.train, now, blend)
        items = _items(whole, split, users)
        place = np.full(len(whole), -1, np.int64)
        place[items] = np.arange(items.size)
        known = histories(split.train, whole)
        found = [signals(known.get(user, History()), User(id="-"), whole, now).at(items) for user in users]
        seen = [_inside(place[split.seen.get(user, np.zeros(0, np.int64))]) for user in users]
        held = [_inside(place[split.held[user]]) for user in users]
        return cls(found, seen, held)

    def of_users(self, blend: Blend) -> Doubles:
        """nDCG@10 + recall@50 / 2 of each user's list."""
        made = np.empty(len(self.signals))
        for user, (found, seen, held) in enumerate(zip(self.signals, self.seen, self.held, strict=True)):
            scores = score(found, blend)
            scores[seen] = -np.inf
            hits = np.isin(best(scores, 50), held)
            made[user] = ndcg(hits, held.size) + hits.sum() / max(1, held.size) / 2
        return made


def _items(catalogue: Snapshot, split: Split, users: Sequence[int]) -> Ints:
    """What is offered: all of it if there is little; of a large catalogue the held-out items, the most popular, and every n-th."""
    offered = np.arange(len(catalogue)) if split.only is None else split.only
    if offered.size <= ITEMS:
        return offered
    held = np.concatenate([split.held[user] for user in users])
    popular = best(catalogue.popularity, ITEMS // 2)
    return np.intersect1d(np.concatenate([held, popular, offered[:: 2 * offered.size // ITEMS]]), offered)


def _inside(places: Ints) -> Ints:
    return places[places >= 0]
