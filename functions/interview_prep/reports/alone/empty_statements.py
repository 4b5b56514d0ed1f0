"""Whether a statement tells a candidate anything: `the third round was tricky but quick` does not."""

from __future__ import annotations

import re

from functions.interview_prep.reports.report_frames import Kind
from functions.interview_prep.stage_messages import RoundKind

_WORD = re.compile(r"[a-z][a-z'’+#-]*")
_OF_ANY_INTERVIEW = frozenset(
    "a an the and or but so then also of to in on at for with by from as about into than very really quite just only some any all both each every more most other another i me my we us our you your they their them he she it its this that these those which who what how why when where there here "  # noqa: SIM905
    "is are was were be been am had has have did do does done got get went go going gave give given took take taken came come felt made make let would could can will may might must should not no yes if because while before after during once again too even still however though "
    "interview interviews interviewed interviewing interviewer interviewers round rounds process question questions asked ask asks asking part parts section session sessions step stage panel one two three four five first second third fourth fifth last next final initial 1st 2nd 3rd 4th "
    "easy easier simple hard harder tough tougher difficult good great nice fine ok okay bad excellent amazing awesome wonderful smooth straight forward straightforward tricky quick short long interesting fun challenging intense rough decent fair standard typical normal usual regular common general basic basics moderate medium average level levels conceptual concept concepts "
    "pretty bit little lot lots many few several enough quite super fairly mostly mainly overall total nothing something anything everything particular special specific kind kinds type types thing things stuff related etc based focused focussed focus deep dive start started starting begin began beginning end ended ending there technical tech intro introduction introductions introduce introduced common followed follows following "
    "experience conversation answer answered answers solve solved code coded required needed wanted expected told said told tell talk talked discussion discussed me us myself yourself candidate candidates company problem problems limit time minutes hour hours hrs mins whole entire same different new own well much way ways able friendly nervous confident ready best better like liked loved enjoyed around almost day today".split()
)
"""Words that say nothing of one interview that they would not say of any."""
_COUNTS = re.compile(
    r"\b(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|half an|an|several|few|couple of|multiple)(?:\s?[-–]\s?\d+)?\+?[\s-](?:[\w/-]{1,30}[\s-]){0,3}(?:rounds?|questions?|problems?|interviews?|interviewers?|people|persons?|members?|engineers?|panelists?|minutes?|mins?|hours?|hrs?|days?|weeks?|sections?|parts?|stages?|steps?|sessions?|levels?)\b",
    re.IGNORECASE,
)
"""How many, or how long."""
_JUDGES = re.compile(
    r"\b(?:unprofessional|rude\w*|awkward|horrible|awful|terrible|slow|disorgani[sz]ed|arrogant|condescending|toxic|late|unprepared|distracted)\b",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"\b(?:ghost\w*|cancel\w*|reschedul\w*|interrupt\w*|ignor\w*|cut (?:me|us)|never|laugh\w*|yell\w*|wait\w*|left|kept|turned|joined|show\w*|told|said|asked|phone|camera|rejected|rescind\w*|refus\w*|respond\w*|repl\w+|read|minutes?|hours?|days?|weeks?|months?|(?:didn['’]?t|did not) (?:\w+ )?(?:show|call|respond|reply|turn|read|answer|let|give|introduce|listen|look|join|tell|ask))\b",
    re.IGNORECASE,
)
"""What somebody did, beside what is thought of them."""
_FELT = re.compile(
    r"\b(?:impression|felt|feels?|seem(?:s|ed)?|appear(?:s|ed)|sounded|looked like|i think|i guess)\b", re.IGNORECASE
)
_NAMES_WHERE = re.compile(
    r"\b(?:interviews?|interviewed|interviewers?|rounds?|tests?|assessments?|exams?|screen\w*|calls?|on-?site|panel\w*|stages?|steps?|process)\b",
    re.IGNORECASE,
)


_ECHO = re.compile(
    r"\b(?:got|get|gets|hit|tripped|happened to|asked|told) me,? (?:too|as well)(?= *(?:[,.;!]|$))|\bsame (?:here|for me|with me|happened to me)\b|^\W*(?:me too|ditto|\+1)\b",
    re.IGNORECASE,
)
"""By which one agrees with somebody else: what that one told does not stand here."""


def says_nothing(kind: Kind, text: str, of_round: RoundKind = "other") -> bool:
    """Whether a statement holds but tells nothing: a round without a subject, a number or a kind, a fault without a deed, an agreement with somebody else.

    How many questions there were tells something of the round under which it stands, and nothing under none.
    """
    if _ECHO.search(text):
        return True
    if kind == "red_flags":
        return bool(_FELT.search(text)) or (bool(_JUDGES.search(text)) and not _DEED.search(text))
    if kind != "rounds" or (_COUNTS.search(text) and (of_round != "other" or _NAMES_WHERE.search(text))):
        return False
    return all(word in _OF_ANY_INTERVIEW for word in _WORD.findall(text.lower()))
