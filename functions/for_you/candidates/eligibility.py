"""What may be offered to a user now, and what is let in again when that is too little: filters must not empty a feed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from functions.for_you.array_types import Flags, Ints
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.imported_records import User
from functions.for_you.profile.decayed_history import History

MINUTE = 60.0
SEEN, SERVED = 1, 2
LET_IN = {"seen": SEEN, "served": SERVED}
"""What is let in again when too little would be left: what was seen before what was served."""


@dataclass(frozen=True)
class Filters:
    """What a request asks for beside the user's own settings. Minutes of 0: any."""

    excluded: Collection[str] = ()
    languages: Collection[str] = ()
    min_minutes: float = 0.0
    max_minutes: float = 0.0

    @property
    def none(self) -> bool:
        return not (self.languages or self.min_minutes or self.max_minutes)


@dataclass(frozen=True)
class Eligible:
    """Flags over the catalogue: what may be offered, and what may be at all, whatever was served or seen.

    `again`: 1 for what is let in though it was seen, 2 though it was served, else 0. `without`: what took any episode away, for good.
    """

    flags: Flags
    possible: Flags
    again: Ints
    without: tuple[str, ...] = ()


def eligible(
    known: History, user: User, filters: Filters, served: Collection[int], catalogue: Snapshot, *, least: int
) -> Eligible:
    """At least `least` episodes if there are so many. What is excluded, muted or decided on never comes back."""
    left_out = {
        "heard": _raised(known.done, len(catalogue)), "muted": _muted(known, user, catalogue), "filters": ~_fitting(user, filters, catalogue),
        "excluded": _raised((catalogue.index[name] for name in filters.excluded if name in catalogue.index), len(catalogue)),
    }  # fmt: skip
    never = np.logical_or.reduce(list(left_out.values()))
    again = _raised(known.seen, len(catalogue)).astype(np.int64)
    again[_raised(served, len(catalogue))] = SERVED
    reach = next((reach for reach in range(SERVED) if (~never & (again <= reach)).sum() >= least), SERVED)
    without = tuple(why for why, flags in left_out.items() if flags.any())
    return Eligible(~never & (again <= reach), ~never, again, without)


def short_of(told: Iterable[str], filters: Filters, catalogue: Snapshot) -> tuple[str, ...]:
    """Why a page is short: what its feed said, and what the request excluded from it since. Never nothing."""
    excluded = ("excluded",) if any(name in catalogue.index for name in filters.excluded) else ()
    return tuple(dict.fromkeys((*told, *excluded))) or ("served",)


def _muted(known: History, user: User, catalogue: Snapshot) -> Flags:
    made = np.zeros(len(catalogue), np.bool_)
    for name in known.muted_series | set(user.muted_series):
        if (series := catalogue.series_index.get(name)) is not None:
            made[catalogue.of_series[series]] = True
    for topic in known.muted_topics | {topic.casefold() for topic in user.muted_topics}:
        if (place := catalogue.topic_index.get(topic)) is not None:
            made |= catalogue.topics[:, place] > 0
    return made


def _raised(places: Iterable[int], count: int) -> Flags:
    made = np.zeros(count, np.bool_)
    found = list(places)
    if found:
        made[np.asarray(found, np.int64)] = True
    return made


def _fitting(user: User, filters: Filters, catalogue: Snapshot) -> Flags:
    """By language and length. What does not say its language or length fits any."""
    fits = np.ones(len(catalogue), np.bool_)
    languages = {name.casefold().split("-")[0] for name in (filters.languages or user.languages)} | {""}
    if len(languages) > 1:
        fits &= np.isin(catalogue.languages, [place for place, name in enumerate(catalogue.language_names) if name in languages])
    least, most = filters.min_minutes or user.min_minutes, filters.max_minutes or user.max_minutes
    unknown = catalogue.durations <= 0
    if least:
        fits &= unknown | (catalogue.durations >= least * MINUTE)
    if most:
        fits &= unknown | (catalogue.durations <= most * MINUTE)
    return fits
