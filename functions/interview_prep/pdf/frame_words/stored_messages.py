"""Messages that earlier stages wrote in English, in the guide's language as far as they are known in it."""

from __future__ import annotations

import re

from functions.interview_prep.pdf.frame_words.frame_language import say, say_date
from functions.interview_prep.stages.pick_posts import NONE_ANSWERED, SOME_UNANSWERED

PASSED = "The posting's closing date, {date}, has passed: it may no longer be open."
_TEMPLATES = (
    PASSED,
    SOME_UNANSWERED,
    NONE_ANSWERED,
    "Of the export, {number} entries are no posts and were left out.",
    "{source} did not answer: {error}.",
)
_PATTERNS = {
    template: re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^\\n]{1,300})", re.escape(template))) for template in _TEMPLATES
}


def in_own_words(message: str) -> str:
    """The message in the present language, what it names filled in."""
    for template, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(message):
            return say(template).format(**{name: say_date(value) for name, value in found.groupdict().items()})
    return say(message)
