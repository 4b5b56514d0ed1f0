"""One form of a text for its many spellings, each character still knowing where it came from.

`fold` undoes what changes no meaning: full-width, mathematical, circled and other forms of letters and digits (NFKC), digits of
every script, invisible characters, accents on Latin letters, look-alike letters of other scripts, and traditional and Japanese
forms of Chinese characters. Rules are then written once. `close_up` also takes out what stands between the letters of a word to hide it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VARIANTS = Path(__file__).parent / "han_variants.txt"
EXTRA_VARIANTS = {
    "著": "着",
    "裏": "里",
    "裡": "里",
    "唔": "不",
    "冇": "没",
    "無": "无",
    "佢": "他",
    "嘅": "的",
    "喺": "在",
    "咗": "了",
    "睇": "看",
}
"""Forms that a table of characters does not have: variants, and Cantonese words of one character."""
_LOOK_ALIKES = dict(
    zip(
        "аАеЕоОрРсСхХуУкКмМтТВНіІѕЅјЈԁһӏԛԝɡıοΟαΑεΕιΙκΚνΝρΡτΤυΥχΧβΒΗηΜΖ",
        "aAeEoOpPcCxXyYkKmMtTBHiIsSjJdhlqwgioOaAeEiIkKvNpPtTuYxXbBHnMZ",
        strict=True,
    )
)
"""Cyrillic, Greek and IPA letters that look like Latin ones; only where Latin letters stand beside them."""
_SUPERSCRIPT = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")
_NARROW_SPACES = frozenset("\u00a0\u2009\u202f")
_SIGNS = {
    "−": "-",
    "﹣": "-",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "⁄": "/",
    "∕": "/",
    "％": "%",
    "﹪": "%",
    "٪": "%",
    "٫": ".",
    "٬": ",",
}
_INVISIBLE = frozenset({"Cf", "Cc", "Me"}) - {"Zs"}


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded `text`, and for each of its characters, and its end, the `places` in the original."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the folded text stands in the original."""
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]


def fold(text: str) -> Folded:
    """The text in one form. Linear in its length; never raises."""
    out: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        piece = _folded(char, out[-1] if out else "", text[at + 1] if at + 1 < len(text) else "")
        out.extend(piece)
        places.extend([at] * len(piece))
    places.append(len(text))
    return Folded(_latin("".join(out)), tuple(places))


def folded(text: str) -> str:
    """The same without the places: for word lists and patterns, and for texts that nobody points into."""
    return fold(text).text


def _folded(char: str, before: str, after: str) -> str:  # noqa: PLR0911
    if "\x20" <= char < "\x7f":
        return char
    if char in _NARROW_SPACES and before.isdigit() and after.isdigit():
        return ","  # 12 345 with a space that does not break
    if char in _SUPERSCRIPT:
        return "" if before.isdigit() else unicodedata.normalize("NFKC", char)  # a footnote's mark is no digit
    plain = _plain(char)
    if "/" in plain[1:]:
        return f" {plain}" if before.isdigit() else plain  # 2½
    if plain[:1].isdigit() and before.isdigit() and _enclosed(char) and not after.isdigit():
        return plain
    if plain[:1].isdigit() and _enclosed(char) and after.isdigit() and after.isascii():
        return f"{plain} "  # ①57%: a list's mark, then a figure
    return plain


@cache
def _enclosed(char: str) -> bool:
    return unicodedata.category(char) in {"No", "So"}


@cache
def _plain(char: str) -> str:  # noqa: PLR0911
    """One character's form, whatever stands beside it; empty for what is not seen."""
    if char in "\n\t\r":
        return char
    kind = unicodedata.category(char)
    if kind in _INVISIBLE or "\ufe00" <= char <= "\ufe0f":
        return ""
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    if char in _SIGNS:
        return _SIGNS[char]
    if unicodedata.numeric(char, -1.0) >= 10 and kind == "No":  # ⑩ ㊿ ❿  # noqa: PLR2004
        return str(int(unicodedata.numeric(char)))
    if kind == "Mn":
        return ""
    wide = unicodedata.normalize("NFKD", char)
    wide = wide if wide[:1].isascii() or len(wide) == 1 else unicodedata.normalize("NFKC", char)
    wide = "".join(_SIGNS.get(one, one) for one in wide if not unicodedata.combining(one) or not wide[:1].isascii())
    return "".join(han_form(one) for one in wide)


def han_form(char: str) -> str:
    """The form that stands for all forms of a Chinese character; any other character is itself."""
    return _variants().get(char, char)


@cache
def _variants() -> dict[str, str]:
    lines = (line for line in VARIANTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    table = {form: line[0] for line in lines for form in line[1:]}
    return {**table, **EXTRA_VARIANTS}


_MIXED = re.compile(r"[A-Za-z\u0370-\u03ff\u0400-\u052f\u0251\u0261\u0131]{2,64}")


def _latin(text: str) -> str:
    """Look-alikes as Latin letters in words that have Latin letters too; a word all of another script stays."""

    def one(match: re.Match[str]) -> str:
        word = match[0]
        if word.isascii() or not any("A" <= char <= "z" for char in word):
            return word if not all(char in _LOOK_ALIKES or char.isascii() for char in word) else _swapped(word)
        return _swapped(word)

    return _MIXED.sub(one, text) if not text.isascii() else text


def _swapped(word: str) -> str:
    return "".join(_LOOK_ALIKES.get(char, char) for char in word)


_LEET = str.maketrans("0134578@$!|¥€", "oieastbasilye")
_LEET_WORD = re.compile(
    r"(?<![\w$@])(?=[A-Za-z0-9@$!|¥€]{0,30}[A-Za-z])(?=[A-Za-z0-9@$!|¥€]{0,30}(?:[0134578@$!|][A-Za-z]|[A-Za-z][¥€]))[A-Za-z0-9@$!|¥€]{3,30}(?![\w$@])"
)
_LEET_WITHIN = re.compile(r"[A-Za-z][0134578][A-Za-z]")
_LEET_SHORT = re.compile(r"(?<![\w$@.])(?:[A-Za-z]{1,20}[0134578]{1,3}|[0134578][A-Za-z]{1,20})(?![\w$@.])")
_LEETS = 2
"""Words with a digit between letters from which on a text is one that hides its words: 1n and m155 are words in it, too."""
_SPACED_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9@$](?:[ .\-_*·•~|/\\]{1,3}[A-Za-z0-9@$!]){3,60}(?![A-Za-z0-9])")
_BETWEEN_HAN = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \t.\-_*·•~|/\\+^`'\"<>=#&…‧・丶\u2600-\u27bf\U0001f000-\U0001faff]{1,4}(?=[\u4e00-\u9fff])"
)
_STOPPED_HAN = re.compile(r"(?:[\u4e00-\u9fff][。．，、！,!] ?){2,30}(?=[\u4e00-\u9fff](?![\u4e00-\u9fff]))")
"""Single characters with a mark after each: no list is of single characters."""
_PICTURES = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")


def close_up(text: Folded) -> Folded:
    """What hides a word taken out: signs and emoji between Chinese characters, signs between single letters; digits that stand for letters, emoji for spaces."""
    kept = [True] * len(text.text)
    for match in _BETWEEN_HAN.finditer(text.text):
        kept[match.start() : match.end()] = [False] * (match.end() - match.start())
    for match in _STOPPED_HAN.finditer(text.text):
        for at in range(match.start(), match.end()):
            kept[at] = "\u4e00" <= text.text[at] <= "\u9fff"
    for match in _SPACED_LATIN.finditer(text.text):
        for at in range(match.start(), match.end()):
            kept[at] = text.text[at].isalnum() or text.text[at] in "@$" or text.text[at : at + 2] == "  "
    chars = [char for char, keep in zip(text.text, kept, strict=True) if keep]
    places = [place for place, keep in zip(text.places, kept, strict=False) if keep]
    plain = _PICTURES.sub(" ", "".join(chars))
    if len(_LEET_WITHIN.findall(plain)) >= _LEETS:
        plain = _LEET_SHORT.sub(lambda match: match[0].translate(_LEET), plain)
    plain = _LEET_WORD.sub(lambda match: match[0].translate(_LEET), plain)
    return Folded(plain, (*places, text.places[-1]))
