"""Kinds of interview rounds: how posts name them, in which order they come, what to say about each in general."""

from __future__ import annotations

import re
from dataclasses import dataclass

from infra.offline_model.interviews.wording import inside, say


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of round: its names in text, its name in the guide, what it decides, how to prepare for it."""

    key: str
    title: str
    pattern: re.Pattern[str]
    decides: str
    prepare: tuple[str, ...]


def _kind(key: str, title: str, pattern: str, decides: str, *prepare: str) -> Kind:
    return Kind(key, title, re.compile(pattern, re.IGNORECASE), decides, prepare)


KINDS = (
    _kind(
        "recruiter_screen",
        "Recruiter screen",
        r"\b(?:recruiter|(?<!\d )(?<!\d)hr|initial|intro(?:ductory)?|recruitment)\s+(?:team\s+)?(?:phone\s+)?(?:call|screen\w*|round|interview|chat)\b|\bcall with (?:a|the|my) recruiter\b|\b(?:recruiter|people|phone|hello|first) (?:call|chat)\b|\btalent team\b|\brecorded video\b",
        "It decides whether your story, level, place and pay fit before engineers' time is spent.",
        "Tell your last two jobs in 90 seconds, and end with why this role",
        "Have your pay range, notice period and location ready",
        "Ask for the list of rounds, their length and their format",
    ),
    _kind(
        "online_assessment",
        "Online assessment",
        r"\bonline (?:assessment|test|coding)\b|\bOA\b|\bhacker ?rank\b|\bcode ?signal\b|\bcodility\b|\bhiring assessment\b|\bassessment test\b|\bonline (?:exercise|quiz)\b|\baptitude test\b",
        "It is a filter: speed and passing tests count, explanations do not.",
        "Do two timed problems in the same kind of editor",
        "Read all the tasks first and take the easy points",
        "Keep templates for input parsing in your head",
    ),
    _kind(
        "technical_screen",
        "Technical screen",
        r"\b(?:technical|tech|team)\s+(?:phone\s+)?(?:screen\w*|interviews?|calls?|rounds?)\b|\bphone (?:interview|screen\w*)\b|\bkarat\b|\btechnical (?:panel|talk|conversation|deep[- ]dive)\b|\bdeep[- ]dive\b|\bfirst (?:round|interview)\b|\bround (?:1|one)\b",
        "It decides whether the full loop is worth it: can you solve and explain a plain problem.",
        "Say your approach and what it costs before you type",
        "Practise one problem a day in a shared editor without running it",
        "Keep the last five minutes for tests and questions",
    ),
    _kind(
        "take_home",
        "Take-home task",
        r"\btake[- ]home\b|\bhome assignment\b|\b(?:written|writing) (?:exercise|task|test|assignment)\b",
        "It shows how you work when nobody watches: structure, tests, a readable note.",
        "Ask how long it should take, and stop there",
        "Write the README first: what it does, what you left out",
        "Test the two riskiest paths",
    ),
    _kind(
        "coding",
        "Coding",
        r"\bcoding (?:round|interview|exercise|challenge|question|problem|portion|section|part|test)s?\b|^coding\b|\bprogramming test\b|\b(?:practical|pipeline|data|hands-on|debugging|troubleshooting) (?:exercise|session|round)\b|^troubleshooting\b|\bprogramming (?:exercise|round|interview)\b|"
        r"\bpair[- ]programming\b|\blive coding\b|\bintegration (?:round|interview|exercise)\b|\bbug (?:squash|bash)\b|\bDSA round\b|\bleetcode (?:style|round|question|problem|medium|hard|easy)s?\b|"
        r"\b(?:two|three|\d) (?:coding|DSA)\b",
        "It shows whether your code works, reads well and survives a changed requirement.",
        "Practise a small task in several parts, each clean enough for the next",
        "Run the code often and name the edge cases yourself",
        "Set up your editor, language version and a test runner the day before",
    ),
    _kind(
        "system_design",
        "System design",
        r"\bsystem[- ]design\b|\bdesign (?:round|interview)\b|\barchitecture (?:round|interview)\b|^architecture\b|\bdesign conversation\b|\b[HL]LD\b|\bML design\b",
        "It usually sets the level you are offered.",
        "Spend five minutes on requirements and numbers before any box",
        "Name the trade-off behind each choice",
        "Finish with failure, monitoring and what you left out",
    ),
    _kind(
        "case_study",
        "Case study",
        r"\bcase (?:study|interview|round|studies)\b|\bbusiness case\b",
        "It shows how you turn a vague situation into a decision.",
        "State the goal and your assumptions first",
        "Do the sums aloud",
        "End with a recommendation, a risk and a next step",
    ),
    _kind(
        "presentation",
        "Presentation",
        r"\bpresentation (?:round|interview)?\b|\bpresent (?:a|my|your|the) (?:project|case|deck|solution)\b|\bproject walkthrough\b",
        "It shows whether others can follow you.",
        "Rehearse to 80 % of the time",
        "Lead with the result",
        "Prepare the three questions you fear",
    ),
    _kind(
        "behavioural",
        "Behavioural",
        r"\bbehaviou?ral\b|\bgoogl(?:e)?yness\b|\bgoogliness\b|\bleadership (?:round|interview|principles)\b|\bculture (?:fit|round|interview|add)\b|\bvalues (?:round|interview)\b|\bsituational\b",
        "It decides whether people want to work with you, and often the level.",
        "Prepare five stories of two minutes with a number in each result",
        "Say \u201cI\u201d for what you did and \u201cwe\u201d for what the team did",
        "Name what you would do differently",
    ),
    _kind(
        "hiring_manager",
        "Hiring manager",
        r"\bhiring manager\b|\bHM (?:round|call|interview|screen)\b|\bmanager (?:round|interview)\b|\bteam[- ]match\w*\b|\b(?:manager|director|founder|team|final|last) (?:talk|chat|conversation)\b",
        "It decides the team: the manager looks for someone who takes work off the list.",
        "Know the posting's first three responsibilities by heart",
        "Ask what should be different after six months",
        "Tell one project from problem to effect",
    ),
    _kind(
        "onsite",
        "On-site or panel",
        r"(?<!be )(?<!fully )(?<!work )(?<!days )\bon-?site\b(?! \d)|\bvirtual loop\b|\b(?:full|final|interview) loop\b|\bfinal (?:round|interview|panel)s?\b|\bpanel (?:interview|round)s?\b|\bsuper ?day\b|\bassessment (?:day|morning|cent(?:re|er))\b|\b(?:half|studio|trial|on-?site) day\b|^half-day\b|^panel\b|\bback[- ]to[- ]back\b",
        "It is where most offers are decided: several interviewers compare notes.",
        "Ask for the schedule and each interviewer's topic",
        "Keep water, notes and a five-minute pause between talks",
        "Carry nothing over from a round that went badly",
    ),
)

BY_KEY = {kind.key: kind for kind in KINDS}
ORDER = [kind.key for kind in KINDS] + ["other"]


def place_of(kind: str) -> int:
    """Where a kind of round stands in a usual process; unknown ones come last."""
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


_OTHER = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|several|multiple|first|second|third|fourth|next|last|\d(?:st|nd|rd|th)|final|each) (?:\w+ )?(?:rounds?|interviews?)\b",
    re.IGNORECASE,
)

_HARD = re.compile(r"\b(?:hard|tough|difficult|brutal|challenging|intense|grueling|gruelling)\b", re.IGNORECASE)
_MEDIUM = re.compile(r"\b(?:medium|mediums|moderate|moderately)\b", re.IGNORECASE)
_EASY = re.compile(
    r"\b(?:easy|easier|straightforward|straight forward|simple|basic|not (?:that |too |very )?(?:hard|difficult|bad))\b",
    re.IGNORECASE,
)


def round_kind(text: str) -> str:
    """The kind of round that a sentence names, most telling first; empty if none."""
    hits = [(match.start(), kind.key) for kind in KINDS if (match := kind.pattern.search(text))]
    if hits:
        return min(hits)[1]
    return "other" if _OTHER.search(text) else ""


def rounds_named(text: str) -> set[str]:
    """All kinds of rounds that a text names."""
    return {kind.key for kind in KINDS if kind.pattern.search(text)}


USUAL_ROUND = {
    "coding": "coding",
    "system_design": "system_design",
    "technical": "technical_screen",
    "behavioural": "behavioural",
    "case": "case_study",
    "role": "recruiter_screen",
    "company": "recruiter_screen",
}
"""Where a kind of question usually comes up, when nobody says in which round it did."""


def title_of(key: str) -> str:
    """A round's name in the guide."""
    return BY_KEY[key].title if key in BY_KEY else "Other rounds"


def named(key: str) -> str:
    """A round's name inside a sentence, in the language that is written in."""
    return inside(say(title_of(key)))


def difficulty_of(text: str) -> str:
    """How hard a sentence says something was."""
    if _EASY.search(text):
        return "easy"
    if _MEDIUM.search(text):
        return "medium"
    return "hard" if _HARD.search(text) else "unknown"
