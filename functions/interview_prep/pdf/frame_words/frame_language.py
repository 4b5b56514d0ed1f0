"""Which language the guide's own words are in while it is laid out, and the words in it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from functions.interview_prep.pdf.frame_words.number_forms import form_for

FOLDER = Path(__file__).parent
ENGLISH = "en"
DATE = "{year}-{month:02}-{day:02}"
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_LENGTH = re.compile(r"(\d+-)?(\d+) (min|day)s?(?:, half of them within (\d+))?")
FROM_RIGHT = frozenset({"ar", "fa", "he", "ur"})
"""Languages that are written from the right: a guide in one has its grid mirrored."""
_language: ContextVar[str] = ContextVar("frame_language", default=ENGLISH)


@cache
def words_of(language: str) -> dict[str, str]:
    """The words of a language by the English ones; empty for English, and where nobody has translated them yet."""
    return word_pairs(FOLDER / f"{language}.txt") if language in known_languages() else {}


def word_pairs(file: Path) -> dict[str, str]:
    """The lines `English = other` of a file."""
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


def say_sentence(english: str) -> str:
    """A word as a sentence, with the stop that the language has."""
    return say("{text}.").format(text=say(english))


def say_date(text: str) -> str:
    """A day (`2027-01-31`) as the language writes it; any other text as it is."""
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    year, month, day = map(int, found.groups())
    return say(DATE).format(year=year, month=month, day=day)


def say_length(text: str) -> str:
    """A length (`45-60 min`, `21 days`) as the language writes it; any other text as it is."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        return text
    pattern = ("{number} min" if found[3] == "min" else "{number} days") + (", half of them within {half}" if found[4] else "")
    forms = words_of(_language.get()).get(pattern)
    if forms is None:
        return text
    words = form_for(int(found[2]), forms, _language.get(), shown=bool(found[1]))
    return words.format(number=found[0].partition(" ")[0].replace("-", "–"), half=found[4])


def say_counted(number: int, one: str) -> str:
    """So many of what is called `one` in English: `1 report`, `3 reports`."""
    forms = words_of(_language.get()).get(f"{{number}} {one}s", f"{{number}} {one} | {{number}} {one}s")
    return form_for(number, forms, _language.get()).format(number=number)


def say_each(text: str) -> str:
    """A list (`recruiter, hiring manager`), each part in the language."""
    return say_list(map(say, text.split(", ")))


def say_list(parts: Iterable[str]) -> str:
    """Parts that are said already, in a row with the language's commas."""
    return _between("{first}, {second}").join(parts)


def say_quoted(text: str) -> str:
    """What a post says in its own words: in another guide than an English one, in quotation marks."""
    return text if _language.get() == ENGLISH else say("“{text}”").format(text=text)


def say_row(parts: Iterable[str]) -> str:
    """Parts that are said already, in a row with the language's semicolons."""
    return _between("{first}; {second}").join(parts)


def _between(pattern: str) -> str:
    return say(pattern).format(first="", second="")


def from_right() -> bool:
    """Whether the present language is written from the right."""
    return _language.get() in FROM_RIGHT
