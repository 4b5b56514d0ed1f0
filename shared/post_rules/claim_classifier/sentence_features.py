"""What the classifier looks at in a sentence: its words, their neighbours, pieces of long words, and what they are about in their order.

What a word is about (a gain, a certainty, a crime, a court) is in `claim_words.txt`: a wording that was never learnt from still has a
certainty before a gain.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from shared.text.folding import fold, folded
from shared.text.hidden_words import close_up

BUCKETS = 1 << 17
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[\u4e00-\u9fff]|[?!%$€£\U0001f300-\U0001faff]")
_HASHTAG = re.compile(r"#\w{1,80}")
HAN = re.compile("[\u4e00-\u9fff]")
_LONGEST_HAN, _STEM, _PIECE, _DIGITS, _REACH = 5, 5, 4, 4, 3
"""Characters of the longest Chinese word in the list, letters that a word's forms share, letters of a piece of a word, digits that are told
apart, words of a group that see each other."""


def features(sentence: str) -> set[int]:
    """The buckets of one sentence's features, each below `BUCKETS`."""
    return closed_features(close_up(fold(sentence)).text)


def closed_features(sentence: str) -> set[int]:
    """The same for a sentence that is folded and closed up already."""
    words = tokens(sentence)
    return {
        zlib.crc32(name.encode()) % BUCKETS
        for name in (*_word_names(words), *_spread_names(words), *_piece_names(words), *_group_names(list(_groups(words))))
    }


def tokens(sentence: str) -> list[str]:
    """Words, Chinese characters, signs and pictures; a number is how long it is. Hashtags are no words of a sentence."""
    found = _TOKEN.findall(_HASHTAG.sub(" ", sentence.lower()))
    return [f"0{min(len(token), _DIGITS)}" if token.isdigit() else token for token in found]


def _word_names(tokens: list[str]) -> Iterator[str]:
    padded = ["^", *tokens, "$", ""]
    for at, token in enumerate(padded[:-1]):
        yield token
        yield f"{token} {padded[at + 1]}"
        if len(token) >= _STEM:
            yield f"~{token[:_STEM]}"
        elif HAN.match(token) and at + 2 < len(padded):
            yield f"{token} {padded[at + 1]} {padded[at + 2]}"


def _spread_names(tokens: list[str]) -> Iterator[str]:
    """Words with one or two words between them."""
    padded = ["^", *tokens, "$"]
    for gap in (2, 3):
        yield from (f"{first}_{second}" for first, second in zip(padded, padded[gap:], strict=False))


def _piece_names(tokens: list[str]) -> Iterator[str]:
    """Runs of letters of long words: forms and compounds share them."""
    for token in tokens:
        if len(token) >= _PIECE and token.isascii():
            word = f"<{token}>"
            yield from (f"#{word[at : at + _PIECE]}" for at in range(len(word) - _PIECE + 1))


def _group_names(groups: list[tuple[str, ...]]) -> Iterator[str]:
    for at, many in enumerate(groups):
        for one in many:
            yield f"={one}"
            yield from (f"={one}>{other}" for later in groups[at + 1 : at + 1 + _REACH] for other in later)


def _groups(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    """The groups of each word that has any, in order; the longest Chinese word at a place counts."""
    words, stems = _word_groups()
    at = 0
    while at < len(tokens):
        token, size = tokens[at], 1
        if HAN.match(token):
            longest = min(_LONGEST_HAN, len(tokens) - at)
            size = next((size for size in range(longest, 0, -1) if "".join(tokens[at : at + size]) in words), 1)
            token = "".join(tokens[at : at + size])
        found = words.get(token) or next((stems[token[:end]] for end in range(len(token), 1, -1) if token[:end] in stems), None)
        if found:
            yield found
        at += size


@cache
def _word_groups() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Groups by whole word, and by a word's beginning."""
    words: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for line in (Path(__file__).parent / "claim_words.txt").read_text(encoding="utf-8").splitlines():
        group, _, rest = line.partition(":")
        if line.startswith("#"):
            continue
        for word in dict.fromkeys(folded(rest).lower().split()):
            table, key = (stems, word[:-1]) if word.endswith("*") else (words, word)
            table[key] = (*table.get(key, ()), group)
    return words, stems
