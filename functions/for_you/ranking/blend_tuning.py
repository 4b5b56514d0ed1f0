"""The blend's weights from the tenant's own log: what would have ranked best what users then did.

Each user's last fifth is held out, everything is fitted to the rest, and the weights are changed one after another as long as
the held-out episodes rise. Deterministic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from functions.for_you.array_types import Floats, Ints, best
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.ranking_metrics import ndcg
from functions.for_you.imported_records import User
from functions.for_you.profile.decayed_history import History
from functions.for_you.ranking.interaction_log import Log
from functions.for_you.ranking.log_histories import histories
from functions.for_you.ranking.model_fitting import fitted
from functions.for_you.ranking.popularity import mixed
from functions.for_you.ranking.ranking_signals import signals
from functions.for_you.ranking.signal_blend import COLD, Blend
from functions.for_you.ranking.train_test_splits import Split, by_user

CHOICES: dict[str, Sequence[float]] = {
    "nearness": (0, 0.1, 0.2, 0.4, 0.7, 1.0),
    "popularity": (0, 0.1, 0.2, 0.4, 0.8, 1.6),
    "freshness": (0, 0.15, 0.3, 0.6, 1.2),
    "recent": (0.25, 0.5, 0.75),
}
USERS, ITEMS = 300, 10_000
"""At most so many are looked at: more change the third digit."""
FEWEST_USERS = 20
"""With fewer held-out users the weights stay as they are: they would be tuned to noise."""
ROUNDS = 2


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
    users = [user for user in split.held if split.held[user].size][:: max(1, len(split.held) // USERS)][:USERS]
    if len(users) < FEWEST_USERS:
        return Tuned(Blend(), users=len(users))
    table = _Table.of(catalogue, split, users)
    blend = Blend()
    before = reached = table.objective(blend)
    for _ in range(ROUNDS):
        for name, choices in CHOICES.items():
            for value in choices:
                tried = replace(blend, **{name: value})
                if (found := table.objective(tried)) > reached + 1e-6:
                    blend, reached = tried, found
    return Tuned(blend, before, reached, len(users))


@dataclass(frozen=True)
class _Table:
    """Signals of each user over the items looked at, and where the held-out ones are among them."""

    personal: list[tuple[Floats, Floats, Floats, float]]
    popular: dict[float, Floats]
    seen: list[Ints]
    held: list[Ints]

    @classmethod
    def of(cls, catalogue: Snapshot, split: Split, users: Sequence[int]) -> _Table:
        now = float(split.train.at.max())
        whole = fitted(catalogue, split.train, now)
        items = _items(whole, split, users)
        place = np.full(len(whole), -1, np.int64)
        place[items] = np.arange(items.size)
        known = histories(split.train, whole)
        personal, seen, held = [], [], []
        for user in users:
            found = signals(known.get(user, History()), User(id="-"), whole, now)
            personal.append((found.factors[items], found.nearness[items], found.freshness[items], found.strength))
            seen.append(_inside(place[split.seen.get(user, np.zeros(0, np.int64))]))
            held.append(_inside(place[split.held[user]]))
        popular = {share: mixed(split.train, len(whole), now, share)[items] for share in CHOICES["recent"]}
        return cls(personal, popular, seen, held)

    def objective(self, blend: Blend) -> float:
        total = 0.0
        popular = self.popular[blend.recent]
        for (fitting, near, fresh, strength), seen, held in zip(self.personal, self.seen, self.held, strict=True):
            made = strength * (blend.factors * fitting + blend.nearness * near) + blend.freshness * fresh
            made = made + (blend.popularity + COLD * (1 - strength)) * popular
            made[seen] = -np.inf
            hits = np.isin(best(made, 50), held)
            total += ndcg(hits, held.size) + hits.sum() / max(1, held.size) / 2
        return total / len(self.personal)


def _items(catalogue: Snapshot, split: Split, users: Sequence[int]) -> Ints:
    """All of a small catalogue; of a large one the held-out items, the most popular, and every n-th."""
    if len(catalogue) <= ITEMS:
        return np.arange(len(catalogue))
    held = np.concatenate([split.held[user] for user in users])
    popular = best(catalogue.popularity, ITEMS // 2)
    return np.unique(np.concatenate([held, popular, np.arange(0, len(catalogue), 2 * len(catalogue) // ITEMS)]))


def _inside(places: Ints) -> Ints:
    return places[places >= 0]
