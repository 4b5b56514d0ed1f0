"""Chunks into packs by a budget of tokens; what is worth most first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
MOST_CHUNKS = 20
"""Chunks in a pack, however short: an answer about more of them leaves more out."""


def packed(items: Sequence[T], tokens: Sequence[int], budget: int, most: int = MOST_CHUNKS) -> list[list[T]]:
    """The items in order, in packs of at most `budget` tokens and `most` items; one that is larger alone has a pack of its own.

    Packs are evened out: the last is not a crumb.
    """
    if not items:
        return []
    packs = _cut(items, tokens, budget, most)
    even = max(max(tokens, default=1), -(-sum(tokens) // len(packs)))
    evened = _cut(items, tokens, min(budget, even + even // 8), most)
    return evened if len(evened) == len(packs) else packs


def _cut(items: Sequence[T], tokens: Sequence[int], budget: int, most: int) -> list[list[T]]:
    packs: list[list[T]] = [[]]
    held = 0
    for item, weight in zip(items, tokens, strict=True):
        if packs[-1] and (held + weight > budget or len(packs[-1]) == most):
            packs.append([])
            held = 0
        packs[-1].append(item)
        held += weight
    return packs
