"""The guide's fonts: which file draws a character, each file opened when it is first needed."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from threading import RLock
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "fonts"
SANS, BOLD, ITALIC, SERIF = "SourceSans3-Regular", "SourceSans3-SemiBold", "SourceSans3-Italic", "SourceSerif4-SemiBold"
_SYMBOLS, _EMOJI, _CJK = "DejaVuSans", "NotoEmoji-Regular", "DroidSansFallback"
_CJK_RANGES = ((0x1100, 0x11FF), (0x2E80, 0x9FFF), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))
_EMOJI_RANGES = ((0x2600, 0x27BF), (0x1F000, 0x1FAFF))
_lock = RLock()


class _Font(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A TrueType font whose text can be copied out of the PDF even above U+FFFF (emoji)."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """The font's PDF objects. reportlab writes code points into /ToUnicode; PDF asks for UTF-16 (ISO 32000-1, 9.10.3)."""
        super().addObjects(doc)
        for name, entry in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                entry.content = re.sub(r"<([0-9A-F]{5,6})>$", _utf16, entry.content, flags=re.MULTILINE)


def _utf16(match: re.Match[str]) -> str:
    return f"<{chr(int(match[1], 16)).encode('utf-16-be').hex().upper()}>"


@cache
def _glyphs(name: str) -> frozenset[int]:
    """The code points a font has. Opens and registers the font the first time."""
    with _lock:  # two renders at once: a font replaced in the middle of a document would lose its glyphs
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(_Font(name, str(FOLDER / f"{name}.ttf")))
            pdfmetrics.registerFontFamily(name, name, name, name, name)
        return frozenset(pdfmetrics.getFont(name).face.charToGlyph)


def register() -> None:
    """Make the text fonts known to reportlab; the fallback fonts follow when a character needs them."""
    for name in (SANS, BOLD, ITALIC, SERIF):
        _glyphs(name)


@lru_cache(maxsize=20_000)
def is_cjk(char: str) -> bool:
    """Whether a character belongs to Chinese, Japanese or Korean text, which breaks between any two characters."""
    return _within(ord(char), _CJK_RANGES)


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


@lru_cache(maxsize=20_000)
def font_for(char: str, base: str) -> str | None:
    """The font that draws `char` in text set in `base`; None if no font has it."""
    code = ord(char)
    if code in _glyphs(base):
        return base
    # The likeliest first: opening the CJK font takes 60 ms and 11 MB.
    if _within(code, _CJK_RANGES):
        order = (_CJK, _SYMBOLS, _EMOJI)
    elif _within(code, _EMOJI_RANGES):
        order = (_EMOJI, _SYMBOLS, _CJK)
    else:
        order = (_SYMBOLS, _EMOJI, _CJK)
    return next((name for name in order if code in _glyphs(name)), None)


def width(text: str, font: str, size: float) -> float:
    """The width of a one-font text in points."""
    return float(pdfmetrics.stringWidth(text, font, size))
