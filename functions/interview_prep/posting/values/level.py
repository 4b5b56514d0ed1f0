"""The level that a posting states."""

from __future__ import annotations

import re

from functions.interview_prep.forum.job_families import role_of

_MANAGER = re.compile(
    r"^manager\b|\b(?:engineering|development|software|team|store|shop|branch|plant|restaurant|general|office|department|regional|district|"
    r"operations|support|qa|data science|design|research|sales) manager\b|\bmanager(?:,| of) |\bsupervisor\b|\bteamleit\w+",
    re.IGNORECASE,
)
_STATED_LEVEL = re.compile(
    r"\b(?:experience|seniority|career|job) level\b\W{0,5}(intern|entry|junior|mid|senior|staff|principal|lead|manager|director)"
    r"|\b(entry|junior|mid|senior)-level\b",
    re.IGNORECASE,
)
_OPENING = 3000  # characters in which a posting states its level


def level_of(title: str, description: str) -> str:
    """The level that the title states, else the one that the description's first lines label as such; empty if unknown."""
    level = role_of(title).level
    if level not in {"intern", "director"} and _MANAGER.search(title):
        return "manager"
    stated = _STATED_LEVEL.search(description[:_OPENING])
    if not level and stated is not None:
        level = (stated[1] or stated[2]).lower()
    return "junior" if level == "entry" else level
