"""The words around a name, weighed by what stands around employers' names in other postings: `at _ ,`, `join _ as`, `_ is a`.

`contexts.txt` has the weights, fitted on descriptions whose employer is known (tests/support/fitting/words/fit_learned_words.py):
the places where they name it, against all other words in capitals that may be a name.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

from functions.interview_prep.posting.identity.employer.company_sentences import MOST_TEXT, NAME, trim_name
from functions.interview_prep.posting.identity.weighed import word_weights

CONTEXTS = Path(__file__).with_name("contexts.txt")
_TOKEN = re.compile(r"['’]s\b|[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+|[^\w\s]|\n+")
_RUN = re.compile(rf"(?<![\w'’-])(?:The )?{NAME}")
_REACH, _WORDS = 48, 3
"""Characters looked at on each side; words of a context on one side."""
_MOST_MENTIONS, _MOST_NAMES = 30, 8
HERE, LINE = "_", "¶"
"""Where the name stands; the beginning and the end of a line."""
_SAYS_SO = -1.0
"""Log odds from which a mention speaks for a name: most names that a posting says are not its employer's."""
SPOKEN_OF = 1.0
"""Sum of what speaks for it from which a name becomes a candidate."""


def contexts(text: str, start: int, end: int) -> Iterator[str]:
    """The contexts of the name at that place, the shorter ones first; none where it is a line of its own, which is told elsewhere."""
    before = _words(text[max(0, start - _REACH) : start], cut=start > _REACH)[-_WORDS:]
    after = _words(text[end : end + _REACH])[:_WORDS]
    before = [LINE] if not before and start <= _REACH else before
    after = after or [LINE]
    if before[-1:] == [LINE] and after[:1] == [LINE]:
        return
    for count in range(1, len(before) + 1):
        yield " ".join([*before[-count:], HERE])
    for count in range(1, len(after) + 1):
        yield " ".join([HERE, *after[:count]])
    if before:
        yield f"{before[-1]} {HERE} {after[0]}"


def _words(text: str, *, cut: bool = False) -> list[str]:
    found = [_folded(word) for word in _TOKEN.findall(text)]
    return found[1:] if cut else found


def _folded(word: str) -> str:
    if word[0] == "\n":
        return LINE
    return "0" if word[0].isdigit() else word.casefold().replace("’", "'")


def log_odds(text: str, start: int, end: int) -> float | None:
    """How likely the name at that place is the employer's, by the words around it alone; nothing where it is a line of its own."""
    known = word_weights(CONTEXTS)
    around = list(contexts(text, start, end))
    return known[HERE] + sum(known.get(one, 0.0) for one in around) if around else None


def odds_of(names: Collection[str], text: str) -> list[float]:
    """The log odds of the first thirty mentions of one employer's spellings."""
    spelled = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)) if name)
    if not spelled:
        return []
    places = re.finditer(rf"(?<![\w@./-])(?:{spelled})(?![\w@])", text[:MOST_TEXT])
    odds = [log_odds(text, found.start(), found.end()) for found, _ in zip(places, range(_MOST_MENTIONS), strict=False)]
    return [one for one in odds if one is not None]


def told(odds: Collection[float]) -> float:
    """What all mentions together say for a name, zero where none does."""
    return math.log1p(sum(max(0.0, one - _SAYS_SO) for one in odds))


def capitals_in(text: str) -> Iterator[tuple[str, int]]:
    """Every run of words in capitals that may be a name, and where it begins."""
    for found in _RUN.finditer(text):
        name = trim_name(found[0])
        at = text.find(name, found.start()) if name and not name.islower() else -1
        if at >= 0:
            yield name, at


@lru_cache(maxsize=2)
def spoken_of(text: str) -> tuple[tuple[str, float], ...]:
    """The names that the words around them say most for, with what they say, the strongest first."""
    text, said = text[:MOST_TEXT], defaultdict[str, float](float)
    for name, at in capitals_in(text):
        if " and " not in name:  # `Wipro and Deloitte` are two
            said[name] += max(0.0, (log_odds(text, at, at + len(name)) or _SAYS_SO) - _SAYS_SO)
    return tuple(
        (name, math.log1p(one))
        for name, one in sorted(said.items(), key=lambda one: -one[1])[:_MOST_NAMES]
        if math.log1p(one) >= SPOKEN_OF
    )
