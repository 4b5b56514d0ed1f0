"""How people type: most of them well, some in lower case, some in a hurry."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_SLIPS = {
    "received": "recieved",
    "definitely": "definately",
    "because": "becuase",
    "the interviewer": "the interveiwer",
    "questions": "qustions",
    "minutes": "mins",
    "I have": "I've",
    "did not": "didnt",
    "without": "w/o",
    "experience": "experiance",
    "expected": "expcted",
    "really": "realy",
    "their": "thier",
}
_SHORT = {"years": "yrs", "with": "w/", "people": "ppl", "about": "abt"}


def spoken(text: str, rng: Random) -> str:
    """`text` in somebody's way of typing. Questions that were asked stay as they are."""
    way = rng.choices(("careful", "lower", "slips", "phone"), (62, 14, 16, 8))[0]
    if way == "careful":
        return text
    if way == "lower":
        return _outside_quotes(text, str.lower)
    words = _SLIPS if way == "slips" else _SHORT
    typed = _outside_quotes(text, lambda part: _replaced(part, words, rng))
    return typed if way == "slips" else f"{typed}\n\nSent from my phone, sorry for the typos"


def _outside_quotes(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if part.startswith('"') else change(part) for part in re.split(r'("[^"]*")', text))


def _replaced(text: str, words: dict[str, str], rng: Random) -> str:
    for word in rng.sample(sorted(words), len(words) // 2):
        text = re.sub(rf"\b{word}\b", words[word], text, count=1)
    return text
