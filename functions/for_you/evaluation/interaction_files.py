"""Any interactions file as a log: users, items, and either actions or ratings. Items may bring titles, categories, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from functions.for_you.imported_records import Engagement, Episode
from functions.for_you.profile.action_weights import WEIGHTS
from functions.for_you.ranking.interaction_log import Log, log_of
from shared.errors import BadInput
from shared.records import table_files

LIKED_SHARE = 0.8
"""Of the highest rating in the file, from which on a rating is an engagement: 4 of 5."""
DISLIKED = -0.4
_USER = ("user_id", "userid", "user", "uid")
_ITEM = ("episode_id", "item_id", "itemid", "movieid", "movie_id", "book_id", "bookid", "item", "id", "content_id")
_RATING = ("rating", "score", "stars", "value")
_TIME = ("at", "timestamp", "time", "ts", "date")
_TITLE = ("title", "name", "movie_title", "original_title")
_TOPICS = ("categories", "genres", "genre", "class", "category", "topics")
_SPLIT = re.compile(r"[|;]")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a JSON, JSONL, CSV or TSV file, names in lower case and without `:type`.

    Raises:
        BadInput: it cannot be read (`no_such_file`), or a row is no object (`bad_import`).
    """
    for line, row in table_files.rows(path, any_ending=True):
        if not isinstance(row, dict):
            why = row.message if isinstance(row, BadInput) else "no object"
            raise BadInput(
                f"line {line} of {path}: {why}", code="bad_import", advice="Give one object, or one row of cells, each."
            )
        yield {str(name).partition(":")[0].strip().lower(): value for name, value in row.items()}


def _of(row: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name) not in (None, "")), None)


def episodes(path: Path | None, tags: Path | None, ids: list[str]) -> list[Episode]:
    """The items of a file, and those that only the interactions know, by their ids."""
    told: dict[str, list[str]] = {}
    for row in rows(tags) if tags else ():
        told.setdefault(str(_of(row, _ITEM)), []).append(str(row.get("tag", "")))
    found = {episode.id: episode for row in (rows(path) if path else ()) if (episode := _episode(row, told)) is not None}
    return [*found.values(), *(Episode(id=name, title=name) for name in dict.fromkeys(ids) if name not in found)]


def _episode(row: Mapping[str, Any], told: Mapping[str, list[str]]) -> Episode | None:
    name, title = _of(row, _ITEM), _of(row, _TITLE)
    if name is None or title is None:
        return None
    topics = _of(row, _TOPICS) or ()
    parts = _SPLIT.split(topics) if isinstance(topics, str) else list(topics)
    described = " ".join([str(row.get("description") or ""), *told.get(str(name), ())]).strip()
    known = {field: row[field] for field in Episode.model_fields if row.get(field) not in (None, "")}
    given = {**known, "id": str(name), "title": str(title)[:500], "description": described, "categories": parts[:20]}
    return Episode.model_validate({**given, "categories": [part.strip()[:100] for part in given["categories"] if part.strip()]})


def events(path: Path) -> list[tuple[str, str, float, float]]:
    """(user, item, weight, POSIX seconds). Ratings below `LIKED_SHARE` of the highest are dislikes; rows without time are in file order.

    Raises:
        BadInput: a column is missing (`bad_interactions`).
    """
    found = list(rows(path))
    ratings = [float(value) for row in found if (value := _of(row, _RATING)) is not None]
    edge = LIKED_SHARE * max(ratings, default=0)
    made: list[tuple[str, str, float, float]] = []
    for place, row in enumerate(found):
        user, item = _of(row, _USER), _of(row, _ITEM)
        if user is None or item is None:
            raise BadInput(
                f"row {place + 1} of {path.name} names no user and item",
                code="bad_interactions",
                advice=f"Columns: one of {', '.join(_USER)}; one of {', '.join(_ITEM)}; a rating or an action; a time.",
            )
        made.append((str(user), str(item), _weight(row, edge), _time(row, place)))
    return made


def _weight(row: Mapping[str, Any], edge: float) -> float:
    rating = _of(row, _RATING)
    if rating is not None:
        return 1.0 if float(rating) >= edge else DISLIKED
    return WEIGHTS.get(str(row.get("action") or "play"), 1.0)


def _time(row: Mapping[str, Any], place: int) -> float:
    value = _of(row, _TIME)
    if value is None:
        return float(place)
    return Engagement.model_validate({"user_id": "-", "episode_id": "-", "at": value}).at


def log(made: list[tuple[str, str, float, float]], index: Mapping[str, int]) -> Log:
    """The events as a log of a catalogue's places."""
    return log_of((user, index[item], weight, at) for user, item, weight, at in made if weight)
