"""What a page's title says besides the job's: `Data Engineer Job in Erfurt bei Acme AG | Board` without `Data Engineer`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.employer_domain import is_board_name
from functions.interview_prep.posting.identity.headlines import FURNITURE
from functions.interview_prep.posting.identity.organisation_names import is_city, is_organisation, may_be_employer, without_marks
from functions.interview_prep.posting.identity.vocabulary import is_place, names_role

ALONE, AMONG, ORGANISATION = 3.5, 2.0, 1.5
"""Weight of the only name that is left, of one of several, and what an organisation's words add."""
_SHORTEST_TITLE = 2
_BETWEEN = re.compile(
    r"\s?+[|｜_•·»›]\s?+|\s[-–—:@]+\s|^\s?+[-–—:,@]+\s|[,，]\s|(?:^|\s)(?:at|in|with|by|von|bei(?: der| dem)?|chez|presso|für|for|hos|till|w firmie|ve společnosti|v компании|в компании|работа|στην|στη)(?=\s)\s?"
    r"|招聘|诚聘|急聘"
)
_EDGES = re.compile(r"^(?:jobs?|job (?:application|opening|posting|offer)s?|application|careers?|vacanc(?:y|ies)|вакансия|stellenangebot|is hiring|hiring)\s(?=\S)|\s(?:jobs?|careers?|karriere|is hiring|hiring)$", re.IGNORECASE)  # fmt: skip


def names_left(heads: Iterable[str], titles: Iterable[str]) -> Iterator[tuple[str, float]]:
    """The names that the page's titles hold beside the job's (`titles`: its headings), with their weights."""
    wanted = [title for title in titles if len(squash(title)) > _SHORTEST_TITLE and names_role(title)][:2] or [
        title for title in titles if len(squash(title)) > _SHORTEST_TITLE
    ][:1]
    for head in dict.fromkeys(heads):
        for title in wanted:
            at = head.casefold().find(title.casefold())
            if at < 0 or len(head) == len(title):
                continue
            pieces = [*_pieces(head[:at]), *_pieces(head[at + len(title) :])]
            names = list(dict.fromkeys(piece for piece in pieces if _may_be_name(piece)))
            for name in names:
                weight = ALONE if len(names) == 1 else AMONG
                yield name, weight + (ORGANISATION if is_organisation(name) else 0.0)
            break


def _pieces(text: str) -> Iterator[str]:
    for piece in _BETWEEN.split(text):
        bare = _EDGES.sub("", without_marks(piece).strip(" -–—|:·,()")).strip(" -–—|:·,")
        if bare:
            yield bare


def _may_be_name(text: str) -> bool:
    return (
        may_be_employer(text)
        and not is_board_name(text)
        and not is_place(text)
        and not is_city(text)
        and not FURNITURE.match(text)
        and (is_organisation(text) or not names_role(text))
    )
