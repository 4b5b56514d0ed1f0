"""Whether a figure says what a fact says: the same kind and currency, the same value or a fair rounding of it."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from shared.numbers.quantities import Quantity

_FLOATING = 15  # digits of a number that is one
ROUNDED_DIGITS, ROUNDED, ABOUT, BOUND = 3, Decimal("0.01"), Decimal("0.03"), Decimal("0.05")
"""A figure may be rounded to three digits, or by 1%, a percentage to a whole one by 5% of it (12.3% to 12%, not 1.6% to 2%); after
"about" it may be 3% off; "more than 60" may stand for up to 5% more than 60, 三成多 for all up to 40%."""
_ABOUT = re.compile(
    r"(?:(?P<least>over|above|more than|at least|north of|逾|超過|超过|多於|高於|高于)|(?P<most>under|below|less than|not quite|不到|不足|低於|低于)"
    r"|about|around|roughly|nearly|almost|approximately|some|close to|just|~|≈|circa|約|约|近|大概)\s?(?:(?:HK|US|NT)?\$)?$",
    re.IGNORECASE | re.ASCII,
)
_ABOUT_AFTER = re.compile(r"\s?(?:(?P<least>[多幾几]|以上|\+)|左右|上下|or so|ish)", re.IGNORECASE | re.ASCII)

Room = tuple[Decimal, Decimal]
"""By how much of a figure the fact may be lower and higher."""


def room_of(text: str, number: Quantity) -> Room:
    """What the word beside a number admits: none beside "exactly" or nothing, some beside "about" or 逾."""
    about = _ABOUT.search(text[max(0, number.start - 20) : number.start]) or _ABOUT_AFTER.match(text, number.end)
    if about is None:
        return Decimal(0), Decimal(0)
    said = about.groupdict()
    if said.get("least"):
        return Decimal(0), Decimal(10) / number.value if number.text.endswith("成") and number.value else BOUND
    return (BOUND, Decimal(0)) if said.get("most") else (ABOUT, ABOUT)


def difference(said: Quantity, fact: Quantity, scales: Collection[int], room: Room) -> Decimal | None:
    """How far, as a share of it, a figure is from a fact that it may stand for; None if it cannot stand for it.

    A bare number among the facts may be a price or a share, and in any unit that its line names (`scales`: powers of ten).
    """
    if said.currency and fact.currency and said.currency != fact.currency:
        return None
    if {said.kind, fact.kind} in ({"percent", "money"}, {"percent", "times"}, {"money", "times"}):
        return None
    if said.kind == "percent" and fact.scale:
        return None
    values = [fact.value, *(fact.value * 10**scale for scale in scales if not fact.scale)]
    if said.kind == "percent" and fact.kind == "plain" and fact.value <= 1:
        values.append(fact.value * 100)
    return min((abs(said.value - value) / (value or 1) for value in values if _stands_for(said, value, room)), default=None)


def _stands_for(said: Quantity, value: Decimal, room: Room) -> bool:
    if said.value == value:
        return True
    if not value or abs(said.value.adjusted() - value.adjusted()) > 1 or said.digits > _FLOATING:
        return False
    if said.value * (1 - room[0]) <= value <= said.value * (1 + room[1]):
        return True
    error = abs(said.value - value) / value
    if said.kind == "percent" and round(value) == said.value:
        return error <= BOUND
    rounded = round(value, said.digits - 1 - value.adjusted())
    return rounded == said.value and (said.digits >= ROUNDED_DIGITS or error <= ROUNDED)
