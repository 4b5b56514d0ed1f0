"""Sentences that report an interview question, turned into the question itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from infra.offline_model.interviews.question_kinds import question_kind
from infra.offline_model.interviews.round_types import difficulty_of, round_kind
from infra.offline_model.text_helpers import LED, NOISE, Line, capital

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
    r"(?:about|on(?! top| the spot| campus| a call| site)|around|regarding|related to)\s+(?P<about>[^.;!?]+)",
    re.IGNORECASE,
)
_ASKED_WHAT = re.compile(
    r"\basked(?:\s+(?:me|us|things like|questions like|stuff like|something like))?[:,]?\s+(?P<what>(?:how|why|what|when|where|which|who|can you|could you|do you|tell me|describe|explain)\b(?! to\b)[^.;!?]{10,}\??)",
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
    r"makes you|motivates|does \w+ do)|design (?:a|an|the)|implement (?:a|an|the)|write (?:a|an|code|sql)|given (?:a|an|the|two|some)|walk (?:me|us)|estimate (?:the|how)|"
    r"have you ever|give (?:me|us)? ?an example|where do you see|name a time|pretend|when (?:have|did) you|find the|difference between|what(?:'s| is) the difference|"
    r"can you (?:describe|explain|walk|tell)|are you (?:able|willing|comfortable)|do you have (?:any )?(?:experience|reliable))\b",
    re.IGNORECASE,
)
_LED_BY = re.compile(r"^(?:[^.?!:\"“]{0,60}\b(?:questions?|asked(?: me| us)?|prompts?|rounds?|interviews?|screen)(?: were| was| included?)?:\s+)(?=\S.{9})", re.IGNORECASE)  # fmt: skip
"""What leads to a question in the same sentence: `Questions: Why ...?`, `Then one technical interview: you flip ...?`."""
_LED_BEFORE = re.compile(r"\b(?:questions?|asked(?: me| us)?)(?: were| was| included?)?:\s", re.IGNORECASE)
"""The same, earlier in the paragraph."""
_GOES_ON_WITH = re.compile(r"\b(?:they were|i (?:waited|got|heard|was))\b", re.IGNORECASE)
"""What ends such a list."""
_OF_ONESELF = (
    (re.compile(r"\basked\b[^.?!]{0,24}?\b(?:whether|if)\s+i(?:'m| am| was|'d be| would be)\s+(?P<rest>[^.;!?,]{3,90})", re.IGNORECASE), "Are you {}?"),
    (re.compile(r"\basked\b[^.?!]{0,24}?\b(?:whether|if)\s+i(?:'ve| have| had)\s+(?P<rest>(?!to\b)\w+(?:ed|en)\b[^.;!?,]{3,90})", re.IGNORECASE), "Have you {}?"),
    (re.compile(r"\basked\b[^.?!]{0,24}?\b(?:whether|if)\s+i(?:'ve| have| had)\s+(?P<rest>[^.;!?,]{3,90})", re.IGNORECASE), "Do you have {}?"),
    (re.compile(r"\basked\b[^.?!]{0,24}?\b(?:whether|if)\s+i\s+(?:could|can)\s+(?P<rest>[^.;!?,]{3,90})", re.IGNORECASE), "Can you {}?"),
    (re.compile(r"\basked\b[^.?!]{0,24}?\b(?:whether|if)\s+i\s+(?:would|'d|will)\s+(?P<rest>[^.;!?,]{3,90})", re.IGNORECASE), "Would you {}?"),
    (re.compile(r"\basked\b[^.?!]{0,20}?\b(?:for|about)\s+my\s+(?P<rest>(?:\w+\s)?(?:age|salary history|salary|pay|religion|marital status|health|availability|notice period|nationality|family|(?:kids|children|husband|wife|partner)(?:['’]s?)?(?: (?!and\b|which\b|but\b)\w+){0,2})\b)", re.IGNORECASE), "What about your {}?"),
)  # fmt: skip
"""What is asked of the writer's own person, and how it was put to them."""
_IN_INTERVIEW = re.compile(
    r"\b(?:interview\w*|rounds?|screen\w*|panel|manager|recruiter|hr|age|salary|pay|relig\w+|church|marital|married|health|ill|nationality|family|kids?|child\w*|husband|wife|partner|pregnan\w+|pray\w*|union|party|visa|clearance|relocat\w+|years? old|born|disab\w+|smok\w+|move|moving|plan\w*)\b",
    re.IGNORECASE,
)
"""What is asked of oneself counts where it was asked in an interview, or nobody may ask it: `if I was free on Monday` is neither."""
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
    r"\b(?:how would you (?:guys |all )?(?:have )?answer\w*|any(?:one|body|thing)|should i|did i|am i|was i|do i|would i|can i|could i|have i|my (?:chances|interview|resume|application)|you (?:guys|all)|expect|experiences?\?|advice|"
    r"help|here|thoughts|at all|would you focus|topics (?:are )?covered|format of|(?:the|these|those) questions|karat|odds|automated|still|normal|legit|worth it|reddit|folks|prepare|prep|passed|the (?:interview|process|recruiter|offer|hiring|loop|next|karat|final)\b.*\?|"
    r"if i|i (?:should|can|could|need|am|was|get|got|have|do))\b",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"^(?:write|explain|give|present|discuss|review)\s+(?:down\b|(?:my|your|our|the) (?:\w+ )?(?:answers?|solutions?|code|approach|thoughts?|reasoning|thinking)\b)|^how (?:i|you) (?:was|were|am|are) (?:doing|feeling)\b|^(?:solve|implement|do|write|code|test|debug|explain|complete|answer) (?:in|on|it|with|using|(?:\w+ ){0,2}(?:questions?|problems?))\b|^(?:it|that|this|them|me|my|us|him|her|the same|something|anything|stuff|things?|basically|pretty|very|quite|so|not|more|just|really)\b[^,]{0,25}$",
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
    r"^(?!(?:coder ?pad|hacker ?rank|zoom|teams|karat|glassdoor|code ?signal|leetcode|what|how|why|when|which|who)\b)(?!the (?:two |three |\w+ )?(?:problem|question|process|interview|role|job|topics?)\b|top\b|getting\b)\w[\w\s,/&'’+#.-]{4,}$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"^(?:(?:was|were|is|are|a|an|the|to|so|pretty|very|quite|super|fairly|not|more|just|really|actually|all|too|also|of|on|that|it)\s+)*(?:easy|hard|straightforward|simple|difficult|tough|"
    r"weird|fine|good|ok|okay|bad|medium|basic|generic|standard|random|fair|similar|different|vague|lc|leetcode|asked|given|one|based|related|related to|related on|salary|figure|available|doing|trying|think\w*|looking)\b",
    re.IGNORECASE,
)


def questions_in(line: Line) -> list[dict[str, Any]]:
    """The questions that a sentence reports, none where it reports none: what posters ask the forum is none."""
    parts = [replace(line, text=part) for part in _asked_parts(line.text)]
    found = [question for part in parts if (question := _question_in(part)) is not None]
    return found if len(found) > 1 else [question for question in [_question_in(line)] if question is not None]


_ASKED_ONE_AND = re.compile(
    r"(?:,\s(?:then|and(?: then| also)?|or)\s|,\s|\sand(?: then| also)?\s)(?=(?:tell (?:me|us)|how (?:would|do|did)|what (?:would|do|did|is|are|happens)|why (?:do|did|would)|describe|explain|give (?:an|me)|whether|if i|make (?:me )?an?)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:they|he|she|asked|asks|was|were|got)\b[^.?!:]{0,40}\basked?\b[^,.?!]{0,14}|^[^.?!:]{0,50}\basked\b", re.IGNORECASE
)


def _asked_parts(text: str) -> list[str]:
    """A sentence that tells of several questions (`they asked what ..., then how ..., and why ...`) as one sentence for each."""
    if not _ASKS.search(text) or len(parts := _ASKED_ONE_AND.split(text)) < 2:  # noqa: PLR2004 - one is no list
        return []
    return [parts[0], *(f"They asked: {part}" for part in parts[1:])]


def _question_in(line: Line) -> dict[str, Any] | None:
    text = line.text
    if (
        NOISE.search(text)
        or _TO_ASK_THEM.search(text)
        or re.search(r"\b(?:if|when|whether) (?:they|the interviewer) (?:ask|asks)\b", text, re.IGNORECASE)
    ):
        return None
    found = _listed(line) or _quoted(text) or _of_oneself(text) or _told(text)
    if found is None or not SHORTEST <= len(found) <= LONGEST:
        return None
    near = next((kind for part in (text, line.before, line.lead, line.heading) if (kind := round_kind(part))), "")
    return {"text": found, "kind": question_kind(found, near), "round": near or "other", "difficulty": difficulty_of(text)}


def _listed(line: Line) -> str | None:
    """An entry of a list that a line like "questions they asked:" leads, or a sentence shaped like an interviewer's question."""
    text = line.text.strip(" \"“”'")
    led = (
        (line.bullet or line.lead == LED)
        and _LEAD.search(f"{line.lead} {line.heading}")
        and not _LEAD_NOT.search(f"{line.lead} {line.heading}")
    )
    if told := _led_in_line(line):
        return told
    if led and (text.endswith("?") or _SHAPED.match(text)) and not _TO_FORUM.search(text):
        return capital(text)
    shaped = _SHAPED.match(text) and not _TO_FORUM.search(text) and not re.search(r"\bI\b", text)
    if shaped and (text.endswith("?") or line.bullet) and len(text.split()) >= FEWEST_WORDS:
        return capital(text)
    return None


def _led_in_line(line: Line) -> str | None:
    """What follows `Questions:` or `They asked:` in its paragraph, as far as it has the shape of a question."""
    own = _LED_BY.match(line.text)
    led = _LED_BEFORE.search(line.before)
    if own is None and (led is None or _GOES_ON_WITH.search(line.before, led.end())):
        return None
    text = line.text[own.end() if own else 0 :].strip(" '.")
    if re.search(r"\bI\b|[\"“”]", text) or (own is None and _TO_FORUM.search(text)):
        return None
    if text.endswith("?"):
        return capital(text)
    if re.match(r"(?:how|why|what|when|where|which|who)\b", text, re.IGNORECASE):
        return capital(f"{_inverted(text)}?")
    return capital(f"{text}.") if _SHAPED.match(text) or _DEMANDS.match(text) else None


def _inverted(text: str) -> str:
    """`how you would manage it` as it was put: `how would you manage it`."""
    return re.sub(r"^((?:how|why|what|when|where|which|who)(?: \w+)?) you (would|will|did|do|could|can|should)\b", r"\1 \2 you", text, flags=re.IGNORECASE)  # fmt: skip


def _of_oneself(text: str) -> str | None:
    """`they asked if I am planning to move` as it was put: `Are you planning to move?`."""
    if _NONE_ASKED.search(text) or not _IN_INTERVIEW.search(text):
        return None
    for pattern, form in _OF_ONESELF:
        if found := pattern.search(text):
            rest = _clause(_second_person(found["rest"])).strip(" ,")
            return form.format(re.split(r"\s(?:at|in) [A-Z]|\s(?:too|as well|there)$", rest)[0])
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
    if (match := _ASKED_TO.search(text)) and not _OWN_DUTY.search(match[0]):
        return _clean(_second_person(match.group("task")), ".")
    if (match := _ASKED_WHAT.search(text)) and _OF_PERSON.search(match.group("what")):
        direct = match.group(0)[: match.start("what") - match.start()].rstrip().endswith(":")  # in the asker's own words
        what = _OR_IF.sub("", match.group("what"))
        asked = _inverted(what if direct else _second_person(what))
        return None if _NOT_INVERTED.match(asked) else _clean(asked, "?")
    if (match := _ASKED_ABOUT.search(text)) and not _OWN_PLANS.search(text):
        about = _clause(_second_person(match.group("about")))
        vague = _TELLS.search(about) or _EMPTY.match(about) or _VAGUE.match(about) or not _NOUN.search(about)
        return None if vague or not about.startswith("your") else _clean(f"Tell us about {_AND_ONE.sub('', about)}", ".")
    if (
        (match := _WAS.search(text))
        and not _MOSTLY.match(match.group("was"))
        and not _VAGUE.match(match.group("was"))
        and not _EMPTY.match(match.group("was"))
    ):
        was = _second_person(match.group("was"))
        return _clean(was, "?" if was.endswith("?") else ".") if _SHAPED.match(was) or _DEMANDS.match(was) else None
    return None


_AND_ONE = re.compile(r",? and (?:an?|one|two|some) \w+ (?:questions?|problems?)$|(?: equally)?(?: as well| too)$", re.IGNORECASE)
"""`and a SQL question` at the end of subjects is none."""
_OR_IF = re.compile(r",? or (?:if|whether)\b.*$", re.IGNORECASE)
_MOSTLY = re.compile(r"(?:mostly|mainly|all|just|only|like)\b", re.IGNORECASE)
_OWN_DUTY = re.compile(
    r"^(?:had|wanted|required|told)\b[^.]{0,30}?\bto (?:talk|tell|discuss|find|fix|test|review|improve|walk)\b", re.IGNORECASE
)
"""What the writer had to do at work, more likely than in an interview."""
_TELLS = re.compile(
    r"^(?:\w+ing\b|(?:some|any|the following)\b)|\b(?:added|said|in (?:the |your |my )?(?:first|second|third|last|final|next|1st|2nd)|for (?:around|about|like|\d+)|and also|not|questions?|level|interviews?|rounds?)\b|^(?:\S+\s){11}|^(?!how|what|why|when|where|which|who|whether)(?:[\w'’-]+ ){1,12}?(?:went|was|were|am|did|felt|is|as (?:i|you))\b",
    re.IGNORECASE,
)
"""A subject with its own verb is half of what the writer tells, and no subject of a question."""


_NOT_INVERTED = re.compile(
    r"(?:how|why|what|when|where|which|who)\s(?:(?:my|your|his|her|their|the|our)\s\w+|i|you|they|it|he|she|we)\s", re.IGNORECASE
)
"""`what my interests were` was put otherwise: it is left to the sentence that tells it."""


def _second_person(text: str) -> str:
    """The poster's words turned to the candidate: "my last project" becomes "your last project"."""
    for mine, yours in (
        (r"\b[Ii]['’]d\b(?=\s(?:\w+ed|done|been|had|made|seen|taken|given|written|built|met|led|gone|chosen|come)\b)", "you had"),
        (r"\b[Ii]['’]d\b|\bId\b", "you would"),
        (r"\b[Ii]['’]?ve\b", "you have"),
        (r"\b[Ii] am\b|\b[Ii]['’]m\b", "you are"),
        (r"\b[Ii] was\b", "you were"),
        (r"(?<![\w/.&-])I(?![\w/&-]|\.\w)|(?<= )i(?= )", "you"),
        (r"\bmy\b", "your"),
        (r"\bmyself\b", "yourself"),
        (r"(?<!\b[Tt]ell )(?<!\bgive )(?<!\bwalk )(?<!\bshow )\bme\b", "you"),
        (r"\bmine\b", "yours"),
        (r"^(?P<ask>(?:[Ww]alk|[Tt]ell|[Tt]ake|[Tt]alk|[Gg]ive|[Ss]how)) (?:him|her|them)\b", r"\g<ask> me"),
    ):
        text = re.sub(mine, yours, text)
    return text


def _clause(text: str) -> str:
    """One clause: side remarks after a dash or bracket are cut off."""
    return re.split(
        r"(?<!\s)\s+[-–—]\s+|(?:(?<!\s)\s+)?\(|,\s*(?:but|which|so|and (?:i|you|then|they|we|it|\w{3,12}ed))\b|(?<!\s)\s+(?:but|because|and then|and i|and you (?:were|was|had|gave|said|told|got|did|went|\w{3,12}ed)|and they|and (?:put|gave|wrote|moved|said)|which|although|though|(?:after|when|since|where|until) (?:you|they|he|she) (?:told|said|had|explained|were|was|did|got|gave|have))\s",
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
