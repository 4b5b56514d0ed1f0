"""What stands beside a place of a text, and how much of it stands beside a place of a fact: near copies with one thing changed are found by that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

REACH, LONGEST = 8, 64
"""Words, and characters, on each side that are compared."""
_ONE_SIDE, _EACH_SIDE = 3.0, 1.5
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


@dataclass(frozen=True, slots=True)
class Context:
    """The words `left` and `right` of a place, the nearest first; Chinese characters one by one."""

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Context:
        """Of the piece from `start` to `end` of a folded text."""
        left = _WORD.findall(text[max(0, start - LONGEST) : start].lower())[-REACH:]
        return cls(tuple(reversed(left)), tuple(_WORD.findall(text[end : end + LONGEST].lower())[:REACH]))


def alike(one: Context, other: Context) -> float:
    """How many words stand beside both; nothing if that is on one side only, and short."""
    left, right = _run(one.left, other.left), _run(one.right, other.right)
    return left + right if (left and right) or max(left, right) >= _ONE_SIDE else 0.0


def alike_on_both_sides(one: Context, other: Context) -> float:
    """How many words stand beside both; nothing unless some do on each side."""
    left, right = _run(one.left, other.left), _run(one.right, other.right)
    return left + right if min(left, right) >= _EACH_SIDE else 0.0


def stands_elsewhere(mine: Context, places: Iterable[tuple[bool, Context]], least: float, margin: float) -> bool:
    """Whether it stands among the words of a place that is not its own: `least` on both sides, and by `margin` more than beside its own.

    `places`: of facts, each with whether it is the text's own.
    """
    best = {True: 0.0, False: 0.0}
    for own, place in places:
        best[own] = max(best[own], alike_on_both_sides(mine, place))
    return best[False] >= least and best[False] > best[True] + margin


def _run(one: Sequence[str], other: Sequence[str]) -> float:
    total = 0.0
    for word, same in zip_longest(one, other):
        if word != same or word is None:
            break
        total += 0.3 if word in _LITTLE else 1.0 if word.isascii() else 0.5
    return total
