"""Words that are spelled to be read and not to be found: each odd spelling is folded to candidates, which are looked up among known words.

What is no spelling of a known word stays as it is: a name, a figure, a term. `tests/support/fitting/list_known_words.py` lists the words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from shared.text.folding import Folded, folded

Edit = tuple[int, int, str]
"""Start and end of a piece of a text, and what it stands for."""
WORDS = Path(__file__).parent / "known_words.txt"
_ODD = re.compile(r"(?<![\w$@])[A-Za-z0-9@$!|¥€*+]{2,30}(?![\w$@])")
_LOOKS_LIKE = str.maketrans("!|1l05$3€4@7+892v¥", "iiiiosseeaattbgzuy")
_SHORT = {
    "b4": "before", "l8r": "later", "l8": "late", "gr8": "great", "m8": "mate", "w8": "wait", "h8": "hate", "2day": "today", "2nite": "tonight",
    "2gether": "together", "2morrow": "tomorrow", "4ever": "forever", "every1": "everyone", "some1": "someone", "any1": "anyone",
}  # fmt: skip
_RUN, _LONG_RUN = re.compile(r"(.)\1+"), re.compile(r"(.)\1\1")
_CASHTAG = re.compile(r"\$[A-Z]{1,6}")
_LETTERS = re.compile("[A-Za-z]{1,30}")
_HALVES, _OF_WORDS = frozenset("-./_|·~ "), frozenset("- ")
"""What may stand between two halves of a word, and what stands between words as well."""
_BRACKETED = re.compile(
    r"(?<=[A-Za-z])[(\[{][A-Za-z]{1,3}[)\]}](?=[A-Za-z])|(?<![A-Za-z])[(\[{][A-Za-z]{1,2}[)\]}](?=[A-Za-z]{2})"
)
_SNAKE = re.compile(r"(?<![\w/])[A-Za-z']{1,20}(?:,?_[A-Za-z']{1,20}){3,40}(?![\w/])")
_HUMPS = re.compile(r"(?<![A-Za-z])[A-Z][a-z']{0,15}(?:,?[A-Z][a-z']{0,15}){3,20}(?![A-Za-z])")
_HUMP = re.compile("(?<=[a-z',])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TRANSPOSED, _DOUBLED, _SHORTEST, _JOINED, _GLUED = 6, 7, 3, 6, 15
"""Letters from which on a word may have two of them swapped, or one doubled, is looked up, may stand in two halves, or be many words."""
_HALVED, _SHORT_HALVED = 2, 4
"""Words of so many letters in two halves from which on shorter ones in a text are, too."""
_RUN_ON = re.compile(rf"(?<![\w#@/.$-])[A-Za-z']{{{_GLUED},90}}(?![A-Za-z@/.-]\w)")
_LONGEST, _OF_A_RUN, _MEAN = 14, 4, 3
"""Letters of a word that is looked for in a run of them; how many words a run has at least, and of how many letters in the mean."""
FIGURE = re.compile(r"[\d+$€¥]{1,9}[A-Za-z]{1,3}[!+]{0,3}|[A-Za-z]{1,4}[1-9+!][\d+!]{0,8}")
"""5x, 4am, 401k, Q3: digits beside letters that are no letters."""


def bracket_edits(text: str) -> Iterator[Edit]:
    """Brackets around letters of a word."""
    for match in _BRACKETED.finditer(text):
        yield match.start(), match.start() + 1, ""
        yield match.end() - 1, match.end(), ""


def joined_edits(text: str) -> Iterator[Edit]:
    """What stands between the halves of a word, and spaces for what stands between the words of a line without any."""
    for match in _SNAKE.finditer(text):
        yield from ((at, at + 1, " ") for at in range(*match.span()) if text[at] == "_")
    for match in _HUMPS.finditer(text):
        if sum(one.strip(",").lower() in known_words() for one in _HUMP.split(match[0])) * 2 < len(_HUMP.split(match[0])):
            continue
        yield from ((match.start() + hump.start(), match.start() + hump.start(), " ") for hump in _HUMP.finditer(match[0]))
    for match in _RUN_ON.finditer(text):
        if match[0][1:].islower() or match[0].isupper():
            yield from ((match.start() + at, match.start() + at, " ") for at in _word_starts(match[0].lower()))
    yield from _halves(text)


def _halves(text: str) -> Iterator[Edit]:
    """What stands between the halves of a word: of short ones in a text that has long ones in halves."""
    words = list(_LETTERS.finditer(text))
    pairs = [
        (one[0], text[one.end()], other[0], one.end(), other.start())
        for one, other in pairwise(words)
        if other.start() == one.end() + 1
    ]
    long = sum(_is_halved(*pair[:3], _SHORT_HALVED) for pair in pairs)
    done = 0
    for first, sign, second, end, start in pairs:
        if end - len(first) >= done and _is_halved(first, sign, second, _SHORTEST if long >= _HALVED else _JOINED):
            yield end, start, ""
            done = start + len(second)


def _is_halved(first: str, sign: str, second: str, least: int) -> bool:
    words = known_words()
    first, second = first.lower(), second.lower()
    if sign not in _HALVES or len(first + second) < least or first + second not in words:
        return False
    return sign not in _OF_WORDS or not (first in words or second in words)


@lru_cache(maxsize=256)
def _word_starts(run: str) -> tuple[int, ...]:
    """Where the words after the first begin in letters that are nothing but known words, the commonest taken; empty: they are not, or one word."""
    words = known_words()
    if run in words:
        return ()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        starts = range(max(0, end - _LONGEST), end)
        best.append(min((best[at][0] + _rarity(run[at:end], words), at) for at in starts))
    if best[-1][0] == math.inf:
        return ()
    found, end = [], len(run)
    while end := best[end][1]:
        found.append(end)
    return tuple(reversed(found)) if len(found) + 1 >= _OF_A_RUN and len(run) >= _MEAN * (len(found) + 1) else ()


def _rarity(word: str, words: dict[str, int]) -> float:
    if len(word) == 1:
        return math.log(20) if word in "ai" else math.inf
    return math.log(words[word] + 20) if word in words else math.inf


def word_edits(text: str) -> Iterator[Edit]:
    """Signs and digits for letters, stars for any, letters that are swapped or said too often."""
    for match in _ODD.finditer(text):
        if meant := _meant(match[0]):
            yield (*match.span(), meant)


@lru_cache(maxsize=4096)  # of strangers' words there is no end
def _meant(token: str) -> str:
    """The known word that a token is spelled for; empty: none, or it is spelled as it should be."""
    core = token.rstrip("!|*+").lstrip("*+|") or token
    word, tail = core.lower(), token[len(token.rstrip("!|*+")) :]
    if word in known_words() or _CASHTAG.fullmatch(core) or not any("a" <= char <= "z" for char in word):
        return ""
    if word in _SHORT:
        return f"{_SHORT[word]}{tail}"
    if "*" in word:
        found = next((one for one in _of_length(len(word)) if _fits(word, one)), "")
    elif word.isalpha():
        found = _respelled(word) if core.islower() else ""
    else:
        found = "" if FIGURE.fullmatch(word) else _looked_up(word)
    return f"{found}{tail}" if found else ""


def _looked_up(word: str) -> str:
    """The likeliest word that looks like this one."""
    found = _by_look().get(_look(word), ())
    return next((one for one in found if len(one) == len(word)), found[0] if found else "")


def _respelled(word: str) -> str:
    """A word of letters that are said too often or swapped."""
    if (
        (_LONG_RUN if len(word) < _DOUBLED else _RUN).search(word)
        and (found := _looked_up(word))
        and _RUN.sub(r"\1", found) == _RUN.sub(r"\1", word)
    ):
        return found
    words = known_words()
    if len(word) >= _TRANSPOSED:
        swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1))
        if found := next((one for one in swapped if one in words), ""):
            return found
    return ""


def _fits(pattern: str, word: str) -> bool:
    return all(one in ("*", other) for one, other in zip(pattern, word, strict=True))


def _look(word: str) -> str:
    """One form of all spellings that look alike."""
    return _RUN.sub(r"\1", word.replace("vv", "w").translate(_LOOKS_LIKE))


@cache
def known_words() -> dict[str, int]:
    """English words, the commonest first, with their places in the list."""
    lines = (line for line in WORDS.read_text(encoding="utf-8").splitlines() if line[:1].isascii() and not line.startswith("#"))
    return {word: at for at, word in enumerate(word for line in lines for word in line.split())}


@cache
def _by_look() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for word in known_words():
        if len(word) >= _SHORTEST:
            table[_look(word)] = (*table.get(_look(word), ()), word)
    return table


@cache
def _of_length(size: int) -> tuple[str, ...]:
    return tuple(word for word in known_words() if len(word) == size)


@cache
def known_pairs() -> dict[str, str]:
    """Chinese characters, folded, and all that follow each in known words."""
    lines = (line for line in WORDS.read_text(encoding="utf-8").splitlines() if not line[:1].isascii())
    return {line[0]: line[1:] for line in map(folded, lines)}


def edited(text: Folded, edits: Iterator[Edit]) -> Folded:
    """A text with what its pieces stand for; characters of a piece keep its places."""
    out: list[str] = []
    places: list[int] = []
    done = 0
    for start, end, meant in sorted(edits):
        if start < done:
            continue
        out += (text.text[done:start], meant)
        places += text.places[done:start]
        places += (text.places[min(start + at, max(end - 1, start))] for at in range(len(meant)))
        done = end
    if not done:
        return text
    return Folded("".join((*out, text.text[done:])), (*places, *text.places[done:]))
