"""Where a name stands in a text: whatever its case and its quotation marks, between words, and nowhere else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\n": " ", "\t": " "})
_NO_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
ACRONYM = 4
"""Letters of a name in capitals alone up to which another way of writing it is likely a word: `IT`, `US`, `WHO`, `AND`."""
LONGEST_NAME = 120
"""Characters of a name."""
MOST = 40
"""Spans of one name in one chunk."""


def folded(text: str) -> str:
    """The text for comparing, character for character as long as it is."""
    return _folded_name(text) if len(text) <= LONGEST_NAME else _folded(text)


def _folded(text: str) -> str:
    small = text.translate(_SIGNS).lower()
    if len(small) == len(text):
        return small
    return "".join(one if len(one := character.translate(_SIGNS).lower()) == 1 else character for character in text)


_folded_name = lru_cache(maxsize=8192)(_folded)
"""A name is looked at many times."""


def spans(name: str, text: str) -> list[tuple[int, int]]:
    """Where a name stands in a folded text. A name in a script that writes words apart begins and ends where words do."""
    wanted = folded(" ".join(unicodedata.normalize("NFC", name).split()))
    return list(_spans(wanted, text)) if wanted else []


def _spans(wanted: str, text: str) -> Iterator[tuple[int, int]]:
    at, found = text.find(wanted), 0
    while at >= 0 and found < MOST:
        end = at + len(wanted)
        if _apart(text, at - 1, wanted[0]) and _apart(text, end, wanted[-1]):
            yield at, end
            found += 1
        at = text.find(wanted, end)


def written_so(name: str, places: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Those of a name's places that are it by their capitals, where any is: beside `IT` and `Mr Green`, `it` and `green` are words.

    All of them where none is: in a text without capitals, a name has none.
    """
    if name.islower():
        return places
    cased = [place for place in places if not text[slice(*place)].islower()]
    exact = [place for place in cased if text[slice(*place)] == name] if name.isupper() and len(name) <= ACRONYM else []
    return exact or cased or places


def _apart(text: str, beside: int, edge: str) -> bool:
    """Whether the character beside a name's edge belongs to another word."""
    if not 0 <= beside < len(text) or not edge.isalnum():
        return True
    return not text[beside].isalnum() or bool(_NO_WORDS.match(edge) or _NO_WORDS.match(text[beside]))


_BRACKETED = re.compile(r"([^()（）]{1,200})[(（]([^()（）]{1,100})[)）]")


def variants(name: str) -> Iterator[str]:
    """Other ways in which a model may have meant a name: without brackets, what is in them, without article or 's."""
    name = " ".join(name.split()).strip("\"'“”‘’.,;:")
    yield name
    if found := _BRACKETED.fullmatch(name):
        yield found[2].strip()
        yield found[1].strip()
    for article in ("the ", "a ", "an "):
        if name.lower().startswith(article):
            yield name[len(article) :]
    if name.endswith(("'s", "’s")):
        yield name[:-2]
    if name.startswith(("@", "#")):
        yield name[1:]
