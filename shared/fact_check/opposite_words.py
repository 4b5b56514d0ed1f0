"""Words of direction that stand where a fact has their opposite, among the same words: weak demand for strong demand, whatever figure is near."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from shared.fact_check.vocabulary.direction_words import Pole, poles

REACH, LONGEST = 8, 64
"""Words, and characters, on each side of a direction word that are compared."""
LEAST, MARGIN = 2.0, 0.5
"""How much has to be the same on both sides, and how much more than around a word that goes the same way."""
_ONE_SIDE = 3.0
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+|[\u4e00-\u9fff]")
_LITTLE = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "by",
        "at",
        "for",
        "and",
        "or",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "its",
        "it",
        "that",
        "this",
        "with",
        "from",
        "as",
        "we",
        "our",
        "has",
        "had",
        "have",
    ]
)
_AS_ONE = {"extent": "change", "trend": "change"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A direction word of a fact, and the words `left` and `right` of it, the nearest first."""

    axis: str
    sign: int
    left: tuple[str, ...]
    right: tuple[str, ...]


def placed(text: str) -> Iterator[tuple[Pole, Placed]]:
    """The direction words of a folded text, each with what stands beside it."""
    for pole in poles(text):
        left = _WORD.findall(text[max(0, pole.start - LONGEST) : pole.start].lower())[-REACH:]
        if text[pole.start : pole.end].lower() == "earnings":
            continue  # may be a loss
        right = _WORD.findall(text[pole.end : pole.end + LONGEST].lower())[:REACH]
        yield pole, Placed(_AS_ONE.get(pole.axis, pole.axis), pole.sign, tuple(reversed(left)), tuple(right))


def reversed_words(text: str, facts: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    """Start and end of every word of a folded text that goes against the fact that has the same words beside it."""
    for pole, said in placed(text):
        alike = [(_alike(said, fact), fact.sign) for fact in facts if fact.axis == said.axis]
        same = max((score for score, sign in alike if sign == said.sign), default=0.0)
        other = max((score for score, sign in alike if sign != said.sign), default=0.0)
        if other >= LEAST and other > same + MARGIN:
            yield pole.start, pole.end


def _alike(said: Placed, fact: Placed) -> float:
    """How many words stand beside both; nothing if that is on one side only, and short."""
    left, right = _run(said.left, fact.left), _run(said.right, fact.right)
    return left + right if (left and right) or max(left, right) >= _ONE_SIDE else 0.0


def _run(one: Sequence[str], other: Sequence[str]) -> float:
    total = 0.0
    for word, same in zip_longest(one, other):
        if word != same or word is None:
            break
        total += 0.3 if word in _LITTLE else 1.0 if word.isascii() else 0.5
    return total
