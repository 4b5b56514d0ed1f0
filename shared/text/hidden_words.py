"""Words whose letters are kept apart to hide them: spaces, signs, emoji or marks between the letters, digits for letters, letters said many times.

What is spelled for a known word is that word (`odd_spellings`); what is spelled for none is closed up all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from shared.text.folding import LIKE_ENOUGH, Folded
from shared.text.odd_spellings.han_spellings import alike_edits, bracket_han_edits, line_edits, part_edits, sound_edits
from shared.text.odd_spellings.known_spellings import FIGURE, bracket_edits, edited, joined_edits, word_edits

_PICTURE = "\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_LETTER = "[A-Za-z0-9@$!']"
_LEET = str.maketrans("0134578@$!|¥€", "oieastbasilye")
_LEET_WORD = re.compile(
    r"(?<![\w$@])(?=[A-Za-z0-9@$!|¥€]{0,30}[A-Za-z])(?=[A-Za-z0-9@$!|¥€]{0,30}(?:[0134578@$!|][A-Za-z]|[A-Za-z][¥€]))[A-Za-z0-9@$!|¥€]{3,30}(?![\w$@])"
)
_LEET_WITHIN = re.compile(r"[A-Za-z][0134578][A-Za-z]")
_LEET_SHORT = re.compile(r"(?<![\w$@.])(?:[A-Za-z]{1,20}[0134578]{1,5}|[0134578][A-Za-z]{1,20})(?![\w$@.])")
_LEETS = 2
"""Words with a digit between letters from which on a text is one that hides its words: 1n and m155 are words in it, too."""
_SPACED_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9@$](?:[ .\-_*·•~|/\\]{1,3}[A-Za-z0-9@$!]){3,60}(?![A-Za-z0-9])")
_SIGNED_LATIN = re.compile(
    rf"(?<![A-Za-z0-9])(?:[A-Za-z](?:[.\-_*·•~|/\\+^`=]{{1,3}}[A-Za-z0-9@$!]){{2,60}}|{_LETTER}(?:[{_PICTURE}]{{1,3}}{_LETTER}){{2,60}})[{_PICTURE}]{{0,3}}(?![A-Za-z0-9])"
)
"""Letters with a sign or an emoji after each: a space ends the word."""
_HAN = "\u4e00-\u9fff"
_BETWEEN_HAN = re.compile(
    rf"(?<=[{_HAN}，,。、！!？?])[ \t.\-_*·•~|/\\+^`'\"<>=#&…‧・丶{_PICTURE}]{{1,4}}(?=[{_HAN}，,。、！!？?])"
)
_STOPPED_HAN = re.compile(rf"(?:[{_HAN}][。．，、！,!]{{1,3}} ?){{2,30}}(?=[{_HAN}](?![{_HAN}]))")
"""Single characters with a mark after each: no list is of single characters."""
_PICTURES = re.compile(f"[{_PICTURE}]")
_FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u058f]{1,64}")
_LATIN = re.compile("[A-Za-z]")
_DRAWN_OUT = re.compile(r"([A-Za-z])\1{2,}")


def close_up(text: Folded) -> Folded:
    """What hides a word taken out of a folded text: all between its letters, letters said more than twice, digits for letters, emoji for spaces."""
    text = Folded(_as_latin(text.text), text.places)
    for find in (bracket_edits, bracket_han_edits, line_edits):
        text = edited(text, find(text.text))
    for dropped in (_among_letters, _among_han, _spaces):
        text = _without(text, dropped(text.text))
    many = len(_LEET_WITHIN.findall(text.text)) >= _LEETS
    for find in (joined_edits, word_edits, part_edits, sound_edits, alike_edits):
        text = edited(text, find(text.text))
    text = _without(text, _repeats(text.text))
    plain = _PICTURES.sub(" ", text.text)
    if many:
        plain = _LEET_SHORT.sub(lambda match: match[0].translate(_LEET), plain)
    return Folded(_LEET_WORD.sub(_plain_letters, plain), text.places)


def _plain_letters(match: re.Match[str]) -> str:
    return match[0] if FIGURE.fullmatch(match[0]) else match[0].translate(_LEET)


def _as_latin(text: str) -> str:
    """Words all of letters that pass for Latin, in a text that has more of those."""
    foreign = _FOREIGN.findall(text)
    if not foreign or 2 * sum(map(len, foreign)) > len(_LATIN.findall(text)):
        return text
    return _FOREIGN.sub(
        lambda match: (
            "".join(LIKE_ENOUGH.get(char, char) for char in match[0]) if set(match[0]) <= LIKE_ENOUGH.keys() else match[0]
        ),
        text,
    )


def _without(text: Folded, dropped: Iterable[int]) -> Folded:
    gone = set(dropped)
    if not gone:
        return text
    kept = [at for at in range(len(text.text)) if at not in gone]
    return Folded("".join(text.text[at] for at in kept), (*(text.places[at] for at in kept), text.places[-1]))


def _among_letters(text: str) -> Iterator[int]:
    for match in _SIGNED_LATIN.finditer(text):
        yield from (at for at in range(*match.span()) if not (text[at].isalnum() or text[at] in "@$!'"))


def _among_han(text: str) -> Iterator[int]:
    for match in _BETWEEN_HAN.finditer(text):
        yield from range(*match.span())
    for match in _STOPPED_HAN.finditer(text):
        yield from (at for at in range(*match.span()) if not "\u4e00" <= text[at] <= "\u9fff")


def _spaces(text: str) -> Iterator[int]:
    """Those within a word; two spaces stand between words."""
    for match in _SPACED_LATIN.finditer(text):
        yield from (
            at for at in range(*match.span()) if not (text[at].isalnum() or text[at] in "@$" or text[at : at + 2] == "  ")
        )


def _repeats(text: str) -> Iterator[int]:
    for match in _DRAWN_OUT.finditer(text):
        yield from range(match.start() + 2, match.end())
