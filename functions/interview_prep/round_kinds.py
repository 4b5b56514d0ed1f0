"""The kinds of interview rounds: the name of each in the guide, the kind that a label stands for, and who usually asks."""

from __future__ import annotations

from typing import Literal, TypeAlias

from functions.interview_prep.stage_messages import RoundKind

Audience: TypeAlias = Literal["recruiter", "manager", "peers"]

ROUND_NAMES: dict[RoundKind, str] = {
    "recruiter_screen": "Recruiter screen",
    "online_assessment": "Online assessment",
    "technical_screen": "Technical screen",
    "coding": "Coding",
    "system_design": "System design",
    "behavioural": "Behavioural",
    "onsite": "On-site or panel",
    "hiring_manager": "Hiring manager",
    "take_home": "Take-home task",
    "case_study": "Case study",
    "presentation": "Presentation",
    "other": "Other rounds",
}
_BY_NAME: dict[str, RoundKind] = {name.casefold(): kind for kind, name in ROUND_NAMES.items()} | {
    "onsite": "onsite", "on-site": "onsite", "panel": "onsite", "loop": "onsite",
}  # fmt: skip
"""The kinds by their names, and by what writers call the one that has two."""
_AUDIENCES: dict[RoundKind, Audience] = {
    "recruiter_screen": "recruiter",
    "behavioural": "manager",
    "hiring_manager": "manager",
    "case_study": "manager",
    "presentation": "manager",
}
"""Who usually asks in a round of this kind; all others are the future colleagues'."""


def name_of(kind: str) -> str:
    """What the guide calls a kind of round."""
    return next((name for known, name in ROUND_NAMES.items() if known == kind), ROUND_NAMES["other"])


def kind_of(label: str) -> RoundKind:
    """The kind that a round's name stands for, `other` where none does."""
    name = " ".join(label.casefold().split())
    if name in _BY_NAME:
        return _BY_NAME[name]
    return next((kind for known, kind in _BY_NAME.items() if known in name or (name and name in known)), "other")


def audience_of(label: str) -> Audience:
    """Who asks in the round of that name."""
    return _AUDIENCES.get(kind_of(label), "peers")
