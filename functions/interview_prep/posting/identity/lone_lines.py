"""Names that stand alone on a line, as pasted postings begin: the employer above or below the job's title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.employer_domain import is_board_name
from functions.interview_prep.posting.identity.headlines import FURNITURE
from functions.interview_prep.posting.identity.labelled_lines import is_labelled
from functions.interview_prep.posting.identity.organisation_names import (
    is_city,
    is_organisation,
    is_town_line,
    is_unit,
    may_be_employer,
    without_marks,
    without_unit,
)
from functions.interview_prep.posting.identity.vocabulary import (
    has_legal_form,
    is_heading,
    is_place,
    names_role,
)

HEAD, LONGEST, LONGEST_LONE = 14, 110, 6
"""Lines in which a posting says what it is; characters of a line that may be a name; words of a lone one."""
_BY_DISTANCE = (3.0, 2.4, 1.8)
_ORGANISATION, _PLACE = 1.6, 0.5
_PLACE_WORDS, _LONGEST_ORGANISATION = 2, 9
_LEAD_IN = 60
"""Characters of a line that leads in to the title: `invites applications for the position of:`."""
OPENING = re.compile(
    r"^(?:(?:[A-Z]\w{2,12} ){0,2}(?:[Oo]pening|[Vv]acancy|[Vv]acancies|[Gg]reetings|[Jj]obs?|[Cc]areers?|[Oo]pportunity|[Oo]pportunities|[Pp]osition) (?:at|from|with)|[Aa]t|@|[Ff]or|About|Join|Why|Why join|Life at|Working at|At)\s+(?=\S)"
)
_WHEN_OR_PAY = re.compile(r"\b(?:ago|vor \d+|il y a|hace \d|applicants|applications|posted|full[- ]time|part[- ]time|vollzeit|teilzeit|temps plein|cdi|jornada|tiempo completo|plný úvazek|hlavní pracovní poměr|πλήρης απασχόληση|μερική απασχόληση|umowa o pracę|tempo pieno|fuldtid|heltid|voltijd|全职|全職|兼职|دوام|out of 5|hourly|per (?:hour|year))\b|[$€£₹¥]\s?\d|\d\s?(?:★|⭐|Kč|€|元)|\d[Kk]\b", re.IGNORECASE)  # fmt: skip
"""What the lines around a title say besides the employer's name."""
_SPLIT = re.compile(r"(?<!\s)\s+[·•|–—-]\s+|(?:(?<!\s)\s+)?[|·•]\s*|\s{2,}|\t|,\s+(?=[A-ZÀ-Ž])")


ANY_GENDER = re.compile(
    r"\((?:[mwdfhx](?:[/|*]| / )?){2,4}\)|\([mwdfhxvkžz*](?:\s?[/|]\s?(?:[mwdfhxvkžz*]|div\.?|gn)){1,3}\)|\((?:gn|mgz|all genders|alle geschlechter)\)|\b[HF]\s?/\s?[FH]\b",
    re.IGNORECASE,
)
"""How a title says that anybody may apply; nothing but a title says so."""


def short_rows(text: str) -> list[str]:
    """The text's first lines, marks of bold and headings taken away."""
    rows = (" ".join(row.strip("#*_ \t").split()) for row in text.split("\n")[:200])
    return [row for row in rows if row]


def names_beside(rows: Sequence[str], title: str) -> Iterator[tuple[str, float]]:
    """Lone lines that may be the employer's, near the title; the title's first two places in the text count.

    The nearer the surer; a line that says by its words that it is an organisation's is surer, one that may be a place less.
    """
    wanted = squash(title)
    places = [
        at
        for at, row in enumerate(rows[:60])
        if wanted and (squash(row) == wanted or (wanted in squash(row) and len(row) <= LONGEST))
    ]
    for place in places[:2]:
        for direction in (1, -1):
            yield from _on_one_side(rows, place, direction)


def _on_one_side(rows: Sequence[str], place: int, direction: int) -> Iterator[tuple[str, float]]:
    for step, weight in enumerate(_BY_DISTANCE, 1):
        at = place + direction * step
        if not 0 <= at < len(rows):
            return
        name, alone = _name_in(OPENING.sub("", rows[at]))
        if name and not _may_be_place(name):
            yield name, weight + (_ORGANISATION if is_organisation(name) else 0.0) - (0.0 if alone else 0.2)
            return
        if name:
            yield name, _PLACE
        elif not _skippable(rows[at]):
            return


def lone_names(rows: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The names among the first lines that stand alone, or with a place or a rating beside them only; each with its line's number."""
    for at, row in enumerate(rows[:HEAD]):
        name, alone = _name_in(OPENING.sub("", row))
        if name and alone:
            yield at, name


def tells_where_or_when(row: str) -> bool:
    """Whether a line says where the job is, how well its employer is rated, how long ago it was posted, what it pays."""
    parts = [part for part in _SPLIT.split(row) if part.strip()]
    return (len(row) <= LONGEST and any(is_place(part) or is_city(part) for part in parts)) or bool(_WHEN_OR_PAY.search(row))


def _may_be_place(name: str) -> bool:
    """A city, `Port Isaac, Cornwall`, `Budapest V. kerület`; a department is no employer either."""
    if is_unit(name):
        return True
    if is_organisation(name):
        return False
    first = name.split(maxsplit=1)[0].strip(",")
    if is_city(name) or ", " in name or re.search(r"(?<!\S)\d[\d.,]*(?!\S)", name):
        return True
    last = name.rsplit(maxsplit=1)[-1]
    return is_city(first) and last != name and not last[:1].isupper()


def _skippable(row: str) -> bool:
    """A line between the title and the employer's that says where, how well rated or how long ago."""
    return is_place(row) or len(row) <= 25 or bool(re.search(r"\d", row)) or (row.endswith(":") and len(row) <= _LEAD_IN)  # noqa: PLR2004 - a mark, a rating, a date


def _name_in(row: str) -> tuple[str, bool]:
    """The employer's name in a line such as `Acme`, `Acme 4.2★`, `Acme · Berlin, Germany (Hybrid)`; and whether it stands alone."""
    if (
        len(row) > LONGEST
        or row.startswith("- ")
        or is_town_line(row)
        or is_heading(row)
        or is_labelled(row)
        or re.match(r"^[^:：]{2,40}[:：]\s", row)
    ):
        return "", False
    whole = _without_place(without_unit(without_marks(row)))
    if _is_lone_name(whole, lower=False) and not re.search(r"\s[·•|–—-]\s", whole):
        return whole, True
    first, *rest = [without_marks(part) for part in _SPLIT.split(row) if part.strip()] or [""]
    where = row[row.find(first) + len(first) :].strip(" ·•|,–—-") if first else ""
    plain = is_place(where) or all(
        is_place(part) or is_city(part) or FURNITURE.match(part) or re.search(r"\d", part) for part in rest
    )
    if first == whole or not _is_lone_name(first, lower=plain):
        return "", False
    return first, plain


def _without_place(name: str) -> str:
    """`Willow Nursery, Stirling` as `Willow Nursery`."""
    first, comma, rest = name.partition(", ")
    place = (
        is_place(rest)
        or is_city(rest)
        or (len(rest.split()) <= _PLACE_WORDS and rest[:1].upper() == rest[:1] and "&" not in rest)
    )
    return first if comma and place and not has_legal_form(name) and may_be_employer(first) and not names_role(first) else name


def _is_lone_name(text: str, *, lower: bool) -> bool:
    return (
        len(text.split()) <= (_LONGEST_ORGANISATION if is_organisation(text) else LONGEST_LONE)
        and may_be_employer(text, lower=lower)
        and not is_board_name(text)
        and (is_organisation(text) or not names_role(text))
    )
