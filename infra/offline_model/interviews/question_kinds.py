"""The kind of a reported question: by its words, else by its round."""

from __future__ import annotations

import re

from infra.offline_model.interviews.topic_lexicon import topics_in

_KIND_IN = {
    "coding": "coding",
    "system_design": "system_design",
    "behavioural": "behavioural",
    "case_study": "case",
    "online_assessment": "technical",
    "technical_screen": "technical",
    "recruiter_screen": "role",
}
"""What a question that says nothing about itself usually is, by its round."""
_BEHAVE = re.compile(
    r"\b(?:tell (?:me|us) about (?:a|the) (?:\w+ )?(?:time|day|conflict|situation|mistake|failure|person)|when (?:have|did) you|have you ever|an example of|challenge you|"
    r"difficult (?:customer|coworker|colleague|person|situation)|your (?:\w+ )?(?:strength|weakness|conflict|disagreement|failure|mistake|teammate|leadership|deadline)\w*|"
    r"you (?:are|were) (?:most )?proud|feedback you|did you (?:handle|disagree|fail)|how do you (?:handle|coach|deal)|ownership)\b",
    re.IGNORECASE,
)
_TECHNICAL = re.compile(
    r"\b(?:table|rows?|query|queries|index|schema|keys?|file|GB|events?|stream|consumer|lag|thread|lock|deploy\w*|alerts?|logs?|request|retry|timeout|times out|server|cluster|memory|latency|"
    r"model|data|metric|test|release|incident|version|cache|queue|packet|host|node|class|pointer|sensor|planner|controller|statistic\w*|rate|ratio|formula|distribution|"
    r"component|render|browser|screen reader|pixel|frame|physics|shader)\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\bwhy (?:do you want|this company|us|here|walmart|google|should we hire|are you interested|did you apply)|why [A-Z]\w+\?|know about (?:us|the company)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:your (?:experience|background|resume|cv|current|last|previous|projects?|role)|walk (?:me|us) through your|about yourself|see yourself|availability|salary|shift)\b",
    re.IGNORECASE,
)
_CODING = re.compile(
    r"\b(?:implement|code|write (?:a|code)|function|algorithm|leetcode|array|string|tree|graph|linked list|design (?:an?|the) (?:\w+ ){0,2}(?:method|class|data structure)|parse|debug|bug|reverse|sort|merge|matrix|lru|hash\s?map)\b",
    re.IGNORECASE,
)
_DESIGN = re.compile(
    r"\b(?:system design|design (?:a|an|the)(?! (?:\w+ ){0,2}(?:method|function|class|algorithm|stack|queue|data structure|hash\w*|string|program|query)\b)|architecture (?:of|for) an?|architect an?|scal(?:e (?:up|out|to|it)|able|ability))\b",
    re.IGNORECASE,
)
"""A method, a class and a structure are written, not drawn up; scales weigh."""
_CASE = re.compile(
    r"\b(?:case (?:study|interview)|estimate|market siz\w+|improve (?:a|the|google|our)|metric\w*|launch|prioriti[sz]e|sell me)\b",
    re.IGNORECASE,
)


def question_kind(text: str, asked_in: str) -> str:
    """A question's kind by its own words, else by the kind of round in which it was asked; `other` if neither says."""
    own = _by_words(text)
    return own if own != "other" else _KIND_IN.get(asked_in, "other")


def _by_words(text: str) -> str:
    for pattern, kind in (
        (_COMPANY, "company"),
        (_BEHAVE, "behavioural"),
        (_DESIGN, "system_design"),
        (_CODING, "coding"),
        (_CASE, "case"),
        (_ROLE, "role"),
    ):
        if pattern.search(text):
            return kind
    return "technical" if topics_in(text) or _TECHNICAL.search(text) else "other"
