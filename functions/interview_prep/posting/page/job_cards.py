"""Whether a text is cards of jobs, as search pages, alerts and saved lists are pasted: each a title, whose, where, since when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.headlines import clean_title, read_headline
from functions.interview_prep.posting.identity.lone_lines import tells_where_or_when
from functions.interview_prep.posting.identity.vocabulary import has_legal_form, names_role, small_words

_FEWEST, _MOST_LINES, _LONGEST, _MOST_SMALL = 2, 8, 100, 3
"""Cards that make a list; lines of one; characters of its lines; words in small letters of a line that is no sentence."""
_LITTLE, _MOST_OF_HEAD, _MOST_SENTENCES = 200, 4, 4
"""Characters of sentences in a text that is cards and no more; lines above the first card; lines that say what a job among several is."""
_MOST_OF_CARDS = 2 / 3
"""Share of what begins with a title that must be cards."""
_SAYS_SO = 3.9
"""Weight of a headline that says whose the job is."""
_ITEM = re.compile(r"^[^\w(]*(?:\(?\d{1,2}[.)]\s+)?")
_CUT = re.compile(r"\s[-–—|·•]\s|[|·•]|\s{2,}|,\s|\s\(")
_NUMBERED = re.compile(
    r"^[^\w\n]{0,6}(?P<count>\d{1,2}|one|two|three|four|five|several)(?:\s?x)?\s+(?P<title>[A-Z][^.!?:;\n]{2,60})$", re.IGNORECASE
)


def carded_titles(rows: Sequence[str], is_title: Callable[[str], bool]) -> list[str]:
    """The titles of the cards that the text is; empty where it says more of one job than a card does."""
    heads = list(_heads(rows, is_title))
    cards = [(title, rows[at:end]) for (at, title), (end, _) in pairwise([*heads, (len(rows), "")])]
    found = [(title, lines) for title, lines in cards if _is_card(lines)]
    different = {(squash(title), squash(lines[1]) if len(lines) > 1 else squash(lines[0])) for title, lines in found}
    prose = sum(len(row) for row in rows if _is_sentence(row))
    above = heads[0][0] if heads else 0
    titles = list(dict.fromkeys(title for title, _ in found))
    if len(titles) < _FEWEST and len(different) > _FEWEST:  # the same job at one employer after the other
        titles = list(dict.fromkeys(", ".join([title, *lines[1:2]]) for title, lines in found))
    most = len(found) >= _MOST_OF_CARDS * len(cards)
    return titles if most and prose < _LITTLE and above <= _MOST_OF_HEAD else []


def numbered_titles(rows: Sequence[str], is_title: Callable[[str], bool]) -> list[str]:
    """The jobs of which a text says how many: `2 Baristas`, `1 Shift Manager`."""
    said = [clean_title(match["title"]) for row in rows if (match := _NUMBERED.match(row))]
    return list(dict.fromkeys(title for title in said if is_title(title) and small_words(title) <= 1))


def described_titles(rows: Sequence[str], is_title: Callable[[str], bool]) -> list[str]:
    """The jobs that a text names on lines of their own, each with a few sentences of its own and nothing else."""
    at = [index for index, row in enumerate(rows) if index and is_title(row) and clean_title(row) == row]
    parts = [(rows[here], rows[here + 1 : there]) for here, there in pairwise([*at, len(rows)])]
    found = [title for title, lines in parts if 0 < len(lines) <= _MOST_SENTENCES and any(map(_is_sentence, lines))]
    titles = list(dict.fromkeys(found))
    return titles if len(titles) > _FEWEST and len(titles) == len(parts) else []


def _heads(rows: Sequence[str], is_title: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    for at, row in enumerate(rows):
        line = _ITEM.sub("", row)
        if len(line) > _LONGEST or not line or _is_sentence(line):
            continue
        said = [one for one in read_headline(line) if one.title and one.company_weight >= _SAYS_SO and names_role(one.title)]
        part = next((part.strip() for part in _CUT.split(line) if is_title(part.strip())), "")
        if title := said[0].title if said else part:
            yield at, clean_title(title)


def _is_card(lines: Sequence[str]) -> bool:
    """Whether lines are a job's title and where, when or for how much it is, or whose on the title's own line, and no more."""
    if len(lines) > _MOST_LINES or any(len(line) > _LONGEST or _is_sentence(line) for line in lines):
        return False
    says_so = any(one.company_weight >= _SAYS_SO for one in read_headline(_ITEM.sub("", lines[0])))
    parts = [part for line in (_ITEM.sub("", lines[0]), *lines[1:]) for part in _CUT.split(line) if part.strip()]
    return says_so or any(map(tells_where_or_when, lines)) or any(map(tells_where_or_when, parts))


def _is_sentence(row: str) -> bool:
    return small_words(row) > _MOST_SMALL or (row[-1:] in ".!?" and len(row.split()) > _MOST_SMALL and not has_legal_form(row))
