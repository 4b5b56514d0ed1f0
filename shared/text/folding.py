"""One form of a text for its many spellings, each character still knowing where it came from.

`fold` undoes what changes no meaning: full-width, mathematical, circled and other forms of letters and digits (NFKC), digits of
every script, invisible characters, accents on Latin letters, look-alike letters of other scripts, and traditional and Japanese
forms of Chinese characters. Rules are then written once. `hidden_words` also takes out what stands between the letters of a word.
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
        "аАеЕоОрРсСхХуУкКмМтТВНіІѕЅјЈԁһӏԛԝɡıοΟαΑεΕιΙκΚνΝρΡτΤυΥχΧβΒΗηΜΖօᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
        "aAeEoOpPcCxXyYkKmMtTBHiIsSjJdhlqwgioOaAeEiIkKvNpPtTuYxXbBHnMZoabcdefghijklmnoprstuvwyz",
        strict=True,
    )
)
"""Cyrillic, Greek, IPA and small capital letters that look like Latin ones: in words that have Latin letters, or no others than these."""
LIKE_ENOUGH = {**_LOOK_ALIKES, **dict(zip("пПгГвьЬнчшШзияцբսոհրυω", "nnrrbbbhhwwzirubunhruw", strict=True))}
"""With more that pass for Latin only beside them."""
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
_LETTER_SIGNS = (0x1F150, 0x1F170, 0x1F1E6)
"""Where letters in black circles, in black squares and of flags begin, which have no plain form of their own."""
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
    if sign := next((chr(ord(char) - first + 65) for first in _LETTER_SIGNS if 0 <= ord(char) - first < 26), ""):  # noqa: PLR2004 - letters
        return sign
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


_MIXED = re.compile(r"[A-Za-z\u0370-\u03ff\u0400-\u058f\u0251\u0261\u0262\u0131\u026a-\u029f\u1d00-\u1d22\ua730\ua731]{2,64}")


def _latin(text: str) -> str:
    """Look-alikes as Latin letters in words that have Latin letters too; a word all of another script stays."""

    def one(match: re.Match[str]) -> str:
        word = match[0]
        if any("A" <= char <= "z" for char in word):
            return "".join(LIKE_ENOUGH.get(char, char) for char in word)
        return "".join(_LOOK_ALIKES[char] for char in word) if all(char in _LOOK_ALIKES for char in word) else word

    return _MIXED.sub(one, text) if not text.isascii() else text
