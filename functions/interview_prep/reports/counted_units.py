"""Whether a claim counts what its sentence counts otherwise: `90 minutes` where the sentence says `45 minutes`, however often the post says 90."""

from __future__ import annotations

import re
from collections.abc import Mapping

NUMBER_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10"}  # fmt: skip
_NUMBER = rf"(?:\d{{1,4}}|{'|'.join(NUMBER_WORDS)})"
_COUNTED = re.compile(
    rf"\b(?P<low>{_NUMBER})(?:\s?(?:-|–|to|or)\s?(?P<high>{_NUMBER}))?\+?[\s-](?:[\w-]{{1,20}}\s)?(?P<unit>min|hour|hr|day|week|month|round|interview|question|problem|stage|task)(?:ute)?s?\b",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[,;]\s(?=(?:and|but|so|while|whereas|then|though)\s)")
_WORD = re.compile(r"[a-z]{3,}")
_SPANS = frozenset({"day", "week", "month"})
"""Where a sentence gives one of them, a claim gives no other."""


def counts_otherwise(claim: str, sentence: str) -> bool:
    """Whether both count the same unit, or days in other spans, and no number of it is in both; of a sentence, its clause that speaks most of what the claim does."""
    words = set(_WORD.findall(claim.casefold()))
    clause = max(_CLAUSES.split(sentence), key=lambda part: len(words & set(_WORD.findall(part.casefold()))))
    said = _counted(clause)
    spans = said.keys() & _SPANS
    return any(
        not said[unit] & numbers if unit in said else unit in _SPANS and bool(spans) for unit, numbers in _counted(claim).items()
    )


def _counted(text: str) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in _COUNTED.finditer(text):
        numbers = {number.casefold() for number in (one["low"], one["high"]) if number}
        found.setdefault(one["unit"].casefold().replace("hr", "hour"), set()).update(
            NUMBER_WORDS.get(number, number) for number in numbers
        )
    return found
