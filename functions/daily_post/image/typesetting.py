"""Words on a picture: a font for each character, lines that break where readers expect it, the largest size that fits.

Chinese and Japanese break between characters, but no line begins with a closing mark or ends with an opening one
(W3C, "Requirements for Chinese Text Layout", 3.1.3).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).parents[3] / "shared" / "fonts"
Face = Literal["serif", "sans", "strong"]
FACES: dict[Face, str] = {
    "serif": "SourceSerif4-SemiBold.ttf",
    "sans": "SourceSans3-Regular.ttf",
    "strong": "SourceSans3-SemiBold.ttf",
}
RIGHT_TO_LEFT_FONT = "DejaVuSans.ttf"
"""It has Latin letters and figures beside Hebrew and Arabic ones: a line of them all is one run, whose order the shaper finds."""
SHAPED_FONTS = {range(0x0900, 0x0980): "NotoSansDevanagari.ttf", range(0x0E00, 0x0E80): "NotoSansThai.ttf"}
"""By code point: a mark alone looks like a letter to other fonts."""
FALLBACKS = ("DroidSansFallback.ttf", RIGHT_TO_LEFT_FONT, "NotoEmoji-Regular.ttf")
_UNSPACED = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_TOKEN = re.compile(rf"\s+|[{_UNSPACED}]|[^\s{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
"""Chinese and Japanese, which a line may end between. Korean has words with spaces."""
_IS_CJK = re.compile(f"[{_UNSPACED}\uac00-\ud7af]")
_NOT_FIRST = frozenset("，。、：；！？）」』】》〉〕〗％…—～·,.;:!?)]}’”»ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々")
_NOT_LAST = frozenset("（「『【《〈〔〖([{‘“«＄")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_SHAPED = re.compile("[\u0590-\u08ff\u0900-\u0e7f\u0e80-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Hebrew, Arabic, the scripts of India, Thai, Lao, Tibetan, Burmese, Khmer."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MARK = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0e2f-\u0e3a\u0e45-\u0e4e]"
)
"""What stands over, under or behind a letter and belongs to it."""
_BEFORE = re.compile("[\u094d\u0e40-\u0e44]")
"""What the next letter belongs to: the sign that joins Devanagari letters, Thai vowels that are written first."""
_THAI_END = re.compile("[\u0e01-\u0e2e](?![\u0e2f-\u0e3a\u0e45-\u0e4e])")
"""A Thai consonant without a vowel of its own: as a rule the end of the syllable before it."""
_PAUSE = re.compile(r"(?<=.{4})(?:[：？！]|——|[:?!]\s|\s[–—]\s)(?=.{4})")
ELLIPSIS = "…"
LONGEST = 240
"""Characters of a text that is to be fitted: more is unreadable at any size."""
_PROBE = 32


@cache
def font(file: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415 - 60 ms of cold start

    return ImageFont.truetype(str(FONTS / file), size)


@cache
def file_for(character: str, face: Face) -> str:
    """The first font file that has a character; the last one shows a box for what nobody has."""
    first = FACES[face]
    own = next((file for block, file in SHAPED_FONTS.items() if ord(character) in block), "")
    if own:
        return own
    order = (FALLBACKS[0], first, *FALLBACKS[1:]) if _IS_CJK.match(character) else (first, *FALLBACKS)
    return next((file for file in order if _has(file, character)), first)


def _has(file: str, character: str) -> bool:
    probe = font(file, _PROBE)
    return character.isspace() or bytes(probe.getmask(character)) != bytes(probe.getmask("\U0010fffe"))


def without_font(text: str, face: Face = "serif") -> str:
    """The characters of a text that no font here has, each once; where nobody shapes them, letters that join or stack count as such."""
    plain, one_font = cleaned(text), RIGHT_TO_LEFT_FONT if right_to_left(text) else ""
    return "".join(dict.fromkeys(char for char in plain if not char.isspace() and not _can_show(char, face, one_font)))


def right_to_left(text: str) -> bool:
    """Whether a text has Hebrew or Arabic letters: its lines end at the left."""
    return bool(_RIGHT_TO_LEFT.search(text))


@cache
def _shapes() -> bool:
    """Whether Pillow can join and stack letters here: it asks the system for FriBiDi."""
    from PIL import features  # noqa: PLC0415 - 60 ms of cold start

    return bool(features.check("raqm"))


def _can_show(character: str, face: Face, one_font: str) -> bool:
    if _SHAPED.match(character):
        known = bool(_RIGHT_TO_LEFT.match(character)) or any(ord(character) in block for block in SHAPED_FONTS)
        if not known or not _shapes():
            return False
    return _has(one_font or file_for(character, face), character)


def cleaned(text: str) -> str:
    """One line of composed characters, without those that only steer others."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


@dataclass(frozen=True)
class Style:
    """How a line is set. `size` in pixels; `leading`: a line's height in sizes."""

    face: Face
    size: int
    leading: float = 1.16

    def runs(self, text: str) -> Iterator[tuple[str, str]]:
        """The text in stretches of one font each: file, words."""
        if right_to_left(text):
            yield RIGHT_TO_LEFT_FONT, text
            return
        start, current = 0, ""
        for at, character in enumerate(text):
            blank = current if current in SHAPED_FONTS.values() else FACES[self.face]
            file = blank if character.isspace() else file_for(character, self.face)
            if file != current and at:
                yield current, text[start:at]
                start = at
            current = file
        if text:
            yield current, text[start:]

    def width(self, text: str) -> float:
        return sum(font(file, self.size).getlength(words) for file, words in self.runs(text))

    @cached_property
    def height(self) -> int:
        return round(self.size * self.leading)

    def draw(self, pen: ImageDraw, at: tuple[float, float], text: str, fill: str) -> None:
        """Set a line; `at` is its left end on the base line. The fallback for Chinese has one weight: headings thicken it."""
        x, y = at
        for file, words in self.runs(text):
            face = font(file, self.size)
            thick = max(1, self.size // 44) if file == FALLBACKS[0] and self.face != "sans" else 0
            pen.text((x, y), words, font=face, fill=fill, anchor="ls", stroke_width=thick / 2 if thick else 0, stroke_fill=fill)
            x += face.getlength(words)


def broken(text: str, style: Style, width: float) -> list[str]:
    """The text in lines of at most `width` pixels. A word that is longer by itself is broken within."""
    lines, line = [], ""
    for token in _unbreakable(text):
        if not line and token.isspace():
            continue
        if style.width((line + token).rstrip()) <= width:
            line += token
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = token.lstrip()
        while style.width(line) > width and len(line) > 1:
            most = _whole_letters(line, max(1, _fitting(line, style, width)))
            lines.append(line[:most])
            line = line[most:]
    return [*lines, line.rstrip()] if line.strip() else lines


def _whole_letters(line: str, most: int) -> int:
    """The largest number of characters up to `most` after which no letter is torn from its marks or from the vowel before it."""
    at = most
    while at > 1 and at < len(line) and (_MARK.match(line[at]) or _BEFORE.match(line[at - 1]) or _THAI_END.match(line, at)):
        at -= 1
    return at if at > 1 else most


def _fitting(line: str, style: Style, width: float, end: str = "") -> int:
    """How many characters of a line fit with `end` behind them. Found by halves: a word may be as long as a title."""
    return bisect_right(range(1, len(line) + 1), width, key=lambda number: style.width(line[:number] + end))


def _unbreakable(text: str) -> Iterator[str]:
    """Words, blanks and single characters; with a mark that may not begin a line goes what is before it."""
    held = ""
    for token in _TOKEN.findall(text):
        if held and not token.isspace() and (token[0] in _NOT_FIRST or held[-1] in _NOT_LAST):
            held += token
            continue
        if held:
            yield held
        held = token
    if held:
        yield held


def balanced(text: str, style: Style, width: float) -> list[str]:
    """The same number of lines, as even as can be."""
    lines = broken(text, style, width)
    if len(lines) < 2:  # noqa: PLR2004 - one line is even
        return lines
    low, high = width / 2, width
    while high - low > style.size / 8:
        middle = (low + high) / 2
        if len(broken(text, style, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return broken(text, style, high)


def fitted(text: str, box: tuple[float, float], sizes: range, face: Face = "serif") -> tuple[Style, list[str]]:
    """The text in lines at the first of `sizes` (largest first) at which it fits into a box of pixels; cut off at the last.

    No word is broken within while a size above half of the largest spares it. A colon, a dash or a question mark ends a line
    where that costs no more than a fifth of the size.
    """
    if len(text) > LONGEST:
        text = text[: LONGEST - 1].rstrip() + ELLIPSIS
    leading = 1.34 if len(_IS_CJK.findall(text)) * 2 > len(text) or _SHAPED.search(text) else 1.14
    width, height = box
    styles = [Style(face, size, leading) for size in sizes]
    for whole, least in ((True, sizes[0] // 2), (False, 0)):
        found = _first((text,), text, box, [style for style in styles if style.size >= least], whole=whole)
        if found is None:
            continue
        near = [style for style in styles if found.size * 0.8 <= style.size <= found.size]
        parts = _halves(text)
        halved = _first(parts, text, box, near, whole=whole) if len(parts) > 1 else None
        style, parts = (halved, parts) if halved else (found, (text,))
        return style, [line for part in parts for line in balanced(part, style, width)]
    style = styles[-1]
    lines = broken(text, style, width)
    most = max(1, int(height // style.height))
    return style, lines if len(lines) <= most else [*lines[: most - 1], _cut(lines[most - 1], style, width)]


def _first(parts: tuple[str, ...], text: str, box: tuple[float, float], styles: list[Style], *, whole: bool) -> Style | None:
    """The first style in which the parts fit, `whole` if no word is broken within."""
    for style in styles:
        lines = [line for part in parts for line in broken(part, style, box[0])]
        if len(lines) * style.height <= box[1] and (not whole or _unhurt(lines, text)):
            return style
    return None


def _halves(text: str) -> tuple[str, ...]:
    """A title that says something and then more, in two; else as it is."""
    found = _PAUSE.search(text)
    return (text[: found.end()].rstrip(), text[found.end() :].lstrip()) if found else (text,)


def _unhurt(lines: list[str], text: str) -> bool:
    """Whether no word was broken within."""
    seen = {part for line in lines for part in line.split()}
    return all(word in seen or _IS_UNSPACED.search(word) for word in text.split())


def _cut(line: str, style: Style, width: float) -> str:
    if style.width(line + ELLIPSIS) > width:
        line = line[: _fitting(line, style, width, ELLIPSIS)]
    return line.rstrip(" ,，、。.;；:：") + ELLIPSIS
