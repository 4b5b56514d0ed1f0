"""Figures that several facts add up to: of several names or times, the middle of a range, the rest of a stretch of months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from shared.fact_check.derived.named_facts import agrees, are_kin, has_a_name, in_its_money, named_facts
from shared.fact_check.reading.figure import Figure
from shared.fact_check.supplied_facts import Supplied
from shared.numbers.date_expressions import FULL_YEAR, months_of
from shared.numbers.rounding_rules import Room, is_value

REACH, MOST_SUMMED, MOST_PARTS = 48, 12, 3
"""Characters beside a figure in which a word may say that it is a sum; facts that are tried, and how many may make one."""
_SUM = re.compile(
    r"合[计共]|合起来|加起来|加总|相加|总[共计]|联手|携手|一共|共(?=[\d约逾近买卖赚亏])|[两三]\s?(?:家|者|天|日|周|个?月|季|项|档|市|部分)"
    r"|\b(?:together|combined|in total|total(?:s|ed|led|ing)?|add(?:s|ed|ing)? up|between them|altogether|jointly|sum|(?:over|across|in) (?:the )?(?:two|three|both) \w{1,12}|(?:two|three)-(?:day|week|month|quarter))\b",
    re.IGNORECASE,
)
_MIDDLE = re.compile(r"\b(?:midpoint|mid-point|middle of)\b|中[间位]?[值数点]", re.IGNORECASE)


def is_sum(text: str, said: Figure, supplied: Supplied, told: frozenset[int], room: Room) -> bool:
    """Whether it is told as what two or three facts add up to, all of which the text names or tells, or as the middle of a range."""
    number = said.quantity
    start, end = max(said.sentence, number.start - REACH), number.end + REACH
    if _MIDDLE.search(text, start, number.start):
        return any(is_value(number, middle, room) for one, middle in _middles(supplied) if in_its_money(said, one, supplied))
    if number.derived or number.kind not in ("money", "count", "plain") or not _SUM.search(text, start, end):
        return False
    named = named_facts(said, supplied, told)
    lines = {(fact.line, fact.unit) for fact in named}
    parts = [
        fact
        for fact in supplied.figures
        if (fact in named or ((fact.line, fact.unit) in lines and not has_a_name(fact, supplied)))
        if not (fact.change or fact.standing.expected or fact.role == "from")
        and agrees(said, fact)
        and in_its_money(said, fact, supplied)
    ][:MOST_SUMMED]
    return any(
        is_value(number, sum((fact.quantity.value for fact in some), Decimal(0)), room)
        for many in range(2, MOST_PARTS + 1)
        for some in combinations(parts, many)
        if all(one.unit == two.unit and are_kin(one, two) and agrees(one, two) for one, two in pairwise(some))
    )


def _middles(supplied: Supplied) -> Iterator[tuple[Figure, Decimal]]:
    for one, two in pairwise(supplied.figures):
        if one.line == two.line and one.unit == two.unit and one.quantity.value < two.quantity.value:
            yield one, (one.quantity.value + two.quantity.value) / 2


def is_rest(said: Figure, supplied: Supplied, room: Room) -> bool:
    """Whether it is told for the months that a longer and a shorter stretch of two facts leave: the first quarter, of the half and the second."""
    mine = _months(said.periods)
    if mine is None or said.change or said.quantity.kind == "percent":
        return False
    spans = [
        (fact, span)
        for fact in supplied.figures
        if not fact.change
        and (span := _months(fact.periods)) is not None
        and agrees(said, fact)
        and are_kin(said, fact)
        and in_its_money(said, fact, supplied)
    ]
    return any(
        is_value(said.quantity, whole.quantity.value - way * part.quantity.value, room)
        for whole, long in spans
        for part, short in spans
        if whole.unit == part.unit and are_kin(whole, part)
        for way in (1, -1)
        if _left(long, short, way) == mine
    )


def is_rest_of(mine: frozenset[int], stretches: Sequence[frozenset[int]]) -> bool:
    """Whether months are what two of some stretches leave, or are together."""
    return any(_left(long, short, way) == mine for long in stretches for short in stretches for way in (1, -1))


def _left(long: frozenset[int], short: frozenset[int], way: int) -> frozenset[int] | None:
    if way > 0:
        return long - short if short < long else None
    return long | short if not long & short else None


def _months(periods: frozenset[tuple[str, int]]) -> frozenset[int] | None:
    found = dict(periods)
    if "year" in found and not (found.keys() & {"month", "quarter"}):
        return months_of(0, FULL_YEAR)
    return months_of(found.get("month", 0), found.get("quarter", 0))
