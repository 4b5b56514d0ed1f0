"""A user's engagements as weights over the catalogue: the newest first, decayed by rank and age, no event or series above its cap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from functions.for_you.array_types import TINY, Doubles, Floats, Ints
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.imported_records import Engagement
from functions.for_you.profile.action_weights import (
    EVENTS_HALF_LIFE,
    MOST_EVENTS,
    MOST_SHARE,
    PLAYED,
    SECONDS_HALF_LIFE,
    TOUCHED,
    WEIGHTS,
)
from functions.for_you.profile.completion_quantiles import quantile

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
    asked: tuple[int, ...] = ()
    """Episodes that more like them was asked for, the newest first."""
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
    spots = np.asarray([catalogue.index.get(event.episode_id, -1) for event in newest], np.int64)
    worth = _decayed(newest, spots, catalogue)
    series_less, topics = _of_wholes(newest, worth)
    known = spots >= 0
    return replace(
        _sets(newest, spots, catalogue),
        **summed(spots[known], worth[known], catalogue),
        less_series=series_less,
        more_topics=topics,
    )


def _decayed(newest: Sequence[Engagement], spots: Ints, catalogue: Snapshot) -> Doubles:
    """Each event's weight: its action's, less by how many with a weight came since, and by its age."""
    worth: Doubles = np.asarray([WEIGHTS[event.action] for event in newest], np.float64)
    for row, event in enumerate(newest):
        if event.completion is not None and event.action == "play":
            worth[row] *= 0.5 + _quantile(event.completion, int(spots[row]), catalogue)
    counting = (spots >= 0) & (worth != 0)
    rank = np.cumsum(counting) - counting
    age = np.asarray([newest[0].at - event.at for event in newest], np.float64) / SECONDS_HALF_LIFE
    made: Doubles = worth * np.exp2(-rank / EVENTS_HALF_LIFE - age)
    return made


def _quantile(completion: float, place: int, catalogue: Snapshot) -> float:
    """How far a play went beside others of its length, 0..1."""
    return quantile(completion, float(catalogue.durations[place]) if place >= 0 else 0.0, catalogue.completions)


def _of_wholes(newest: Sequence[Engagement], worth: Doubles) -> tuple[dict[str, float], dict[str, float]]:
    """What was said of series (only against them: following is a set) and of topics."""
    series: dict[str, float] = {}
    topics: dict[str, float] = {}
    for row, event in enumerate(newest):
        if event.series_id and not event.episode_id and worth[row] < 0:
            series[event.series_id] = series.get(event.series_id, 0.0) + float(worth[row])
        if event.topic:
            topics[event.topic.casefold()] = topics.get(event.topic.casefold(), 0.0) + float(worth[row])
    return series, topics


def summed(spots: Ints, worth: Doubles, catalogue: Snapshot) -> dict[str, Any]:
    """Events' weights by episode: a history's likes, capped, and its dislikes."""
    items, rows = np.unique(spots, return_inverse=True)
    total: Doubles = np.asarray(np.bincount(rows, weights=worth, minlength=items.size), np.float64)
    liked, disliked = items[total > 0], items[total < 0]
    return {
        "liked": liked, "weights": capped(liked, total[total > 0], catalogue), "disliked": disliked,
        "dislikes": (-total[total < 0]).astype(np.float32),
    }  # fmt: skip


def capped(items: Ints, weights: Doubles, catalogue: Snapshot) -> Floats:
    """No episode, and no series, with more than its share of the whole, as far as there are others to have the rest."""
    whole = float(weights.sum())
    made = np.minimum(weights, max(MOST_SHARE, 1 / max(1, items.size)) * whole)
    shows, rows = np.unique(catalogue.series[items], return_inverse=True)
    by_series = np.bincount(rows, weights=made, minlength=shows.size)
    most = max(MOST_SHARE, 1 / max(1, shows.size)) * whole
    return (made * np.minimum(1.0, most / np.maximum(by_series, TINY))[rows]).astype(np.float32)


def _sets(newest: Sequence[Engagement], spots: Ints, catalogue: Snapshot) -> History:
    """What stands for itself, whatever its weight. Of a series followed and muted, the later counts."""
    places = spots.tolist()
    played = {place for event, place in zip(newest, places, strict=True) if event.action in PLAYED}
    touched = {place for event, place in zip(newest, places, strict=True) if event.action in TOUCHED}
    asked = [place for event, place in zip(newest, places, strict=True) if event.action == "more" and place >= 0]
    seen = {place: event.at for event, place in zip(reversed(newest), reversed(places), strict=True) if place >= 0}
    stands: dict[str, str] = {}
    topics: set[str] = set()
    for event, place in zip(newest, places, strict=True):
        if event.action in ("subscribe", "mute"):
            series = event.series_id or (catalogue.series_ids[int(catalogue.series[place])] if place >= 0 else "")
            stands.setdefault(series, event.action)
            if event.action == "mute" and event.topic:
                topics.add(event.topic.casefold())
    return History(
        played=frozenset(played - {-1}), done=frozenset((played | touched) - {-1}), seen=seen, asked=tuple(dict.fromkeys(asked)), muted_topics=frozenset(topics),
        follows=frozenset(name for name, action in stands.items() if name and action == "subscribe"),
        muted_series=frozenset(name for name, action in stands.items() if name and action == "mute"),
    )  # fmt: skip
