"""Parts of a text blanked in their place, so that what is left stays where it was."""

from __future__ import annotations

import re


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with every match as spaces."""
    return pattern.sub(lambda match: " " * len(match[0]), text)
