"""Comparisons that a text makes between two figures, checked by their values: 28.2% beat 31.5% cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from shared.fact_check.likeness import likeness
from shared.fact_check.reading.figure import Figure
from shared.fact_check.reading.related_figures import go_together, slot
from shared.fact_check.supplied_facts import Supplied
from shared.fact_check.vocabulary.direction_words import poles

SWAP_MARGIN, MOST_SWAPPED = 1.3, 12
"""By how much two figures have to be more alike together, and how many of a text are tried."""
LONGEST = 40
"""Characters between two figures that are compared."""
_ORDERED = {"surprise"}
_MOVED = {"change", "extent"}
_FROM = re.compile(r"\s?(?:from|against|versus|vs\.?)\s?(?:HK|US|NT)?[$€£¥]?", re.IGNORECASE)
_UP_OR_DOWN = re.compile(r"\b(up|down) to\b", re.IGNORECASE)
_TIMES = re.compile(
    r"[,，\s(—-]\s?(?:about |nearly |almost |roughly |more than )?(twice|doubl|half|tripl|treble)e?d?\b (?:the|its|last|what|that)\b",
    re.IGNORECASE,
)
_WORSE = re.compile(r"\b(?:worse|better) than\b", re.IGNORECASE)
_DEEPER = re.compile(r"\b(?:deepen|widen|extend|accelerat|steepen|worsen)\w{0,4}\b|扩大|加剧|加深", re.IGNORECASE)
_THAN = re.compile(r"[,，]?\s?(?:比|较)(?!去年|上年|前年|上个?[月季]|同期|年初|前一?[月季年]|昨)[^\d,，。;；]{0,16}$")
_MORE_OR_LESS = re.compile(r"\s?(?:还|更|略|来得|要)?(?:(?P<more>[多高大])|(?P<less>[少低小]))")
_RANGE = re.compile(r"\s?(?:to|and|至|到|[-–—~～])\s?[$€£¥]?")


def contradicted_comparisons(text: str, read: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    """Start and end of the second figure of every comparison that its own two values contradict.

    `one beat two`, `one, above two`: one is more. `up to one from two`, `up from two`, and `from one to two` after a rise: two is the less or the more.
    """
    for one, two, before in zip(read, read[1:], (None, *read), strict=False):
        first, second = one.quantity, two.quantity
        near = second.start - first.end <= LONGEST and first.value != second.value
        if not near or (first.kind, first.unit) != (second.kind, second.unit):
            continue
        if before is not None and one.role == "from" and _earlier_range(text, read, before, one):
            continue
        if _contradicted(text, read, one, two):
            yield second.start, second.end


def _contradicted(text: str, read: Sequence[Figure], one: Figure, two: Figure) -> bool:
    """Whether the words between two figures of one kind, or beside them, say of their values what is not so."""
    between = text[one.quantity.end : two.quantity.start]
    more = one.quantity.value > _same_end(text, read, one, two)
    if (times := _TIMES.search(between)) and _is_off(one.quantity.value, two.quantity.value, times):
        return True
    if _THAN.search(between) and (way := _MORE_OR_LESS.match(text, two.quantity.end)) and bool(way["more"]) != more:
        return True
    ordered = [pole for pole in poles(between) if pole.axis in _ORDERED]
    falls = -1 in (one.signs.get("result"), two.signs.get("result"), one.signs.get("change"))
    losses = falls and _WORSE.search(between) is not None
    if len(ordered) == 1 and (ordered[0].sign > 0) != (more != losses) and not one.sign_said and not two.sign_said:
        return True
    return _moved_otherwise(text, one, two, more=more)


def _moved_otherwise(text: str, one: Figure, two: Figure, *, more: bool) -> bool:
    """Whether a rise or a fall leads from one figure to the other, against their values. `more`: whether the first is the higher one."""
    between = text[one.quantity.end : two.quantity.start]
    sign = one.signs.get("change")
    if _FROM.fullmatch(between) and sign and (sign > 0) != more and not one.change:
        return True
    moved = [pole for pole in poles(between) if pole.axis in _MOVED]
    if len(moved) == 1 and between.rstrip(" $€£¥").lower().endswith("from") and (moved[0].sign > 0) != more:
        return True
    if (one.role, two.role) == ("to", "from") and len(moved) == 1 and (moved[0].sign > 0) != more and not one.change:
        return True
    if (one.role, two.role) != ("from", "to"):
        return False
    sign = sign or (moved[0].sign if len(moved) == 1 else None)
    way = _UP_OR_DOWN.search(between)
    if way and (way[1].lower() == "down") != more:
        return True
    deeper = _DEEPER.search(text[max(0, one.quantity.start - LONGEST) : two.quantity.start])
    return bool(sign and (sign < 0) != more and not deeper)


def _earlier_range(text: str, read: Sequence[Figure], before: Figure, one: Figure) -> bool:
    """Whether `from one to ...` is a range that another range has come from: 8 to 9, cut from 10 to 12."""
    start = next((other for other in read if _is_range(text, other, before)), None)
    return start is not None and start.unit == one.unit


def _is_off(first: Decimal, second: Decimal, said: re.Match[str]) -> bool:
    """Whether two figures are far from what is said of them: twice, half."""
    told = {"half": Decimal("0.5"), "tripl": Decimal(3), "treble": Decimal(3)}.get(said[1].lower(), Decimal(2))
    return not second * told * Decimal("0.8") <= first <= second * told * Decimal("1.25")


def _same_end(text: str, read: Sequence[Figure], one: Figure, two: Figure) -> Decimal:
    """What to compare `one` with: of two ranges (8-11%, down from 8-14%) the upper ends."""
    upper = next((other for other in read if _is_range(text, two, other)), None)
    return (upper if upper and any(_is_range(text, other, one) for other in read) else two).quantity.value


def _is_range(text: str, one: Figure, two: Figure) -> bool:
    begin, end = one.quantity.end, two.quantity.start
    return 0 <= end - begin < LONGEST and _RANGE.fullmatch(text[begin:end]) is not None


def torn(
    text: str, read: Sequence[Figure], supplied: Supplied, candidates: Sequence[Sequence[Figure]]
) -> Iterator[tuple[int, int, str]]:
    """Start and end of the second of two figures that say one thing, which the facts do not say together; and why.

    `candidates`: the facts that each figure may stand for.
    """
    for (one, first), (two, second) in pairwise(zip(read, candidates, strict=True)):
        start, end = two.quantity.start, two.quantity.end
        if not first or not second:
            continue
        if _is_torn_range(text, one, two, first, second) and len(supplied.lines) > 1:
            yield start, end, "The two figures of a range belong to two facts."
        elif go_together(text, one, two) and _is_torn_from(two, first, second, supplied):
            yield start, end, "The facts give the figure before it with another one."


def swapped(read: Sequence[Figure], candidates: Sequence[Sequence[Figure]], supplied: Supplied) -> Iterator[tuple[int, int]]:
    """Start and end of two figures of one sentence that fit what they say much better the other way round: China 12%, America 8%."""
    sure = [(said, found[0]) for said, found in zip(read, candidates, strict=True) if len(found) == 1][:MOST_SWAPPED]
    for at, (one, first) in enumerate(sure):
        for two, second in sure[at + 1 :]:
            if one.sentence != two.sentence or first is second or first.measure != second.measure:
                continue
            gain = sum(
                likeness(said, other, supplied, (), ("line",)) - likeness(said, own, supplied, (), ("line",))
                for said, own, other in ((one, first, second), (two, second, first))
            )
            if gain > SWAP_MARGIN:
                yield one.quantity.start, one.quantity.end
                yield two.quantity.start, two.quantity.end


def _is_torn_range(text: str, one: Figure, two: Figure, first: Sequence[Figure], second: Sequence[Figure]) -> bool:
    """Whether the ends of a range (3% to 4%) are supplied, but by no one fact together."""
    if (one.role, two.role) != ("from", "to") and not _RANGE.fullmatch(text[one.quantity.end : two.quantity.start]):
        return False
    return not {fact.line for fact in first} & {fact.line for fact in second} and not _is_list(text, one, two)


def _is_torn_from(two: Figure, first: Sequence[Figure], second: Sequence[Figure], supplied: Supplied) -> bool:
    """Whether the facts have, beside what `first` stands for, another figure in the place of the second one."""
    with_first = [b if a in first else a for a, b in supplied.together if a in first or b in first]
    same = [figure for figure in with_first if slot(figure) == slot(two)]
    return bool(same) and not any(figure in second for figure in with_first)


def _is_list(text: str, one: Figure, two: Figure) -> bool:
    """Whether `and` names two figures side by side and no range: 3% and 4%."""
    return text[one.quantity.end : two.quantity.start].strip().lower() == "and"
