"""Comparisons that a text makes between two figures, checked by their values: 28.2% beat 31.5% cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from shared.fact_check.reading.figure import Figure
from shared.fact_check.vocabulary.direction_words import poles

LONGEST, FARTHEST, FARTHEST_APART = 40, 64, 30
"""Characters between two figures that are compared; the most, where more or less than stands right before the second; how many times as much one may be."""
_ORDERED = {"surprise"}
_MOVED = {"change", "extent"}
_FROM = re.compile(r"\s?(?:from|against|versus|vs\.?)\s?(?:HK|US|NT)?[$€£¥]?", re.IGNORECASE)
_LED_FROM = re.compile(r"(?:\bfrom|从|由)\s?(?:HK|US|NT)?[$€£¥]?\s?$", re.IGNORECASE)
_UP_OR_DOWN = re.compile(r"\b(up|down) to\b", re.IGNORECASE)
_TIMES = re.compile(
    r"[,，\s(—-]\s?(?:about |nearly |almost |roughly |more than )?(twice|doubl|half|tripl|treble)e?d?\b (?:the|its|last|what|that)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"\bof which(?: [a-z]{1,10}){0,3}\s?[$€£¥]?$", re.IGNORECASE)
"""No part is more than the whole; 其中 is said of what is left over, too."""
_WORSE = re.compile(r"\b(?:worse|better) than\b", re.IGNORECASE)
_DEEPER = re.compile(r"\b(?:deepen|widen|extend|accelerat|steepen|worsen)\w{0,4}\b|扩大|加剧|加深", re.IGNORECASE)
_THAN = re.compile(
    r"[,，]?\s?(?:比|较)(?:(?!去年|上年|前年|上个?[月季]|同期|年初|前一?[月季年]|昨)[^\d,，。;；]{0,16}|[^\d,，。;；]{1,12}的\s?)$"
)
_OVER_OR_UNDER = re.compile(
    r"(?:\b(?P<more>above|over|more than|higher than|ahead of)|\b(?P<less>below|under|less than|fewer than|lower than|short of|shy of))(?: [A-Za-z']{1,12}){0,2}\s?[$€£¥]?$"
    r"|(?:(?P<over>超过|超越|高于|多于|优于|大于|胜过|高过|快于|强于|胜于)|(?P<under>不到|不及|低于|少于|逊于|小于|不如|未达|低过|慢于|弱于))[^\d,，。;；]{0,14}$",
    re.IGNORECASE,
)
"""Right before the figure that another is held against."""
_ASIDE = re.compile(r",? or (?:HK|US|NT)?[$€£¥]?|[,，]?\s?(?:或|合)每股")
"""Between an amount and the same in other words."""
_STOOD = re.compile(r"(?:\b(?P<more>above|over)|\b(?P<less>below|under))\s?[$€£¥]?$", re.IGNORECASE)
_AT = re.compile(r",?\s(?:at|to)\s?[$€£¥]?", re.IGNORECASE)
"""Closed below 2,500 at 2,503."""
_MORE_OR_LESS = re.compile(r"\s?(?:还|更|略|来得|要)?(?:(?P<more>[多高大])|(?P<less>[少低小]))")
_RANGED = re.compile(r"(?:\bbetween|\brange of|介于|区间为?)\s?(?:HK|US|NT)?[$€£¥]?$", re.IGNORECASE)
_DASHES = frozenset("-–—~～")
RANGE = re.compile(r"\s?(?:to|and|至|到|[-–—~～])\s?[$€£¥]?")


def contradicted_comparisons(text: str, read: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    """Start and end of the second figure of every comparison that its own two values contradict.

    `one beat two`, `one, above two`: one is more. `up to one from two`, `up from two`, and `from one to two` after a rise: two is the less or the more.
    """
    yield from _over_a_change(text, read)
    for one, two, before in zip(read, read[1:], (None, *read), strict=False):
        second = two.quantity
        if before is not None and before.unit == two.unit and _ASIDE.fullmatch(text, before.quantity.end, one.quantity.start):
            one = _over(before, one) if _of_one_size(before.quantity.value, second.value) else one  # noqa: PLW2901
        if before is not None and before.unit == two.unit and _is_passed_over(text, before, one, two):
            one = _over(before, one)  # noqa: PLW2901
        elif one.step:
            continue  # five cents better than the 71
        first = one.quantity
        one = _carried(text, before, one)  # noqa: PLW2901 # rose a third, from 511 to 334
        near = second.start - first.end <= FARTHEST and first.value != second.value and _of_one_size(first.value, second.value)
        if not near or not _of_one_kind(text, one, two):
            continue
        if _is_descending(text, one, two):
            yield second.start, second.end
            continue
        if before is not None and one.role == "from" and _earlier_range(text, read, before, one):
            continue
        if _contradicted(text, read, one, two):
            yield second.start, second.end


def _is_passed_over(text: str, before: Figure, one: Figure, two: Figure) -> bool:
    """Whether the second figure is held against the one before the first: 76 cents, five better than 71; 3.5, up from 3.2, above 3.4."""
    if one.step:
        return True
    started = (before.role, one.role) == ("to", "from") and two.role != "to"
    between = text[one.quantity.end : two.quantity.start]
    return started and (_OVER_OR_UNDER.search(between) is not None or any(pole.axis in _ORDERED for pole in poles(between)))


def _over_a_change(text: str, read: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    """Start and end of a change that stands between two amounts which say the opposite: $10.9 billion, down 13 percent from $9.62 billion."""
    for one, step, two in zip(read, read[1:], read[2:], strict=False):
        way = step.signs.get("change", 0)
        alike = (
            one.unit == two.unit != step.unit
            and step.change
            and not (one.change or two.change)
            and one.role != "from"
            and not one.standing.expected
        )
        near = step.quantity.start - one.quantity.end <= LONGEST and _FROM.fullmatch(text, step.quantity.end, two.quantity.start)
        if way and alike and near and -1 not in (one.signs.get("result"), two.signs.get("result")):
            first, second = one.quantity.value, two.quantity.value
            if first != second and _of_one_size(first, second) and (first > second) != (way > 0):
                yield step.quantity.start, step.quantity.end


def _of_one_size(one: Decimal, two: Decimal) -> bool:
    """Whether two values may be compared: $25.78 billion misses no $3.42."""
    return bool(one and two) and 1 / FARTHEST_APART < one / two < FARTHEST_APART


def _of_one_kind(text: str, one: Figure, two: Figure) -> bool:
    """Whether two figures have one unit, or the second has none of its own: 1,720 stores, down from 1,627."""
    if one.unit == two.unit:
        return True
    bare = two.quantity.kind == "plain" and one.quantity.kind == "count" and not two.noun
    return bare and _LED_FROM.search(text, max(0, two.quantity.start - 8), two.quantity.start) is not None


def _contradicted(text: str, read: Sequence[Figure], one: Figure, two: Figure) -> bool:  # noqa: PLR0911
    """Whether the words between two figures of one kind, or beside them, say of their values what is not so."""
    if {one.signs.get("result"), two.signs.get("result")} == {1, -1}:
        return False  # from earning 65 to losing 394
    between = text[one.quantity.end : two.quantity.start]
    more = one.quantity.value > _same_end(text, read, one, two)
    if (times := _TIMES.search(between)) and _is_off(one.quantity.value, two.quantity.value, times):
        return True
    if _THAN.search(between) and (way := _MORE_OR_LESS.match(text, two.quantity.end)) and bool(way["more"]) != more:
        return True
    if not more and not (one.change or two.change) and _PART.search(between):
        return True
    if _held_against(text, one, two, between) not in (0, 1 if more else -1):
        return True
    if len(" ".join(between.split())) > LONGEST:  # a date is blanked
        return False
    ordered = [pole for pole in poles(between) if pole.axis in _ORDERED]
    falls = -1 in (one.signs.get("result"), two.signs.get("result"), one.signs.get("change"))
    losses = falls and _WORSE.search(between) is not None
    if len(ordered) == 1 and (ordered[0].sign > 0) != (more != losses) and not one.sign_said and not two.sign_said:
        return True
    return _moved_otherwise(text, one, two, more=more)


def _is_descending(text: str, one: Figure, two: Figure) -> bool:
    """Whether a range (between one and two) ends lower than it begins. Of losses it may: from -2 to -1."""
    if (
        one.quantity.value <= two.quantity.value
        or one.sign_said
        or two.sign_said
        or -1 in (one.signs.get("result"), two.signs.get("result"))
    ):
        return False
    between = text[one.quantity.end : two.quantity.start]
    named = _RANGED.search(text, max(0, one.quantity.start - 16), one.quantity.start) is not None
    return bool(RANGE.fullmatch(between)) and (named or between.strip(" $€£¥") in _DASHES) and one.role != "from"


def _held_against(text: str, one: Figure, two: Figure, between: str) -> int:
    """Whether the first of two figures is said to be the higher (1) or the lower one (-1); 0 where neither is said."""
    if one.sign_said or (one.change and one.signs.get("change") != 1) or (two.change and not one.change):
        return 0
    if _AT.fullmatch(between):
        stood = _STOOD.search(text, max(0, one.quantity.start - LONGEST), one.quantity.start)
        return (-1 if stood["more"] else 1) if stood else 0
    said = _OVER_OR_UNDER.search(between)
    return (1 if said["more"] or said["over"] else -1) if said else 0


def _moved_otherwise(text: str, one: Figure, two: Figure, *, more: bool) -> bool:
    """Whether a rise or a fall leads from one figure to the other, against their values. `more`: whether the first is the higher one."""
    between = text[one.quantity.end : two.quantity.start]
    sign = one.signs.get("extent") or one.signs.get("change")  # growth that cooled fell
    if _FROM.fullmatch(between) and sign and (sign > 0) != more and not one.change:
        return True
    moved = [pole for pole in poles(between) if pole.axis in _MOVED and not between.startswith(" of ", pole.end)]
    if len(moved) == 1 and between.rstrip(" $€£¥").lower().endswith("from") and (moved[0].sign > 0) != more:
        return True
    if (one.role, two.role) == ("to", "from") and len(moved) == 1 and (moved[0].sign > 0) != more and not one.change:
        return True
    if (one.role, two.role) != ("from", "to"):
        return False
    sign = moved[0].sign if len(moved) == 1 else sign
    way = _UP_OR_DOWN.search(between)
    if way and (way[1].lower() == "down") != more:
        return True
    deeper = _DEEPER.search(text[max(0, one.quantity.start - LONGEST) : two.quantity.start])
    return bool(sign and (sign < 0) != more and not deeper)


def _over(one: Figure, aside: Figure) -> Figure:
    """A figure with what is told behind it in other words ($575 million, or 39 cents a share) taken as a part of it."""
    return replace(one, quantity=replace(one.quantity, end=aside.quantity.end))


def _carried(text: str, before: Figure | None, one: Figure) -> Figure:
    """A figure that something came from, with the way that the change before it tells: rose by a third, from $511 million."""
    if (
        one.role != "from"
        or "change" in one.signs
        or one.change
        or not _LED_FROM.search(text, max(0, one.quantity.start - 8), one.quantity.start)
    ):
        return one
    start = max(one.sentence, one.quantity.start - FARTHEST, before.quantity.end if before else 0)
    moved = [pole.sign for pole in poles(text[start : one.quantity.start]) if pole.axis == "change"]
    way = moved[-1] if moved else before.signs.get("change", 0) if before and before.change else 0
    return replace(one, signs={**one.signs, "change": way}) if way else one


def _earlier_range(text: str, read: Sequence[Figure], before: Figure, one: Figure) -> bool:
    """Whether `from one to ...` is a range that another range has come from: 8 to 9, cut from 10 to 12."""
    start = next((other for other in read if is_range(text, other, before)), None)
    return start is not None and start.unit == one.unit


def _is_off(first: Decimal, second: Decimal, said: re.Match[str]) -> bool:
    """Whether two figures are far from what is said of them: twice, half."""
    told = {"half": Decimal("0.5"), "tripl": Decimal(3), "treble": Decimal(3)}.get(said[1].lower(), Decimal(2))
    return not second * told * Decimal("0.8") <= first <= second * told * Decimal("1.25")


def _same_end(text: str, read: Sequence[Figure], one: Figure, two: Figure) -> Decimal:
    """What to compare `one` with: of two ranges (8-11%, down from 8-14%) the upper ends."""
    upper = next((other for other in read if is_range(text, two, other)), None)
    return (upper if upper and any(is_range(text, other, one) for other in read) else two).quantity.value


def is_range(text: str, one: Figure, two: Figure) -> bool:
    begin, end = one.quantity.end, two.quantity.start
    return 0 <= end - begin < LONGEST and RANGE.fullmatch(text[begin:end]) is not None
