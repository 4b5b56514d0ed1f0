"""Picks the CV line that speaks most of what a question or requirement does."""

from __future__ import annotations

import re
from collections import Counter

from infra.offline_model.interviews.sections.text_similarity import ENOUGH, ENOUGH_FOR_PROOF, likeness

SHORTEST = 25
"""Characters below which a line of a CV tells nothing."""
_HEAD = re.compile(
    r"^[^.]{0,120}\(?(?:19|20)\d\d\s*(?:-|–|to|bis|until)\s*(?:(?:19|20)\d\d|present|now|today)\)?\.?$", re.IGNORECASE
)
"""A post with its years: it says where, not what was done."""
_YEARS = r"\(?(?:(?:0?[1-9]|1[0-2])[/.])?(?:19|20)\d\d\s*(?:-|–|to|bis|until)\s*(?:(?:(?:0?[1-9]|1[0-2])[/.])?(?:19|20)\d\d|present|now|today|heute|current)\)?"
_DATED = re.compile(rf"^{_YEARS}:?\s+(?P<after>.{{8,120}})$|^(?P<before>.{{8,120}}?),?\s+{_YEARS}\.?$", re.IGNORECASE)
"""A post with its years, before or after it."""
_NOW = re.compile(r"\b(?:present|now|today|heute|current)\b|(?:-|–)\s*\)?$", re.IGNORECASE)
_NAMES_ROLE = re.compile(r",\s*(?P<role>[^,|]{4,60})")
LESS_EACH_TIME = 0.6
"""What of a line's worth is left each time it was told before: five questions are not answered with one story."""
_LIST = re.compile(r"^(?:[\w+#./ -]{1,25}+,\s*+){3,}[\w+#./ -]{1,25}$")


_DID = re.compile(r"\b(?:[a-z]{2,}ed|built|led|won|ran|made|cut|kept|wrote|sold|taught|found|took|grew)\b", re.IGNORECASE)


class Candidate:
    """A CV as its telling lines."""

    def __init__(self, text: str) -> None:
        rows = (re.sub(r"^[\s•*–-]+", "", row).strip() for row in re.split(r"\n|(?<=[.!?])\s+", text))
        self.lines = [row for row in rows if len(row) >= SHORTEST]
        self.stories = [row for row in self.lines if not _HEAD.match(row) and not _LIST.match(row) and not self._is_head(row)]
        self._told: Counter[str] = Counter()

    def _is_head(self, row: str) -> bool:
        """Whether a line says who somebody is or where they worked, and nothing that they did."""
        return _DATED.match(row) is not None or (row == next(iter(self.lines), "") and not _DID.search(row))

    @property
    def headline(self) -> str:
        """What they do now: the post that goes on, else the last one, else what stands behind the name; else the first line that tells something."""
        posts = [(row, found["after"] or found["before"]) for row in self.lines if (found := _DATED.match(row))]
        present = next((post for row, post in posts if _NOW.search(row)), next((post for _, post in posts), ""))
        named = _NAMES_ROLE.search(next(iter(self.lines), ""))
        return present or (named["role"].strip() if named else "") or next(iter(self.stories), "")

    def story_for(self, text: str) -> str:
        """The line that speaks most of it, rather one that was not told yet; empty if none does enough."""
        best = max(self.stories, key=lambda line: likeness(text, line) * LESS_EACH_TIME ** self._told[line], default="")
        if not best or likeness(text, best) < ENOUGH:
            return ""
        self._told[best] += 1
        return best

    def proof_for(self, text: str) -> str:
        """As `story_for`, lists of skills and posts included: they prove a requirement."""
        return self.best(text, self.lines, ENOUGH_FOR_PROOF)

    @staticmethod
    def best(text: str, lines: list[str], enough: float = ENOUGH) -> str:
        best = max(lines, key=lambda line: likeness(text, line), default="")
        return best if best and likeness(text, best) >= enough else ""
