"""A posting's own lines, and which of them are new, gone or changed since an earlier guide: no model's wording is compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from functions.interview_prep.guide.merge_statements import alike
from functions.interview_prep.guide.untrusted_text import cap_length
from functions.interview_prep.posting.clean_text import squash

MOST_LINES, LONGEST_LINE = 120, 240
FEWEST_LETTERS = 12
"""Letters below which a line is a heading or says nothing."""
_ENDS = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])|(?<=[。！？])|\n")
SAME = 0.75
"""Share of a line's words from which another is the same one, changed."""


@dataclass(frozen=True)
class LineChanges:
    """What a posting says now and did not, no longer says, and says otherwise (before, now)."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    rewritten: bool = False


def posting_lines(description: str) -> tuple[str, ...]:
    """Its entries and sentences, each once, in order."""
    lines = (cap_length(" ".join(line.split()).strip(" -•*"), LONGEST_LINE) for line in _ENDS.split(description))
    return tuple(dict.fromkeys(line for line in lines if len(squash(line)) >= FEWEST_LETTERS))[:MOST_LINES]


def compare_lines(before: Sequence[str], now: Sequence[str]) -> LineChanges:
    """The differences. Where more than half is another, the text was written or read anew, and no line is told."""
    known, said = {squash(line) for line in before}, {squash(line) for line in now}
    new = [line for line in now if squash(line) not in known]
    gone = [line for line in before if squash(line) not in said]
    if not before or not now or 2 * len(new) > len(now):
        return LineChanges(rewritten=bool(before and now))
    changed = []
    for line in list(gone):
        successor = next((other for other in new if _same(line, other)), None)
        if successor is not None:
            changed.append((line, successor))
            gone.remove(line)
            new.remove(successor)
    return LineChanges(tuple(new), tuple(gone), tuple(changed))


def _same(line: str, other: str) -> bool:
    if alike(line, other):
        return True
    matcher = SequenceMatcher(None, line.split(), other.split(), autojunk=False)
    return matcher.real_quick_ratio() >= SAME and matcher.quick_ratio() >= SAME and matcher.ratio() >= SAME
