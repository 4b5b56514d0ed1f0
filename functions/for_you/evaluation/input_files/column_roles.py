"""Which column of interactions is the user, the item, what was said of it, and when: by its name, else by what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from functions.for_you.array_types import Doubles
from functions.for_you.evaluation.input_files.table_reader import Table
from functions.for_you.imported_records import posix_seconds
from shared.errors import BadInput

USER = (
    "userid", "user", "uid", "listenerid", "listener", "reviewerid", "visitorid", "customerid", "memberid", "accountid", "profileid",
    "authorid", "personid", "playerid", "readerid", "clientid", "deviceid", "sessionid", "session", "userhash", "username", "u",
)  # fmt: skip
PEOPLE = ("user", "customer", "listener", "member", "reader", "viewer", "player", "account", "visitor")
"""Parts of names of a user's column."""
ITEM = (
    "episodeid", "itemid", "movieid", "trackid", "songid", "videoid", "parentasin", "asin", "productid", "bookid", "isbn", "businessid",
    "gameid", "newsid", "articleid", "contentid", "podcastid", "showid", "artistid", "animeid", "storyid", "placeid", "venueid", "postid",
    "recipeid", "jokeid", "docid", "itemids", "item", "iid", "episode", "movie", "track", "song", "video", "product", "book", "game", "article",
    "artist", "show", "i", "id",
)  # fmt: skip
RATING = (
    "rating",
    "ratings",
    "score",
    "stars",
    "overall",
    "bookrating",
    "userrating",
    "ratingvalue",
    "grade",
    "liked",
    "isliked",
    "isclick",
    "label",
    "value",
)
COUNT = (
    "plays", "playcount", "listens", "listeningcount", "count", "weight", "hours", "views", "watchratio", "completion", "playduration", "watchtime",
    "clicks", "frequency", "times", "quantity", "minutes", "seconds",
)  # fmt: skip
ACTION = (
    "action",
    "event",
    "eventtype",
    "behavior",
    "behaviour",
    "behaviortype",
    "type",
    "interaction",
    "interactiontype",
    "feedback",
)
TIME = (
    "at", "timestamp", "time", "ts", "unixreviewtime", "datetime", "createdat", "created", "ratedat", "playedat", "listenedat", "eventtime",
    "reviewtime", "date", "updatedat", "utctime", "dateadded", "when",
)  # fmt: skip
LOOKED_AT = 2000
"""Rows by which a column without a telling name is judged."""
MOST_GRADES, HIGHEST = 201, 100
"""Values that a scale of ratings has at most, and the highest of them."""
EARLIEST = 3e8
"""POSIX seconds of 1979: numbers below are no times."""


@dataclass(frozen=True)
class Roles:
    """Columns of a table, as long as it is; `None` where there is no such column. `numbers` are either ratings or counts."""

    users: Sequence[Any]
    items: Sequence[Any]
    actions: Sequence[Any] | None
    numbers: Doubles | None
    rated: bool
    times: Doubles | None


def roles(table: Table, file: str) -> Roles:
    """The columns by what they are.

    Raises:
        BadInput: none is known as the user's, or the item's (`bad_interactions`).
    """
    left = list(table.names)
    times = _take(left, TIME) if table.heading else _where(table, left, _is_time)
    user = _take(left, USER) or _like(left, *PEOPLE) or (None if table.heading else _next(left))
    item = _take(left, ITEM) or _like(left, "ids", "id", "key") or (None if table.heading else _next(left))
    if user is None or item is None:
        raise BadInput(
            f"{file} names no user and item: its columns are {', '.join(table.names[:12])}", code="bad_interactions",
            advice=f"Call them, for example, {', '.join(USER[:3])} and {', '.join(ITEM[:3])}; then a rating, a count or an action, and a time.",
        )  # fmt: skip
    actions, numbers, rated = _said(table, left)
    return Roles(
        table.column(user), table.column(item), actions, numbers, rated, None if times is None else moments(table.column(times))
    )


def _said(table: Table, left: list[str]) -> tuple[Sequence[Any] | None, Doubles | None, bool]:
    """Actions in words, and ratings or counts. Numbers of one value say nothing beside the row's being there."""
    word = _take(left, ACTION) if table.heading else _where(table, left[:1], _is_word)
    actions = table.column(word) if word else None
    if actions is not None and _is_number(actions[:LOOKED_AT]):
        left.insert(0, str(word))
        actions = None
    named = _take(left, RATING)
    number = named or _take(left, COUNT) or (_where(table, left, _is_number) if not table.heading or len(left) == 1 else None)
    if number is None:
        return actions, None, False
    values = numbers(table.column(number))
    distinct = np.unique(values[~np.isnan(values)])
    if distinct.size < 2:  # noqa: PLR2004 - nothing to tell apart
        return actions, None, False
    scale = distinct.size <= MOST_GRADES and number not in COUNT and actions is None
    return actions, values, distinct[-1] <= HIGHEST and (scale or named is not None)


def numbers(cells: Sequence[Any]) -> Doubles:
    """A column's numbers; what is none is NaN."""
    made = np.full(len(cells), np.nan)
    for row, cell in enumerate(cells):
        try:
            made[row] = float(cell)
        except (TypeError, ValueError):
            continue
    return made


def moments(cells: Sequence[Any]) -> Doubles | None:
    """POSIX seconds; what is no time has that of the row before. None where hardly any cell is one."""
    made = np.full(len(cells), np.nan)
    for row, cell in enumerate(cells):
        try:
            made[row] = float(posix_seconds(cell)) if cell not in (None, "") else np.nan
        except (TypeError, ValueError):
            continue
    known = ~np.isnan(made)
    if known.mean() < 0.5:  # noqa: PLR2004 - more rows without than with
        return None
    before = np.maximum.accumulate(np.where(known, np.arange(made.size), 0))
    filled: Doubles = made[before]
    filled[np.isnan(filled)] = np.nanmin(filled)
    return filled


def _take(left: list[str], names: Sequence[str]) -> str | None:
    found = next((name for name in names if name in left), None)
    if found is not None:
        left.remove(found)
    return found


def _like(left: list[str], *parts: str) -> str | None:
    """A column whose name has, or for an id ends with, such a part."""
    ends = ("ids", "id", "key")
    found = next((name for part in parts for name in left if (name.endswith(part) if part in ends else part in name)), None)
    if found is not None:
        left.remove(found)
    return found


def _next(left: list[str]) -> str | None:
    return left.pop(0) if left else None


def _where(table: Table, left: list[str], fits: Any) -> str | None:
    found = next((name for name in left if fits(table.column(name)[:LOOKED_AT])), None)
    if found is not None:
        left.remove(found)
    return found


def _is_number(cells: Sequence[Any]) -> bool:
    return bool((~np.isnan(numbers(cells))).mean() > 0.9)  # noqa: PLR2004 - nearly all


def _is_word(cells: Sequence[Any]) -> bool:
    """Whether a column has a few words over and over."""
    looked = [str(cell) for cell in cells if cell not in (None, "")]
    return bool(looked) and not _is_number(looked) and len(set(looked)) <= max(3, min(20, len(looked) // 2))


def _is_time(cells: Sequence[Any]) -> bool:
    """Whether a column has times: numbers too large for anything else that grow apart, or dates."""
    if _is_number(cells):
        values = numbers(cells)
        small, large = np.nanmin(values), np.nanmax(values)
        return bool(small > EARLIEST and (large < 5e9 or small > 1e11) and large < 3 * small)  # noqa: PLR2004 - seconds, or finer
    return all(any(mark in str(cell) for mark in "-:/") and any(map(str.isdigit, str(cell))) for cell in cells[:20]) and (
        moments(cells) is not None
    )
