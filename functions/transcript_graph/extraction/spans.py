"""Where a name stands in a text: whatever its case and its quotation marks, between words, and nowhere else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\n": " ", "\t": " "})
_NO_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
MOST = 40
"""Spans of one name in one chunk."""


def folded(text: str) -> str:
    """The text for comparing, character for character as long as it is."""
    small = text.translate(_SIGNS).lower()
    if len(small) == len(text):
        return small
    return "".join(one if len(one := character.translate(_SIGNS).lower()) == 1 else character for character in text)


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
