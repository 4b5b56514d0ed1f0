"""What speaks for each episode, for one user: one array per signal over the whole catalogue, comparable with one another."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from functions.for_you.array_types import Flags, Floats, Ints, best, standard, tall_product
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.imported_records import User
from functions.for_you.profile.decayed_history import History
from functions.for_you.profile.medoids import medoids
from functions.for_you.ranking.fold_in import fold_in

DAY = 86400.0
FRESH = 10.0
"""Days after which an episode's freshness halves."""
RECENT = 20
"""Liked episodes, the heaviest, that nearness is averaged over, beside the nearest medoid."""
EXACT = 400
"""Episodes, the nearest by what a catalogue is scanned by, whose nearness is then worked out exactly."""
MOST_ASKED = 4
"""Episodes that more like them was asked for, the newest, that nearness counts for."""
MOST_DISLIKED = 12
"""Disliked episodes, the heaviest, that nearness counts against."""


@dataclass(frozen=True)
class Signals:
    """Arrays as long as the catalogue. `medoids` are places; `nearest` says which of them each episode is nearest to."""

    factors: Floats
    nearness: Floats
    popularity: Floats
    freshness: Floats
    interests: Floats
    follows: Floats
    dislikes: Floats
    asked: Floats
    new: Flags
    """Whether nobody has played it."""
    medoids: Ints
    nearest: Ints
    strength: float

    def at(self, items: Ints) -> Signals:
        """Of some episodes alone."""
        return replace(self, **{name: getattr(self, name)[items] for name in _OF_ITEMS})


_OF_ITEMS = frozenset(
    {"factors", "nearness", "popularity", "freshness", "interests", "follows", "dislikes", "asked", "new", "nearest"}
)


def signals(known: History, user: User, catalogue: Snapshot, now: float) -> Signals:
    """All of them. What is not known of a user is zeros."""
    count = len(catalogue)
    zeros = np.zeros(count, np.float32)
    chosen, shares = medoids(known, catalogue)
    nearness, nearest = _nearness(known, chosen, shares, catalogue)
    folded = fold_in(known.liked, known.weights, catalogue.factors, catalogue.gram)
    fitting = standard(catalogue.factors @ folded) if folded.any() else zeros
    return Signals(
        factors=fitting, nearness=nearness, popularity=catalogue.popularity, freshness=freshness(catalogue, now),
        interests=_interests(user, known, catalogue), follows=_follows(known.follows | set(user.follows), catalogue),
        dislikes=_dislikes(known, catalogue), asked=_asked(known, catalogue), new=catalogue.new, medoids=chosen, nearest=nearest, strength=known.strength,
    )  # fmt: skip


def _nearness(known: History, chosen: Ints, shares: Floats, catalogue: Snapshot) -> tuple[Floats, Ints]:
    """Half by the nearest medoid, a larger one's counting more, half by the mean of the heaviest liked: in one product."""
    if not chosen.size:
        return np.zeros(len(catalogue), np.float32), np.zeros(len(catalogue), np.int64)
    heavy = np.argsort(-known.weights, kind="stable")[:RECENT]
    weights = known.weights[heavy] / known.weights[heavy].sum()

    def asked(rows: Floats) -> Floats:
        return np.vstack([rows[chosen], (weights @ rows[known.liked[heavy]])[None, :]])

    sized = 0.5 + 0.5 * shares / shares.max()
    near = tall_product(catalogue.coarse, asked(catalogue.coarse))
    near[:, :-1] *= sized
    if catalogue.coarse is not catalogue.vectors:  # exactly, where it decides
        top = best(near.max(axis=1), EXACT)
        near[top] = catalogue.vectors[top] @ asked(catalogue.vectors).T
        near[top, :-1] *= sized
    to_medoids = near[:, :-1]
    made = np.asarray(standard(to_medoids.max(axis=1)) / 2 + standard(near[:, -1]) / 2, np.float32)
    return made, to_medoids.argmax(axis=1)


def freshness(catalogue: Snapshot, now: float) -> Floats:
    """1 for what comes out now, halved every `FRESH` days; 0 without a date."""
    age = np.maximum(now - catalogue.published, 0) / DAY
    return np.where(catalogue.published > 0, np.exp2(-age / FRESH), 0).astype(np.float32)


def _interests(user: User, known: History, catalogue: Snapshot) -> Floats:
    """The share of an episode's categories that the user chose, or asked more (or less) of."""
    wanted = np.zeros(len(catalogue.topic_names), np.float32)
    for topic in user.interests:
        if (place := catalogue.topic_index.get(topic.casefold())) is not None:
            wanted[place] = 1
    for topic, worth in known.more_topics.items():
        if (place := catalogue.topic_index.get(topic)) is not None:
            wanted[place] += max(-2.0, min(1.0, worth))
    return catalogue.topics @ wanted if wanted.any() else np.zeros(len(catalogue), np.float32)


def _follows(series: frozenset[str], catalogue: Snapshot) -> Floats:
    made = np.zeros(len(catalogue), np.float32)
    for name in series:
        if (place := catalogue.series_index.get(name)) is not None:
            made[catalogue.of_series[place]] = 1
    return made


def _alike(places: Ints, catalogue: Snapshot) -> Floats:
    """For each episode, how near it is to each of some beyond what episodes are alike from: 0..1."""
    near = tall_product(catalogue.vectors, catalogue.vectors[places])
    made: Floats = np.maximum(near - catalogue.close, 0) / (1 - catalogue.close)
    return made


def _asked(known: History, catalogue: Snapshot) -> Floats:
    """How near an episode is to what more was asked for like."""
    if not known.asked:
        return np.zeros(len(catalogue), np.float32)
    made: Floats = _alike(np.asarray(known.asked[:MOST_ASKED], np.int64), catalogue).max(axis=1)
    return made


def _dislikes(known: History, catalogue: Snapshot) -> Floats:
    """How near the nearest disliked episode is beyond what episodes are alike from, by its weight; its series, and one asked less of, count too."""
    made = np.zeros(len(catalogue), np.float32)
    if known.disliked.size:
        heavy = np.argsort(-known.dislikes, kind="stable")[:MOST_DISLIKED]
        made = (_alike(known.disliked[heavy], catalogue) * known.dislikes[heavy]).max(axis=1).astype(np.float32)
        for place, worth in zip(known.disliked, known.dislikes, strict=True):
            made[catalogue.of_series[int(catalogue.series[place])]] += 0.5 * worth
    for name, worth in known.less_series.items():
        if (found := catalogue.series_index.get(name)) is not None:
            made[catalogue.of_series[found]] -= worth
    return made
