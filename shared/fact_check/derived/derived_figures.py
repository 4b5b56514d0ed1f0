"""Figures that no fact has as such, but two of them give: the step from one to the other, the ratio of the two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from shared.fact_check.derived.earlier_values import has_moved_by, was_before
from shared.fact_check.derived.named_facts import agrees, are_kin, in_its_money, is_named
from shared.fact_check.derived.shares import is_in_money, is_share
from shared.fact_check.derived.sums import is_rest, is_sum
from shared.fact_check.likeness import measured
from shared.fact_check.reading.figure import Figure
from shared.fact_check.reading.related_figures import results_of
from shared.fact_check.supplied_facts import Supplied
from shared.numbers.quantity_parser import Quantity
from shared.numbers.rounding_rules import ABOUT, Room, is_value, stands_for

_LOOSE: Room = (Decimal("0.1"), Decimal("0.1"))
"""How far off a multiple in words may be: doubled, for 1.9 times."""
FARTHEST = 20
"""How many times as much one of two amounts may be that are held against each other."""
_HALF_AS_MUCH = Decimal("0.45")
"""How much more than a multiple may be that is told as more than that: more than twice, for 2.3 times."""
_APART_BEFORE = re.compile(
    r"(?:\bby|\b(?:gap|difference|margin|swing|premium|discount) of|\bbeat|\bgap|\bmargin|\bdifference|\bwithin|\bup|\bdown|\badd(?:ed|ing)?|\bextra|\banother|\bswing"
    r"|[多少高低差贵快慢增减升降涨跌缩扩]了?|高出|多出|少了|相差|差距|领先|落后|超出|增加|减少|扩大|收窄|加码|减码|上调|下调|调升|调降|还差|落差|差了|[多少][赚亏买卖花收配发拿领产][了出进入到]?)\W{0,3}(?:a |an |about |around |roughly |nearly |almost |over |more than |some |just |only |近|约|逾|达|超过|将近|大约|足足|整整){0,2}[$€£¥]?$",
    re.IGNORECASE,
)
_APART_AFTER = re.compile(
    r"\s?(?:dollars |barrels |jobs |shares |a share |per share |of a |percentage |points? ){0,3}(?:more\b|less\b|fewer\b|short\b|shy\b|above\b|below\b|better\b|worse\b|ahead\b|higher\b|lower\b|under\b|over\b|apart\b|extra\b|swing\b|gap\b|difference\b|increase\b|decrease\b|gain\b|drop\b|rise\b|improvement\b|的?(?:差距|差额|价差|落差|空间|增幅|缺口))",
    re.IGNORECASE,
)
"""Beside what is the difference of two figures: 8 cents short, jumped by $64 million, 多了一百多億."""


_SWING = re.compile(r"\bswing\b|\bturnaround\b|\breversal\b|\bimprov\w{1,6}|一来一回|好转|改善", re.IGNORECASE)
_THAN_BEFORE = re.compile(r"(?:比|较|领先|落后|相差|差距|\bthan|\bby)[^,，。;；]{0,24}$", re.IGNORECASE)
_OF = re.compile(r" of (?:the |its |that |all )?(?:HK|US|NT)?[$€£¥]?\d")


def is_proven(text: str, said: Figure, supplied: Supplied, told: frozenset[int], room: Room) -> bool:
    """Whether supplied figures give one that no fact has as such. `told`: the facts, by identity, that the text's other figures may stand for."""
    return (
        is_derived(said, supplied, room)
        or is_apart(text, said, supplied, told, room)
        or is_sum(text, said, supplied, told, room)
        or is_rest(said, supplied, room)
        or has_moved_by(said, supplied, room)
        or is_in_money(said, supplied, room)
    )


def is_proven_though_told(text: str, said: Figure, supplied: Supplied, told: frozenset[int], room: Room) -> bool:
    """The same of a figure that has the value of a fact about something else."""
    return (
        is_apart(text, said, supplied, told, room)
        or was_before(said, supplied, room)
        or is_share(said, supplied, room)
        or is_sum(text, said, supplied, told, room)
    )


def is_derived(said: Figure, supplied: Supplied, room: Room) -> bool:
    """Whether two supplied figures of one kind give it: as a difference, a change in percent, a multiple, or a part of a whole."""
    number = said.quantity
    if number.derived and number.kind == "percent" and _is_part(number, supplied, room):
        return True
    if was_before(said, supplied, room) or is_share(said, supplied, room):
        return True
    way = said.signs.get("change", 0) or said.signs.get("surprise", 0)
    return any(
        _gives(number, before.quantity.value, now.quantity.value, before.quantity.kind, room)
        for before, now in _steps(supplied)
        if in_its_money(said, now, supplied)
        if not way or way == (1 if now.quantity.value > before.quantity.value else -1)
    )


def is_apart(text: str, said: Figure, supplied: Supplied, told: frozenset[int], room: Room) -> bool:
    """Whether it is told as how far apart, or how many times each other, two supplied figures are, one of which the text tells, too.

    `told`: the facts, by identity, that the text's other figures may stand for.
    """
    number = said.quantity
    if _is_part_of(text, number, supplied, told, room):
        return True
    times = number.kind == "times"
    if not times and not (
        (_THAN_BEFORE if number.kind == "points" else _APART_BEFORE).search(text, max(0, number.start - 32), number.start)
        or _APART_AFTER.match(text, number.end)
    ):
        return False
    way = said.signs.get("surprise") or said.signs.get("bound") or said.signs.get("change") or 0
    if way and _is_surprise(said, way, supplied, room):
        return True
    if _SWING.search(text, said.sentence, number.start) and any(is_value(number, one, room) for one in _swings(supplied)):
        return True
    near = [fact for fact in supplied.figures if id(fact) in told or _is_meant(said, fact, supplied)]
    told |= {id(fact) for fact in near}
    lines = {one.line for one in near}
    if times and any(fact.quantity.kind == "times" and fact.line in lines and are_kin(said, fact) for fact in supplied.figures):
        return False
    went = said.signs.get("change", 0) or said.signs.get("surprise", 0)
    return any(
        _are_apart(number, one, other, room, went)
        for one in near
        for other in supplied.figures
        if _alike(one, other, told) and not (went and went == -_way(one, other))
        if agrees(said, one) and agrees(said, other) and in_its_money(said, one, supplied)
    )


def _way(one: Figure, other: Figure) -> int:
    """Which way something went from one of two facts to the other, if one of them is the earlier; 0: neither is."""
    earlier = [bool(fact.role == "from" or fact.standing.earlier or _is_baseline(fact)) for fact in (one, other)]
    if earlier[0] == earlier[1] or one.quantity.value == other.quantity.value:
        return 0
    before, now = (one, other) if earlier[0] else (other, one)
    return 1 if now.quantity.value > before.quantity.value else -1


def _is_meant(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """Whether a text names a fact that is neither a change nor of another time than now."""
    standing = fact.standing
    if fact.change or standing.expected or standing.earlier or fact.role == "from":
        return False
    return is_named(said, fact, supplied)


def _swings(supplied: Supplied) -> Iterator[Decimal]:
    """How far apart a profit and a loss are, of which one came after the other."""
    for before, now in _steps(supplied):
        if before.signs.get("result", 0) * now.signs.get("result", 0) < 0:
            yield before.quantity.value + now.quantity.value


def _are_apart(number: Quantity, one: Figure, other: Figure, room: Room, went: int) -> bool:
    """Whether a number is the difference, or the ratio, of two facts; what was expected is another matter. `went`: down is a share of the greater one."""
    low, high = sorted((one.quantity.value, other.quantity.value))
    if (
        not low
        or low * FARTHEST < high
        or low == high
        or not _in_one_unit(one, other)
        or bool(one.standing.expected) != bool(other.standing.expected)
    ):
        return False
    if one.signs.get("result", 0) * other.signs.get("result", 0) < 0:
        return number.kind == one.quantity.kind and is_value(number, low + high, room)  # from a loss to a profit
    if number.kind == "times":
        loose = (Decimal(0), _HALF_AS_MUCH) if room[1] and not room[0] else _LOOSE
        return is_value(number, high / low, loose if number.derived else room)
    return _gives(number, *((high, low) if went < 0 else (low, high)), one.quantity.kind, room)


def _is_surprise(said: Figure, way: int, supplied: Supplied, room: Room) -> bool:
    """Whether it is by how much a result was above (`way` 1) or below what was expected."""
    return any(
        (result.quantity.value > expected.quantity.value) == (way > 0)
        and _gives(said.quantity, expected.quantity.value, result.quantity.value, expected.quantity.kind, room)
        for expected in supplied.figures
        for result in results_of(expected, supplied.figures)
    )


def _is_part_of(text: str, number: Quantity, supplied: Supplied, told: frozenset[int], room: Room) -> bool:
    """Whether a percentage `of` a figure behind it is what another fact is of that one."""
    if number.kind != "percent" or not _OF.match(text, number.end):
        return False
    whole = [fact.quantity for fact in supplied.figures if id(fact) in told and fact.quantity.kind in ("money", "count")]
    parts = [fact.quantity for fact in supplied.figures if fact.quantity.kind in ("money", "count")]
    return any(
        part.kind == one.kind and 0 < part.value < one.value and is_value(number, part.value / one.value * 100, room)
        for one in whole
        for part in parts
    )


def _in_one_unit(one: Figure, other: Figure) -> bool:
    """Whether two facts may be subtracted: rates of change from each other, and stores from a bare count of its line."""
    if one.unit == other.unit:
        return one.change == other.change or one.quantity.kind != "percent"
    return one.line == other.line and {one.quantity.kind, other.quantity.kind} == {"plain", "count"}


def _alike(one: Figure, other: Figure, told: frozenset[int]) -> bool:
    """Whether two facts may be held against each other: the text tells both, or they measure the same."""
    return id(other) in told or bool(measured(one) & measured(other)) or (one.line == other.line and not measured(one))


def is_gainsaid(said: Figure, supplied: Supplied, lines: frozenset[int]) -> bool:
    """Whether a multiple in words (doubled, halved) stands beside a figure of a fact that says of itself how it moved. `lines`: of the facts beside it."""
    moved = {before.line for before, _ in _steps(supplied)}
    moved |= {fact.line for fact in supplied.figures if fact.change or fact.quantity.kind == "times"}
    return said.quantity.derived and said.quantity.kind == "times" and bool(lines & moved)


def _is_baseline(figure: Figure) -> bool:
    """Whether another amount is set beside it, that is none that somebody expects: 2.8%, compared with 2.7% in December."""
    return figure.standing.baseline and not (figure.standing.expected or figure.change or figure.brought)


def _steps(supplied: Supplied) -> Iterator[tuple[Figure, Figure]]:
    """What something was before, and what it is now, in one line."""
    for before in supplied.figures:
        if before.role == "from" or before.standing.earlier or _is_baseline(before):
            for now in supplied.figures:
                if (
                    now.line == before.line
                    and now.role != "from"
                    and not (now.standing.earlier or (now.change and not before.change))
                ):
                    one, two = before.quantity, now.quantity
                    if (one.kind, one.unit) == (two.kind, two.unit) and one.value and two.value:
                        yield before, now


def _gives(number: Quantity, before: Decimal, now: Decimal, kind: str, room: Room) -> bool:
    step = abs(now - before)
    if number.kind == "points" or number.unit == "index_point":
        return kind in (
            ("plain", "count", "percent", "points") if number.unit == "index_point" else ("percent", "points")
        ) and is_value(number, step, room)
    if number.kind == "percent":
        return kind != "percent" and is_value(number, step / before * 100, room)
    if number.kind == "times":
        return is_value(number, now / before, _LOOSE if number.derived else room)
    bare = number.kind == "plain" and ((number.scale > 0 and kind == "money") or kind == "count")  # ten billion more
    return (number.kind == kind or bare) and is_value(number, step, room)


def _is_part(said: Quantity, supplied: Supplied, room: Room) -> bool:
    """Whether a fraction in words (nearly half of sales) is that of two facts of one kind."""
    amounts = [fact for fact in supplied.figures if fact.quantity.kind in ("money", "count", "plain") and fact.quantity.value]
    share = said.value / 100
    return any(
        abs(one.quantity.value / other.quantity.value - share) <= ABOUT * share * 2
        or stands_for(said, one.quantity.value / other.quantity.value * 100, room)
        for one in amounts
        for other in amounts
        if one is not other and other.quantity.kind != "plain" and _in_one_unit(one, other)
    )
