"""Employers that many people know, where a text names them: `words/employers.txt` says whence. A name there is a hint, never proof.

A posting names its tools and customers as well, so what stands there is only one more candidate with a feature of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from functions.interview_prep.posting.identity.employer.company_sentences import MOST_TEXT
from functions.interview_prep.posting.identity.vocabulary import FOLDER, folded

KNOWN, KNOWN_TOOL, KNOWN_WORD = "known_employer", "known_tool", "known_word"
"""Kinds of finds: a known employer; one whose products postings name; one whose name is a word of every day (`Target`, `Wise`)."""
_WORD = re.compile(r"[^\W_]+(?:[&'’.-][^\W_]+)*")
_OWNED = re.compile(r"['’]s?$")
_MOST_WORDS, _LONGEST = 5, 60
"""Words and characters of a name."""


@cache
def known_employers() -> dict[str, str]:
    """The kind of each known name, its words folded, one blank between them."""
    kinds: dict[str, str] = {}
    kind = KNOWN
    for row in (FOLDER / "employers.txt").read_text("utf-8").splitlines():
        if row[:1] == "[":
            kind = row.strip("[]")
        elif row[:1] != "#":
            kinds.update(dict.fromkeys(row.split(" | "), kind))
    return kinds


def words_of(text: str) -> str:
    """A name as it is looked up: `Johnson & Johnson's` as `johnson johnson`."""
    return " ".join(_folded(found[0]) for found in _WORD.finditer(text))


@lru_cache(maxsize=2)
def known_in(text: str) -> tuple[tuple[str, str], ...]:
    """Known employers that a text names, as it spells them, with their kind; the longest name where several begin together."""
    return tuple(_named_in(text[:MOST_TEXT], known_employers()))


def _named_in(text: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    found = list(_WORD.finditer(text))
    small = {word[0] for word in found if word[0].islower()}
    at = 0
    while at < len(found):
        words = [] if found[at][0][:1].islower() else found[at : at + _MOST_WORDS]
        spelled = [_folded(word[0]) for word in words]
        count = next((many for many in range(len(words), 0, -1) if _is_known(words[:many], spelled[:many], known)), 0)
        name = " ".join(spelled[:count])
        if count and not (known[name] == KNOWN_WORD and (name in small or _begins(text, words[0].start()))):
            yield _OWNED.sub("", text[words[0].start() : words[count - 1].end()]), known[name]
        at += count or 1


def _is_known(words: Sequence[re.Match[str]], spelled: Sequence[str], known: Mapping[str, str]) -> bool:
    if words[-1][0][:1].islower() or words[-1].end() - words[0].start() > _LONGEST:
        return False
    return " ".join(spelled) in known


def _folded(word: str) -> str:
    return _OWNED.sub("", folded(word).replace("’", "'").replace("\N{COMBINING DOT ABOVE}", ""))  # İ is i and a dot


def _begins(text: str, at: int) -> bool:
    """Whether nothing stands before a word on its line, or a sentence ends there: any word is written large then."""
    return not re.search(r"[\w,;)&'’-] $", text[max(0, at - 2) : at])
