"""What the employer itself calls a step of its process: the few words around the step's noun, in its own announcement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.interview_prep.process_figure_messages import StatedStep
from functions.interview_prep.round_kinds import ROUND_NAMES
from functions.interview_prep.stage_messages import RoundKind

LONGEST = 34
"""Characters of a name."""
MOST_WORDS = 3
"""Words before the noun that belong to its name."""
_ALONE = frozenset({"lesson", "presentation", "panel", "quiz", "audition"})
"""Nouns that say by themselves what happens."""
_NOUNS = (
    "interview|call|panel|test|assessment|exercise|lesson|presentation|quiz|task|trial|tour|shift|conversation|talk|chat|study|"
    "analysis|audition|game|screen|round|workshop|role[- ]play|day|meeting"
)
_NAMED = re.compile(
    rf"(?P<before>(?:[^\W\d_][\w'’/-]{{0,24}} ){{0,{MOST_WORDS}}})(?P<noun>{_NOUNS})\b(?!-)(?! (?:{_NOUNS})\b)", re.IGNORECASE
)
_NO_PART = frozenset(
    "a an the to of in on at with your our you be will is are invited followed by and or for about take part then short quick brief "  # noqa: SIM905
    "informal relaxed friendly minute minutes min hour hours half one two three four candidates shortlisted applicants teach have "
    "include includes including consist consists meet do complete attend join from we this that it as we'll you'll also "
    "another next last closing hold held usually typically both each per all same working".split()
)
_KEEP_USUAL = frozenset({"recruiter_screen", "hiring_manager", "coding", "system_design", "technical_screen"})
"""Rounds of engineers that everybody calls the same."""


def stated_names(stated: Sequence[StatedStep], *, technical: bool) -> dict[RoundKind, str]:
    """The kinds of stated steps that the employer calls otherwise than the guide does, each with the employer's name for it.

    `technical`: whether people of this kind of job call their usual rounds what the guide does.
    """
    usual = {name.casefold() for name in ROUND_NAMES.values()}
    named = {
        kind: name_in(step.text) or (_short(step.text) if kind == "other" else "")
        for step in stated
        for kind in ROUND_NAMES
        if kind == step.kind and not (technical and kind in _KEEP_USUAL)
    }
    return {kind: name for kind, name in named.items() if name and name.casefold() not in usual}


def as_it_stands(stated: Sequence[StatedStep]) -> dict[RoundKind, str]:
    """The step of no known kind in the posting's own language: its few words, without what stands in brackets."""
    told = [_short(step.text) for step in stated if step.kind == "other"]
    return {"other": told[0]} if told and told[0] else {}


def _short(text: str) -> str:
    """A step's own few words, without what stands in brackets; empty where they are many."""
    told = re.split(r"[(（]", text.rstrip(" .。"))[0].strip()
    return told if len(told) <= LONGEST else ""


def name_in(text: str) -> str:
    """`Drug calculation test` of "Candidates will be invited to a drug calculation test of 20 minutes"; empty where only a noun is named."""
    for found in _NAMED.finditer(text):
        words: list[str] = []
        for word in reversed(found["before"].split()):
            if word.casefold() in _NO_PART:
                break
            words.insert(0, word)
        noun = found["noun"]
        name = " ".join([*words, noun])
        if (words or noun.casefold() in _ALONE) and len(name) <= LONGEST:
            return f"{name[0].upper()}{name[1:]}"
    return ""
