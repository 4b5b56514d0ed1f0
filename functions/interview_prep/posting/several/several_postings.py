"""The jobs of a text that is several whole postings, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.headlines import clean_title
from functions.interview_prep.posting.identity.vocabulary import is_heading, small_words
from functions.interview_prep.posting.identity.weighed import probabilities, weights_in
from functions.interview_prep.posting.posting_marks import marks_of
from functions.interview_prep.posting.several.beginning_features import HEAD, features_of
from functions.interview_prep.posting.several.text_lines import NUMBER, Line, first_part, lines_of, title_on
from functions.interview_prep.posting.values.posting_language import text_language

_WEIGHTS = Path(__file__).with_name("weights.txt")
SURELY, LIKELY, _LONGEST_NAME, _LEAST_MARKS = 0.9, 0.4, 70, 2
"""Probability from which a text is several postings, and may be; characters of a line that names an employer or a place; signs of a posting
in a part that no title heads."""


def weights() -> dict[str, float]:
    """The weight of each feature."""
    return weights_in(_WEIGHTS)


def postings_in(text: str, is_title: Callable[[str], bool], surely: float = SURELY) -> list[str]:
    """The titles of the postings that a text holds, each with its own description; empty where it is one posting, as far as one can tell."""
    lines, likely = _read(text, is_title)
    none = 1 - sum(likely.values())
    if none > 1 - surely:
        return []
    begins = {int(at): share for at, share in likely.items() if share >= none}
    best = [at for at, share in begins.items() if all(share >= begins.get(at + by, 0.0) for by in range(-HEAD, HEAD + 1) if by)]
    titles: list[str] = []
    for at, end in zip((0, *best), (*best, len(lines)), strict=True):
        if _is_posting(lines[at:end], is_title, first=not at):
            title = _name_at(lines, at, is_title)
            titles.append(title if title not in titles else _with_owner(title, lines, at))
    return list(filter(None, titles)) if any(titles[1:]) else []


@lru_cache(maxsize=2)  # where a question is asked, the same text is looked at again
def _read(text: str, is_title: Callable[[str], bool]) -> tuple[list[Line], Mapping[str, float]]:
    """A text's lines, and how likely each of them begins a further posting."""
    lines = lines_of(text)
    return lines, probabilities(features_of(lines, is_title), weights())


def _is_posting(lines: Sequence[Line], is_title: Callable[[str], bool], *, first: bool) -> bool:
    """Whether a part has a job's title at its head, or tells what postings do; a menu above the only posting has neither."""
    near = (title_on(NUMBER.sub("", line.text), is_title, first=first) for line in lines[:HEAD])
    return any(title.sure for title in near) or marks_of("\n".join(line.text for line in lines)) >= _LEAST_MARKS


def _name_at(lines: Sequence[Line], at: int, is_title: Callable[[str], bool]) -> str:
    """What the job is called whose posting begins on a line, or near it; that line where none says it."""
    near = [NUMBER.sub("", line.text) for line in lines[at : at + HEAD]]
    said = [title_on(line, is_title, first=first) for first in (False, not at) for line in near]
    named = next((title.text for title in sorted(said, key=lambda title: not title.sure) if title.text), "")
    return clean_title(named or near[0][:_LONGEST_NAME])


def _with_owner(title: str, lines: Sequence[Line], at: int) -> str:
    """The title that another job has too, with whose or where it is; empty where a sentence follows: that is the same job, told again."""
    below = next((line.text for line in lines[at : at + HEAD] if title not in line.text), "")
    named = len(below) <= _LONGEST_NAME and small_words(below) <= 1 and below[-1:] not in ".!?:"
    return f"{title}, {below}" if below and named else ""


def are_one_in_two_languages(text: str, titles: Sequence[str]) -> bool:
    """Whether two titles are one job's, described in one language and then in another: at the same employer, or in the same place."""
    first, second = (text.find(title.partition(", ")[0]) for title in titles)
    if not 0 <= first < second:
        return False
    one, other = ("\n".join(part.strip("*#_ ").split("\n")[1:]) for part in (text[first:second], text[second:]))
    return text_language(one) != text_language(other) and not _are_two(one, other)


def _are_two(part: str, other: str) -> bool:
    """Whether what stands below two titles, employer or place, is not said of the other job."""
    below = [next((row for row in text.split("\n") if row.strip()), "") for text in (part, other)]
    names = [squash(first_part(row)) for row in below]
    short = all(0 < len(row) <= _LONGEST_NAME and not is_heading(row) for row in below)
    return short and names[0] not in squash(other) and names[1] not in squash(part)
