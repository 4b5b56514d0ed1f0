"""Parses lengths of time as people write them: minutes of a round, days of a process."""

from __future__ import annotations

import re

FEWEST_MINUTES, MOST_MINUTES = 10, 480
"""Minutes that a round may take: less is a delay, more a take-home task."""
_NUMBERS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0,
    "nine": 9.0, "ten": 10.0, "twelve": 12.0, "couple": 2.0,
}  # fmt: skip
_NUMBER = r"(?:\d{1,3}(?:\.\d)?|a couple of|couple of|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_RANGE = rf"(?P<low>(?:\b|(?<=[\u3040-\u9fff])){_NUMBER})(?:\s?(?:-|–|to|or)\s?(?P<high>{_NUMBER}))?"
_MINUTES = re.compile(
    rf"(?P<half>\bhalf an hour\b|\bhalf[- ]hour\b)|{_RANGE}[\s-]?(?P<unit>(?:min(?:ut(?:e[ns]?|os?|y|a|ách|ami)?|s)?|hours?|hrs?|h|stunden?|heures?|horas?|hodin[ayu]?|godzin[ay]?|λεπτά|ώρ(?:α|ες))\b|分钟|小時|小时|دقيقة|ساعة)(?P<more> and a half)?",
    re.IGNORECASE,
)
_MINUTE_WORDS = ("m", "λ", "分", "د")
_NOT_A_LENGTH = re.compile(
    r"\s(?:late|early|behind|ago|later|before|after|apart|away|a day|a week|per|of preparation|of prep|to prepare|preparation|beforehand)\b",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"\b(?:by|every|lags?|last|first|remaining|another|in under|only|spent|spend|waited|wait|cut|joined)\s$", re.IGNORECASE
)
_DAYS = re.compile(rf"{_RANGE}[\s-]?(?:business |working |full |calendar )?(?P<unit>days?|weeks?|months?)\b", re.IGNORECASE)
_UNIT_DAYS = {"d": 1.0, "w": 7.0, "m": 30.0}
DAYS_PATTERN = (
    rf"\b{_NUMBER}(?:\s?(?:-|–|to|or)\s?{_NUMBER})?[\s-]?(?:business |working |full |calendar )?(?:days?|weeks?|months?)\b"
)
"""A length in days, weeks or months, without named groups, for patterns that say what it is of."""


def minutes_in(text: str) -> tuple[int, int] | None:
    """The first length of a round that a text gives, as the least and the most minutes; None if it gives none."""
    for found in _MINUTES.finditer(text):
        if _NOT_A_LENGTH.match(text, found.end()) or _NOT_BEFORE.search(text, 0, found.start()):
            continue
        low, high = _minutes_of(found)
        if FEWEST_MINUTES <= low <= high <= MOST_MINUTES:
            return round(low), round(high)
    return None


def _minutes_of(found: re.Match[str]) -> tuple[float, float]:
    if found["half"]:
        return 30, 30
    scale = 1 if found["unit"].lower().startswith(_MINUTE_WORDS) else 60
    extra = 30 if found["more"] and scale > 1 else 0
    low, high = _bounds(found)
    return low * scale + extra, high * scale + extra


def days_in(text: str) -> tuple[int, int] | None:
    """The first length in days, weeks or months, as the least and the most days; None if there is none."""
    found = _DAYS.search(text)
    if found is None:
        return None
    scale = _UNIT_DAYS[found["unit"][0].lower()]
    low, high = _bounds(found)
    return round(low * scale), round(high * scale)


def _bounds(found: re.Match[str]) -> tuple[float, float]:
    low = _number(found["low"])
    return low, max(low, _number(found["high"])) if found["high"] else low


def _number(text: str) -> float:
    words = text.lower().split()
    return float(text) if text[0].isdigit() else _NUMBERS[words[1] if len(words) > 2 else words[0]]  # noqa: PLR2004 - "a couple of"


def spread(bounds: list[tuple[int, int]], unit: str) -> str:
    """Several lengths in one: `45-60 min`, `21 days`."""
    low, high = min(low for low, _ in bounds), max(high for _, high in bounds)
    return f"{low} {unit}" if low == high else f"{low}-{high} {unit}"
