"""Numbers spelled in English: twenty-five, one hundred and two, two point five, a dozen, half a."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_WORDS: dict[str, int] = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
_SMALL = "|".join(sorted(_WORDS, key=len, reverse=True))
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_NUMBER = re.compile(
    rf"(?<![A-Za-z])(?:half a(?= (?:{'|'.join(_SCALES)}|percentage point|percent|point))|a dozen|(?:{_SMALL}|(?:a|one)(?= hundred\b))(?:(?:[ -]|,? and )(?:{_SMALL}|hundred|thousand)(?![A-Za-z])){{0,8}}"
    rf"(?: point(?: (?:{'|'.join(_ONES[:10])})){{1,4}}| and a half(?= (?:{'|'.join(_SCALES)}|percent|times)))?)(?![A-Za-z])",
    re.IGNORECASE,
)


def spelled(text: str) -> Iterator[tuple[int, int, Decimal, int]]:
    """Start, end, value and significant digits of every spelled number; scales from a million on are not part of it."""
    for match in _NUMBER.finditer(text):
        words = match[0].lower()
        if (value := _value(words)) is not None:
            yield match.start(), match.end(), value, len(value.normalize().as_tuple().digits)


def _value(words: str) -> Decimal | None:
    if words == "half a":
        return Decimal("0.5")
    if words == "a dozen":
        return Decimal(12)
    words, half, _ = words.partition(" and a half")
    whole, _, decimals = words.partition(" point ")
    total = current = 0
    for word in re.split(r"[ -]|,", whole):
        if word in ("", "and", "a"):
            current = current or (1 if word == "a" else 0)
        elif word == "hundred":
            current = (current or 1) * 100
        elif word == "thousand":
            total, current = total + (current or 1) * 1000, 0
        else:
            number = _WORDS[word]
            if current % 100 and not (current % 10 == 0 and number < 10 and current % 100 >= 20):  # noqa: PLR2004
                return None  # twenty thirty: two numbers, and nobody knows which is meant
            current += number
    spoken = "".join(str(_WORDS[word]) for word in decimals.split())
    return Decimal(f"{total + current}.{spoken or (5 if half else 0)}")
