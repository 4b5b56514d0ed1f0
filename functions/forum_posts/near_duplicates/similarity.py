"""How alike two texts are: the share of character n-grams that they have in common (Jaccard), exact; 4 of Latin, 2 of CJK."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from shared.post_rules.disclosure import opened
from shared.text.word_count import CJK, units

N, N_CJK = 4, 2
"""Characters of a gram: two Chinese characters say as much as four Latin letters. With 4-grams for both, a Chinese copy with every
fifth word replaced would be 0.38 alike where an English one is 0.61, and no one threshold would serve. Two texts are hardly ever
more alike by longer grams than by these, so what passes here passes by 4-grams."""
_RUNS = re.compile(f"(?P<cjk>[{CJK}]+)|[^{CJK}]+")
_SIGNS = re.compile(r"[\W_]+")
_SPACE_BY_CJK = re.compile(f"(?<=[{CJK}]) | (?=[{CJK}])")
_LINKS = re.compile(r"https?://\S+")


def normalised(text: str, disclaimer: str = "") -> str:
    """What of a text counts: no disclaimer or label, no links, signs, emoji or case; one space between words, none beside CJK.

    `disclaimer`: the persona's own, taken off too.
    """
    plain = _LINKS.sub(" ", unicodedata.normalize("NFKC", opened(text, disclaimer)).casefold())
    return _SPACE_BY_CJK.sub("", _SIGNS.sub(" ", plain).strip())


def shingles(text: str, disclaimer: str = "") -> frozenset[str]:
    """The normalised text's n-grams; a run shorter than one is one itself. None for a text without letters."""
    return shingles_of(normalised(text, disclaimer))


def shingles_of(plain: str) -> frozenset[str]:
    """Those of a text that is normalised."""
    found: set[str] = set()
    for run in _RUNS.finditer(plain):
        n = N_CJK if run["cjk"] else N
        found.update(run[0][at : at + n] for at in range(max(1, len(run[0]) - n + 1)))
    return frozenset(found)


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared n-grams by all of them, 0..1; 0 if either text has none."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def similarity(one: str, other: str) -> float:
    """How alike two texts are, 0..1: the Jaccard similarity of their character n-grams."""
    return jaccard(shingles(one), shingles(other))


def distinct(texts: Sequence[str], n: int) -> float:
    """distinct-n: different runs of `n` units (words; CJK characters) by all of them, 0..1 (Li et al. 2016). 0 without any."""
    runs: list[tuple[str, ...]] = []
    for text in texts:
        words = [unit.casefold() for unit in units(opened(text))]
        runs += [tuple(words[at : at + n]) for at in range(len(words) - n + 1)]
    return len(set(runs)) / len(runs) if runs else 0.0
