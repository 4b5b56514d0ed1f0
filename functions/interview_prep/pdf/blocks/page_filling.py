"""Pages that end at their foot: the room that is left on a page goes between its entries; a guide a few lines too long is set closer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

MOST_EACH = 8.0
"""Points added between two entries at most: more would look like a gap."""
BEFORE_HEADING = 2.0
"""What a heading's room takes for one of an entry's."""
SAFE = 0.98
"""Share of the room that is given out: a page must not become too full by rounding."""


@dataclass(frozen=True)
class Place:
    """Where an entry or a heading came to stand: its page, its number in reading order, and whether it is a heading."""

    page: int
    order: int
    heading: bool


def in_order(story: Sequence[Any]) -> list[Any]:
    """The parts of a story whose room can be changed, numbered in reading order."""
    parts = [part for part in story if hasattr(part, "order")]
    for number, part in enumerate(parts):
        part.order = number
    return parts


def note_place(part: Any) -> None:
    """Remember on the canvas, if it asks for it, on which page a part ended."""
    places = getattr(part.canv, "guide_places", None)
    if places is not None and part.order is not None:
        places.append(Place(part.canv.getPageNumber(), part.order, heading=hasattr(part, "key")))


def set_closer(story: Sequence[Any], share: float) -> None:
    """Entries and headings with this share of their room between them."""
    for part in in_order(story):
        part.spaceAfter, part.spaceBefore = part.getSpaceAfter() * share, part.getSpaceBefore() * share


def room_between(places: Iterable[Place], left: Mapping[int, float]) -> dict[int, float]:
    """The points to add by number: after an entry, before a heading. `left`: points that are left on each page that shall be full.

    A page on which an entry is split is full as it is: with less room, the entry would be split elsewhere.
    """
    places = list(places)
    pages: dict[int, list[Place]] = defaultdict(list)
    goes_on = {one.page for one, following in pairwise(places) if one.order == following.order}
    for place in places:
        pages[place.page].append(place)
    added: dict[int, float] = {}
    for page, room in left.items():
        gaps = {
            (after.order if after.heading else before.order): BEFORE_HEADING if after.heading else 1.0
            for before, after in pairwise(pages[page])
            if not before.heading
        }
        if gaps and room > 0 and page not in goes_on:
            each = min(MOST_EACH, SAFE * room / sum(gaps.values()))
            added |= {order: each * weight for order, weight in gaps.items()}
    return added


def add_room(story: Sequence[Any], added: Mapping[int, float]) -> None:
    """Give a story the room that `room_between` found."""
    for part in in_order(story):
        more = added.get(part.order, 0.0)
        if hasattr(part, "key"):
            part.spaceBefore = part.getSpaceBefore() + more
        else:
            part.spaceAfter = part.getSpaceAfter() + more
