"""Section `process`: the rounds as reported and as the employer states them, else those that are usual in this kind of job."""

from __future__ import annotations

import re
from typing import Any

from infra.offline_model.interviews.round_types import BY_KEY, named, place_of, round_kind, title_of
from infra.offline_model.interviews.sections.section_input import Brief, Item, in_their_words, item
from infra.offline_model.interviews.wording import listed, quoted, say, theirs
from infra.offline_model.text_helpers import clause_about, sentence, sentences

OTHER = "other"
USUAL = ("recruiter_screen", "hiring_manager", "behavioural", "onsite")
LONGEST_DETAIL, LONGEST_STATED, MOST_STATED = 440, 140, 2
_TOLD_BY_REPORTS = "The way to an offer at {company}, as told by {reports}, in their own words."
_TOLD_BY_BOTH = "The way to an offer at {company}, as told by {reports} and by the employer itself, in their own words."
_STATED_BY_POSTING = "No report describes the process; these steps are the posting's own. Ask about whatever it leaves out."
_STATED_BY_EMPLOYER = "No report describes the process; these steps are {company}'s own. Ask about whatever it leaves out."
_USUAL = "Neither a report nor the posting describes the process. These steps are usual for this kind of job; nothing confirms them for {company}, so ask in the first call which apply."


_USUAL_AND_MORE = "No report names a round, nor does the posting: what candidates tell stands at the end. These steps are usual for this kind of job; nothing confirms them for {company}, so ask in the first call which apply."


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    told = {found["kind"]: found for found in brief.told("rounds")}
    stated = {step["kind"]: step for step in brief.stated}
    if not told.keys() - {OTHER} and not stated:
        intro, usual = _usual(brief, told=bool(told))
        return intro, [*usual, *(_round(brief, kind, found, None) for kind, found in told.items())]
    kinds = _in_order(list(told), list(stated))
    items = [_round(brief, kind, told.get(kind), stated.get(kind)) for kind in kinds]
    parts = []
    if told:
        posts = {ref for found in told.values() for ref in found["sources"]}
        by = _TOLD_BY_BOTH if stated else _TOLD_BY_REPORTS
        parts.append(say(by, company=brief.posting.company, reports=brief.reports(posts, dated=True)))
    else:
        own = any(step.get("source") for step in stated.values())
        parts.append(say(_STATED_BY_EMPLOYER if own else _STATED_BY_POSTING, company=brief.posting.company))
    if only := [named(kind) for kind in told if kind not in stated and kind != OTHER] if stated and told else []:
        parts.append(say("Told by candidates, not announced: {rounds}.", rounds=listed(only)))
    return " ".join(parts), items


def _in_order(told: list[str], stated: list[str]) -> list[str]:
    """As the employer states them, the other reported ones where they usually come."""
    order = list(stated)
    for kind in sorted(told, key=place_of):
        if kind not in order:
            order.insert(next((at for at, known in enumerate(order) if place_of(known) > place_of(kind)), len(order)), kind)
    return order


def _round(brief: Brief, kind: str, found: dict[str, Any] | None, stated: dict[str, str] | None) -> Item:
    told = sentences(stated["text"])[:MOST_STATED] if stated else []
    said = [quoted(clause_about(part, limit=LONGEST_STATED).rstrip(".。")) for part in told]
    if found is None:
        source = stated.get("source", "") if stated else ""
        text = stated["text"] if stated and source else say("The posting: {line}.", line=listed(said))
        return item(title_of(kind), text, label="unknown", points=_prepare(brief, kind)[:2], sources=[source] if source else ())
    sources = [str(ref) for ref in found["sources"]]
    return item(
        title_of(kind),
        in_their_words(_first_sentences(str(found["detail"]))),
        label=str(found["difficulty"]),
        points=[
            *([say("Announced: {line}", line=said[0]), *said[1:]] if said else []),
            *(_advice(brief, kind, sources) or _prepare(brief, kind)[:1]),
        ],
        sources=sources,
    )


def _advice(brief: Brief, kind: str, sources: list[str]) -> list[str]:
    """What candidates advise for this round."""
    tips = [tip for tip in brief.told("tips") if round_kind(tip["text"]) == kind]
    return [say("Advice: {line}", line=theirs(tip["text"])) for tip in tips if set(tip["sources"]) & set(sources)][:1]


def _prepare(brief: Brief, kind: str) -> tuple[str, ...]:
    """How to prepare: of a programmer's rounds what the kind of round asks for, of others what this trade does."""
    if not brief.kind.is_technical and kind in _ANY_TRADE:
        return tuple(map(say, _ANY_TRADE[kind]))
    return tuple(map(say, BY_KEY[kind].prepare)) if kind in BY_KEY and kind != OTHER else ()


_ANY_TRADE = {
    "online_assessment": (
        "Do two tests of this kind against the clock, with only the aids that are allowed",
        "Take the easy points first, and check the unit of every answer",
    ),
    "technical_screen": (
        "Talk it through: what you would do, why, and how you would check it",
        "Ask before you start if the task leaves something open",
    ),
    "case_study": (
        "Say what you notice first, what you do first, and who you tell",
        "End with what you would write down or agree",
    ),
    "presentation": ("Give it once to somebody who interrupts, in four fifths of the time", "Know what you will cut if time runs short"),
    "take_home": ("Stop when the time they give is up, and say what you left out", "Begin with the recommendation, then its reasons"),
    "onsite": ("Look around while you are there, and ask about one thing you saw", "Answer each person afresh: they compare notes"),
    "behavioural": ("Two stories for each value or duty that the posting names", "Say \u201cI\u201d for what you did, and end on what came of it"),
    "hiring_manager": ("Know the posting's first three duties, and an example of yours for each", "Ask what should be better in six months"),
    "recruiter_screen": ("Have days, place, pay and papers ready, one sentence each", "Ask about the next steps and their dates"),
}  # fmt: skip


def _first_sentences(text: str) -> str:
    """As many whole sentences as there is room for; a single long one stays whole."""
    parts = re.split(r"(?<=[.!?])\s+", text)
    kept = parts[0]
    for part in parts[1:]:
        if len(kept) + len(part) >= LONGEST_DETAIL:
            break
        kept = f"{kept} {part}"
    return sentence(kept)


def _usual(brief: Brief, *, told: bool) -> tuple[str, list[Item]]:
    """What is usual in this trade, said to be no more than that. `told`: whether reports tell something of the interviews, though of no round."""
    intro = say(_USUAL_AND_MORE if told else _USUAL, company=brief.posting.company)
    kinds = [known for known in brief.kind.rounds if known in BY_KEY] or USUAL
    return intro, [item(BY_KEY[kind].title, "", label="unknown", points=_prepare(brief, kind)[:2]) for kind in kinds]
