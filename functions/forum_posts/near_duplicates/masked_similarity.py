"""Similarity of two texts with figures and names masked: shared n-grams, containment, longest common run."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from functions.forum_posts.near_duplicates.similarity import jaccard, normalised, shingles_of
from shared.numbers.quantity_parser import quantities
from shared.text.folding import folded
from shared.text.word_count import CJK

GATE = 0.48
"""From this similarity on a text is another one's copy: two texts that are let in stay below 0.5 with their names and figures, too.

Texts that people wrote apart from each other: English 0.07 on average, 0.14 at most for one stock and the same facts, 0.17 for 99 %
of spoken English; Chinese 0.03 and 0.11. Copies with 10 / 20 / 30 % of the words replaced: English 0.77 / 0.60 / 0.47, Chinese
0.73 / 0.55 / 0.40; with their sentences in another order 0.94 and 0.92. So nothing honest comes near 0.5.
Masking moves honest pairs by 0.02 on average.
"""
CJK_SHARED = 1.15
"""What shared n-grams of a Chinese text count for, by its share of Chinese: it is a copy from 0.42 on. A fifth of its words replaced leaves
fewer than half of its pairs of characters in 9 % of copies, a fifth of its characters 0.46 of them on average. Posts by one model about one
stock and the same facts come to 0.4.
"""
CONTAINED = 0.8
"""From this share of the shorter text's n-grams on, it stands inside the longer one."""
FEWEST = 40
"""Characters, a Chinese one counting as nearly three, below which containment says nothing: a greeting is in every text."""
RUN_SHARE, RUN_LATIN, RUN_CJK = 0.5, 120, 45
"""A run in common makes a copy if it is half of the shorter text and has so many characters: more than a fact quoted in both."""
_TICKER = re.compile(r"\$?\b[A-Z]{2,5}\b(?:\.[A-Z]{2})?|\b\d{4,6}\b")
_IS_CJK = re.compile(f"[{CJK}]")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are: 0..1 each."""

    shared: float
    contained: float
    run: int
    shorter: int
    cjk: float = 0.0
    """How much of the texts is Chinese or Japanese."""

    @property
    def alike(self) -> float:
        """One number for all: at `GATE` or above it is a copy."""
        copied = self.contained >= CONTAINED or (self.shorter and self.run >= max(RUN_LATIN, RUN_SHARE * self.shorter))
        return max(min(1.0, self.shared * cjk_weight(self.cjk)), GATE if copied else 0.0)


def masked(text: str, names: Collection[str] = ()) -> str:
    """The text with every figure as `0`, every ticker and given name as nothing, normalised."""
    plain = folded(text)
    chars = list(plain)
    for one in quantities(plain):
        chars[one.start : one.end] = ["0", *[""] * (one.end - one.start - 1)]
    bare = _TICKER.sub(" ", "".join(chars))
    for name in sorted((folded(name) for name in names if len(name) > 1), key=len, reverse=True):
        bare = re.sub(re.escape(name), " ", bare, flags=re.IGNORECASE)
    return normalised(bare)


def likeness(one: str, other: str) -> Likeness:
    """Of two masked texts. Exact; a run that is too short to make a copy is 0."""
    first, second = shingles_of(one), shingles_of(other)
    fewer = min(len(first), len(second))
    shorter = min(_weight(one), _weight(other))
    contained = len(first & second) / fewer if fewer and shorter >= FEWEST else 0.0
    run = longest_run(one, other, max(RUN_LATIN, RUN_SHARE * shorter))
    return Likeness(jaccard(first, second), contained, run, shorter, cjk_share(f"{one}{other}"))


def cjk_share(text: str) -> float:
    """How much of a text is Chinese or Japanese: 0..1."""
    return len(_IS_CJK.findall(text)) / len(text) if text else 0.0


def cjk_weight(share: float) -> float:
    """What shared n-grams count for in texts of which this share is Chinese."""
    return 1 + (CJK_SHARED - 1) * share


def longest_run(one: str, other: str, least: float = 1) -> int:
    """The length of the longest run of characters that both have, a Chinese one counting as nearly three: by halving. What is too short to weigh `least` is not looked for."""
    low, high = max(1, int(least / (RUN_LATIN / RUN_CJK if _IS_CJK.search(one) else 1))), min(len(one), len(other))
    found = _common(one, other, low)  # most texts have none that long, and no other length need be tried
    while found and low < high:
        middle = (low + high + 1) // 2
        if longer := _common(one, other, middle):
            found, low = longer, middle
        else:
            high = middle - 1
    return _weight(found)


def _common(one: str, other: str, size: int) -> str:
    """A run of so many characters that both have; empty: there is none."""
    runs = {one[at : at + size] for at in range(len(one) - size + 1)}
    return next((run for at in range(len(other) - size + 1) if (run := other[at : at + size]) in runs), "")


def _weight(text: str) -> int:
    cjk = len(_IS_CJK.findall(text))
    return round(len(text) - cjk + cjk * RUN_LATIN / RUN_CJK)
