"""Whether a text is several whole postings, one after the other: each begins with its own job's title and whose or where it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.headlines import clean_title, read_headline
from functions.interview_prep.posting.identity.labelled_lines import labelled_value
from functions.interview_prep.posting.identity.lone_lines import LONGEST, tells_where_or_when
from functions.interview_prep.posting.identity.organisation_names import may_be_employer
from functions.interview_prep.posting.identity.title.title_sentences import is_generic_title
from functions.interview_prep.posting.identity.vocabulary import is_place, names_role, small_words
from functions.interview_prep.posting.page.main_text import OTHERS
from functions.interview_prep.posting.posting_marks import marks_of

MOST_ROWS = 600
"""Lines looked at."""
FEWEST, _LEAST_PROSE, _BEHIND = 2, 200, 3
"""Postings that are several; characters that each must have; lines behind a title in which its place stands."""
_REPORTS = re.compile(r"report(?:s|ing) to\b|(?:line )?manager\b", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:\(?\d{1,2}[.)]|#\d{1,2}[:.]?)\s+")
_PARTS, _LONGEST_PLACE = re.compile(r"\s[·•|–—-]\s|\s\("), 70
_TOWN = re.compile(
    r"[A-ZÀ-Ž][\w'’.-]{1,20}(?: [A-ZÀ-Ž][\w'’.-]{1,20}){0,2}, [A-ZÀ-Ž][\w'’.-]{1,20}(?: [A-ZÀ-Ž][\w'’.-]{1,20}){0,2}"
)
_SAYS_SO, _NUMBERED, _MOST_SMALL = 3.9, 3.5, 4
"""Weight of a headline that says whose the job is, and of a numbered one; its words in small letters."""


def postings_in(text: str, is_title: Callable[[str], bool]) -> list[str]:
    """The titles of the postings that a text holds, where each has its own description; one title where it is one posting's."""
    others = OTHERS.search(text, _LEAST_PROSE)
    own = text[: others.start()] if others else text
    marked = list(_marked(own.split("\n")))[:MOST_ROWS]
    rows = [row for row, _ in marked]
    heads = [(at, title) for at, title in _heads(rows, is_title) if at < _BEHIND or marked[at][1]]
    titles: list[str] = []
    owners: dict[str, str] = {}
    for (at, title), (after, _) in pairwise([*heads, (len(rows), "")]):
        part = "\n".join(rows[at + 1 : after])
        owner = _owner(rows[at + 1 : at + 2])
        known = is_generic_title(title) or any(_are_one(title, owner, one, owners[one]) for one in titles)
        if len(part) >= _LEAST_PROSE and marks_of(part) and not known:
            named = f"{title}, {rows[at + 1]}" if title in owners else title
            titles.append(named)
            owners[named] = owner
    return titles


def _owner(rows: Sequence[str]) -> str:
    """Whose the line below a title says that the job is; empty where it says something else."""
    return squash(rows[0]) if rows and may_be_employer(rows[0]) and not tells_where_or_when(rows[0]) else ""


def _are_one(title: str, owner: str, other: str, others: str) -> bool:
    """Whether two titles are one job's: one holds the other, and no two employers are named below them."""
    one, two = squash(title), squash(other)
    differ = owner and others and owner not in others and others not in owner
    return (one in two or two in one) and not differ


def _marked(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The lines that say something, each with whether one that says nothing stands before it."""
    apart = True
    for line in lines:
        row = line.strip("#*_ \t")
        if row.strip("-="):
            yield row, apart
        apart = not row.strip("-=")


def _names_a_place(rows: Sequence[str], *, first: bool) -> bool:
    """Whether one of a title's next lines is its place; at the text's beginning a date or a pay will do too."""
    if first and any(map(tells_where_or_when, rows)):
        return True
    parts = [[part for part in _PARTS.split(row) if part.strip()] for row in rows if len(row) <= _LONGEST_PLACE]
    if any(is_place(row) or _TOWN.fullmatch(row) for row in rows):
        return True
    return any(map(is_place, [part for row in parts if len(row) > 1 for part in row]))


def _heads(rows: Sequence[str], is_title: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    """The lines that a posting may begin with, with the job's title."""
    for at, row in enumerate(rows):
        if len(row) > LONGEST or row.startswith(("- ", "• ")):
            continue
        line = _NUMBER.sub("", row)
        if _REPORTS.match(line):
            continue
        near = "\n".join(rows[at + 1 : at + 1 + _BEHIND])
        if (labelled := labelled_value(line, "title")) and (at < _BEHIND or labelled_value(near, "company")):
            yield at, labelled
        elif is_title(line) and line[:1].isupper() and _names_a_place(rows[at + 1 : at + 1 + _BEHIND], first=at < _BEHIND):
            yield at, clean_title(line)
        else:
            numbered = line != row
            least = _NUMBERED if numbered else _SAYS_SO
            said = [one.title for one in read_headline(line) if one.company[:1].isupper() and one.company_weight >= least]
            plain = line[-1] not in ".!?" and small_words(line) <= _MOST_SMALL and not line[:1].islower()
            yield from ((at, title) for title in said[:1] if plain and title[:1].isupper() and (numbered or names_role(title)))
