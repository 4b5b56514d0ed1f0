"""What forum posts report, found by rules: rounds, questions, topics, tips, timeline, pay, culture, red flags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from infra.offline_model.interviews.question_extraction import questions_in
from infra.offline_model.interviews.reports_in_languages import language_of_post, statements_in
from infra.offline_model.interviews.round_types import difficulty_of, round_kind, rounds_named
from infra.offline_model.interviews.topic_lexicon import names_other_company, topics_in
from infra.offline_model.text_helpers import NOISE, Line, lines, sentence, short

PER_POST = {"rounds": 8, "questions": 10, "tips": 4, "timeline": 2, "compensation": 2, "culture": 2, "red_flags": 2, "topics": 10}
ENDLESS = 800
"""Characters from which a sentence is no sentence."""
LONG_NAME = 6
"""Letters of a first word that is enough of a name."""
NEAR = 4
"""Sentences after one that names the company which still speak of it, in a post about something else."""
LONGEST, SHORTEST, LONGEST_LABEL = 280, 18, 40
FEW_WORDS = 8
"""Words below which a sentence is told with the label of its round."""

_HAPPENED = re.compile(
    r"\b(?:panel of|was|were|had|asked|got|went|took|did|received|started|began|consist\w*|included?|involved?|lasted|gave|told|said|passed|failed|"
    r"is|are|has|will be|there(?:'s| is| are)|then|first|second|third|final|last|next|minutes?|mins?|hours?|hrs?|\d+\s*rounds?)\b",
    re.IGNORECASE,
)
_TIP = re.compile(
    r"\b(?:i(?:'d| would)(?: highly| strongly)? (?:recommend|suggest|advise|focus)|my (?:advice|tip|suggestion)|(?:be sure|make sure|be ready|be prepared|"
    r"brush up|focus (?:\w+ )?on|practi[cs]e (?:real|with|on|your|coding|aloud)|read up|know your|ask clarifying|think out loud|"
    r"think aloud|don'?t (?:forget|be|skip|jump|panic|overthink)|do not (?:forget|skip|jump)|"
    r"use the star|star (?:method|format)|remember to|take your time|you can expect|have (?:a few|some|two|three|\d+) (?:stories|examples|questions)))\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"^(?:practi[cs]e|read|present|bring|learn|know|prepare|revise|study|review|draw|rehearse|explain|ask|sketch|talk|do not|don'?t|take|state|clarify|test|start|keep your|"
    r"never|always|go through|look (?:at|up)|mention|name)\s+(?!it civil|me\b|my\b)\w+(?:\s+\S+){2,}",
    re.IGNORECASE,
)
_TIP_NOT = re.compile(
    r"\b(?:said|told (?:me|us)) to\b|^(?:what|things|how|that|which)\b|\bto expect\b|^(?:so |and |but |because |then )?(?:i|we|he|she|they|my|this|it)(?:'ve|'m|'re| have| had| am| was| did| were| really| also)? ?(?!would|'d)",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:i|i'm|i've|my|me|we|our|he|she|his|her)\b", re.IGNORECASE)
_INFORMS = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|hour|minutes?|asked|focus\w*|consist\w*|includ\w*|cover\w*|involv\w*|about|questions?|problems?|exercise|project|resume|usually|typically|"
    r"style|panel|followed by|share\w*|hackerrank|code|live|remote|video|behaviou?ral|technical|walk\w*|discuss\w*|write|written|difficulty|easy|medium|hard|basic)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few|couple(?: of)?|several)(?: and a half)?[\s-]*(?:to\s*\d+\s*|-\s*\d+\s*)?(?:business )?(?:days?|weeks?|months?)\b",
    re.IGNORECASE,
)
_TIME_OF = re.compile(
    r"\b(?:heard back|hear back|get back|got back|response|respond\w*|offer|reject\w*|result|feedback|schedul\w*|process (?:took|lasted|is|was)|"
    r"recruiter (?:called|emailed|reached|said|told)|after (?:the|my) (?:interview|onsite|screen|final)|from (?:application|start|first))\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£]\s?\d[\d,.]*\s?[kKmM]?|\b(?!401)\d{2,3}(?:\.\d)?\s?[kK]\b(?!\s*(?:people|users|employees|stars|followers|applic))"
)
_PAY = re.compile(
    r"\b(?:TC|base|salary|bonus|equity|RSUs?|stock|sign[- ]?on|total comp\w*|compensation|comp|per hour|an hour|hourly|pay(?:s|ing)?|offer(?:ed)?)\b|/\s?h(?:ou)?r",
    re.IGNORECASE,
)
_OTHERS_PAY = re.compile(
    r"\b(?:went from|cost of living|most companies|anywhere|they aren'?t paying|unless you|survival|student loans?|rent|not that long ago)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^(?P<who>[^=>→]{2,60}?)\s*(?:=+>|-+>|→)")
MOST_NAMED = 3
"""Kinds of rounds that a sentence names, or entries before it names one, from which it is a list of them."""
_VERDICT = re.compile(
    r"^\d+ (?:years?|yrs?|yoe)\b|^(?:the |my )?(?:[A-Za-z-]{2,20} ){1,3}(?:was|were|is|felt) (?:the |a bit |pretty |quite |very |really |rather |not )?(?:\w+ )?(?:hard|hardest|harder|easy|easiest|easier|tough|toughest|difficult|brutal|fine|fair|medium|straightforward)(?: (?:hour|part|round|one|of all|by far|but fair|overall)){0,2}\W*$",
    re.IGNORECASE,
)
"""A verdict and nothing else, or who the writer is: it says nothing of what was done."""
_HEARD = re.compile(
    r"\b(?:some (?:are|people|say|of them say)|people (?:say|are saying)|apparently|i'?ve (?:heard|read)|i (?:heard|read)|from what i (?:heard|read|know)|supposedly|rumou?rs?|i by no means|fair share|entitled|i'?m (?:kind of |just )?thinking|i'?ll (?:just )?|as a former)\b|\bif you\b.{0,40}\bthey(?:'ll| will| would)\b",
    re.IGNORECASE,
)
"""Hearsay, and what the writer thinks of it all."""
_OF_INTERVIEW = re.compile(r"\b(?:interview(?:s|ed|er|ers)?|rounds?|questions?|asked|problems?|portion)\b", re.IGNORECASE)
"""What speaks of a round without saying of which."""
_REJECTIONS = re.compile(r"\brejections\b", re.IGNORECASE)
_STATES = re.compile(
    r"\d|\b(?:panel|interview) of (?:two|three|four|five)\b|\b(?:was|were|is|are|had|have|has|did|do|does|will|would|can|could|got|gave|went|took|takes|told|said|saw|wrote|began|made|ran|sat|let|put|split|read|drew|built|spent|felt|met|kept|lasts?|asks?|wants?|gives?|\w{3,}ed)\b",
    re.IGNORECASE,
)
"""A verb or a figure: without either, a scrap tells nothing of its round."""
_OWN_STORY = re.compile(
    r"\bmy (?:(?:old|last|former|previous|current) )?(?:manager|boss|team|colleague|employer|project)\b", re.IGNORECASE
)
"""What the writer's own employer did is an answer that they gave, not a warning of this one."""
_FLAG = re.compile(
    r"\b(?:ghost(?:ed|ing)?|rude\w*|red flags?|unprofessional\w*|toxic|no[- ]show|never (?:heard|showed|responded|replied|got back|called)|cancell?ed|"
    r"rescheduled|disorgani[sz]ed|low[- ]?ball\w*|laid off|layoffs?|micromanag\w*|burn(?:ed|t)?[- ]?out|disrespect\w*|waste of time|condescending|"
    r"hiring freeze|radio silence|did(?:n'?t| not) (?:even )?(?:respond|reply|show up|show|call)|horrible|awful|showed up late|arrogant|awkward|whatever the (?:advert|posting|ad)|not exciting|no warmth|went quiet|stopped answering|bad taste|cut (?:me|us) off|abruptly|lied|misle\w+|slow process|mark(?:ed|ing) (?:me|you|us) down|held against|short notice|unprepared|waste|warning|silence)\b",
    re.IGNORECASE,
)
_CULTURE = re.compile(
    r"\b(?:culture|work[- ]life|wlb|friendly|super nice|very nice|really nice|supportive|collaborative|welcoming|helpful|kind|down to earth|fast[- ]paced|"
    r"great (?:people|team|company|place)|values|respectful|engaging|conversational|relaxed|laid back|sharp|had (?:clearly )?read|phoned with feedback|gave (?:me )?feedback|on time|remote|office days?|for everyone|hybrid|in[- ]office|return to office|writing culture)\b",
    re.IGNORECASE,
)
_CULTURE_OF = re.compile(
    r"\b(?:interviewers?|recruiters?|team|people|company|culture|manager|they|everyone|office|bonus|people|days|process|work|employees?|engineers?)\b",
    re.IGNORECASE,
)
_VAGUE_PRAISE = re.compile(
    r"^(?:they|everyone|everybody|people|he|she) (?:was|were) (?:\w+ )?(?:friendly|nice|kind|great|good)\W*$|^(?:all in all|overall|in (?:short|sum)|generally|very|pretty|super)\b,?\s*(?:\w+ ){0,2}(?:respectful|friendly|nice|kind|good|great|positive)\b(?:, which [\w' ]{3,40})?\W*$",
    re.IGNORECASE,
)
"""Praise without a case."""
_PROCESS = re.compile(
    r"\b(?:interview\w*|recruiter|round|company|process|offer|manager|hr|team|call|onsite|screen|application|they)\b",
    re.IGNORECASE,
)


def answer(data: dict[str, Any]) -> dict[str, Any]:
    """The insights of all posts; one statement names the one post that it was found in."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in PER_POST}
    for post in data.get("posts", []):
        for name, statements in _of_post(post, str(data.get("company", ""))).items():
            found[name] += [statement | {"sources": [post["ref"]]} for statement in statements[: PER_POST[name]]]
    found["topics"] = _together(found["topics"])
    return found


def _together(topics: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry per subject, with all the posts that name it."""
    sources: dict[str, list[str]] = {}
    for topic in topics:
        sources.setdefault(topic["text"], []).extend(topic["sources"])
    return [{"text": text, "sources": list(dict.fromkeys(refs))} for text, refs in sources.items()]


def _of_post(post: dict[str, Any], company: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in PER_POST}
    if (language := language_of_post(post)) != "en":
        for name, statement in statements_in(post, language):
            found[name].append(statement)
        return found
    told = [*_about(post, company)]
    for line in told:
        if len(line.text) > ENDLESS:
            continue
        questions = questions_in(line)
        known = {asked["text"] for asked in found["questions"]}
        found["questions"] += [question for question in questions if question["text"] not in known]
        line = replace(line, text=_without_quotation(line.text))  # noqa: PLW2901 # what was asked is told as a question
        if NOISE.search(line.text) or line.text.endswith(("?", "…")) or not SHORTEST <= len(line.text) <= LONGEST:
            continue
        for name, statement in _statements(line, bool(questions)):
            found[name].append(statement)
    _named_topics(told, found)
    return found


def _about(post: dict[str, Any], company: str) -> Iterator[Line]:
    """The post's sentences that are about the company: not other employers' chapters, nor the rest of a post about something else."""
    body = [*lines(post.get("body", ""))]
    name = _spoken(company, post)
    elsewhere = name not in post.get("title", "").lower()
    near = 0
    for line in body:
        other_chapter = name not in line.heading.lower() and names_other_company(line.heading, company)
        entry = _LISTED.match(line.text)
        if entry and name not in entry.group("who").lower():
            continue  # "Other Corp => ghosted after the screen"
        near = NEAR if name in f"{line.heading} {line.text}".lower() else near - 1
        if not (other_chapter or names_other_company(line.text, company) or (elsewhere and near <= 0)):
            yield line
    for comment in post.get("comments", []):
        if not elsewhere or name in comment.lower():
            yield from (
                line for line in lines(comment) if not names_other_company(line.text, company) and not _BOT.search(comment)
            )


def _spoken(company: str, post: dict[str, Any]) -> str:
    """The company as the post names it, in lower case: whole, else its first two words, else its first if that is a long one."""
    words = company.lower().split()
    names = [" ".join(words), " ".join(words[:2]), *(words[:1] if len(words[0] if words else "") >= LONG_NAME else [])]
    text = " ".join([post.get("title", ""), post.get("body", ""), *post.get("comments", [])]).lower()
    return next((name for name in names if name and name in text), names[0])


_QUOTE = re.compile(r"(?:(?<![^.!?])[^.!?]*:)?(?:(?<!\s)\s+)?[\"\u201c][^\"\u201c\u201d]{14,180}[\"\u201d]\s*$")
_JOINER = re.compile(
    r"^(?:(?:(?:hi|hey|hello)(?: (?:all|guys|there|everyone|everybody|folks|team|fellow \w+))?|but|and|so|also|then|however|plus|anyways?|then again|well|yeah|oh|ok|okay|btw|fwiw|imo|imho|overall|basically|honestly|edit|update|anyhow|well|now)\b[,:!.]{0,2}\s+)+",
    re.IGNORECASE,
)
_BOT = re.compile(r"i am a bot|thank you for posting", re.IGNORECASE)


def _without_quotation(text: str) -> str:
    """The sentence without the question that it ends with; as it is where half a sentence would be left."""
    left = _QUOTE.sub("", text)
    return text if left == text or (left.strip() and left.rstrip()[-1:] not in ".!?:,") else left.rstrip(" :,")


def _statements(line: Line, is_question: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """What kinds of statement a sentence is: one that gives advice is no round, one that complains is no culture."""
    kind_above = round_kind(line.label) if line.label else ""
    labelled = _NUMBERS_ROUND.match(line.label) or (
        kind_above
        and round_kind(line.text) != kind_above
        and (len(line.text.split()) < FEW_WORDS or not _STATES.search(line.text))
    )
    told = f"{line.label}: {line.text}" if labelled else _JOINER.sub("", line.text, count=1)
    text = sentence(short(told, LONGEST))
    tip = bool(_TIP.search(text) or _IMPERATIVE.match(text)) and not _TIP_NOT.search(text) and len(_FIRST.findall(text)) <= 1
    named = "other" if _is_summary(line.text) else round_kind(line.text)
    of_people = bool(_CULTURE.search(text) and _CULTURE_OF.search(text))
    kind = named or _under(line) or ("other" if _OF_INTERVIEW.search(text) and not of_people else "")
    if _VERDICT.match(text) or _VERDICT.match(line.text) or _HEARD.search(text) or (named and _REJECTIONS.search(text)):
        kind = ""
    if tip and not is_question:
        yield "tips", {"text": text}
    elif (
        kind
        and not is_question
        and not _TIME.match(text)
        and (line.heading or _HAPPENED.search(text))
        and _INFORMS.search(text)
        and _STATES.search(text)
    ):
        yield "rounds", {"kind": kind, "detail": text, "difficulty": difficulty_of(text)}
    if _MONEY.search(text) and (_MONEY.match(text) or _PAY.search(text)) and not _OTHERS_PAY.search(text):
        yield "compensation", {"text": text}
    elif (_TIME.match(text) or (_TIME.search(text) and _TIME_OF.search(text))) and not tip and not _under(line):
        yield "timeline", {"text": text}
    if _HEARD.search(text):
        return
    if _FLAG.search(text) and not _OWN_STORY.search(text) and (_PROCESS.search(text) or not line.heading):
        yield "red_flags", {"text": text}
    elif of_people and not tip and not kind and '"' not in text and not _VAGUE_PRAISE.match(text):
        yield "culture", {"text": text}


_NUMBERS_ROUND = re.compile(
    r"(?:round|stage|interview|day|phase|question|problem|q)\s?#?\d|(?:\d(?:st|nd|rd|th)|first|second|third|final) \w",
    re.IGNORECASE,
)
"""A label without which nobody knows which round is meant."""


def _is_summary(text: str) -> bool:
    """Whether a sentence goes through the whole process: it tells nothing of the round that it names first."""
    first = re.split(r"[,;]\s", text)[: MOST_NAMED + 1]
    late = len(first) > MOST_NAMED and not round_kind(", ".join(first[:MOST_NAMED]))
    return late or len(rounds_named(text)) >= MOST_NAMED


def _under(line: Line) -> str:
    """The round whose label opens the sentence's paragraph or stands above it."""
    if not line.heading or len(line.heading) > LONGEST_LABEL:
        return ""
    return round_kind(line.heading) or ("other" if re.search(r"\b(?:round|interview)\b", line.heading, re.IGNORECASE) else "")


def _named_topics(told: list[Line], found: dict[str, list[dict[str, Any]]]) -> None:
    """Subjects count where something was asked: in the post's questions and rounds, and where it says so."""
    reported = [item.get("text", item.get("detail", "")) for name in ("questions", "rounds") for item in found[name]]
    spoken = [line.text for line in told if re.search(r"\b(?:asked|questions?)\b", line.text, re.IGNORECASE)]
    found["topics"] = [{"text": topic.name} for topic in topics_in("\n".join([*reported, *spoken]))]
