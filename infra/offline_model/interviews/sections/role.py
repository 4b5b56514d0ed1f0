"""Section `role`: requirements, wishes and themes of the posting, each with what is reported to be asked about it."""

from __future__ import annotations

import re

from infra.offline_model.interviews.crafts import Craft, crafts_of
from infra.offline_model.interviews.posting_text import Need
from infra.offline_model.interviews.sections.section_input import Brief, Item, item
from infra.offline_model.interviews.sections.text_similarity import ENOUGH, likeness, stems
from infra.offline_model.interviews.wording import inside, listed, quoted, say
from infra.offline_model.text_helpers import capital, clause_about, sentence, short

MOST = {"must-have": 5, "nice-to-have": 3}
MOST_THEMES = 2


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    posting = brief.posting
    must = posting.of("must") or posting.of("duty")
    used: list[str] = []
    asked: set[str] = set()
    items = [_need(brief, need, "must-have", used, asked) for need in _telling(must)[: MOST["must-have"]]]
    items += [_need(brief, need, "nice-to-have", used, asked) for need in _telling(posting.of("nice"))[: MOST["nice-to-have"]]]
    quoted_already: set[str] = set()
    items += [theme for craft in brief.crafts if (theme := _theme(brief, craft, quoted_already))][:MOST_THEMES]
    return _intro(brief), items


def _intro(brief: Brief) -> str:
    posting = brief.posting
    names = {"location": "location", "employment_type": "employment type", "salary": "pay"}
    missing = [say(names[name]) for name in names if not posting.facts[name]]
    return say("It says nothing about {facts}: ask in the first call.", facts=listed(missing, either=True)) if missing else ""


def _telling(needs: list[Need]) -> list[Need]:
    """Needs that name something definite first; the posting's order otherwise."""
    return sorted(needs, key=lambda need: not (need.topics or crafts_of(need.text)))


def _need(brief: Brief, need: Need, label: str, used: list[str], asked: set[str]) -> Item:
    """One requirement: its words where its title leaves some out, what was asked about it, and the proof to bring."""
    fitting = crafts_of(need.title) if brief.is_proof(need) else []
    craft = next((craft for craft in fitting[:1] if craft in brief.crafts and craft.key not in used), None)
    if craft:
        used.append(craft.key)
    said = sentence(_beyond(need.title, short(need.text, 170)))
    proof = [say("Have ready: {proof}", proof=inside(craft.proof[0]))] if craft else []
    own = [] if _OF_THE_BODY.search(need.text) else _own(brief, f"{need.title} {need.text}", gap=label == "must-have")
    return item(
        need.title,
        said if _adds(said, need.title) else "",
        why=_asked(brief, need, asked),
        label=label,
        points=own or proof,
    )


def _asked(brief: Brief, need: Need, asked: set[str]) -> str:
    """The reported question that this requirement lies behind, each once."""
    for question in brief.told("questions"):
        shared = stems(question["text"]).keys() & stems(need.text).keys()  # a kind of situation alone ties nothing
        if question["text"] not in asked and shared and likeness(question["text"], need.text) >= ENOUGH:
            asked.add(question["text"])
            words = quoted(clause_about(question["text"], limit=110).rstrip("."))
            return say("Asked: {question} ({reports}).", question=words, reports=brief.reports(question["sources"]))
    return ""


_OF_THE_BODY = re.compile(
    r"\b(?:lift|stand (?:and walk )?for|on your feet|aged \d\d|\d\d (?:or|and) (?:over|older|above)|over \d\d|years of age|availab\w+)\b",
    re.IGNORECASE,
)
"""What no line of a CV shows and none lacks."""


def _own(brief: Brief, text: str, *, gap: bool) -> list[str]:
    if not brief.candidate.lines:
        return []
    proof = brief.candidate.proof_for(text)
    if proof:
        return [say("Your proof: {line}", line=clause_about(proof, limit=140))]
    return (
        [say("Gap: your CV does not show it; have the closest thing you did ready")] if gap and brief.candidate.compared else []
    )


_BEFORE = re.compile(
    r"(?:(?:an?|the|strong|solid|good|excellent|proven|deep|experience (?:with|in|of)|knowledge of)\s+)*", re.IGNORECASE
)
"""What stands before a requirement's name and tells nothing more of it."""
_GOES_ON = re.compile(
    r"[\s:;,.\u2013-]+(?!(?:that|which|who|whose|and|or|for|in|of|to|with|on|at|by|so|as|over|from|under|within|where|when|than)\b)(?=\S)",
    re.IGNORECASE,
)
FEWEST_WORDS = 4
"""Words after a requirement's name that are told alone; fewer stay in their sentence."""


def _beyond(title: str, said: str) -> str:
    """What a sentence says after the name that stands above it already; all of it where the name is a part of what it says."""
    before = _BEFORE.match(said)
    start = before.end() if before else 0
    if said[start : start + len(title)].casefold() != title.casefold():
        return said
    rest = said[start + len(title) :]
    joint = _GOES_ON.match(rest)
    if joint is None or not joint[0].strip() or len(rest.split()) < FEWEST_WORDS:
        return said
    return capital(rest[joint.end() :])


FEWEST_NEW = 3
"""Words beyond its title's from which a requirement's own sentence is worth a line; a number is by itself."""
_FILLERS = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "experience",
        "strong",
        "good",
        "solid",
        "proven",
        "excellent",
        "ability",
        "knowledge",
        "plus",
        "required",
        "have",
        "has",
        "are",
        "you",
        "your",
        "our",
    ]
)


def _adds(said: str, title: str) -> bool:
    new = set(re.findall(r"\w+", said.lower())) - set(re.findall(r"\w+", title.lower()))
    return any(map(str.isdigit, new)) or len([word for word in new if len(word) > 2 and word not in _FILLERS]) >= FEWEST_NEW  # noqa: PLR2004 - "of", "in"


def _theme(brief: Brief, craft: Craft, told: set[str]) -> Item | None:
    """A side of work with the posting's own lines on it that were not `told` yet; None where none can be quoted."""
    found = [need for part in ("duty", "must", "about") for need in brief.posting.of(part) if craft.words.search(need.text)]
    clauses = [clause_about(need.text, craft.words, limit=80) for need in found]
    whole = (clause for clause in dict.fromkeys(clauses) if craft.words.search(clause) and not clause.endswith("\u2026"))
    chosen = [clause for clause in whole if not brief.posting.is_name(clause) and clause not in told][:2]
    told.update(chosen)
    lines = list(map(quoted, chosen))
    return item(craft.theme, f"{say('{facts}.', facts=listed(lines))} {craft.means}", label="theme") if lines else None
