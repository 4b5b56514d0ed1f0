"""Sentences that report an interview question, turned into the question itself."""

from __future__ import annotations

import re
from typing import Any

from infra.offline_model.interviews.round_types import difficulty_of, round_kind
from infra.offline_model.interviews.topic_lexicon import topics_in
from infra.offline_model.text_helpers import NOISE, Line, capital

LONGEST, SHORTEST = 190, 14
FEWEST_WORDS = 6
"""Of a question outside quotation marks: "What would you do?" asks the forum."""

_ASKED_TO = re.compile(
    r"\b(?:asked|had|was asked|were asked|got asked|told|wanted|required|given (?:a task|an exercise|a problem))\s+(?:me\s+|us\s+|you\s+|candidates\s+)?to\s+"
    r"(?P<task>(?:implement|design|write|build|create|code|explain|describe|walk|solve|find|debug|fix|parse|model|estimate|teach|sell|present|optimi[sz]e|"
    r"refactor|draw|compute|calculate|reverse|merge|sort|add|extend|review|test|tell|talk|discuss|compare|analy[sz]e|improve)\b[^.;!?]*)",
    re.IGNORECASE,
)
_ASKED_ABOUT = re.compile(
    r"\b(?:asked(?: me| us)?(?: (?:some|a few|several|a lot of|many|basic|more|mostly|lots of|detailed))?(?: (?:questions?|things))?|questions?(?: were| was)?(?: all| mostly| mainly)?)\s+"
    r"(?:about|on(?! top)|around|regarding|related to)\s+(?P<about>[^.;!?]+)",
    re.IGNORECASE,
)
_ASKED_WHAT = re.compile(
    r"\basked(?:\s+(?:me|us|things like|questions like|stuff like|something like))?[:,]?\s+(?P<what>(?:how|why|what|when|where|which|who)\b[^.;!?]{10,}\??)",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"\b(?:question|problem|prompt|task|exercise|challenge)s?\s+(?:(?:i|we) (?:got|had|received)\s+)?(?:was|were|is|like|included?|involved)\s*[:\-–]?\s*"
    r"(?:to\s+|about\s+|something like\s+|basically\s+|e\.g\.?\s+)?(?P<was>[^.;!]{14,})",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“](?P<quoted>[^\"“”]{14,180})[\"”]")
_ASKER = re.compile(
    r"\b(?:ask(?:ed|s|ing)?|question|interviewer|prompt|they(?:'d| would)? (?:say|said)|goes|went)\b", re.IGNORECASE
)
_LEAD = re.compile(r"\b(?:questions?|asked|prompts?|problems?)\b", re.IGNORECASE)
_LEAD_NOT = re.compile(
    r"\b(?:my questions?|questions? (?:i have|for you|to ask)|question is|few questions|have (?:a )?questions?|any(?:one|body)|here)\b",
    re.IGNORECASE,
)
_SHAPED = re.compile(
    r"^(?:tell me|tell us|describe|explain|why (?:do|did|are|would) you|why (?:should we|this|us\b|[A-Z]\w+\?)|how (?:would|do|did|have) you|what (?:would you|is your|are your|are the|do you (?:know|like)|"
    r"makes you|motivates|does \w+ do)|design (?:a|an|the)|implement (?:a|an|the)|write (?:a|an|code|sql)|given (?:a|an|the|two|some)|walk (?:me|us)|"
    r"have you ever|give (?:me|us)? ?an example|where do you see|name a time|pretend|when (?:have|did) you|find the|difference between|what(?:'s| is) the difference|"
    r"can you (?:describe|explain|walk|tell)|are you (?:able|willing|comfortable)|do you have (?:any )?(?:experience|reliable))\b",
    re.IGNORECASE,
)
_NONE_ASKED = re.compile(
    r"\b(?:no|not|never|without|zero|didn'?t|did not|wasn'?t|weren'?t|nobody|no one|none|nothing)\s+(?:\w+\s+){0,2}(?:asked|ask|questions?)\b|\basked\b[^.!?]{0,60}\bat all\b",
    re.IGNORECASE,
)
_OF_PERSON = re.compile(r"\b(?:I|my|me|you|your)\b")
_DEMANDS = re.compile(
    r"(?:^|[.!?:]\s)(?:write|give|explain|design|describe|tell|walk|estimate|build|implement|list|name|compare|draw|rank|sketch|show|define|sell|prepare|find|make|plan|argue|"
    r"model|derive|prove|compute|calculate|debug|review|improve|choose|pick|convince|imagine|suppose|you (?:have|are|get|see)|how|what|why)\b",
    re.IGNORECASE,
)
_TO_FORUM = re.compile(
    r"\b(?:any(?:one|body|thing)|should i|did i|am i|was i|do i|would i|can i|could i|have i|my (?:chances|interview|resume|application)|you (?:guys|all)|expect|experiences?\?|advice|"
    r"help|here|thoughts|at all|would you focus|topics (?:are )?covered|format of|(?:the|these|those) questions|karat|odds|automated|still|normal|legit|worth it|reddit|folks|prepare|prep|passed|the (?:interview|process|recruiter|offer|hiring|loop|next|karat|final)\b.*\?|"
    r"if i|i (?:should|can|could|need|am|was|get|got|have|do))\b",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"^(?:it|that|this|them|me|my|us|him|her|the same|something|anything|stuff|things?|basically|pretty|very|quite|so|not|more|just|really)\b[^,]{0,25}$",
    re.IGNORECASE,
)
_TO_ASK_THEM = re.compile(
    r"\bask (?:in|at|during) (?:your|the|any)\b|\bask (?:them|your (?:interviewer|recruiter|manager)|the (?:team|recruiter|manager))\b|\bquestions? to ask\b",
    re.IGNORECASE,
)
"""A question that the writer would have the candidate ask."""
_OWN_PLANS = re.compile(
    r"\b(?:i (?:ask|asked|have|had|listen|would ask|just ask)|i've been|i want\w*|brush up|thoughtful|insightful|ask them|your own|prepare (?:some|several|a few))\b",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"^(?!the (?:two |three |\w+ )?(?:problem|question|process|interview|role|job|topics?)\b|top\b|getting\b)\w[\w\s,/&'’+#.-]{4,}$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"^(?:(?:was|were|is|are|a|an|the|to|so|pretty|very|quite|super|fairly|not|more|just|really|actually|all|too|also|of|on|that|it)\s+)*(?:easy|hard|straightforward|simple|difficult|tough|"
    r"weird|fine|good|ok|okay|bad|medium|basic|generic|standard|random|fair|similar|different|vague|lc|leetcode|asked|given|one|based|related|related to|related on|salary|figure|trying|think\w*|looking)\b",
    re.IGNORECASE,
)


def question_in(line: Line) -> dict[str, Any] | None:
    """The question that a sentence reports, or None: what posters ask the forum is none."""
    text = line.text
    if (
        NOISE.search(text)
        or _TO_ASK_THEM.search(text)
        or re.search(r"\b(?:if|when|whether) (?:they|the interviewer) (?:ask|asks)\b", text, re.IGNORECASE)
    ):
        return None
    found = _listed(line) or _quoted(text) or _told(text)
    if found is None or not SHORTEST <= len(found) <= LONGEST:
        return None
    around = f"{line.heading} {line.lead} {line.before} {text}"
    kind = _kind_of(found)
    if kind == "other":
        kind = _KIND_IN.get(round_kind(around), "other")
    return {"text": found, "kind": kind, "round": round_kind(around) or "other", "difficulty": difficulty_of(text)}


def _listed(line: Line) -> str | None:
    """An entry of a list that a line like "questions they asked:" leads, or a sentence shaped like an interviewer's question."""
    text = line.text.strip(" \"“”'")
    led = line.bullet and _LEAD.search(f"{line.lead} {line.heading}") and not _LEAD_NOT.search(f"{line.lead} {line.heading}")
    if led and (text.endswith("?") or _SHAPED.match(text)) and not _TO_FORUM.search(text):
        return capital(text)
    shaped = _SHAPED.match(text) and not _TO_FORUM.search(text) and not re.search(r"\bI\b", text)
    if shaped and (text.endswith("?") or line.bullet) and len(text.split()) >= FEWEST_WORDS:
        return capital(text)
    return None


def _quoted(text: str) -> str | None:
    match = _QUOTED.search(text)
    if match is None:
        return None
    introduced = text[: match.start()].rstrip().endswith(":")
    quoted = match.group("quoted").strip(" ,")
    if not (introduced or _ASKER.search(_QUOTED.sub("", text))):
        return None
    asks = quoted.endswith("?") or _SHAPED.match(quoted) or (introduced and _DEMANDS.search(quoted))
    return capital(quoted) if asks else None


def _told(text: str) -> str | None:
    """A question told in the poster's words: "asked me to ...", "asked about ...", "the question was ..."."""
    if (text.endswith("?") and _TO_FORUM.search(text)) or _NONE_ASKED.search(text):
        return None
    if match := _ASKED_TO.search(text):
        return _clean(_second_person(match.group("task")), ".")
    if (match := _ASKED_WHAT.search(text)) and _OF_PERSON.search(match.group("what")):
        return _clean(_second_person(match.group("what")), "?")
    if (match := _ASKED_ABOUT.search(text)) and not _OWN_PLANS.search(text):
        about = _clause(_second_person(match.group("about")))
        vague = _EMPTY.match(about) or _VAGUE.match(about) or not _NOUN.search(about)
        return None if vague else _clean(f"Tell us about {about}", ".")
    if (match := _WAS.search(text)) and not _VAGUE.match(match.group("was")) and not _EMPTY.match(match.group("was")):
        was = _second_person(match.group("was"))
        return _clean(was, "?" if was.endswith("?") else ".") if topics_in(was) or _SHAPED.match(was) else None
    return None


def _second_person(text: str) -> str:
    """The poster's words turned to the candidate: "my last project" becomes "your last project"."""
    for mine, yours in (
        (r"\bI'?d\b", "you would"),
        (r"\bI'?ve\b", "you have"),
        (r"\bI am\b|\bI'm\b", "you are"),
        (r"\bI was\b", "you were"),
        (r"(?<![\w/.&-])I(?![\w/&-]|\.\w)", "you"),
        (r"\bmy\b", "your"),
        (r"\bmyself\b", "yourself"),
        (r"\bme\b", "you"),
        (r"\bmine\b", "yours"),
    ):
        text = re.sub(mine, yours, text)
    return text


def _clause(text: str) -> str:
    """One clause: side remarks after a dash or bracket are cut off."""
    return re.split(
        r"(?<!\s)\s+[-–—]\s+|(?:(?<!\s)\s+)?\(|,\s*(?:but|which|so|and (?:i|you|then|they|we|it))\b|(?<!\s)\s+(?:but|because|and then|and i|and you (?:were|was|had)|and they|and (?:put|gave|wrote|moved|said)|which|although|though)\s",
        text,
        maxsplit=1,
    )[0]


def _clean(text: str, end: str) -> str | None:
    """A question as a whole sentence, or None if nothing is left of it."""
    text = re.sub(
        r"(?<!\s)\s+(?:etc|and so on|and stuff|lol|haha)\.?$", "", _clause(text).strip(" ,:;\"“”'?."), flags=re.IGNORECASE
    )
    enough = len(text.split()) > 3 and not _EMPTY.match(text)  # noqa: PLR2004 # fewer words are no question
    return capital(text) + end if enough and len(text) <= LONGEST else None  # whole or not at all


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
    r"\b(?:implement|code|write (?:a|code)|function|algorithm|leetcode|array|string|tree|graph|linked list|parse|debug|bug|reverse|sort|merge|matrix|lru|hash\s?map)\b",
    re.IGNORECASE,
)
_DESIGN = re.compile(r"\b(?:system design|design (?:a|an|the)|architect\w*|scal(?:e|able|ability))\b", re.IGNORECASE)
_CASE = re.compile(
    r"\b(?:case (?:study|interview)|estimate|market siz\w+|improve (?:a|the|google|our)|metric\w*|launch|prioriti[sz]e|sell me)\b",
    re.IGNORECASE,
)


def _kind_of(text: str) -> str:
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
