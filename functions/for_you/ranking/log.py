"""What all users did, as arrays: one row per event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from functions.for_you.arrays import Doubles, Flags, Floats, Ints
from functions.for_you.profile.actions import WEIGHTS
from functions.for_you.records import Engagement


@dataclass(frozen=True)
class Log:
    """Events in order of time. `users` are places in `names`, `items` places in the catalogue; `weights` below zero are dislikes."""

    users: Ints
    items: Ints
    weights: Floats
    at: Doubles
    names: list[str]

    def __len__(self) -> int:
        return self.users.size

    def where(self, rows: Flags | Ints) -> Log:
        """Some of its rows; the users' numbers stay."""
        return Log(self.users[rows], self.items[rows], self.weights[rows], self.at[rows], self.names)

    @property
    def liked(self) -> Log:
        return self.where(self.weights > 0)


def log_of(events: Iterable[tuple[str, int, float, float]]) -> Log:
    """From (user, item, weight, POSIX seconds)."""
    ordered = sorted(events, key=lambda event: (event[3], event[0], event[1]))
    known: dict[str, int] = {}
    users = [known.setdefault(user, len(known)) for user, _, _, _ in ordered]
    return Log(
        np.asarray(users, np.int64),
        np.asarray([item for _, item, _, _ in ordered], np.int64),
        np.asarray([weight for _, _, weight, _ in ordered], np.float32),
        np.asarray([at for _, _, _, at in ordered], np.float64),
        list(known),
    )


def from_engagements(events: Iterable[Engagement], index: dict[str, int]) -> Log:
    """Stored engagements with episodes that the catalogue has; what says nothing of taste (`seen`) is left out."""
    rows = (
        (event.user_id, index[event.episode_id], WEIGHTS[event.action], event.at)
        for event in events
        if event.episode_id in index and WEIGHTS[event.action]
    )
    return log_of(rows)
