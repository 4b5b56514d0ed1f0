"""Any interactions file as a log: users and items, with actions, ratings, counts or nothing more, and times or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from functions.for_you.array_types import Doubles
from functions.for_you.evaluation.input_files.column_roles import Roles, roles
from functions.for_you.evaluation.input_files.item_files import item_name
from functions.for_you.evaluation.input_files.table_reader import read_table
from functions.for_you.profile.action_weights import WEIGHTS
from functions.for_you.ranking.interaction_log import Log, log_of
from shared.errors import BadInput

LIKED_SHARE = 0.8
"""Of the highest rating in the file, from which on a rating is an engagement: 4 of 5."""
FEWEST_LIKED, UPPER = 0.15, 0.6
"""Where fewer reach that (a scale whose end nobody uses), the upper two fifths are."""
UNRATED = 0.2
"""A lowest value of 0 or less that so many rows have, below a scale that begins at 1, says that there is no rating."""
DISLIKED = -0.4
DAY = 86400.0
MOST_ROWS = 2_000_000
"""Of a larger file a share of the users is measured, always the same."""
_SAME_AS = {
    "play": ("view", "click", "clicked", "read", "open", "visit", "watch", "watched", "listen", "listened", "stream", "pv", "detail", "start"),
    "finish": ("purchase", "buy", "bought", "transaction", "order", "complete", "completed", "download", "checkout"),
    "like": ("favorite", "favourite", "fav", "love", "loved", "upvote", "save", "bookmark", "addtocart", "cart", "wishlist", "star", "thumbsup"),
    "skip": ("dislike", "downvote", "hide", "unlike", "remove", "removefromcart", "abandon", "thumbsdown", "nonclick"),
    "seen": ("impression", "shown", "display", "exposure"),
}  # fmt: skip
_ACTIONS = WEIGHTS | {word: WEIGHTS[action] for action, words in _SAME_AS.items() for word in words}

Event = tuple[str, str, float, float]
"""User, item, weight, POSIX seconds."""


def events(path: Path) -> list[Event]:
    """What the rows say, those without user or item passed over.

    Ratings below `LIKED_SHARE` of the highest are dislikes. Counts weigh as plays do: half, and up to once more by how many there
    were beside others. Without times, a file whose users take turns is in order of time; of one that lists user by user, each
    user's rows are in an order of chance, the same every time: otherwise its last fifth would be whatever it is sorted by.

    Raises:
        BadInput: it cannot be read, a column is missing (`bad_interactions`), or no row has both.
    """
    found = roles(read_table(path), path.name)
    weights, times = _weights(found), _times(found)
    made = [
        (str(user), item_name(item), weight, at)
        for user, item, weight, at in zip(found.users, found.items, weights.tolist(), times.tolist(), strict=True)
        if user not in (None, "") and item not in (None, "") and weight
    ]
    if not made:
        raise BadInput(f"no row of {path.name} names a user and an item", code="bad_interactions", advice="See its first lines.")
    return _some(made)


def _some(made: list[Event]) -> list[Event]:
    if len(made) <= MOST_ROWS:
        return made
    edge = MOST_ROWS / len(made) * 2**32
    return [event for event in made if crc32(event[0].encode()) < edge]


def _weights(found: Roles) -> Doubles:
    made = np.ones(len(found.users))
    if found.actions is not None:
        made = np.asarray([_ACTIONS.get(_word(action), 1.0) for action in found.actions])
    if found.numbers is None:
        return made
    values = found.numbers
    return _of_ratings(values, made) if found.rated else _of_counts(values, made)


def _word(action: Any) -> str:
    name = str(action).strip().casefold()
    return name if name in _ACTIONS else "".join(filter(str.isalpha, name))


def _of_ratings(values: Doubles, otherwise: Doubles) -> Doubles:
    """1 or `DISLIKED`; rows without a rating as their action has it."""
    known = ~np.isnan(values)
    distinct, often = np.unique(values[known], return_counts=True)
    if distinct[0] <= 0 and distinct.size > 3 and distinct[1] >= 1 and often[0] > UNRATED * known.sum():  # noqa: PLR2004 - a scale
        known &= values > distinct[0]
    edge = LIKED_SHARE * float(values[known].max())
    if (values[known] >= edge).mean() < FEWEST_LIKED:
        edge = float(np.quantile(values[known], UPPER))
    return np.where(known, np.where(values >= edge, 1.0, DISLIKED), otherwise)


def _of_counts(values: Doubles, otherwise: Doubles) -> Doubles:
    """None at all is no engagement; more than others have is more of one."""
    known = ~np.isnan(values) & (values > 0)
    ordered = np.sort(values[known])
    share = (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")) / 2 / max(1, ordered.size)
    return np.where(known, otherwise * (0.5 + share), np.where(np.isnan(values), otherwise, 0.0))


def _times(found: Roles) -> Doubles:
    """Rows of one day are in an order of chance within it."""
    if found.times is None:
        return _chance(found) * len(found.users) if _user_by_user(found.users) else np.arange(len(found.users), dtype=np.float64)
    if len(found.users) > 1 and np.all(found.times % DAY == 0):
        return found.times + _chance(found) * DAY / 2
    return found.times


def _chance(found: Roles) -> Doubles:
    """A number of 0..1 for each row, by its user and item."""
    pairs = zip(found.users, found.items, strict=True)
    return np.asarray([crc32(f"{user}\x1f{item}".encode()) for user, item in pairs]) / 2**32


def _user_by_user(users: Sequence[Any]) -> bool:
    """Whether each user's rows stand together, as far as a log of many users would hardly have them."""
    turns = sum(bool(before != after) for before, after in pairwise(users))
    return turns < 1.05 * len(set(users))


def log(made: list[Event], index: Mapping[str, int]) -> Log:
    """The events as a log of a catalogue's places."""
    return log_of((user, index[item], weight, at) for user, item, weight, at in made)
