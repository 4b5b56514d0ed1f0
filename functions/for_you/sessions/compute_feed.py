"""A feed from what is known of a user and the catalogue in memory: no round trip, the same for the same input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from functions.for_you.array_types import Flags
from functions.for_you.candidates.candidate_sources import pool
from functions.for_you.candidates.eligibility import LET_IN, Eligible, Filters, eligible
from functions.for_you.candidates.serial_order import in_order
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.ranking_metrics import kl, taste_of
from functions.for_you.imported_records import Engagement, User
from functions.for_you.profile.decayed_history import history
from functions.for_you.ranking.ranking_signals import signals
from functions.for_you.ranking.signal_blend import Blend, score
from functions.for_you.reranking.feed_assembly import Wishes, feed
from functions.for_you.reranking.item_reasons import reason
from functions.for_you.reranking.rule_constants import LISTENED, SERIES_HALF_LIFE, Rules

AGAIN_AFTER = 86400.0
"""Seconds after which the next episode of a serial that somebody follows comes again, though it was served and not played."""


@dataclass(frozen=True)
class Known:
    """All that a feed is made from beside the catalogue. `served`: when which episode was served, POSIX seconds; `nearby`: what a search found."""

    user: User
    events: Sequence[Engagement] = ()
    filters: Filters = field(default_factory=Filters)
    served: Mapping[str, float] = field(default_factory=dict)
    nearby: Sequence[str] = ()
    seed: str = ""


@dataclass(frozen=True)
class Feed:
    """Episodes' ids in order, with code and sentence of each one's reason."""

    ids: list[str]
    codes: list[str]
    reasons: list[str]
    relaxed: tuple[str, ...] = ()
    """Why some were let in again: they were `seen`, or `served`."""
    again: tuple[str, ...] = ()
    """Which ones."""
    kl: float | None = None
    short: tuple[str, ...] = ()
    """Why there are fewer than were asked for: what took episodes away, `caps` of the rules, `catalogue` where it has no more."""


def compute(known: Known, catalogue: Snapshot, now: float, length: int, rules: Rules = LISTENED) -> Feed:
    """At most `length` episodes; fewer when no more may be offered."""
    if not len(catalogue):
        return Feed([], [], [], short=("catalogue",))
    past = history([event.no_later(now) for event in known.events], catalogue)
    served = [catalogue.index[name] for name in known.served if name in catalogue.index]
    offered = eligible(past, known.user, known.filters, served, catalogue, least=length)
    found = signals(past, known.user, catalogue, now)
    blend = Blend.of(catalogue.blend)
    due_again = _due_again(known.served, catalogue, now)
    scores, allowed = in_order(score(found, blend), offered, due_again, past, catalogue)
    again = np.where(due_again, 0, offered.again)
    nearby = [catalogue.index[name] for name in known.nearby if name in catalogue.index]
    candidates = pool(scores, allowed & (again == 0), found, known.user.interests, catalogue, nearby=nearby)
    if (once_more := allowed & (again > 0)).any():
        candidates = np.concatenate([candidates, pool(scores, once_more, found, known.user.interests, catalogue)])
    taste = taste_of(past.liked, past.weights, catalogue)
    wishes = Wishes(taste, _topics(known.user, catalogue), _shown(known.served, catalogue, now), known.seed or known.user.id)
    placed = feed(candidates, scores, wishes, catalogue, length=length, rules=rules, again=again)
    told = [reason(each, found, blend, catalogue) for each in placed]
    repeated = [each.place for each in placed if again[each.place]]
    why = set(again[repeated].tolist())
    mix = catalogue.topics[[each.place for each in placed]].mean(axis=0) if placed and taste.any() else None
    return Feed(
        [catalogue.ids[each.place] for each in placed], [code for code, _ in told], [text for _, text in told], tuple(name for name, number in LET_IN.items() if number in why),
        tuple(catalogue.ids[place] for place in repeated),
        None if mix is None else round(kl(taste, mix), 4),
        _short(offered, len(placed), length, len(catalogue)),
    )  # fmt: skip


def _short(offered: Eligible, placed: int, length: int, whole: int) -> tuple[str, ...]:
    if placed >= length:
        return ()
    capped = ("caps",) if placed < int(offered.flags.sum()) else ()
    return (*(("catalogue",) if whole < length else ()), *offered.without, *capped)


def _due_again(served: Mapping[str, float], catalogue: Snapshot, now: float) -> Flags:
    """Episodes of serials that were served a while ago."""
    made = np.zeros(len(catalogue), np.bool_)
    for name, at in served.items():
        place = catalogue.index.get(name)
        if place is not None and now - at >= AGAIN_AFTER:
            made[place] = catalogue.serial[catalogue.series[place]]
    return made


def _topics(user: User, catalogue: Snapshot) -> list[int]:
    found = (catalogue.topic_index.get(topic.casefold()) for topic in user.interests)
    return [place for place in dict.fromkeys(found) if place is not None]


def _shown(served: Mapping[str, float], catalogue: Snapshot, now: float) -> dict[int, float]:
    """How often each series was shown before, each time counting half after a day."""
    made: dict[int, float] = {}
    for name, at in served.items():
        if (place := catalogue.index.get(name)) is not None:
            series = int(catalogue.series[place])
            made[series] = made.get(series, 0.0) + 0.5 ** (max(0.0, now - at) / SERIES_HALF_LIFE)
    return {series: load for series, load in made.items() if load > 0.05}  # noqa: PLR2004 - as good as forgotten
