"""Comparisons that a text makes between two figures, checked by their values: 28.2% beat 31.5% cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from shared.fact_check.direction_words import poles
from shared.fact_check.figure_extraction import Figure
from shared.fact_check.supplied_facts import Supplied

LONGEST = 40
"""Characters between two figures that are compared."""
_ORDERED = {"surprise"}
_MOVED = {"change"}
_FROM = re.compile(r"\s?(?:from|against|versus|vs\.?)\s?(?:HK|US|NT)?[$€£¥]?", re.IGNORECASE)
_UP_OR_DOWN = re.compile(r"\b(up|down) to\b", re.IGNORECASE)
_RANGE = re.compile(r"\s?(?:to|and|至|到|[-–—~～])\s?[$€£¥]?")


def contradicted_comparisons(text: str, read: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    """Start and end of the second figure of every comparison that its own two values contradict.

    `one beat two`, `one, above two`: one is more. `up to one from two`, `up from two`, and `from one to two` after a rise: two is the less or the more.
    """
    for one, two in pairwise(read):
        first, second = one.quantity, two.quantity
        if (
            first.kind != second.kind
            or first.unit != second.unit
            or second.start - first.end > LONGEST
            or first.value == second.value
        ):
            continue
        between = text[first.end : second.start]
        found = [pole for pole in poles(between) if pole.axis in _ORDERED]
        more = first.value > _same_end(text, read, one, two)
        if len(found) == 1 and (found[0].sign > 0) != more and not one.sign_said and not two.sign_said:
            yield second.start, second.end
            continue
        if _FROM.fullmatch(between) and (sign := one.signs.get("change")) and (sign > 0) != more and not one.change:
            yield second.start, second.end
            continue
        if (
            one.role == "from"
            and two.role == "to"
            and (way := _UP_OR_DOWN.search(between))
            and (way[1].lower() == "down") != more
        ):
            yield second.start, second.end
            continue
        moved = [pole for pole in poles(between) if pole.axis in _MOVED]
        if (len(moved) == 1 and between.rstrip(" $€£¥").lower().endswith("from") and (moved[0].sign > 0) != more) or (
            one.role == "from" and two.role == "to" and one.signs.get("change") and (one.signs["change"] < 0) != more
        ):
            yield second.start, second.end


def _same_end(text: str, read: Sequence[Figure], one: Figure, two: Figure) -> Decimal:
    """What to compare `one` with: of two ranges (8-11%, down from 8-14%) the upper ends."""
    upper = next((other for other in read if _is_range(text, two, other)), None)
    return (upper if upper and any(_is_range(text, other, one) for other in read) else two).quantity.value


def _is_range(text: str, one: Figure, two: Figure) -> bool:
    begin, end = one.quantity.end, two.quantity.start
    return 0 <= end - begin < LONGEST and _RANGE.fullmatch(text[begin:end]) is not None


def torn_pairs(
    text: str, read: Sequence[Figure], supplied: Supplied, candidates: Callable[[Figure], tuple[list[Figure], bool]]
) -> Iterator[tuple[int, int]]:
    """Start and end of the second figure of every range (3% to 4%) whose ends are supplied, but by no one fact together."""
    for one, two in pairwise(read):
        if not (one.role == "from" and two.role == "to") and not _RANGE.fullmatch(text[one.quantity.end : two.quantity.start]):
            continue
        first = {fact.line for fact in candidates(one)[0]}
        second = {fact.line for fact in candidates(two)[0]}
        if first and second and not first & second and len(supplied.lines) > 1 and not _is_list(text, one, two):
            yield two.quantity.start, two.quantity.end


def _is_list(text: str, one: Figure, two: Figure) -> bool:
    """Whether `and` names two figures side by side and no range: 3% and 4%."""
    return text[one.quantity.end : two.quantity.start].strip().lower() == "and"
