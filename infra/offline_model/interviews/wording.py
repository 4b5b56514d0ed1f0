"""The offline model's own words in the language that a section is asked for in; English where nobody has translated them.

A language is a folder of `languages/`: `phrases.txt` has the English words and theirs, a line each, `crafts.json` the sides of work.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from functools import cache, reduce
from pathlib import Path

from functions.interview_prep.pdf.frame_words.frame_language import ENGLISH, said_in, word_pairs
from functions.interview_prep.posting.values.posting_language import NAMES

FOLDER = Path(__file__).parent / "languages"
_language: ContextVar[str] = ContextVar("offline_language", default=ENGLISH)


@cache
def known_languages() -> frozenset[str]:
    """The tags of the languages that have a folder, English left out."""
    return frozenset(file.parent.name for file in FOLDER.glob("*/phrases.txt"))


@cache
def phrases(language: str) -> dict[str, str]:
    """The words of a language by the English ones; empty for English."""
    return word_pairs(FOLDER / language / "phrases.txt") if language in known_languages() else {}


def tag_of(name: str) -> str:
    """The tag of a language that a request names (`German`); English where it names none that is known."""
    return next((tag for tag, known in NAMES.items() if known == name and tag in known_languages()), ENGLISH)


def language() -> str:
    """The tag of the language that is written in at present."""
    return _language.get()


def in_english() -> bool:
    """Whether that is English."""
    return language() == ENGLISH


@contextlib.contextmanager
def writing_in(tag: str) -> Iterator[None]:
    """Within this, everything here answers in the language."""
    token = _language.set(tag)
    try:
        yield
    finally:
        _language.reset(token)


def say(english: str, **values: object) -> str:
    """The words in the present language, `{name}` filled with its value; the guide's own words (names of rounds) are the frame's."""
    told = phrases(language()).get(english) or said_in(language(), english)
    return told.format(**values) if values else told


def quoted(text: str) -> str:
    """The text in the language's quotation marks."""
    return say("“{text}”", text=text)


def theirs(text: str) -> str:
    """What a candidate wrote, inside another text: in quotation marks where that is in another language."""
    return text if in_english() else quoted(text)


def listed(names: Sequence[str], *, either: bool = False) -> str:
    """`a, b and c`; with `either`, `a, b or c`."""
    *first, last = names or ("",)
    told = joined("{first}, {second}", first)
    return say("{first} or {second}" if either else "{first} and {second}", first=told, second=last) if told else last


def joined(pattern: str, parts: Sequence[str]) -> str:
    """The parts in one, by a pattern of `{first}` and `{second}`."""
    return reduce(lambda one, other: say(pattern, first=one, second=other), parts) if parts else ""


def inside(text: str) -> str:
    """A phrase for use inside a sentence: in English without its capital; in other languages phrases are written so."""
    return text[:1].lower() + text[1:] if in_english() else text
