"""What boards and applicant systems write around a posting with its employer's name in it: `See who Acme has hired for this role`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from functions.interview_prep.posting.identity.organisation_names import is_city, without_marks
from functions.interview_prep.posting.identity.vocabulary import is_place

LONGEST_LINE, MOST_ROWS = 160, 400
"""Characters of a line, and lines looked at."""
_NAME = r"(?P<name>\S[^\n]{1,60}?)"
_PHRASES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^See who {_NAME} has hired for this role\b",
        rf"\bchances of interviewing at {_NAME} by \d",
        rf"^Interested in building your career at {_NAME}\?",
        rf"^{_NAME} [Hh]ome ?[Pp]age$",
        rf"^at {_NAME} ?\(View all jobs\)",
        rf"^(?:Posted [^\n]{{1,20}}|\d{{1,2}} \w{{3,9}}(?: ago)?|[Yy]esterday|[Tt]oday) by {_NAME}$",
        rf"^See recent hiring trends for {_NAME}\. Try\b",
        rf"^(?:[Mm]ore|[Vv]iew all|[Ss]ee all|[Aa]ll|[Oo]ther|[Ss]ee more|[Vv]iew) (?:open )?jobs (?:at|from|by|with) {_NAME}$",
        rf"^{_NAME} [Cc]areers [Pp]age$",
    )
)
_SAVED = r"^(?:Save|Share|Apply for|Join to apply for the|Report) {}[^\n]{{0,60}}? (?:at|with|by) {}$"
_WHERE_LONGEST = 3
"""Words of a town's name."""


def named_by_boards(rows: Sequence[str], title: str) -> Iterator[str]:
    """The names that such phrases give, as often as they give them."""
    saved = re.compile(_SAVED.format(re.escape(title), _NAME)) if title else None
    for row in rows[:MOST_ROWS]:
        if len(row) > LONGEST_LINE:
            continue
        found = (saved and saved.match(row)) or next((match for one in _PHRASES if (match := one.search(row))), None)
        if found:
            yield without_marks(found["name"].strip(" .,"))


def before_its_place(row: str) -> str:
    """The name in `Acme Robotics Austin, TX` or `Acme Berlin, Germany`: what stands before a town and its country; empty where nothing does."""
    left, comma, rest = row.partition(", ")
    words = left.split()
    if not comma or len(row) > LONGEST_LINE or len(words) > _LONGEST_NAME:
        return ""
    where = re.split(r"\s{2,}|\s[·•|]\s|\s\d", rest)[0]
    for count in range(min(_WHERE_LONGEST, len(words) - 1), 0, -1):
        town = " ".join(words[-count:])
        if (
            town[:1].isupper()
            and (is_city(town) or (count == 1 and is_place(f"{town}, {where}")))
            and is_place(f"{town}, {where}")
        ):
            return " ".join(words[:-count]).strip(" -–—·•|,")
    return ""


_LONGEST_NAME = 9
"""Words of a name and its town."""
