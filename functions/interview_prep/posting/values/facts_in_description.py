"""Finds facts that a posting states in its running text alone, so that a guide never denies what its reader has seen there."""

from __future__ import annotations

import re

from functions.interview_prep.posting.clean_text import unmarked
from functions.interview_prep.posting.identity.labelled_lines import labelled_value
from functions.interview_prep.posting.values.pay_parser import pay_in
from functions.interview_prep.posting.values.posting_dates import iso_date
from functions.interview_prep.posting.values.stated_terms import employment_in
from functions.interview_prep.posting.values.work_place import mode_in, place_in
from functions.interview_prep.stage_messages import Posting

NO_LOCATION = "The posting names no location."
LONGEST = 70
_LOOKED_AT = 12_000
_BEFORE_WORDS = re.compile(r"^[^\w\n]{1,6}(?=\w)", re.MULTILINE)
"""Signs before a line's first word: `📍 Location: Leeds`."""
_CLOSES = re.compile(
    r"\b(?:closing date|closes? on|application deadline|deadline for applications|deadline|applications? (?:close|must be received)|apply (?:by|before|until)|bewerbungsfrist|bewerbungsschluss|bewerben sie sich bis|bewirb dich bis|bewerbungen bis|"
    r"date limite|candidatures? avant le|fecha límite|plazo|přihláš\w+ do|uzávěrka|životopis\w*[^\n\d]{0,30}\bdo|do dnia|prazo|scadenza|sista ansökningsdag|ansök senast|søknadsfrist|ansøgningsfrist|προθεσμία|βιογραφικ\w+ (?:έως|ως|μέχρι)|επίλυση αιτήσεων)\b[^\d]{0,45}(?P<day>[^\n]{6,60})"
    r"|(?:截止日期|截止时间|截止時間|آخر موعد|締切)[^\n\d]{0,20}(?P<other>[^\n]{6,40})",
    re.IGNORECASE,
)


_END = re.compile(r"(?<=[^\W\d_]{2})[.;,]$")
"""A sentence's end behind a whole word; `p.a.` keeps its own."""


def with_stated_facts(posting: Posting) -> Posting:
    """The posting with place, pay, type of employment and last day as its own text states them, where its reader found none.

    What is filled in is the text's own wording. How the work is shared between home and office is added to a place that
    does not say it.
    """
    text = unmarked(posting.description[:_LOOKED_AT])
    labelled = labelled_value(_BEFORE_WORDS.sub("", text).replace("(s):", "s:"), "location")
    place = posting.location or _short(labelled) or place_in(text, posting.company)
    found = {
        "location": _with_mode(place, mode_in(text)),
        "salary": _END.sub("", posting.salary) or pay_in(text),
        "employment_type": posting.employment_type or employment_in(text),
        "valid_through": posting.valid_through or _closing_day(text),
    }
    warnings = tuple(one for one in posting.warnings if one != NO_LOCATION or not (place or found["location"] == "Remote"))
    return posting.model_copy(update={**found, "warnings": warnings})


def _short(place: str) -> str:
    """A labelled place without what is said of it behind a dash or a full stop; empty if it is a sentence all the same."""
    first = place if len(place) <= LONGEST else re.split(r" [–—-] |[.;]\s|,\s(?=[a-z])", place, maxsplit=1)[0]
    return first if len(first) <= LONGEST else ""


def _with_mode(place: str, mode: str) -> str:
    if not mode:
        return place
    if not place:
        return mode
    told = re.search(r"remote|hybrid|on-?site|home|télétravail|distance|smart working|vzdálen|远程", place, re.IGNORECASE)
    return place if told else f"{place} ({mode.lower()})"


def _closing_day(text: str) -> str:
    for found in _CLOSES.finditer(text):
        if day := iso_date(found["day"] or found["other"]):
            return day
    return ""
