"""What speaks for a line as the first of a posting on a copied page, and as the first that is no longer the posting's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.copied_page.line_signs import Signs, signs_of
from functions.interview_prep.posting.identity.headlines import clean_title
from functions.interview_prep.posting.identity.labelled_lines import labels_another_thing
from functions.interview_prep.posting.identity.weighed import Features

_SCALE = 10.0
"""Lines that count as one where all of a part are counted: weights stay near one."""
_NEAR, _FAR = 4, 15
_LONGEST_FIRST, _FEWEST, _LAST_FIRST = 160, 3, 300
"""Characters of a first line; lines of a posting; the last line that may be the first."""
_TOLD_ABOVE, _TOLD_BELOW = 1, 3
"""Sentences that speak as postings do, above a posting and below it: with more of them another posting is told there."""
_SHORTEST_TITLE, _LOOKED_AT = 5, 1000
"""Letters of a title that is looked for elsewhere; characters of a line in which it is."""


class CopiedPage:
    """A text's lines with what each of them shows."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.squashed = [squash(line[:_LOOKED_AT]) for line in lines]
        self.signs = signs_of(lines)
        told = [float("sentence" in signs and "mark" in signs) for signs in self.signs]
        self.told = [0.0, *accumulate(told)]
        self.others = next((at for at, signs in enumerate(self.signs) if at > _FAR and "others" in signs), len(lines))
        self.names = sorted({name for signs in self.signs for name in signs})
        self._sums = {name: [0.0, *accumulate(signs.get(name, 0.0) for signs in self.signs)] for name in self.names}

    def beginnings(self) -> Features:
        """For each line that may be the posting's first, by its number, what speaks for that; the first of all is none of them."""
        return {
            str(at): _kept(self._beginning(at))
            for at in range(1, min(len(self.lines) - _FEWEST, _LAST_FIRST))
            if len(self.lines[at]) <= _LONGEST_FIRST
            and "furniture" not in self.signs[at]
            and self.told[at] <= _TOLD_ABOVE
            and not labels_another_thing(self.lines[at - 1])
            and not labels_another_thing(self.lines[at].partition(":")[0])
        }

    def ends(self, first: int) -> Features:
        """For each line that may be the first behind the posting, which begins on `first`, what speaks for that."""
        title = clean_title(self.lines[first])
        return {
            str(at): _kept(self._end(at, first, squash(title)))
            for at in range(first + _FEWEST, len(self.lines))
            if self.told[max(at, self.others)] - self.told[at] <= _TOLD_BELOW
        }

    def _share(self, name: str, begin: int, end: int) -> float:
        """The share of lines that show something."""
        begin, end = max(0, begin), min(len(self.lines), end)
        sums = self._sums.get(name)
        return (sums[end] - sums[begin]) / (end - begin) if sums and end > begin else 0.0

    def _all(self, prefix: str, begin: int, end: int) -> dict[str, float]:
        return {f"{prefix}_{name}": (self._sums[name][end] - self._sums[name][begin]) / _SCALE for name in self.names}

    def _near(self, prefix: str, begin: int, end: int) -> dict[str, float]:
        return {f"{prefix}_{name}": self._share(name, begin, end) for name in self.names if name != "line"}

    def _beginning(self, at: int) -> dict[str, float]:
        line, below = self.squashed[at], self.squashed[at + 1 :]
        title = squash(clean_title(self.lines[at].removeprefix("- ")))
        above = self._sums["title"][at] if "title" in self._sums else 0.0
        liked = "title" in self.signs[at]
        told = len(title) >= _SHORTEST_TITLE and sum(title in other for other in below)
        values = {"any": 1.0}
        values |= self._all("above", 0, at)
        values |= _named("here", self.signs[at])
        values |= self._near("far", at + 1, at + 1 + _FAR)
        values |= {
            "first_title": float(liked and not above),
            "titles_above": math.log1p(above),
            "again_below": float(liked and bool(told)),
            "often_below": math.log1p(told) * liked,
            "again_above": float(liked and len(title) >= _SHORTEST_TITLE and any(title in other for other in self.squashed[:at])),
            "is_first_line": float(bool(line) and line in self.squashed[0]),
            "title_then_sentences": liked * self._share("sentence", at + 1, at + 1 + _FAR),
            "title_then_where": liked * float(self._share("where", at + 1, at + 1 + _NEAR) > 0),
            "title_then_title": liked * float(self._share("title", at + 1, at + 1 + _NEAR) > 0),
            "title_then_apply": liked * float(self._share("apply", at - 1, at + 1 + _NEAR) > 0),
            "said_below": float(not liked and bool(told)),
            "title_small": float(liked and self.lines[at][:1].islower()),
        }
        return values

    def _end(self, at: int, first: int, title: str) -> dict[str, float]:
        values = {"any": 1.0}
        values |= self._all("below", at, len(self.lines))
        values |= _named("here", self.signs[at]) | _named("last", self.signs[at - 1])
        values |= self._near("near", at + 1, at + 1 + _NEAR)
        values |= self._near("before", max(first, at - _NEAR), at)
        values |= {
            "share": (at - first) / max(1, len(self.lines) - first),
            "title_again": float(len(title) >= _SHORTEST_TITLE and title in self.squashed[at]),
            "title_below": float(len(title) >= _SHORTEST_TITLE and any(title in other for other in self.squashed[at:])),
            "said_above": float(bool(self.squashed[at]) and self.squashed[at] in self.squashed[:first]),
            "short_so_far": float(at - first < _FAR),
        }
        return values


def _named(prefix: str, signs: Signs) -> dict[str, float]:
    return {f"{prefix}_{name}": value for name, value in signs.items() if name != "line"}


def _kept(values: dict[str, float]) -> dict[str, float]:
    return {name: value for name, value in values.items() if value}


def rows_of(text: str) -> list[tuple[int, str]]:
    """The lines that say something, each with its number in the text."""
    return [(at, row) for at, line in enumerate(text.split("\n")) if (row := " ".join(line.strip("#*_ \t").split()))]
