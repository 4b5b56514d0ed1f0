"""Whether a statement is one sentence: not two that run together, nor a question with the name of another behind it."""

from __future__ import annotations

import re

from functions.interview_prep.reports.report_frames import Kind

MOST_WORDS, MOST_OF_QUESTION, MOST_ANDS = 38, 60, 3
"""Of a sentence that is one: whoever tells more in it has left the stops out."""
_WORD = re.compile(r"[\w'’+#-]+")
QUOTED = re.compile(r"[\"“][^\"“”]{2,300}[\"”]")
_AND = re.compile(r"\band\b", re.IGNORECASE)
_OPENER = r"(?:Given|Write|Find|Explain|Implement|Design|Describe|Print|Then|They|He|She|We|What|How|Why|When|Where|After|There|It|The|This|You|And|But|Also|First|Second|Asked|Questions?)"
_SMALL_OPENER = r"(?:they|the|it|i|we|he|she|in|also|mostly|mainly|overall|there|then|and|but|so|after|first|second|one|two|three|was|very|if|my|this|that|asked|questions?|few|some|only|for|on|all|no|not|you|what|how|why|when)"
_GLUED = re.compile(
    rf"[a-z]{{3}}(?:{_OPENER}|Step|Round|Part|Level|Stage)\b|(?<![:\"“(])\s[a-z]{{2,}}\s{_OPENER}\s[a-z]|[a-z)]\s[.?!]\s?[A-Z][a-z]|[a-z],(?:[A-Z][a-z]|(?:could|can|would|what|why|how|tell|explain|do|did|are)\s)|[a-z]{{2}}[.!?]{_SMALL_OPENER}\s"
)
"""Two sentences with no stop, or no blank, between them."""
_GLUED_IN_REPORT = re.compile(r"[a-z]{3}[.!?](?:[A-Z][a-z]|\d{1,2}\s)|\.\)\s[A-Z][a-z]")
"""The same in what is told: in a question it may be a method's name."""
_RUNS_ON = re.compile(
    r"(?:\b(?:easy|good|smooth|great|nice|tough|well|hard|amazing|average|fine|difficult|simple|moderate|chill|thoroughly)|\))\s(?:it|they|he|she|we|i)\s(?:was|were|is|are|had|has|have|took|also|consisted|started|went|gave|lasted|[a-z]+ed)\b|"
    r"(?:\b(?:easy|good|smooth|great|nice|tough|friendly)|\))\sthe\s\w+\s(?:was|were)\b|\band (?:then )?(?:they|he|she) (?:moved|proceeded|went|shifted|jumped)\b|"
    r"\b(?:was|were|is|are|had|has|did|took|went|interviewed|applied)\b[^.!?,]{1,80}\s(?!(?:that|because|and|but|so|if|when|as|since|while|though|where|what|how|think|thought|said|say|believe|feel|felt|like|before|after|until|unless|whether|which|or|than|way|time|day|mean|means|guess|once|then|also|sure|for|with|in|on|of|to|at|by|about)\b)\w{2,}\sit\s(?:was|is|consisted|took|lasted|had)\b|"
    r"\b(?!(?:and|they|he|she|was|were|i|we|had|have|has|been|who|which|but|then|later|interviewers?|hr|managers?|panel|recruiters?|team|got|or|is|are|be|guy|vp|hm|ceo|cto|[a-z]{3,20}(?:er|or|ist)s?)\b)\w{2,}\salso asked\b",
    re.IGNORECASE,
)
"""A clause that begins where the one before it is over: `the interview was easy they asked about SQL`."""
_SAID_TWICE = re.compile(r"\b(?!(?:that|had|very|much|many|so)\b)([a-z]{3,})\s\1\b", re.IGNORECASE)
_NAMES_MORE = re.compile(
    r"(?:\b(?:and|with|plus)\s|,\s)(?:[\w/-]{1,30}\s){0,5}(?:questions?|brain ?teasers?)(?:\s(?:for|on|about)\s\w+)?\W*$|^\W*(?:tell|explain|describe|introduce)\b.{0,200}\bquestions?\W*$|\babout your ?self (?-i:[A-Z])",
    re.IGNORECASE,
)
"""What else was asked, at the end of a question: `Tell me about yourself and mindset questions`."""
_OF_PAGE = re.compile(r"[|\\]|\s--\s|\bAnswer Question\b|^\W*\d{1,2}/\d{1,2}\b")
"""A row of a table, a page's button, a day's entry in a log."""
_ENDS_OPEN = re.compile(
    r"(?:…|\.\.\.|[:;,(/–—&-]|\b(?:the|an?|of|to|with|for|and|or|my|your|their|its|is|are|was|were|which|that|because|if|when|like|about))[\s.*\"”]{0,3}$",
    re.IGNORECASE,
)


def is_one_sentence(kind: Kind, text: str) -> bool:
    """Whether a statement is whole, and nothing else runs into it."""
    plain = QUOTED.sub(" ", text)
    marks = all(text.count(one) == text.count(other) for one, other in ("()", "[]", "“”")) and text.count('"') % 2 == 0
    if not marks or _OF_PAGE.search(text) or _SAID_TWICE.search(plain) or _GLUED.search(plain) or _ENDS_OPEN.search(text):
        return False
    count = len(_WORD.findall(text))
    if kind == "questions":
        return count <= MOST_OF_QUESTION and not _NAMES_MORE.search(text)
    return (
        count <= MOST_WORDS
        and len(_AND.findall(plain)) <= MOST_ANDS
        and not _GLUED_IN_REPORT.search(plain)
        and not _RUNS_ON.search(plain)
    )
