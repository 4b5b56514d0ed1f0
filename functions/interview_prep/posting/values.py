"""Values as sources write them, read one way: levels, dates, money."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from functions.interview_prep.forum.job_families import role_of
from functions.interview_prep.posting.clean_text import line, squash

# ---- level

_MANAGER = re.compile(
    r"^manager\b|\b(?:engineering|development|software|team|store|shop|branch|plant|restaurant|general|office|department|regional|district|"
    r"operations|support|qa|data science|design|research|sales) manager\b|\bmanager(?:,| of) |\bsupervisor\b|\bteamleit\w+",
    re.IGNORECASE,
)
_STATED_LEVEL = re.compile(
    r"\b(?:experience|seniority|career|job) level\b\W{0,5}(intern|entry|junior|mid|senior|staff|principal|lead|manager|director)"
    r"|\b(entry|junior|mid|senior)-level\b",
    re.IGNORECASE,
)
_OPENING = 3000  # characters in which a posting states its level


def level_of(title: str, description: str) -> str:
    """The level that the title states, else the one that the description's first lines label as such; empty if unknown."""
    level = role_of(title).level
    if level not in {"intern", "director"} and _MANAGER.search(title):
        return "manager"
    stated = _STATED_LEVEL.search(description[:_OPENING])
    if not level and stated is not None:
        level = (stated[1] or stated[2]).lower()
    return "junior" if level == "entry" else level


# ---- dates

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})")
_MILLISECONDS = 100_000_000_000  # a larger number of seconds would be after the year 5000


def iso_date(value: Any) -> str:
    """An ISO date from ISO text, `October 20, 2020`, `20 Oct 2020` or POSIX (milli)seconds; empty if it is none."""
    try:
        if isinstance(value, int | float) or (isinstance(value, str) and value.isdigit() and len(value) in {10, 13}):
            seconds = float(value)
            return datetime.fromtimestamp(seconds / 1000 if seconds > _MILLISECONDS else seconds, UTC).date().isoformat()
        text = line(value, 60)
        if iso := _ISO.search(text):
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        named = _NAMED.search(text)
        if named and (named[1] or named[3]) and named[2][:3].lower() in _MONTHS:
            return date(int(named[4]), _MONTHS.index(named[2][:3].lower()) + 1, int(named[1] or named[3])).isoformat()
    except (ValueError, OverflowError, OSError):
        pass
    return ""


# ---- money

_UNITS = {
    "ann": "year",
    "yea": "year",
    "yr": "year",
    "mon": "month",
    "wee": "week",
    "day": "day",
    "dai": "day",
    "hou": "hour",
    "hr": "hour",
}


def money(currency: Any, amounts: Iterable[float], unit: Any) -> str:
    """`USD 120,000-150,000 per year`; empty without a positive amount."""
    known = sorted({float(amount) for amount in amounts if amount > 0})
    if not known:
        return ""
    figures = "-".join(f"{amount:,.0f}" if amount.is_integer() else f"{amount:,.2f}" for amount in (known[0], *known[1:][-1:]))
    word = squash(line(unit, 40)).removeprefix("per").removeprefix("1")
    period = next((name for start, name in _UNITS.items() if word.startswith(start)), "")
    return " ".join(part for part in (line(currency, 5), figures, f"per {period}" if period else "") if part)


_CURRENCY = r"(?:[$€£]|(?:USD|EUR|GBP|CHF|CAD|AUD)(?=[\s\d$€£]))"
_AMOUNT = rf"{_CURRENCY}\s?\d[\d,.]{{0,12}}\s?[kK]?(?![\d,]*\s?(?:[mMbB]\b|[mb]illion|bn\b|\+))"
_PERIOD = r"\s*(?:per|an?|/|p\.)\s*(?:year|annum|yr|a\.|month|week|day|hour|hr)\b"
_PAY = re.compile(
    rf"(?<![\w$€£]){_AMOUNT}(?:(?P<range>\s*(?:-|–|—|to|and)\s*{_CURRENCY}?\s?\d[\d,.]{{0,12}}\s?[kK]?(?!\s?(?:[mMbB]\b|[mb]illion|bn\b)))(?:\s?(?:USD|EUR|GBP|CAD|AUD)\b)?)?(?P<period>{_PERIOD})?"
)
_LEAST_YEARLY = 4  # digits of a range that names no period


def pay_in(text: str) -> str:
    """The pay that a text states as a range or with its period, as written; empty if it states none.

    The first such figure: a posting that speaks of other money (funding, budgets, bonuses) does so without a period.
    """
    for found in _PAY.finditer(text):
        digits = sum(char.isdigit() for char in found[0])
        if found["period"] or (found["range"] and (digits >= 2 * _LEAST_YEARLY or "k" in found[0].lower())):
            return line(found[0].strip(" .,"), 100)
    return ""
