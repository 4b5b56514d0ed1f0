"""Names in a text: from the beginning of a word on, short ones as whole words."""

from __future__ import annotations

import re
from collections.abc import Sequence

SHORT = 4
"""Letters up to which a name has to be a whole word: `lead`, `vac`, `esl`."""


def beginnings(names: Sequence[str]) -> re.Pattern[str]:
    """A pattern that finds any of the names, whatever the case of their letters."""
    longest_first = sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True)
    return re.compile("|".join(map(_beginning, longest_first)), re.IGNORECASE)


def _beginning(name: str) -> str:
    end = r"(?!\w)" if len(name) <= SHORT else ""
    return rf"(?<!\w){re.escape(name)}{end}"
