"""Episodes as they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pydantic import TypeAdapter

from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.stage_messages import FeedItem
from shared.ports.documents import Data


@cache
def _many() -> TypeAdapter[tuple[FeedItem, ...]]:
    """All of a session's at once: half the time of one after another."""
    return TypeAdapter(tuple[FeedItem, ...])


def items(rows: Iterable[tuple[str, str, str]], catalogue: Snapshot, first: int = 0) -> tuple[FeedItem, ...]:
    """From (id, code, reason). What the catalogue no longer has is left out."""
    known = [(name, code, reason) for name, code, reason in rows if name in catalogue.index]
    return _many().validate_python(
        [_item(catalogue.index[name], code, reason, at, catalogue) for at, (name, code, reason) in enumerate(known, first)]
    )


def _item(place: int, code: str, reason: str, position: int, catalogue: Snapshot) -> Data:
    series = int(catalogue.series[place])
    own = catalogue.series_ids[series] != catalogue.ids[place]
    return {
        "id": catalogue.ids[place], "title": catalogue.titles[place], "url": catalogue.urls[place],
        "series_id": catalogue.series_ids[series] if own else "", "series_title": catalogue.series_titles[series],
        "categories": catalogue.categories(place), "duration_s": float(catalogue.durations[place]),
        "published_at": float(catalogue.published[place]), "position": position, "reason": reason, "reason_code": code,
    }  # fmt: skip
