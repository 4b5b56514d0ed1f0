"""Where among the first lines a name stands, and what boards have put beside it: a place, a rating, a link to its other jobs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.employer.candidates import key_of
from functions.interview_prep.posting.identity.employer.names_on_lines import may_stand_for_employer
from functions.interview_prep.posting.identity.headlines import FURNITURE
from functions.interview_prep.posting.identity.lone_lines import tells_where_or_when
from functions.interview_prep.posting.identity.organisation_names import is_city, without_marks
from functions.interview_prep.posting.identity.vocabulary import is_place

_LAST_LINE = 4
RATED = re.compile(
    r"^\(?\d[.,]\d\)?\s?(?:★|⭐|stars?\b|out of 5|/ ?5)?|^[\d,.]{1,9} (?:reviews?|ratings?|bewertungen|avis)\b|^company rating\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"^(?:view (?:website|all jobs|company|profile)|visit website|company website|follow|see all jobs|view all|share|\+ follow)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?<!\s)\s+[·•|–—-]\s+|(?:(?<!\s)\s+)?[|·•]\s*|\s{2,}|\t|,\s")
_PARTS = re.compile(r"(?<!\s)\s+[·•|–—@-]\s+|(?:(?<!\s)\s+)?[|·•]\s*|[()\[\]]|\t|\s(?:at|with|bei|chez)\s|:\s")
"""What stands between a title, a name and a place on one line."""
_DISTRICT = re.compile(r"(?<=\w) (?:[A-Z]{1,2}\d{1,2}[A-Z]?(?: \d[A-Z]{2})?|\d{4,6})$")
"""The district behind a town: `London EC3`."""
_BULLET = re.compile(r"[-•·▪●✓✔–] ")
_NEAR = 3
"""Lines between a lone name and the title."""


class Lines:
    """A text's first lines, read once for all names."""

    def __init__(self, rows: Sequence[str], title: str, titles: Sequence[int], lone: Mapping[str, int]) -> None:
        """`titles`: the lines that hold the job's title; `lone`: names that stand alone on a line, with its number."""
        self.rows = rows
        self.beside_title = _sole_parts([rows[at] for at in titles[:2]], title)
        near = [name for name, at in lone.items() if any(0 < abs(at - one) <= _NEAR for one in titles)]
        self.sole_lone = near[0] if len(near) == 1 else ""
        self.titles = titles
        self.squashed = [squash(row) for row in rows]
        self.bare = [key_of(without_marks(row)) for row in rows]

    def features(self, key: str) -> dict[str, float]:
        """On which line a name stands first, and what surrounds the line that is the name alone."""
        at = next((at for at, row in enumerate(self.squashed) if key in row), None)
        whole = next((at for at, row in enumerate(self.bare) if key == row), None)
        beside = whole is not None and any(0 < abs(whole - one) < _NEAR for one in self.titles)
        values = {} if at is None or beside else {f"line_{min(at, _LAST_LINE)}": 1.0}
        values |= {"sole_part": float(key in self.beside_title), "sole_lone": float(key == self.sole_lone)}
        if whole is not None:
            values |= self._around(whole)
        elif at is not None and at in self.titles:
            values["line_of_title"] = 1.0
            brackets = re.findall(r"[(\[]([^()\[\]]{2,60})[)\]]", self.rows[at])
            values["in_bracket"] = float(any(key == squash(one) for one in brackets))
        if at is not None and whole is None and self.squashed[at].startswith(key):
            rest = [part for part in _BETWEEN.split(self.rows[at])[1:] if part.strip()]
            values["place_behind"] = float(any(_is_where(part) for part in rest[:2]))
        return values

    def _around(self, at: int) -> dict[str, float]:
        after = self.rows[at + 1 : at + 5]
        rated = bool(re.search(r"\d[.,]\d|★", self.rows[at]) or (after and RATED.match(after[0])))
        rest = [row.removeprefix("- ") for row in after if not (RATED.match(row) or _LINK.match(row) or len(row) == 1)]
        return {
            "heads_list": float(bool(after) and bool(_BULLET.match(after[0])) and not tells_where_or_when(after[0][2:])),
            "line_above": float(at + 1 in self.titles),
            "line_below": float(at - 1 in self.titles),
            "near_title": float(at + 2 in self.titles or at - 2 in self.titles),
            "rated": float(rated),
            "linked": float(any(_LINK.match(row) for row in after[:3])),
            "place_next": float(bool(rest) and _is_where(rest[0])),
            "when_next": float(bool(rest) and tells_where_or_when(rest[0]) and not _is_where(rest[0])),
        }


def _sole_parts(rows: Sequence[str], title: str) -> set[str]:
    """What is left of the title's lines without the title, places and what boards say, where that is one part."""
    found = set()
    for row in rows:
        own = squash(title)
        parts = [part.strip(" ,.-–—:") for part in _PARTS.split(row) if squash(part)]
        left = [
            part
            for part in parts
            if not (
                own in squash(part)
                or squash(part) in own
                or _is_where(part)
                or FURNITURE.match(part)
                or tells_where_or_when(part)
                or not may_stand_for_employer(part)
            )
        ]
        if len(left) == 1 and len(parts) > 1:
            found.add(key_of(left[0]))
    return found


def _is_where(text: str) -> bool:
    first = _DISTRICT.sub("", re.split(r"\s\(|\s[·•|]\s", text.strip(" ,·•|"))[0].strip())
    return is_place(text) or is_place(first) or is_city(first) or is_city(first.partition(",")[0])
