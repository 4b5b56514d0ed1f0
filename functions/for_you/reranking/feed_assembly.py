"""The feed, position by position: the candidate that does most for it, by its score, its company and the rules. Deterministic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from functions.for_you.array_types import TINY, Flags, Floats, Ints
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.reranking.calibration import Calibration
from functions.for_you.reranking.rule_constants import LISTENED, Rules
from shared.engine.store.paths import digest

UNKNOWN = 5
"""Engagements up to which an episode is as good as unknown."""
KNEE = 30
"""Candidates over which scores fall by 1: the scale on which company and rules are weighed."""


@dataclass(frozen=True)
class Wishes:
    """What the feed shall keep to: the user's category mix (adds up to 1), chosen interests, how often series were shown lately."""

    taste: Floats
    interests: Sequence[int] = ()
    shown: Mapping[int, float] = field(default_factory=dict)
    seed: str = ""


@dataclass(frozen=True)
class Placed:
    """An episode in the feed. `slot`: `ranked`, `anchor` (with its topic) or `new`."""

    place: int
    slot: str = "ranked"
    topic: int = -1


def feed(
    pool: Ints,
    scores: Floats,
    wishes: Wishes,
    catalogue: Snapshot,
    *,
    length: int,
    rules: Rules = LISTENED,
    again: Ints | None = None,
) -> list[Placed]:
    """At most `length` of the pool (places, the best first). With a pool too uniform for the cap, the feed is shorter.

    `again` (as long as the catalogue): above 0 for what comes only where nothing lower may.
    """
    made = _Feed(pool, scores[pool], wishes, catalogue, rules, again=None if again is None else again[pool])
    while len(made.placed) < length and made.step():
        pass
    return made.placed


class _Feed:
    def __init__(
        self, pool: Ints, scores: Floats, wishes: Wishes, catalogue: Snapshot, rules: Rules, *, again: Ints | None
    ) -> None:
        self._pool, self._wishes, self._rules = pool, wishes, rules
        self._worth = _scaled(scores)
        self._again = again if again is not None and again.any() else None
        self._series = catalogue.series[pool]
        names, self._show = np.unique(self._series, return_inverse=True)
        self._recent = np.zeros(names.size, np.int64)
        self._topics = catalogue.topics[pool]
        self._vectors = catalogue.coarse[pool]
        mixes, row_of = catalogue.topic_mixes
        self._left = np.ones(pool.size, np.bool_)
        self._near = np.zeros(pool.size, np.float32)
        self._load = np.asarray([wishes.shown.get(series, 0.0) for series in self._series.tolist()], np.float32)
        self._decay = self._decayed(self._load)
        self._calibration = Calibration(wishes.taste, mixes, row_of[pool])
        self._mix = np.zeros(self._topics.shape[1], np.float32)
        known = catalogue.known[pool]
        self._hardly_known = (known <= np.sort(known)[known.size // 5]) & (known < UNKNOWN) if pool.size else known < 0
        self.placed: list[Placed] = []
        self._rows: list[int] = []

    def step(self) -> bool:
        """Fill the next position. False when nobody may."""
        may = self._left & ~self._over_cap()
        if not may.any():
            return False
        if self._again is not None:
            may &= self._again == self._again[may].min()
        row, slot, topic = self._slot(may)
        self.placed.append(Placed(int(self._pool[row]), slot, topic))
        self._rows.append(row)
        self._left[row] = False
        self._mix += self._topics[row]
        show = self._show[row]
        same = np.flatnonzero(self._show == show)
        self._load[same] += 1
        self._decay[same] = self._decayed(self._load[same])
        self._recent[show] += 1
        if len(self._rows) >= self._rules.window:  # what the next position's window no longer reaches
            self._recent[self._show[self._rows[-self._rules.window]]] -= 1
        if self._rules.theta:
            self._near = np.maximum(self._near, self._vectors @ self._vectors[row])
        return True

    def _slot(self, may: Flags) -> tuple[int, str, int]:
        values = self._values(may)
        at = len(self.placed) % self._rules.window
        if at in self._rules.anchors:
            number = self._rules.anchors.index(at)
            wanted = [topic for topic in self._wishes.interests if not self._in_window(topic)]
            anchored = may & (self._topics[:, wanted[0]] > 0) if wanted and number < len(self._wishes.interests) else may & False
            if anchored.any():
                return int(np.where(anchored, values, -np.inf).argmax()), "anchor", wanted[0]
        if at == self._rules.exploration and (row := self._new(may)) is not None:
            return row, "new", -1
        return int(values.argmax()), "ranked", -1

    def _values(self, may: Flags) -> Floats:
        rules = self._rules
        made = self._worth * self._decay - rules.theta * self._near
        if rules.calibration and self._calibration.wanted:
            made += rules.calibration * self._calibration.gains(self._mix, len(self.placed))
        made[~may] = -np.inf
        return made

    def _decayed(self, load: Floats) -> Floats:
        """What is left of an episode's worth when its series was shown so often."""
        rules = self._rules
        if rules.series_decay >= 1:
            return np.ones_like(load)
        left: Floats = np.maximum(rules.series_decay**load, rules.series_floor).astype(np.float32)
        return left

    def _over_cap(self) -> Flags:
        """Whose series has its number among the last positions of a window already."""
        full: Flags = self._recent[self._show] >= self._rules.per_series
        return full

    def _in_window(self, topic: int) -> bool:
        start = len(self._rows) - len(self._rows) % self._rules.window
        return any(self._topics[row, topic] > 0 for row in self._rows[start:])

    def _new(self, may: Flags) -> int | None:
        """Something hardly anybody has played, of the better half of such, by the seed: each user tries another."""
        fresh = np.flatnonzero(may & self._hardly_known)
        if not fresh.size:
            return None
        better = fresh[np.argsort(-self._worth[fresh], kind="stable")][: max(1, fresh.size // 2)]
        number = int(digest(self._wishes.seed, str(len(self.placed)))[:8], 16)
        return int(better[number % better.size])


def _scaled(scores: Floats) -> Floats:
    """From 1 downwards, by 1 over the first `KNEE`; never below 0.05, so that a decayed series is not lifted by it."""
    if not scores.size:
        return scores
    knee = np.sort(scores)[::-1][min(KNEE, scores.size - 1)]
    made = 1 - (scores.max() - scores) / max(float(scores.max() - knee), TINY)
    scaled: Floats = np.where(made >= 0.1, made, 0.1 * np.exp(np.minimum(made - 0.1, 0))).astype(np.float32)  # noqa: PLR2004 - where the tail begins
    return scaled
