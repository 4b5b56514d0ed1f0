"""What stands above a posting on a page that was saved or copied whole: its menu, its cookie banner, links to an account."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.headlines import FURNITURE
from functions.interview_prep.posting.identity.labelled_lines import is_labelled, labels_another_thing
from functions.interview_prep.posting.identity.vocabulary import names_many, names_role, small_words

_LOOKED_AT, _KEPT = 160, 6
"""Lines in which the title is looked for; lines that are kept above it: the employer's name and the place stand there too."""
_MENU_WORDS, _SMALL_OF_SENTENCE, _LONGEST_TITLE = 6, 4, 110
"""Words of a menu's entry; a title's small words and characters."""
_LONG_MENU, _MOSTLY = 8, 0.8
"""Entries of a menu that other lines may stand among, and their share of it."""
_BANNER = re.compile(r"\b(?:cookies?|javascript|browser|einwilligung|consentement|privacy (?:policy|notice))\b", re.IGNORECASE)
_ENTRIES = re.compile(r"\s[·|•>/»]\s|\t|\s{3,}")


def without_menu(text: str, headings: Sequence[str] = ()) -> str:
    """A text that begins with its first line and goes on a few lines above the job's title, where only a menu stands between.

    `headings`: those that the page gives its posting; what stands above the first of them is no part of it.
    """
    lines = [line for line in text.split("\n")[:_LOOKED_AT] if line.strip()]
    at = _heading(lines, headings)
    sure = at > 0
    at = at if sure else _first_title(lines)
    menu = lines[1 : max(1, at - _KEPT)]
    if not menu or not (sure or _is_menu(menu)):
        return text
    rest = text.split("\n")
    start = [number for number, line in enumerate(rest) if line.strip()][at - _KEPT]
    return "\n".join([lines[0], *rest[start:]])


def _is_menu(lines: Sequence[str]) -> bool:
    """Whether lines are a menu's, if a long one with a banner or a telephone number among them."""
    entries = sum(map(_is_of_menu, lines))
    return entries == len(lines) or (entries >= _LONG_MENU and entries >= _MOSTLY * len(lines))


def _heading(lines: Sequence[str], headings: Sequence[str]) -> int:
    """The number of the line that is one of the headings; 0 where none is."""
    wanted = set(map(squash, headings))
    return next((at for at, line in enumerate(lines) if wanted and squash(line) in wanted), 0)


def _first_title(lines: Sequence[str]) -> int:
    """The number of the first line that may be the job's title; 0 where none is."""
    return next(
        (at for at, line in enumerate(lines) if _may_be_title(line) and not (at and labels_another_thing(lines[at - 1]))), 0
    )


def _may_be_title(line: str) -> bool:
    bare = line.strip()
    short = len(bare) <= _LONGEST_TITLE and small_words(bare) <= _SMALL_OF_SENTENCE and not bare.startswith("- ")
    return short and names_role(bare) and not (names_many(bare) or FURNITURE.match(bare) or _BANNER.search(bare))


def _is_of_menu(line: str) -> bool:
    """Whether a line is a menu's, a link's or a banner's, no label with its value and no sentence."""
    if _BANNER.search(line):
        return True
    return not is_labelled(line) and all(len(entry.split()) <= _MENU_WORDS for entry in _ENTRIES.split(line))
