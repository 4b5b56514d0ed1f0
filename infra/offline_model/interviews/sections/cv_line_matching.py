"""Picks the CV line that shares most words with a question or requirement."""

from __future__ import annotations

import re

_ANY = frozenset(
    [
        "tell",
        "about",
        "time",
        "when",
        "your",
        "that",
        "what",
        "with",
        "have",
        "been",
        "were",
        "would",
        "which",
        "from",
        "this",
        "they",
        "where",
        "work",
        "worked",
        "experience",
        "years",
        "team",
        "role",
        "company",
        "strong",
        "good",
        "most",
        "like",
        "them",
        "into",
        "more",
        "than",
        "over",
    ]
)
SHORTEST = 25
"""Characters below which a line of a CV tells nothing."""


class Candidate:
    """A CV as its telling lines."""

    def __init__(self, text: str) -> None:
        rows = (re.sub(r"^[\s•*–-]+", "", row).strip() for row in re.split(r"\n|(?<=[.!?])\s+", text))
        self.lines = [row for row in rows if len(row) >= SHORTEST]

    def story_for(self, text: str) -> str:
        """The line that shares most words with `text`, at least two; empty if none does."""
        wanted = _words(text)
        best = max(self.lines, key=lambda line: len(wanted & _words(line)), default="")
        return best if len(wanted & _words(best)) > 1 else ""


def _words(text: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"\w{4,}", text.lower())} - _ANY
