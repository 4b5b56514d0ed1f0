"""Whether a text names a kind of round: a report is filed under the round that it names itself, else under none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from functions.interview_prep.reports.told_phrases import AFTER_ROUND
from functions.interview_prep.stage_messages import RoundKind

NEAR_START = 70
"""Characters of a sentence within which it names what it is about."""
_WORDS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for kind, words in {
        "recruiter_screen": r"(?:recruiters?|recruitment|hr|people team|talent|intro(?:ductory)?|screening|phone) (?:team )?(?:phone )?(?:calls?|screen\w*|rounds?|interviews?|chats?|was|were|went)|(?:with|by|from|to) (?:\w+ ){0,3}(?:recruiters?|hr)|hire ?vue|recorded|^\W{0,4}(?:the )?(?:recruiter|hr) (?:asked|called)",
        "online_assessment": r"online|oas?|hacker ?rank|code ?signal|codility|assessments?|aptitude|quiz|test|tests",
        "technical_screen": r"technical|tech|phone|karat|deep[- ]dive|(?:video|skype|zoom) (?:\w+ )?(?:rounds?|interviews?|calls?|screens?)",
        "coding": r"cod(?:e|es|ed|ing)|leetcode|lc|dsa|algorithms?|algorithmic|program\w*|pair(?:ing)?|debug\w*|troubleshoot\w*|hacker ?rank|sql|practical|pipeline|integration|hands-on|bug",
        "system_design": r"design\w*|architecture|architectural|hld|lld",
        "behavioural": r"behaviou?r\w*|culture|cultural|values?|leadership|lps?|googl[ei]y?ness|googliness|situational|star",
        "hiring_manager": r"(?:hiring manager|hm|managers?|director|vp|founder) (?:rounds?|calls?|interviews?|screen\w*|chats?|talk|conversation|was|went|asked)|(?:with|by) (?:[\w-]+ ){0,3}(?:hiring manager|hm|director|vp|founder|head of \w+|managers?)|team[- ]match\w*|skip[- ]level",
        "onsite": r"on-?sites?|loops?|panels?|final|finals|super ?day|assessment (?:day|cent(?:re|er)|morning)|back[- ]to[- ]back|half[- ]day|(?:trial|studio|site) day",
        "take_home": r"take[- ]?homes?|home|assignment|written|writing|homework|exercise|project",
        "case_study": r"cases?|business case|estimate|market siz\w+",
        "presentation": r"present\w*|deck|slides|demo|walkthrough",
    }.items()
}


MOST_NAMED = 3
"""Kinds of rounds from which a sentence goes through the process, and tells of none of them."""


def names_round(kind: RoundKind, sentence: str, above: str = "") -> bool:
    """Whether a sentence names this kind of round where it begins, or the label above it does; `other` is named by anything."""
    words, sentence = _WORDS.get(kind), AFTER_ROUND.sub(" ", sentence)
    if sum(bool(pattern.search(sentence)) for pattern in _WORDS.values()) > MOST_NAMED:
        return words is None
    return words is None or bool(words.search(sentence[:NEAR_START]) or words.search(above))


def only_round_named(sentence: str, above: str = "") -> RoundKind:
    """The one kind of round that a sentence or its label names; `other` where it is none, or not one alone."""
    found = [kind for kind in get_args(RoundKind) if kind != "other" and names_round(kind, sentence, above)]
    return found[0] if len(found) == 1 else "other"
