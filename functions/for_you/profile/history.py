"""A user's engagements as weights over the catalogue: the newest first, decayed by rank and age, no event or series above its cap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from functions.for_you.arrays import Floats, Ints
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.profile.actions import (
    EVENTS_HALF_LIFE,
    MOST_EVENTS,
    MOST_SHARE,
    PLAYED,
    SECONDS_HALF_LIFE,
    TOUCHED,
    WEIGHTS,
)
from functions.for_you.profile.completion import quantile
from functions.for_you.records import Engagement

SHRINK = 1.5
"""Weight at which a history counts half: below it, what everybody likes still has the say."""


@dataclass(frozen=True)
class History:
    """What is known of a user, as positions in the catalogue. `liked` and `disliked` are sorted by position."""

    liked: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    weights: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    disliked: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    dislikes: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    done: frozenset[int] = frozenset()
    """Played or decided on: not offered again."""
    played: frozenset[int] = frozenset()
    seen: Mapping[int, float] = field(default_factory=dict)
    """When shown last, POSIX seconds."""
    follows: frozenset[str] = frozenset()
    muted_series: frozenset[str] = frozenset()
    muted_topics: frozenset[str] = frozenset()
    less_series: Mapping[str, float] = field(default_factory=dict)
    more_topics: Mapping[str, float] = field(default_factory=dict)
    """Weight by topic, below zero for less."""

    @property
    def strength(self) -> float:
        """How much the history has to say, 0..1."""
        total = float(self.weights.sum())
        return total / (total + SHRINK)


def history(events: Sequence[Engagement], catalogue: Snapshot) -> History:
    """The newest `MOST_EVENTS` engagements of one user. Ids that the catalogue does not have are passed over."""
    newest = sorted(events, key=lambda event: (-event.at, event.id))[:MOST_EVENTS]
    latest = newest[0].at if newest else 0.0
    weights: dict[int, float] = {}
    series_less: dict[str, float] = {}
    topics: dict[str, float] = {}
    rank = 0
    spots = [catalogue.index.get(event.episode_id, -1) for event in newest]
    for event, place in zip(newest, spots, strict=True):
        decay = 0.5 ** (rank / EVENTS_HALF_LIFE + (latest - event.at) / SECONDS_HALF_LIFE)
        worth = decay * _worth(event, place, catalogue)
        if place >= 0 and worth:
            weights[place] = weights.get(place, 0.0) + worth
            rank += 1
        if event.series_id and not event.episode_id and worth < 0:
            series_less[event.series_id] = series_less.get(event.series_id, 0.0) + worth
        if event.topic:
            topics[event.topic.casefold()] = topics.get(event.topic.casefold(), 0.0) + worth
    liked = capped({place: worth for place, worth in weights.items() if worth > 0}, catalogue)
    disliked = {place: -worth for place, worth in weights.items() if worth < 0}
    return replace(_sets(newest, spots, catalogue), **_weighed(liked, disliked), less_series=series_less, more_topics=topics)


def _worth(event: Engagement, place: int, catalogue: Snapshot) -> float:
    """An action's weight; of a play, between a half and one and a half by how far it went beside others of its length."""
    worth = WEIGHTS[event.action]
    if event.action == "play" and event.completion is not None:
        worth *= 0.5 + quantile(event.completion, float(catalogue.durations[place]) if place >= 0 else 0.0, catalogue.completions)
    return worth


def capped(weights: Mapping[int, float], catalogue: Snapshot) -> dict[int, float]:
    """No episode, and no series, with more than its share of the whole, as far as there are others to have the rest."""
    total = sum(weights.values())
    most = max(MOST_SHARE, 1 / max(1, len(weights))) * total
    made = {place: min(worth, most) for place, worth in weights.items()}
    shows = catalogue.series[list(made)].tolist() if made else []
    by_series: dict[int, float] = {}
    for series, worth in zip(shows, made.values(), strict=True):
        by_series[series] = by_series.get(series, 0.0) + worth
    most = max(MOST_SHARE, 1 / max(1, len(by_series))) * total
    return {place: worth * min(1.0, most / by_series[series]) for series, (place, worth) in zip(shows, made.items(), strict=True)}


def _weighed(liked: Mapping[int, float], disliked: Mapping[int, float]) -> dict[str, Any]:
    likes, dislikes = sorted(liked), sorted(disliked)
    return {
        "liked": np.asarray(likes, np.int64),
        "weights": np.asarray([liked[place] for place in likes], np.float32),
        "disliked": np.asarray(dislikes, np.int64),
        "dislikes": np.asarray([disliked[place] for place in dislikes], np.float32),
    }


def _sets(events: Sequence[Engagement], spots: Sequence[int], catalogue: Snapshot) -> History:
    """What stands for itself, whatever its weight. Of a series followed and muted, the later counts."""
    played, done, seen = set[int](), set[int](), dict[int, float]()
    stands: dict[str, str] = {}
    topics: set[str] = set()
    for event, place in zip(events, spots, strict=True):
        if event.action in ("subscribe", "mute"):
            series = event.series_id or (catalogue.series_ids[int(catalogue.series[place])] if place >= 0 else "")
            stands.setdefault(series, event.action)
        if event.action == "mute" and event.topic:
            topics.add(event.topic.casefold())
        if place >= 0:
            seen[place] = max(seen.get(place, 0.0), event.at)
            if event.action in PLAYED:
                played.add(place)
                done.add(place)
            elif event.action in TOUCHED:
                done.add(place)
    return History(
        played=frozenset(played), done=frozenset(done), seen=seen, muted_topics=frozenset(topics),
        follows=frozenset(name for name, action in stands.items() if name and action == "subscribe"),
        muted_series=frozenset(name for name, action in stands.items() if name and action == "mute"),
    )  # fmt: skip
