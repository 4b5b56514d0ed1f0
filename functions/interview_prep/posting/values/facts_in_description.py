"""Finds facts that a posting states in its running text alone, so that a guide never denies what its reader has seen there."""

from __future__ import annotations

import re

from functions.interview_prep.posting.values.pay_parser import pay_in
from functions.interview_prep.stage_messages import Posting

NO_LOCATION = "The posting names no location."
LONGEST = 70
_LOOKED_AT = 12_000
_NAME = r"[A-Z][\w'’.-]{1,30}(?:(?:,? |, )(?:(?:of|on|upon|de|la|am|der|and) )?[A-Z][\w'’.-]{0,30}){0,3}"
_PLACES = (
    re.compile(rf"^[^\w\n]{{0,4}}(?:[Ll]ocations?|[Pp]lace(?: of work)?|[Ww]here|[Oo]ffice)\s?[:–-]\s?(?P<place>[^\n]{{3,{LONGEST}}})$", re.MULTILINE),
    re.compile(
        rf"\b(?:(?i:based|located|situated|located near|office|offices|studio|site|plant|store|branch|hospital|school|campus|headquarters|hq|workshop|clinic|depot|warehouse|on-?site|hybrid|in person|role is|job is|position is|you will work|you work|work from our|team))\b[^.\n]{{0,30}}?\b(?:in|at|near|outside)\s(?:(?i:the|our|central|downtown|sunny|lovely|beautiful|greater)\s)?(?P<place>{_NAME})"
    ),
    re.compile(rf"\b(?:in|at) (?:our|the) (?P<place>{_NAME}) (?:office|studio|site|plant|store|branch|hospital|school|campus|workshop|clinic|depot|warehouse)\b"),
)  # fmt: skip
"""Where the work is, as a text says it. What only comes from there, or flies there, is no place of work."""
_REMOTE = re.compile(r"\b(?:fully|100 ?%|completely|entirely) remote\b|\bremote[- ](?:first|only)\b|\bwork from (?:home|anywhere)\b", re.IGNORECASE)  # fmt: skip
_TYPE = re.compile(
    r"\b(?:full[- ]time|part[- ]time|permanent|fixed[- ]term|temporary|freelance|apprenticeship)\b(?=[^.\n]{0,30}(?:role|position|job|contract|post|hours|,|\.|\n|$))",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(r"^(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|I|We|You|The|Our|Agile|Scrum|Python|Java|SQL|English|Excel)\b")  # fmt: skip


def with_stated_facts(posting: Posting) -> Posting:
    """The posting with place, pay and type of employment as its own text states them, where its reader found none.

    What is filled in is the text's own wording. English alone is read.
    """
    text = posting.description[:_LOOKED_AT]
    found = {
        "location": posting.location or _place_in(text),
        "salary": posting.salary or pay_in(text),
        "employment_type": posting.employment_type or _first(_TYPE, text).capitalize(),
    }
    warnings = tuple(one for one in posting.warnings if one != NO_LOCATION or not found["location"])
    return posting.model_copy(update={**found, "warnings": warnings})


def _place_in(text: str) -> str:
    for pattern in _PLACES:
        for place in pattern.finditer(text):
            if not _NO_PLACE.match(place["place"]):
                return place["place"].strip(" .,;-")[:LONGEST]
    return "Remote" if _REMOTE.search(text) else ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return " ".join(found[0].split()) if found else ""
