"""A post's sentences with their places."""

from __future__ import annotations

import re

_ONE_SENTENCE = re.compile(
    r"(?:(?m:^)\s{0,4}\d{1,2}[.]\s|[^.!?。\n\f\"“]++|\"[^\"\n\f]{1,300}+\"|“[^”\n\f]{1,300}+”|[\"“]|(?<=\w)[.](?=\w)|(?<=\b(?:vs|St|Dr|Mr|Ms|Sr|Jr))[.](?=\s)|(?<=\b(?:min|hrs)|\be\.g|\bi\.e|etc)[.](?=,?\s[a-z]))+[.!?。)\"”]*+"
)


def places_of_sentences(text: str) -> list[tuple[int, str]]:
    """The sentences and lines of a text, each with its place."""
    found = ((one.start() + len(one[0]) - len(one[0].lstrip()), one[0].strip()) for one in _ONE_SENTENCE.finditer(text))
    return [(place, sentence) for place, sentence in found if sentence]
