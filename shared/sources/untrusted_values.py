"""Strangers' values as the types they should have had, and their markup as plain text. Nothing here raises."""

from __future__ import annotations

import html
import math
import re
from typing import Any

LONGEST = 40_000
"""Characters looked at: Reddit's own limit of a post, and a bound on every pattern below."""
LATEST = 4_102_444_800.0
"""2100-01-01 as POSIX seconds: a later date is a mistake."""
_LARGEST = 2.0**53

_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|(?![\n\t])[\x00-\x1f\x7f-\x9f]")
_MARKDOWN = (
    (re.compile(r"!?\[([^\[\]\n]{1,500})\]\((?:[^()\s]|\([^()\s]*\)){0,2000}[^()\n]{0,200}\)"), r"\1"),  # [text](address "title")
    (re.compile(r"^ ?(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"^ ?#{1,6} ?(?=\S)", re.MULTILINE), ""),
    (re.compile(r"^ ?(?:[-*_] ?){3,}$", re.MULTILINE), ""),  # a ruler
    (re.compile(r"^ ?\|?(?: ?:?-+:? ?\|)+ ?:?-*:? ?$", re.MULTILINE), ""),  # under a table's head
    (re.compile(r">!|!<"), ""),
    (re.compile(r"^ ?>[> ]*", re.MULTILINE), ""),
    (re.compile(r"^ ?[*+-] ", re.MULTILINE), "- "),
    (re.compile(r"\*\*|~~|`|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)"), ""),
    (re.compile(r"(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<!\w)_(?=\w)|(?<=[\w.!?])_(?!\w)"), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!~|>^])"), r"\1"),
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})\b[^<>]*>|<![^<>]*>")
_BLOCKS = frozenset({"p", "div", "ul", "ol", "pre", "blockquote", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6"})


def as_text(value: Any) -> str:
    """A string that can be stored (no half surrogate pairs), or empty."""
    return value[:LONGEST].encode(errors="ignore").decode() if isinstance(value, str) else ""


def as_int(value: Any) -> int:
    """A whole number from a number or a string of digits, or 0; nothing that a 64-bit store refuses."""
    return int(max(-_LARGEST, min(_LARGEST, as_number(value))))


def as_number(value: Any) -> float:
    """A finite number from a number or a short string, or 0."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return 0.0
    try:
        number = float(value[:40] if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return 0.0
    return number if math.isfinite(number) else 0.0


def as_time(value: Any) -> float:
    """POSIX seconds between 1970 and 2100, or 0."""
    seconds = as_number(value)
    return seconds if 0 < seconds < LATEST else 0.0


def from_markdown(value: Any) -> str:
    """Reddit's markdown as plain text: paragraphs, `- ` bullets, no marks, links by their words."""
    text = re.sub(r"[ \t\r]+", " ", _unescape(as_text(value)))  # runs of blanks make some patterns quadratic
    for pattern, instead in _MARKDOWN:
        text = pattern.sub(instead, text)
    return tidy(text)


def from_html(value: Any) -> str:
    """A forum's HTML fragment as plain text: paragraphs and `- ` bullets."""
    # Not html.parser: it raises on `<![x[` and is quadratic on `<a <a <a`; forums send a handful of simple tags.
    return tidy(html.unescape(_TAG.sub(_break, as_text(value))))


def one_line(value: Any) -> str:
    """A title: entities resolved, white space folded."""
    return " ".join(tidy(_unescape(as_text(value))).split())


def tidy(text: str) -> str:
    """Without unseen characters, trailing spaces and runs of blank lines."""
    text = _UNSEEN.sub("", text.replace("\xa0", " "))
    text = re.sub(r"[ \t]+", " ", text)
    return re.sub(r" ?\n(?: ?\n)+ ?", "\n\n", re.sub(r" ?\n ?", "\n", text)).strip()


def clip(text: str, most: int) -> str:
    """At most `most` characters, cut at a word, with an ellipsis where something is missing."""
    if len(text) <= most:
        return text
    if most <= 1:
        return ""
    head = text[: most - 1]
    space = head.rfind(" ", most // 2)
    return head[: space if space > 0 else None].rstrip() + "…"


def _unescape(text: str) -> str:
    # Exports hold entities of entities (`&amp;#x200B;`): two rounds, no more.
    return html.unescape(html.unescape(text))


def _break(tag: re.Match[str]) -> str:
    name = (tag[2] or "").lower()
    if name == "li":
        return "" if tag[1] else "\n- "
    return "\n" if name == "br" else "\n\n" if name in _BLOCKS else ""
