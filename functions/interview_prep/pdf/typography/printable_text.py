"""Text as it may be printed: what no font shows and no reader sees is left out."""

from __future__ import annotations

import re
import unicodedata

_KEPT_TOGETHER = "\u00a0"
_BLANKS = re.compile(rf"[^\S{_KEPT_TOGETHER}]+")
_MARKS = re.compile(r"([\u0300-\u036f]{3})[\u0300-\u036f]+")


def clean(text: str) -> str:
    """Text on one line as it may be printed: NFC; no control, format (bidi, zero-width) or surrogate characters. Blanks at which no line may break stay."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", "".join(_printable(char) for char in text))
        text = _MARKS.sub(r"\1", text)
    return _AT_FRENCH_SIGN.sub(_KEPT_TOGETHER, _AFTER_WIDE_STOP.sub("", _BLANKS.sub(" ", text).strip(" ")))


_AFTER_WIDE_STOP = re.compile(r"(?<=[。！？；：，、]) ")
"""A blank behind a stop that has its own room: sentences of other languages are joined with one."""


_AT_FRENCH_SIGN = re.compile(r"(?<=[«‹]) | (?=[»›])| (?=[:;?!](?:\s|$|[»”\")]))")
"""A blank that belongs to its sign, as French writes them: no line begins with `»`."""


def _printable(char: str) -> str:
    if char.isspace():
        return _KEPT_TOGETHER if char in "\u00a0\u202f" else " "
    if "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return ""  # variation selectors: emoji in one colour have no variants
    return "" if unicodedata.category(char) in {"Cc", "Cf", "Cs"} else char
