"""A posting's text made clean and comparable. Nothing here raises."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any

from shared.sources.untrusted_values import clip, tidy

MAX_DESCRIPTION = 15_000
"""Characters of a description."""
MAX_LINE = 200
"""Characters of a title, a name, a place."""
LONGEST = 400_000
"""Characters looked at."""
_LONGEST_LINE = 4000

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_BULLET = re.compile(r"^[ \t]*(?:[•·▪▫◦●○■□‣⁃∙*–—]|-)[ \t]+(?=\S)", re.MULTILINE)
_EMPTY_BULLET = re.compile(r"^[ \t]*[-•][ \t]*$", re.MULTILINE)
_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Windows-1252 under a wrong name: 0x96 is a dash, never a control character."""
_MISREAD = re.compile(
    r"[ÂÃÄÅâðÐÑ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2010-\u203a\u20ac\u2122]+"
)

_FANCY = re.compile(
    r"[\U0001d400-\U0001d7ff\u2100-\u214f\u2460-\u24ff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\ufb00-\ufb06\U0001f130-\U0001f189]+"
)
"""Letters and digits in costume (mathematical bold, full width, ligatures): a name written in them is that name."""
MOST_ESCAPES = 4
"""Rounds of unescaping: boards escape what was escaped already."""


def unescape(text: str) -> str:
    """With entities resolved, those of entities too (`R&amp;amp;D`), in at most four rounds."""
    for _ in range(MOST_ESCAPES):
        if "&" not in text or (plain := html.unescape(text)) == text:
            break
        text = plain
    return text


def clean(value: Any, most: int = MAX_DESCRIPTION) -> str:
    """Plain text: NFC, `- ` bullets, no control or unseen characters, at most `most` characters."""
    if not isinstance(value, str):
        return ""
    text = value[:LONGEST].encode("utf-8", "ignore").decode()  # without half characters
    text = _LINE_ENDS.sub("\n", text)
    text = _FANCY.sub(lambda found: unicodedata.normalize("NFKC", found[0]), _MISREAD.sub(_reread, text).translate(_C1))
    text = _EMPTY_BULLET.sub("", _BULLET.sub("- ", unicodedata.normalize("NFC", text)))
    return clip(tidy(text), most)


_ESCAPED = re.compile(r"\\([&_*#+.!()\[\]~`|-])")
"""A mark that Markdown has escaped with a backslash."""


def unmarked(text: str) -> str:
    """A text without Markdown's bold marks and backslashes, lines as they are."""
    return _ESCAPED.sub(r"\1", text.replace("**", ""))


def line(value: Any, most: int = MAX_LINE) -> str:
    """One line of plain text: tags and entities resolved, white space folded."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = unescape(str(value)[:_LONGEST_LINE])
    text = re.sub(r"(?is)<(script|style)\b.*?(?:</\1\s*>|$)", " ", text)
    text = _ESCAPED.sub(r"\1", re.sub(r"</?[a-zA-Z][^<>]{0,500}>", " ", text))
    return clip(" ".join(clean(text).split()), most)


def words(text: str) -> frozenset[str]:
    """A set of words, written as a line of them."""
    return frozenset(text.split())


def squash(text: str) -> str:
    """Letters and digits alone, case folded: `Acme, Inc.` and `ACME INC` are the same."""
    folded = unicodedata.normalize("NFKD", text[:LONGEST]).casefold()
    return "".join(char for char in folded if char.isalnum())


def bare_words(text: str) -> str:
    """The words alone, case folded, a blank between two: `“Yes,” she said.` is `yes she said`."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def occurs(part: str, text: str) -> bool:
    """Whether `text` says `part`, whatever the case and the punctuation."""
    wanted = squash(part)
    return bool(wanted) and wanted in squash(text)


def _reread(match: re.Match[str]) -> str:
    """UTF-8 that was read as Windows-1252, read again; what is no such thing stays as it is."""
    try:
        raw = b"".join(char.encode("latin-1") if char < "\u0100" else char.encode("cp1252") for char in match[0])
        return raw.decode("utf-8")
    except UnicodeError:
        return match[0]
