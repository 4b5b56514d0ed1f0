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
        "recruiter_screen": r"(?<!technical )(?<!tech )(?:tele)?phone (?:calls?|conversations?|chats?)|(?:recruiters?|recruitment|hr|people team|talent|intro(?:ductory)?) (?:team )?(?:phone )?(?:calls?|screen\w*|rounds?|interviews?|chats?|was|were|went)|(?:with|by|from|to) (?:\w+ ){0,3}(?:recruiters?|hr)|hire ?vue|recorded|^\W{0,4}(?:the )?(?:recruiter|hr) (?:asked|called)",
        "online_assessment": r"online (?:\w+ ){0,2}(?:assessments?|tests?|exams?|rounds?|exercises?|quiz\w*|challenges?|coding)|oas?|hacker ?rank|code ?signal|codility|assessments?(?! (?:days?|rooms?|cent|morning))|aptitude|quiz|mcqs?|tests?(?! cases?\b)",
        "technical_screen": r"(?:technical|tech) (?:[\w-]+ )?(?:rounds?|interviews?|interviewing|screen\w*|calls?|talks?|conversation|panel|portion|part|was|went|lasted)|karat|(?:technical|tech) deep[- ]dive|phone(?! (?:calls?|conversations?|chats?)\b)|(?:video|skype|zoom) (?:\w+ )?(?:rounds?|interviews?|calls?|screens?)",
        "coding": r"cod(?:e|es|ed|ing)|leetcode|lc|dsa|algorithms?|algorithmic|program\w*|pair(?:ing)?|debug\w*|troubleshoot\w*|hacker ?rank|sql|practical|pipeline|integration|hands-on|bug",
        "system_design": r"(?:system|high[- ]level|low[- ]level|object[- ]oriented|ml|product|api|database)[ -]design\w*|design (?:round|interview|question|problem|a\b|an\b)|designed|designing|design|architecture|architectural|hld|lld",
        "behavioural": r"behaviou?r\w*|culture|cultural|values?|leadership|lps?|googl[ei]y?ness|googliness|situational|star",
        "hiring_manager": r"(?:techno[- ]?)?managerial|(?:hiring manager|hm|managers?|director|vp|founder) (?:rounds?|calls?|interviews?|screen\w*|chats?|talk|conversation|was|went|asked)|(?:with|by|to) (?:[\w-]+ ){0,3}(?:hiring manager|hm|director|vp|founder|head of \w+|managers?)|team[- ]match\w*|skip[- ]level",
        "onsite": r"on-?sites?|loops?|panels?(?! members?)|final|finals|super ?day|assessment (?:day|cent(?:re|er)|morning)|back[- ]to[- ]back|half[- ]day|(?:trial|studio|site) day",
        "take_home": r"take[- ]?homes?|home (?:assignment|task|exercise|project|test)|(?:at|from) home|assignments?|homework|writing (?:task|exercise|sample)",
        "case_study": r"(?<!test )(?<!edge )(?<!corner )(?<!use )cases? (?:stud\w+|interviews?|rounds?|questions?|was|were|about|on|with|presentation)|(?:business|consulting|market\w*|mini) cases?|market siz\w+|case",
        "presentation": r"present\w*|deck|slides|demo|walkthrough",
    }.items()
}


_SURELY: Mapping[str, re.Pattern[str]] = {
    **{kind: _WORDS[kind] for kind in ("recruiter_screen", "hiring_manager")},
    **{
        kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
        for kind, words in {
            "online_assessment": r"online (?:\w+ ){0,2}(?:assessments?|tests?|exams?|rounds?|coding)|mcqs?|oas?|hacker ?rank|code ?signal|codility|(?:aptitude|web[- ]based|assessment) (?:test|assessment|round)",
            "technical_screen": r"(?:technical|tech) (?:\w+ )?(?:rounds?|interviews?|screens?|calls?)|phone (?:rounds?|interviews?|screens?)|karat",
            "coding": r"(?:coding|dsa|leetcode|programming|machine coding|pair(?:ed)? programming) (?:\w+ )?(?:rounds?|interviews?|tests?|challenges?|sessions?|exercises?)",
            "system_design": r"(?:design|architecture|[hl]ld) (?:rounds?|interviews?)",
            "behavioural": r"(?:behaviou?ral|culture|values|situational) (?:\w+ )?(?:rounds?|interviews?|screens?)",
            "onsite": r"on-?sites?|(?:final|panel) (?:rounds?|interviews?)|super ?day|assessment (?:day|cent(?:re|er))",
            "take_home": r"take[- ]?homes?(?: \w+)?|home (?:assignment|task|exercise|project)|(?:written|writing) (?:exercise|task|assignment)",
            "case_study": r"case (?:stud(?:y|ies)|interviews?|rounds?)",
            "presentation": r"presentation (?:rounds?|interviews?)",
        }.items()
    },
}
"""The words that leave no doubt which kind is meant."""
_OF_PROCESS = re.compile(
    r"\b(?:\d{1,2}|two|three|four|five|six|seven|several|multiple|multi|couple of|few)[ -](?:[\w/-]+ ){0,3}(?:rounds?|levels of|stages?|steps?|interviews)\b",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"\b(?:group discussion|gd|f2f|face[- ]to[- ]face|bar[- ]raiser|personal interviews?|hr round|managerial round|final interview)\b|\bhr\b(?! (?:round|interview|call|screen))",
    re.IGNORECASE,
)
_THEN = re.compile(r"\b(?:then|followed|and|after|next|plus|or|to)\b|[,;+>/&]", re.IGNORECASE)
_PARTS = re.compile(
    r"\b(?:in which|out of which|of which|consist\w*|includ\w*|first (?:one )?(?:is|was)|last (?:one )?(?:is|was)|(?:1st|2nd|one) (?:\w+ )?(?:is|was|being))\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:in total|total|overall|altogether|(?:whole|entire|interview|hiring|selection|recruitment) (?:process|procedure)|(?:process|procedure) (?:was|is|had|has|consist\w*|compris\w*|includ\w*|involv\w*|took)|multi-?(?:round|stage|step))\b",
    re.IGNORECASE,
)
_BY_PHONE = re.compile(r"\b(?:phone|telephon\w+|video|skype|zoom)\b", re.IGNORECASE)
_OF_TEAM = re.compile(r"\b(?:managers?|directors?|engineers?|developers?|vp|cto|team lead|scientists?)\b", re.IGNORECASE)
_RECRUITERS = re.compile(r"\b(?:recruit\w*|hr|talent|people team)\b", re.IGNORECASE)
_TECHNICAL = re.compile(r"\b(?:technical|tech|karat|deep[- ]dive|cod\w+|algorithm\w*|sql|programming|problems?)\b", re.IGNORECASE)
THIS_ROUND = re.compile(
    r"\b(?:this|that|the same|in the) (?:round|interview|stage|step|call|part|section|one|test)\b", re.IGNORECASE
)
"""A round that was named before."""
_OPENS = re.compile(
    r"^\W*(?:(?:in|for|during|at) )?this (?:\w+ )?(?:round|interview|test|stage|call)\b|^\W*this (?:was|is) (?:the |an? )[^.!?]{0,60}?\b(?:round|interview|test|stage)\b",
    re.IGNORECASE,
)
_BY_NAME_ALONE = frozenset(
    {"recruiter_screen", "online_assessment", "technical_screen", "take_home", "case_study", "hiring_manager", "presentation"}
)
"""Kinds that a sentence is filed under by words that mean nothing else."""
_BEHAVIOURAL = re.compile(r"\bbehaviou?ral\b", re.IGNORECASE)
_OF_EACH = re.compile(r"^\W{0,4}(?:each|every|everything|all|most|both|any)\b", re.IGNORECASE)
_WRITTEN_TEST = re.compile(
    r"\b(?:mcqs?|multiple[- ]choice|question paper|pen[- ]and[- ]paper|written (?:test|round|exam|paper)|aptitude|objective (?:type )?questions?|apti|(?:logical|verbal|quantitative) (?:reasoning|ability|aptitude))\b|\bstore (?:walk|visit|tour)\b",
    re.IGNORECASE,
)
"""Neither a talk nor a task for at home."""
_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|six|several|multiple|many|some|\d)\s(?:more |further |back[- ]to[- ]back )?(?:technical |tech |phone |hr |recruiter |coding )?interviews\b",
    re.IGNORECASE,
)
_IS_TWO = re.compile(
    r"\b(?:cum|plus)\b|\w\s?[+&/]\s?\w|\b(?:technical|tr|mr|coding|hr|managerial|behaviou?ral|design)\b[^\n]{0,12}\band\b[^\n]{0,12}\b(?:technical|tr|mr|coding|hr|managerial|behaviou?ral|design)\b",
    re.IGNORECASE,
)
"""A label of two kinds at once: `Technical cum HR interview`."""
_OF_CRAFT, _OF_PEOPLE = r"(?:technical|tech|tr|coding|dsa|sql|aptitude)", r"(?:managerial|managers?|hr|behaviou?ral)"
_GAP = r"(?:\s(?:rounds?|interviews?|questions?))?(?:[\s,&+/-]{1,3}(?:and|then|plus|cum|followed by|or)?(?: the)?[\s,&+/-]{0,2})"
_TWO_SORTS = re.compile(
    rf"\b{_OF_CRAFT}{_GAP}{_OF_PEOPLE}\b|\b{_OF_PEOPLE}{_GAP}{_OF_CRAFT}\b|\bmanagerial{_GAP}hr\b|\bhr{_GAP}managerial\b|\bfollowed by\b[^.!?]{{0,30}}\b(?:rounds?|interviews?)\b",
    re.IGNORECASE,
)
"""Two sorts of rounds in one breath: `technical and managerial`, `followed by an HR round`."""
_OF_SEVERAL_SORTS = frozenset({"online_assessment", "onsite"})
"""Kinds that go over several sorts of things."""
_MIXED = re.compile(
    r"\b(?:mix\w*|both|combination|half)\b[^.!?]{0,40}\bbehaviou?ral\b|\bbehaviou?ral (?:and|&|/|\+) (?:technical|coding|design)\b|\b(?:technical|coding|design) (?:and|&|/|\+) behaviou?ral\b",
    re.IGNORECASE,
)
_MAINLY = re.compile(
    r"\b(?:mostly|mainly|more|purely|largely|primarily|all|only|fully|entirely)\s(?:\w+\s)?behaviou?ral\b", re.IGNORECASE
)
"""A talk that is behavioural though something technical came up in it."""
MOST_NAMED = 3
"""Kinds of rounds from which a sentence goes through the process, and tells of none of them."""


def names_round(kind: RoundKind, sentence: str, above: str = "", *, surely: bool = False) -> bool:
    """Whether a sentence names this kind of round where it begins, or the label above it does; `other` is named by anything.

    `surely`: by words that mean nothing else.
    """
    words, sentence = (_SURELY if surely or kind in _BY_NAME_ALONE else _WORDS).get(kind), AFTER_ROUND.sub(" ", sentence)
    mixed = kind not in _OF_SEVERAL_SORTS and _TWO_SORTS.search(sentence)
    if mixed or _is_of_whole_process(sentence):
        return words is None
    if _is_another(kind, sentence):
        return False
    if _IS_TWO.search(above):
        above = ""
    if words is None or words.search(sentence[:NEAR_START]):
        return words is None or not _labels_another(kind, above)
    return bool(words.search(above))


def _labels_another(kind: RoundKind, above: str) -> bool:
    """Whether the label above names other kinds, and not this one."""
    labelled = {name for name, words in _SURELY.items() if words.search(above)}
    return bool(labelled) and kind not in labelled


def _is_another(kind: RoundKind, sentence: str) -> bool:
    """Whether a sentence says by other words that its round is none of this kind, or of two at once."""
    match kind:
        case "technical_screen":
            by_phone = _BY_PHONE.search(sentence) and not _TECHNICAL.search(sentence)
            return bool(
                by_phone
                or _RECRUITERS.search(sentence)
                or _WRITTEN_TEST.search(sentence)
                or _SEVERAL.search(sentence[:NEAR_START])
                or _MIXED.search(sentence)
            )
        case "recruiter_screen":
            of_team = _OF_TEAM.search(sentence) and not _RECRUITERS.search(sentence)
            return bool(of_team or _WRITTEN_TEST.search(sentence) or _SEVERAL.search(sentence[:NEAR_START]))
        case "onsite":
            return bool(_BY_PHONE.search(sentence))
        case "coding" | "take_home":
            return bool(_BEHAVIOURAL.search(sentence) or _WRITTEN_TEST.search(sentence) or _MIXED.search(sentence))
        case "behavioural":
            return bool(_MIXED.search(sentence) or (_TECHNICAL.search(sentence) and not _MAINLY.search(sentence)))
        case _:
            return False


def _is_of_whole_process(sentence: str) -> bool:
    """Whether a sentence goes through the process, or counts its rounds: it is filed under none of them. A day on site has rounds of its own."""
    named = sum(bool(pattern.search(sentence)) for pattern in _WORDS.values())
    if named > MOST_NAMED or _OF_EACH.search(sentence):
        return True
    rounds = _told_apart(sentence)
    if rounds < 2 and _SURELY["onsite"].search(sentence[:NEAR_START]):  # noqa: PLR2004 - one round
        return False
    if rounds > 1 or not _OF_PROCESS.search(sentence):
        return rounds > 1
    return named > 1 or bool(_WHOLE.search(sentence)) or rounds + bool(_PARTS.search(sentence)) > 1


def _told_apart(sentence: str) -> int:
    """How many rounds a sentence names one after the other: `phone screen, then a coding round` are two, an `HR interview, behavioural` is one."""
    found = sorted(hit.span() for words in (*_SURELY.values(), _FURTHER) for hit in words.finditer(sentence))
    count, last = 0, 0
    for start, end in found:
        if count == 0 or (start >= last and _THEN.search(sentence[last:start])):
            count += 1
        last = max(last, end)
    return count


def only_round_named(sentence: str, above: str = "", *, surely: bool = False) -> RoundKind:
    """The one kind of round that a sentence or its label names; `other` where it is none, or not one alone."""
    for label in ("", above):  # its own words before those above it
        found: list[RoundKind] = [
            kind for kind in get_args(RoundKind) if kind != "other" and names_round(kind, sentence, label, surely=surely)
        ]
        if len(found) == 1:
            return found[0]
    return "other"


def under_its_label(sentence: str, above: str) -> str:
    """A sentence that opens with `this round`, where the label above says which that is, as one that names it; else as it is."""
    known = _OPENS.match(sentence) and only_round_named("", above, surely=True) != "other"
    return _OPENS.sub("The round", sentence, count=1) if known else sentence
