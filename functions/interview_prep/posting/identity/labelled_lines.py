"""Lines that label what they say: `Company: Acme`, `工作地点：深圳`, or the label on one line and the value on the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from functions.interview_prep.posting.identity.organisation_names import without_marks
from functions.interview_prep.posting.identity.vocabulary import folded, is_company_name, is_heading, labels

MOST_ROWS, LONGEST_VALUE, LONGEST_LABEL = 120, 110, 32
_LINE = re.compile(r"^[\s#*>•·-]{0,8}([^:：\n|]{2,40}?)\s{0,3}\**\s{0,3}[:：]\s{0,3}\**\s{0,3}(\S[^\n]{0,200})?$")
_LINKED = re.compile(r"^\[([^\[\]]{2,80})\]\([^()\s]{4,300}\)$")
"""A value that is a link in Markdown."""


FIELD = re.compile(
    r"\*\s?$|^(?:- )?(?:(?:first|last|full|your|preferred|company) name|name|e-?mail(?: address)?|(?:tele|mobile )?phone(?: number)?|upload\b.*|attach\b.*|choose file.*|no file chosen"
    r"|browse|submit\b.*|(?:your |additional )?(?:message|notes|comments)|subject|postcode|zip(?: code)?|country|city|cover letter|website|linkedin(?: profile)?|vorname|nachname|telefon\w*|nachricht|nom|prénom|téléphone|nombre|apellidos?|teléfono)\s?[:*]?$",
    re.IGNORECASE,
)
"""A field of a form, by its label: what stands below it is the next one's."""


def labelled_value(text: str, name: str) -> str:
    """The first value that a line labels as `name` (title, company, location, salary, employment_type, date_posted, valid_through)."""
    rows, labelled = _read(text)
    for field, value in labelled:
        if field == name and value and len(value) <= LONGEST_VALUE and _suits(name, value):
            return value
    return _on_the_next_line(rows, name)


@lru_cache(maxsize=8)
def _read(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """A text's rows, and what those with a known label say: (field, value). Every field is looked for in the same text."""
    rows = [row.strip() for row in text.split("\n") if row.strip()][:MOST_ROWS]
    labelled = []
    for at, row in enumerate(rows):
        found = _LINE.match(row)
        if found is not None and (field := _field(found[1])):
            value = found[2] or (rows[at + 1] if at + 1 < len(rows) else "")
            labelled.append((field, _LINKED.sub(r"\1", value.strip(" *_#"))))
    return rows, labelled


def is_labelled(row: str) -> bool:
    """Whether a line begins with a known label: it says one thing and is no headline."""
    found = _LINE.match(row)
    return found is not None and bool(_field(found[1]))


def labels_something_else(row: str) -> bool:
    """Whether a line is a known label with its value, and no title's: `Type: Full-time / Internship`."""
    found = _LINE.match(row)
    return found is not None and (_field(found[1]) not in {"", "title"} or bool(_OTHERS.fullmatch(found[1].strip(" *_#"))))


_OTHERS = re.compile(
    r"(?:(?:job|pay|salary|role|career|employment|contract) )?(?:type|grade|level|family|band|category|function|field|sector)|department|division|team|industry|business (?:area|unit)|type of role|area of work"
    r"|discipline|seniority(?: level)?|report(?:s|ing) to|hiring manager|line manager|specialism|profession",
    re.IGNORECASE,
)
"""Labels whose value may read like a title or a name and is neither: `Job grade` above `Senior Executive Officer`."""


def labels_another_thing(row: str) -> bool:
    """Whether a line is a bare label and the line below it is its value: no title, no employer's name."""
    return bool(_OTHERS.fullmatch(row.strip(" *_#:•-")))


def without_other_facts(rows: Sequence[str]) -> list[str]:
    """The lines without such labels and their values."""
    others = [labels_another_thing(row) for row in rows]
    return [row for at, row in enumerate(rows) if not (others[at] or (at and others[at - 1]))]


def _field(label: str) -> str:
    """The field that a label names; one of two words with a stroke does as well: `Institution/Company`."""
    bare = " ".join(folded(label).strip(" *_#").split())
    return labels().get(bare, "") or next((labels()[part] for part in bare.split("/") if "/" in bare and part in labels()), "")


def _suits(name: str, value: str) -> bool:
    if name == "company":
        return is_company_name(without_marks(value), lower=True, roles=True)
    if name == "title":
        return len(value.split()) <= 14 and not value.endswith((".", "!")) and not is_heading(value)  # noqa: PLR2004 - longer are sentences
    return True


def _on_the_next_line(rows: list[str], name: str) -> str:
    """A bare label above its value, as tables are pasted. Only the words that are no heading of a part as well."""
    for row, value in pairwise(rows[:41]):
        if FIELD.search(value):
            continue
        label = " ".join(folded(row).strip(" *_#").split())
        bare = len(row) <= LONGEST_LABEL and labels().get(label) == name and label not in _HEADINGS_TOO
        if bare and len(value) <= 60 and ":" not in value and _suits(name, value):  # noqa: PLR2004 - a name or a place
            return value.strip(" *_#")
    return ""


_HEADINGS_TOO = frozenset({"position", "role", "job", "the role", "location", "pay", "salary", "compensation", "schedule", "rate", "profession", "about the company", "company", "profil", "title"}) - {"company", "location", "salary", "title"}  # fmt: skip
