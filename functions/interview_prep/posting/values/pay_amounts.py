"""Amounts as people write them, by the look of their separators: `80,000.00`, `55.000`, `1,50,000`, `110'000`, `65 thousand`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from functions.interview_prep.posting.clean_text import line, squash
from functions.interview_prep.posting.values.pay_words import CURRENCY, SCALES

_UNITS = {
    "ann": "year", "yea": "year", "yr": "year", "mon": "month", "wee": "week", "day": "day", "dai": "day", "hou": "hour", "hr": "hour",
}  # fmt: skip
_DIGITS = r"\d{1,2}(?:,\d{2}){1,3},\d{3}(?!\d)|\d{1,3}(?:[ \u00a0\u202f.,'’٬]\d{3}){1,3}(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,4})?(?!\d)"
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = rf"(?i:\b(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|\b(?:{'|'.join(_TEENS)}))(?!\w)"
MONEY = re.compile(
    rf"(?<![A-Za-zÀ-ž0-9_$€£.,])(?P<before>{CURRENCY}(?:[ \u00a0]?\$)?)?[ \u00a0]?(?P<number>{_DIGITS}|{_WORDS})(?P<scale>{SCALES})?(?:,[-–]{{1,2}}|\.[-–]{{1,2}})?(?P<after>[ \u00a0]?{CURRENCY})?"
)
"""A number with what may make it money."""
_GROUP = 3
"""Digits between two marks of thousands."""
_LAKHS = frozenset({"lakh", "lakhs", "lac", "lacs", "lpa"})
_TIMES = {"万": 10_000, "萬": 10_000, "만": 10_000, "百万": 1_000_000, "triệu": 1_000_000}


def money(currency: Any, amounts: Iterable[float], unit: Any) -> str:
    """`USD 120,000-150,000 per year`; empty without a positive amount."""
    known = sorted({float(amount) for amount in amounts if amount > 0})
    if not known:
        return ""
    figures = "-".join(f"{amount:,.0f}" if amount.is_integer() else f"{amount:,.2f}" for amount in (known[0], *known[1:][-1:]))
    word = squash(line(unit, 40)).removeprefix("per").removeprefix("1")
    period = next((name for start, name in _UNITS.items() if word.startswith(start)), "")
    return " ".join(part for part in (line(currency, 5), figures, f"per {period}" if period else "") if part)


def amount_of(value: Any) -> float:
    """A number as people write it; 0 if it is none.

    The last of two kinds of separators is the decimal one; a single kind is one for thousands where three digits follow it.
    """
    if isinstance(value, bool):
        return 0.0
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e15 else 0.0  # noqa: PLR2004 - larger is a mistake; NaN compares false
    found = MONEY.search(f" {value[:60]}") if isinstance(value, str) else None
    return worth(found) if found else 0.0


def amounts_in(value: Any) -> list[float]:
    """All the amounts of a text such as `80,000 - 95,000`."""
    if not isinstance(value, str):
        return [amount] if (amount := amount_of(value)) else []
    return [worth(found) for found in MONEY.finditer(value[:200])]


def worth(found: re.Match[str]) -> float:
    """The amount that a match of `MONEY` stands for."""
    scale = (found["scale"] or "").strip().casefold()
    times = 1 if not scale else 1_000
    if scale in _LAKHS:
        times = 100_000
    elif scale.startswith("crore"):
        times = 10_000_000
    return _number(found["number"]) * _TIMES.get(scale, times)


def _number(digits: str) -> float:
    if digits[0].isalpha():
        tens, _, ones = digits.casefold().replace("-", " ").partition(" ")
        if tens in _TEENS:
            return 10.0 + _TEENS.index(tens)
        return 20.0 + 10 * _TENS.index(tens) + (1 + _ONES.index(ones) if ones else 0)
    digits = re.sub(r"[\s\u00a0\u202f'’٬]", "", digits)
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return float(digits)
    last = digits.rfind(marks[-1])
    decimals = len(digits) - last - 1
    one_kind = len(set(marks)) == 1
    thousands = one_kind and (len(marks) > 1 or (decimals == _GROUP and not digits.startswith("0")))
    whole = re.sub(r"[.,]", "", digits if thousands else digits[:last])
    return float(whole if thousands else f"{whole or 0}.{digits[last + 1 :]}")
