"""What is kept of a post that is longer than it may be: its beginning, and the rows that tell of interviewing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.interview_prep.forum.company_names import mentions
from functions.interview_prep.reports.asked_lists import asks_something, labels_round
from shared.sources.untrusted_values import clip

HEAD = 4
"""The share of the room that the beginning has is one in so many."""
LONGEST_HEADING, LONGEST_ROW = 60, 400
"""Characters of a row that may head others, and of one that is kept whole."""
_TELLS = re.compile(
    r"\b(?:interview\w*|rounds?|asked|questions?|screen\w*|on-?site|recruiter|panel|offers?|offered|rejected|selected|leetcode|hackerrank|coding|technical|behaviou?ral|system design|case|hr)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\b(?:\d{1,3}|one|two|three|four|five|six)[\s-](?:\w+ )?(?:min(?:ute)?s?|hours?|hrs?|rounds?|interviews?|questions?|problems?|mcqs?|days?|weeks?|months?)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s{0,8}(?:[-*•–·]|\d{1,2}[.)]|q\d)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")


def excerpt(text: str, company: str, most: int) -> str:
    """At most `most` characters: the beginning and, of what follows, the rows that tell of interviewing, each below its heading.

    A post that speaks of the company far below first has that part too; one of a single long row is cut there.
    """
    if len(text) <= most:
        return text
    spots = list(mentions(company, text))
    at = next((spot.at for spot in spots if spot.sure), spots[0].at if spots else 0)
    rows = _rows(text)
    if at >= most * 3 // 4 or len(rows) < 4:  # noqa: PLR2004 - too few to choose among
        return _head_and_part(text, at, most)
    kept = _chosen(rows, most)
    return clip("\n".join(_with_gaps(rows, kept)), most)


def _head_and_part(text: str, at: int, most: int) -> str:
    if at < most * 3 // 4:
        return clip(text, most)
    head = clip(text, most // 4)
    start = text.find(" ", max(0, at - most // 8), at) + 1 or at
    return f"{head}\n\n{clip(text[start:], most - len(head) - 2)}"


def _rows(text: str) -> list[str]:
    """The text's rows; a long one as its sentences."""
    rows: list[str] = []
    for row in text.split("\n"):
        rows += _SENTENCE.split(row) if len(row) > LONGEST_ROW else [row]
    return rows


def _chosen(rows: Sequence[str], most: int) -> set[int]:
    """The numbers of the rows that are kept: those of the beginning, then the most telling, each with the row that heads it."""
    kept: set[int] = set()
    room = most
    heading, headings = -1, []
    for number, row in enumerate(rows):
        heading = number if _heads(row) else heading
        headings.append(heading)
    for number, row in enumerate(rows):
        if most - room > most // HEAD:
            break
        kept.add(number)
        room -= len(row) + 1
    ranked = sorted(range(len(rows)), key=lambda number: (-_worth(rows[number]), number))
    for number in ranked:
        if number in kept or not _worth(rows[number]):
            continue
        wanted = {number, headings[number]} - kept - {-1}
        cost = sum(len(rows[one]) + 2 for one in wanted)
        if cost <= room:
            kept |= wanted
            room -= cost
    return kept


def _heads(row: str) -> bool:
    bare = row.strip(" *_#")
    return 0 < len(bare) <= LONGEST_HEADING and (
        labels_round(bare) or not (_ITEM.match(row) or bare.endswith((".", "?", "!", ",")))
    )


def _worth(row: str) -> int:
    if len(row) > LONGEST_ROW or not row.strip():
        return 0
    return 4 * labels_round(row) + 3 * asks_something(row) + 2 * bool(_FIGURE.search(row)) + bool(_TELLS.search(row))


def _with_gaps(rows: Sequence[str], kept: set[int]) -> list[str]:
    """The rows in order, an empty one where others are left out."""
    shown: list[str] = []
    last = -1
    for number in sorted(kept):
        shown += ["", rows[number]] if number != last + 1 and last >= 0 and shown[-1] else [rows[number]]
        last = number
    return shown
