"""How much a text's words read like a job's title, in many languages: a log-linear score learnt from lists of titles and of other lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from functions.interview_prep.posting.identity.vocabulary import folded
from functions.interview_prep.posting.identity.weighed import word_weights

LEXICON = Path(__file__).with_name("lexicon.txt")
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\u0e00-\u0e7f"
"""Letters of scripts that put no blanks between words, or write what others put before a word behind it."""
WORD = re.compile(rf"[{_SIGNS}]+|(?:(?![{_SIGNS}])[^\W_])+(?:['’.+#&-](?:(?![{_SIGNS}])[^\W_])+)*[+#]{{0,2}}")
_IS_SIGNS = re.compile(f"[{_SIGNS}]")
_MOST_COUNTED = 9


def title_score(text: str) -> float:
    """Above zero the likelier a title the higher, below zero another line; a text without words scores nought."""
    return words_score(tuple(words_of(text)))


def words_of(text: str) -> list[str]:
    """The text's words, folded; a run of signs is one."""
    return WORD.findall(folded(text))


@lru_cache(maxsize=4096)
def words_score(words: tuple[str, ...]) -> float:
    """The score of these words as one text."""
    known = word_weights(LEXICON, "|")
    return sum(known.get(mark, 0.0) for mark in marks_of(words)) if words else 0.0


def weight_of(mark: str) -> float:
    """What one mark adds to a score."""
    return word_weights(LEXICON, "|").get(mark, 0.0)


def marks_of(words: Sequence[str]) -> Iterator[str]:
    """What is known of words: their number, each, `^` the first, `$` the last, the pairs, `~` endings, the parts of a run of signs."""
    yield f"={min(len(words), _MOST_COUNTED)}"
    for at, word in enumerate(words):
        first, last = at == 0, at == len(words) - 1
        if _IS_SIGNS.match(word):
            yield from (word[begin : begin + size] for size in (1, 2, 3) for begin in range(len(word) - size + 1))
            yield from (f"^{word[:size]}" for size in (1, 2) if first)
            yield from (f"{word[-size:]}$" for size in (1, 2, 3) if last)
            continue
        yield word
        if first:
            yield f"^{word}"
        else:
            yield f"{words[at - 1]} {word}"
        if last:
            yield f"{word}$"
        for size in (3, 4, 5):
            if len(word) > size + 1:
                yield f"~{word[-size:]}"
                if last:
                    yield f"~{word[-size:]}$"
