"""Headings that name many jobs or people, where a title names one: `Internships`, `Nursing careers`, `PhD students`."""

from __future__ import annotations

import re

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.vocabulary import is_plural_role, tokens

_MANY = re.compile(
    r"(?:^|\s)(?:careers?|jobs|opportunities|internships|traineeships|apprenticeships|volunteering|positions|openings|vacancies|ausbildungsplätze|praktika|karriere|emplois|prácticas|empleos|vagas|estágios|tirocini|stáže|praktyki|vacatures)\W*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[(\[|,:]|\s[–—-]\s")
_PEOPLE = frozenset({"students", "graduates", "volunteers", "professionals", "talents", "étudiants", "studierende"})
_MOST_WORDS = 3
"""Words of a heading that names no more than a group; a longer one says what is different about it."""


def names_a_group(title: str, text: str) -> bool:
    """Whether a title names a group, and `text` nowhere the one of it that is sought: `Data Scientists` where it says `as a Data Scientist` is one job."""
    bare = _ASIDE.split(title, maxsplit=1)[0].strip()
    words = list(tokens(bare))
    if not words or len(words) > _MOST_WORDS:
        return False
    if _MANY.search(bare):
        return True
    one = bare.removesuffix("s")
    of_roles = is_plural_role(words[-1]) and not one.endswith("s")
    plural = one != bare and (of_roles or words[-1] in _PEOPLE)
    return plural and not re.search(rf"{re.escape(squash(one))}(?!s)", squash(text))
