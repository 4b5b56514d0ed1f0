"""The team or subject that stands behind a job's title on its own line: `Policy Adviser - Waste and Resources`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.employer_domain import is_board_name
from functions.interview_prep.posting.identity.headlines import FURNITURE, clean_title
from functions.interview_prep.posting.identity.organisation_names import is_city
from functions.interview_prep.posting.identity.vocabulary import is_place

_START = re.compile(r"(?:starts?|starting|from|ab|dès|à partir)\b", re.IGNORECASE)
_MOST_OF_TEAM = 5
"""Words of a team's name."""


def with_team(title: str, lines: Sequence[str], company: str) -> str:
    """`Policy Adviser` as `Policy Adviser - Waste and Resources`, where the job's own line says so."""
    for line in lines:
        whole = _up_to_its_place(clean_title(_without_owner(line, company)), title)
        team = whole[len(title) :].strip(" -–—:")
        if not title or not whole.startswith(title) or not re.match(r"\s?[-–—:]\s", whole[len(title) :]):
            continue
        theirs = squash(company)
        named = theirs and (theirs in squash(team) or squash(team) in theirs)
        if not named and len(team.split()) <= _MOST_OF_TEAM and not (is_place(team) or is_city(team) or is_board_name(team)):
            return whole if not FURNITURE.match(team) and not re.search(r"[$€£₹|]|\d{3}", team) else title
    return title


def _without_owner(line: str, company: str) -> str:
    """`Acme - Policy Adviser - Waste` without `Acme - `."""
    first, dash, rest = re.split(r"(\s[-–—|:]\s)", line, maxsplit=1) if re.search(r"\s[-–—|:]\s", line) else (line, "", "")
    return rest if dash and company and squash(first) and squash(company).startswith(squash(first)) else line


def _up_to_its_place(whole: str, title: str) -> str:
    """`Kitchen Intern - Pastry - Leeds - Start in May` as `Kitchen Intern - Pastry`."""
    end = len(title)
    for part in re.finditer(r"\s[-–—]\s([^\n]+?)(?=\s[-–—]\s|$)", whole[len(title) :]):
        if is_place(part[1]) or is_city(part[1]) or FURNITURE.match(part[1]) or _START.match(part[1]):
            return whole[:end].strip()
        end = len(title) + part.end()
    return whole
