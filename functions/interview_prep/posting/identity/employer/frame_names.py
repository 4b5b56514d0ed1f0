"""Whose page a copied posting stands on, by what is around it: the logo's name above it, `Life at Acme`, `© Acme`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.headlines import FURNITURE
from functions.interview_prep.posting.identity.organisation_names import without_marks
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.vocabulary import is_heading, is_place, names_role, ordinary_share

_MOST_WORDS, _LONGEST, _SHORTEST = 6, 60, 3
"""Words and characters of a line that may be a name; letters of a name."""
_SAYS = re.compile(
    r"^(?:- )?(?:(?:About|Inside|Join|Why(?: join)?|Follow|Contact|Discover|Meet|Explore|(?:Welcome|Apply) to|Life (?:at|with)|(?:Careers?|Jobs?|Working|Work|People|Teams?|Diversity|Opportunities|Terms|Benefits) (?:at|of|with)|Über|Karriere bei|Jobs? bei|Om|À propos de|Sobre) (?:the )?)(?P<name>[^\n]{2,45})$"
    r"|^(?:- )?(?P<owner>[^\n·|•]{2,45}?)(?:['’]s)? (?:[Cc]areers?(?: [Ss]ite| [Hh]ome)?|[Jj]obs(?: (?:&|und|and) [Kk]arriere)?|[Kk]arriere|[Hh]ome ?[Pp]age|[Ll]ogo|[Nn]ewsroom|kennenlernen)$"
)
_RIGHTS = re.compile(r"©|\([cC]\)|[Cc]opyright")


def names_around(said: PostingParts) -> Iterator[tuple[str, str]]:
    """The names, each with its kind: `frame_says` where a link names it, `logo` where it stands alone above the posting and is said again."""
    above, below = ([row for line in part.split("\n") if (row := line.strip())] for part in (said.above, said.below))
    if not (above or below):
        return
    told, signed = said.told, squash(" ".join(row for row in below if _RIGHTS.search(row)))
    for row in dict.fromkeys((*above, *below)):
        found = _SAYS.match(row) if len(row) <= _LONGEST else None
        name = without_marks((found["name"] or found["owner"]).strip(" .,:!?")) if found else ""
        if name and ((_is_said(name, told) and not name.islower()) or squash(name) in signed) and ordinary_share(name) < 1:
            yield name, "frame_says"
    for row in dict.fromkeys(row for row in above if len(row) <= _LONGEST):
        name = without_marks(row)
        if len(name.split()) > _MOST_WORDS or row.startswith("- ") or len(squash(name)) < _SHORTEST or _is_furniture(name):
            continue
        if _is_said(name, told) or squash(name) in signed:
            yield name, "logo"


def _is_furniture(name: str) -> bool:
    return bool(FURNITURE.match(name)) or is_heading(name) or is_place(name) or names_role(name) or ordinary_share(name) == 1


def _is_said(name: str, text: str) -> bool:
    """Whether the posting's sentences say a name, within one: a menu's word is written with a capital at their beginning only."""
    return bool(re.search(rf"(?<=[a-zà-ž,(] ){re.escape(name)}(?!\w)", text))
