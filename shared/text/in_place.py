"""Changes of a text after which every character stands where it stood: for patterns whose places must stay."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) != "，"} | {0x3000: 0x20}
_WIDE_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
"""The full-width comma parts clauses; only before three figures does it part thousands."""


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with every match as spaces."""
    return pattern.sub(lambda match: " " * len(match[0]), text)


def blanked_at(spans: Iterable[tuple[int, int]], text: str) -> str:
    """The text with spaces from each start to its end."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def in_ascii(text: str) -> str:
    """The text with its full-width letters, digits and signs in ASCII."""
    return _WIDE_COMMA.sub(",", text.translate(_ASCII))
