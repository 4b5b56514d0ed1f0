"""A posting's own text: without who sent each line of a chat, and without the other jobs that a page shows at its end."""

from __future__ import annotations

import re

from functions.interview_prep.posting.page.main_text import without_others

_SENDER = re.compile(r"(?m)^\[?\d{1,2}[:.]\d\d(?:[:.]\d\d)?[^\]\n]{0,24}(?:\]| -) [^:\n]{1,40}: ")
"""Who wrote a line of a chat that was copied, and when."""


def own_text(text: str) -> str:
    """A text without who sent each line of a chat, and without the other jobs that a page shows at its end."""
    return without_others(_SENDER.sub("", text))
