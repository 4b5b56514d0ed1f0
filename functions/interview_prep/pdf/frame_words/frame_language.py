"""Which language the guide's own words are in while it is laid out, and the words in it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
ENGLISH = "en"
FROM_RIGHT = frozenset({"ar", "fa", "he", "ur"})
"""Languages that are written from the right: a guide in one has its grid mirrored."""
_language: ContextVar[str] = ContextVar("frame_language", default=ENGLISH)


@cache
def words_of(language: str) -> dict[str, str]:
    """The words of a language by the English ones; empty for English, and where nobody has translated them yet."""
    file = FOLDER / f"{language}.txt"
    if language not in known_languages():
        return {}
    pairs = (row.partition(" = ") for row in file.read_text("utf-8").splitlines())
    return {english.strip(): other.strip() for english, _, other in pairs if other.strip()}


@cache
def known_languages() -> frozenset[str]:
    """The languages that have a file."""
    return frozenset(file.stem for file in FOLDER.glob("*.txt"))


@contextlib.contextmanager
def framed_in(language: str) -> Iterator[None]:
    """Within this, `say` answers in the language."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def say(english: str) -> str:
    """The guide's own words in the present language; English where they are not translated."""
    return said_in(_language.get(), english)


def said_in(language: str, english: str) -> str:
    """The same in a language that is named."""
    return words_of(language).get(english, english)


def say_label(english: str) -> str:
    """The same before what it names: `Why: `, with the colon and the blanks that the language has."""
    words = say("{label}:").format(label=say(english))
    return words if words.endswith("\uff1a") else f"{words} "


def from_right() -> bool:
    """Whether the present language is written from the right."""
    return _language.get() in FROM_RIGHT
