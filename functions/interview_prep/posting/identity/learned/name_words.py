"""How names are made: the words, ends and capitals of employers' names, against those of headings, tools, places and jobs.

`names.txt` has the weights, fitted on the employers of many postings and on what else their lines and sentences write in
capitals (tests/support/fitting/words/fit_learned_words.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from functions.interview_prep.posting.identity.weighed import word_weights

NAMES = Path(__file__).with_name("names.txt")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_HUMP = re.compile(r"[a-z][A-Z]")
_LONG, _MOST = 4, 5
"""Letters of a word whose end is no word of its own; words that are counted."""
ALWAYS = "="


def signs(name: str) -> Iterator[str]:
    """What a name is made of: its words (`^` the first, `$` the last), their ends (`~`), how many they are (`#`), and their capitals."""
    words = _WORD.findall(name)
    small = [word.casefold() for word in words]
    yield from dict.fromkeys(small)
    if not small:
        return
    yield f"^{small[0]}"
    yield f"{small[-1]}$"
    yield f"#{min(len(words), _MOST)}"
    yield from dict.fromkeys(f"~{word[-count:]}" for word in small if len(word) > _LONG for count in (3, 4))
    if any(word.isupper() and len(word) > 1 for word in words):
        yield "AA"
    if any(_HUMP.search(word) for word in words):
        yield "aA"
    if any(word[0].islower() for word in words):
        yield "aa"
    if "&" in name:
        yield "&"


def made_like_a_name(name: str) -> float:
    """The log odds that a name is an employer's by what it is made of."""
    known = word_weights(NAMES)
    return known[ALWAYS] + sum(known.get(one, 0.0) for one in signs(name))
