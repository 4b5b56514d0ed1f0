"""Whether one value may be written for another: the same, a fair rounding of it, or as far off as the word beside it admits."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from shared.numbers.numeral_parser import HAN, numeral
from shared.numbers.quantity_parser import Quantity

_FLOATING = 15  # digits of a number that is one
ROUNDED_DIGITS, ROUNDED, ROUNDED_SCALE, ABOUT, BOUND = 3, Decimal("0.01"), Decimal("0.03"), Decimal("0.03"), Decimal("0.05")
ROUNDED_ONE, ROUGHLY = Decimal("0.04"), Decimal("0.08")
MORE_THAN_TWICE = Decimal("0.45")
"""How much more than doubled may be."""
NEARLY, QUARTER_TENTH, HALF_TENTH = Decimal("0.25"), Decimal("2.5"), Decimal(5)
ROUNDED_PERCENT, MOST_ABOVE = Decimal("0.08"), Decimal("0.3")
"""A figure may be rounded to three digits or cut off there, or by 1%, with a scale (1.2兆) by 3% and one digit (5億) by 4%, a percentage to a whole one by 8% of it (7.4% to 7%,
not 1.6% to 2%); after "about" it may be 3% off, a whole percentage by a quarter of one; "more than 60" may stand for up to 5% more than 60, "over 2%" for less than 3%, 三成多 for all
up to 40%."""
_ABOUT = re.compile(
    r"(?:(?P<least>over|above|more than|at least|north of|upwards of|逾|超过|超出|(?<![买卖])超|多于|高于|突破|破)|(?P<most>under|below|less than|not quite|不到|不足|低于|少于)"
    r"|(?P<nearly>nearly|almost|close to|将近|近|接近|快要|快|逼近|直逼|几乎)"
    r"|about|around|roughly|approximately|some|just|~|≈|circa|约|大约|大概|差不多|成(?=\s?\d))\s?(?:(?:HK|US|NT)?\$)?$",
    re.IGNORECASE | re.ASCII,
)
_ABOUT_AFTER = re.compile(
    r"\s?(?:(?P<least>[多几余]|有余|以上|还?不止|\+|plus\b)|左右|上下|or so|ish|出头)", re.IGNORECASE | re.ASCII
)

_SO_MANY = re.compile(rf"(?P<lead>[{HAN}\d,.]{{1,24}}?)[多余几]", re.ASCII)

_MANY_AFTER = re.compile(r"[多余几](?!数|少|半|次|年|日|月)", re.ASCII)
_TENTHS = re.compile(r"成(?P<more>[一二三四五六七八九\d])?$", re.ASCII)

Room = tuple[Decimal, Decimal]
"""By how much of a figure the fact may be lower and higher."""
NONE: Room = (Decimal(0), Decimal(0))


def room_of(text: str, number: Quantity) -> Room:  # noqa: PLR0911
    """What the word beside a number of a folded text admits: none beside "exactly" or nothing, some beside "about" or 逾."""
    about = _ABOUT.search(text[max(0, number.start - 20) : number.start]) or _ABOUT_AFTER.match(text, number.end)
    if number.derived:
        return _in_words(about, number)
    if (many := _SO_MANY.search(number.text) or _MANY_AFTER.match(text, number.end)) is not None:
        lead = numeral(many["lead"]) if many.re is _SO_MANY else numeral(number.text)
        return Decimal(0), _up_to_the_next(lead.value) if lead and lead.value else BOUND
    if about is None:
        return _tenths_room(number)
    said = about.groupdict()
    if said.get("least"):
        return Decimal(0), _above(number)
    if said.get("most"):
        return _above(number) if _is_one_digit(number) else BOUND, Decimal(0)
    tenths = number.text.endswith("成") and number.value
    room = ROUGHLY if number.digits == 1 and number.scale else ABOUT
    if said.get("nearly"):
        return (HALF_TENTH / number.value if tenths else room), Decimal(0)
    return (QUARTER_TENTH / number.value, QUARTER_TENTH / number.value) if tenths else (room, room)


def _up_to_the_next(lead: Decimal) -> Decimal:
    """The share by which what is 多 may be more: 20多 is less than 30, 一百多 than 200, 六萬多 than 七萬."""
    last = lead.normalize().as_tuple()
    return Decimal(1).scaleb(int(last.exponent)) / lead


def _tenths_room(number: Quantity) -> Room:
    """What tenths admit: 三成六 is less than 37%, 八成 is 79 to 82%."""
    found = _TENTHS.search(number.text)
    if found is None or not number.value:
        return NONE
    return (Decimal(0), 1 / number.value) if found["more"] else (1 / number.value, QUARTER_TENTH / number.value)


def _in_words(about: re.Match[str] | None, number: Quantity) -> Room:
    """How far off a fraction in words may be: a third is 31 to 35%, nearly a third from 30% on, over a third up to 38%."""
    if about is None:
        return BOUND, BOUND
    said = about.groupdict()
    if said.get("least"):
        return Decimal(0), MORE_THAN_TWICE if number.kind == "times" and number.value > 1 else 3 * BOUND
    return (3 * BOUND, Decimal(0)) if said.get("most") else (2 * BOUND, 2 * BOUND)


def _above(number: Quantity) -> Decimal:
    """How much more a figure after "more than" may stand for: 三成多 is less than 四成, over 2% less than 3%."""
    if "成" in number.text[-1:] and number.value:
        return Decimal(10) / number.value
    whole = number.kind in ("percent", "times") and not number.decimals and number.value
    if _is_one_digit(number):
        return max(BOUND, min(MOST_ABOVE, _up_to_the_next(number.value)))  # over 5 billion is less than 6
    return max(BOUND, min(MOST_ABOVE, 1 / number.value)) if whole else BOUND


def stands_for(said: Quantity, value: Decimal, room: Room) -> bool:  # noqa: PLR0911
    """Whether the figure may be written for that value; its unit is for others to look at."""
    if said.value == value:
        return True
    if not value or not said.value or abs(said.value.adjusted() - value.adjusted()) > 1 or said.digits > _FLOATING:
        return False
    one_sided = (value < said.value and room[1] and not room[0]) or (value > said.value and room[0] and not room[1])
    if one_sided and abs(said.value - value) > ROUNDED * value:
        return False  # more than 60 is not said of 58
    rounder = said.derived or _digits(said.value) < _digits(value)  # about 15.1% is no 15.5%
    if rounder and said.value * (1 - room[0]) <= value <= said.value * (1 + room[1]):
        return True
    error = abs(said.value - value) / value
    nearly = room[0] == ABOUT and said.kind == "percent" and abs(said.value - value) <= NEARLY
    whole = said.kind in ("percent", "points") and not said.decimals
    if whole and (nearly or round(value) == said.value):
        return nearly or error <= ROUNDED_PERCENT
    place = Decimal(1).scaleb(value.adjusted() - said.digits + 1)
    if said.digits >= ROUNDED_DIGITS:
        return said.value in (value.quantize(place), value.quantize(place, ROUND_DOWN))
    return value.quantize(place) == said.value and error <= (
        (ROUNDED_SCALE if said.digits > 1 else ROUNDED_ONE) if said.scale else ROUNDED
    )


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _is_one_digit(number: Quantity) -> bool:
    """Whether it is written as one digit before a scale: 5 billion."""
    return bool(number.scale) and 1 <= number.value.scaleb(-number.scale) < 10 and number.digits == 1  # noqa: PLR2004


def is_value(number: Quantity, value: Decimal, room: Room) -> bool:
    """Whether a figure may be written for a computed value, whatever its sign; rounded to the decimals that it has."""
    places = int(number.value.as_tuple().exponent)
    if number.decimals and not number.scale and places < 0 and value.quantize(Decimal(1).scaleb(places)) == number.value:
        return True
    return bool(value) and stands_for(replace(number, sign=0), value, room)
