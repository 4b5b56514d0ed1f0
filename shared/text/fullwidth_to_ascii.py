"""Full-width letters, digits and signs as ASCII, every character where it was: for patterns whose places must stay."""

from __future__ import annotations

import re

_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) != "，"} | {0x3000: 0x20}
_WIDE_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
"""The full-width comma parts clauses; only before three figures does it part thousands."""


def folded(text: str) -> str:
    """The text in ASCII forms, as long as it was."""
    return _WIDE_COMMA.sub(",", text.translate(_ASCII))
