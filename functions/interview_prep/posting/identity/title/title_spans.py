"""A job's title inside a sentence, whatever the sentence: the words that read most like one, and what the words around them tell of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from functions.interview_prep.posting.identity.title.title_lexicon import WORD, weight_of, words_of, words_score
from functions.interview_prep.posting.identity.weighed import word_weights

CONTEXTS = Path(__file__).with_name("contexts.txt")
MOST_TEXT, _MOST_WORDS = 6_000, 7
_LEAST, _LEAST_OF_LAST = 2.0, 0.5
"""Scores: of a span; of a word that may end one."""
_GAP = re.compile(r"[ \t]+(?:[&/+–-][ \t]+)?|[/-]|\.[ \t]+")
_SENTENCE = re.compile(r"[\n.!?:;•·|*]")


@dataclass(frozen=True)
class Span:
    """Words of a text that read like a title, the marks of what stands around them."""

    text: str
    words: tuple[str, ...]
    marks: tuple[str, ...]


@lru_cache(maxsize=8)
def titles_within(text: str) -> tuple[tuple[str, float], ...]:
    """The spans that may be this job's title, each with the probability that those around it are such as stand around one."""
    known = word_weights(CONTEXTS)
    scores = ((span.text, known.get("any", 0.0) + sum(known.get(mark, 0.0) for mark in span.marks)) for span in spans_in(text))
    return tuple((title, 1.0 / (1.0 + math.exp(-score))) for title, score in scores)


def spans_in(text: str) -> Iterator[Span]:
    """The best span that ends at each word which may end one, none within another."""
    text = text[:MOST_TEXT]
    found = [(match.start(), match.end(), words_of(match[0])[0]) for match in WORD.finditer(text)]
    begins = _begins(text, found)
    taken = len(found)
    for last in range(len(found) - 1, -1, -1):
        if last >= taken or _ends_like_one(found[last][2]) < _LEAST_OF_LAST:
            continue
        scored = [
            (words_score(tuple(word for _, _, word in found[first : last + 1])), first)
            for first in range(max(begins[last], last - _MOST_WORDS + 1), last + 1)
        ]
        score, first = max(scored)
        if score >= _LEAST:
            taken = first
            yield Span(
                text[found[first][0] : found[last][1]],
                tuple(word for _, _, word in found[first : last + 1]),
                tuple(_around(text, found, first, last)),
            )


@lru_cache(maxsize=4096)
def _ends_like_one(word: str) -> float:
    return words_score((word,)) - weight_of("=1")


def _begins(text: str, found: Sequence[tuple[int, int, str]]) -> list[int]:
    """For each word the first of those that nothing but blanks and joining marks parts from it."""
    begins: list[int] = []
    for at, (start, _, _) in enumerate(found):
        before = found[at - 1] if at else None
        gap = text[before[1] : start] if before else ""
        joined = before is not None and _GAP.fullmatch(gap) and ("." not in gap or len(before[2]) <= 2)  # noqa: PLR2004 - `Sr. Engineer`
        begins.append(begins[-1] if joined else at)
    return begins


def _around(text: str, found: Sequence[tuple[int, int, str]], first: int, last: int) -> Iterator[str]:
    """The words before and behind, as far as the sentence goes, and how the span is written."""
    before = [word for start, end, word in found[max(0, first - 3) : first] if not _SENTENCE.search(text[end : found[first][0]])]
    for count in (1, 2, 3):
        if len(before) >= count:
            yield " ".join(before[-count:]) + " <"
    if not before:
        yield "begins"
    behind = [word for start, _, word in found[last + 1 : last + 3] if not _SENTENCE.search(text[found[last][1] : start])]
    for count in (1, 2):
        if len(behind) >= count:
            yield "> " + " ".join(behind[:count])
    if not behind:
        yield "ends"
    sign = text[found[last][1] : found[last][1] + 1].strip()
    if sign:
        yield f"> {sign}"
    letters = text[found[first][0] : found[last][1]]
    yield "large" if letters[:1].isupper() else "small"
    yield f"words {min(last - first + 1, 4)}"
    if found[last][2].endswith("s"):
        yield "many"
