"""Picks the CV line that speaks most of what a question or requirement does."""

from __future__ import annotations

import re

from infra.offline_model.interviews.sections.text_similarity import ENOUGH, ENOUGH_FOR_PROOF, likeness

SHORTEST = 25
"""Characters below which a line of a CV tells nothing."""
_HEAD = re.compile(
    r"^[^.]{0,120}\(?(?:19|20)\d\d\s*(?:-|–|to|bis|until)\s*(?:(?:19|20)\d\d|present|now|today)\)?\.?$", re.IGNORECASE
)
"""A post with its years: it says where, not what was done."""
_LIST = re.compile(r"^(?:[\w+#./ -]{1,25}+,\s*+){3,}+[\w+#./ -]{1,25}$")


class Candidate:
    """A CV as its telling lines."""

    def __init__(self, text: str) -> None:
        rows = (re.sub(r"^[\s•*–-]+", "", row).strip() for row in re.split(r"\n|(?<=[.!?])\s+", text))
        self.lines = [row for row in rows if len(row) >= SHORTEST]
        self.stories = [row for row in self.lines if not _HEAD.match(row) and not _LIST.match(row)]

    @property
    def headline(self) -> str:
        """The line that says who they are: the first that tells something."""
        return self.stories[0] if self.stories else ""

    def story_for(self, text: str) -> str:
        """The line that speaks most of it; empty if none does enough."""
        return self.best(text, self.stories)

    def proof_for(self, text: str) -> str:
        """As `story_for`, lists of skills and posts included: they prove a requirement."""
        return self.best(text, self.lines, ENOUGH_FOR_PROOF)

    @staticmethod
    def best(text: str, lines: list[str], enough: float = ENOUGH) -> str:
        best = max(lines, key=lambda line: likeness(text, line), default="")
        return best if best and likeness(text, best) >= enough else ""
