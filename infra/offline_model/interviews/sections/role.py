"""Section `role`: requirements, wishes and themes of the posting, each with what is reported to be asked about it."""

from __future__ import annotations

import re

from infra.offline_model.interviews.crafts import Craft, crafts_of
from infra.offline_model.interviews.posting_text import Need
from infra.offline_model.interviews.sections.section_input import Brief, Item, item
from infra.offline_model.interviews.sections.text_similarity import ENOUGH, likeness
from infra.offline_model.interviews.wording import inside, joined, listed, quoted, say
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
    items += [_theme(brief, craft) for craft in brief.crafts[:MOST_THEMES]]
    return _intro(brief), items


def _intro(brief: Brief) -> str:
    posting = brief.posting
    names = {"level": "level", "location": "location", "employment_type": "employment type", "salary": "pay"}
    facts = posting.facts | {"salary": posting.salary}
    facts |= {"level": say(facts["level"])} if facts["level"] else {}
    given = [say("{name}: {value}", name=say(names[name]), value=facts[name]) for name in names if facts[name]]
    missing = [say(names[name]) for name in names if not posting.facts[name]]
    parts = [say("{facts}.", facts=capital(joined("{first}; {second}", given)))] if given else []
    if brief.crafts:
        themes = listed([quoted(craft.theme) for craft in brief.crafts[:3]])
        parts.append(say("Read closely, the posting turns on {themes}.", themes=themes))
    if missing:
        parts.append(say("It says nothing about {facts}: ask in the first call.", facts=listed(missing, either=True)))
    return " ".join(parts)


def _telling(needs: list[Need]) -> list[Need]:
    """Needs that name something definite first; the posting's order otherwise."""
    return sorted(needs, key=lambda need: not (need.topics or crafts_of(need.text)))


def _need(brief: Brief, need: Need, label: str, used: list[str], asked: set[str]) -> Item:
    """One requirement: its words where its title leaves some out, what was asked about it, and the proof to bring."""
    fitting = crafts_of(need.text) if brief.is_proof(need) else []
    craft = next((craft for craft in fitting if craft in brief.crafts and craft.key not in used), None)
    if craft:
        used.append(craft.key)
    said = sentence(short(need.text, 170))
    proof = [say("Have ready: {proof}", proof=inside(craft.proof[0]))] if craft else []
    own = [] if _OF_THE_BODY.search(need.text) else _own(brief, f"{need.title} {need.text}")
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
        if question["text"] not in asked and likeness(question["text"], need.text) >= ENOUGH:
            asked.add(question["text"])
            words = quoted(clause_about(question["text"], limit=110).rstrip("."))
            return say("Asked: {question} ({reports}).", question=words, reports=brief.reports(question["sources"]))
    return ""


_OF_THE_BODY = re.compile(
    r"\b(?:lift|stand (?:and walk )?for|on your feet|aged \d\d|\d\d or over|over \d\d|years of age|availab\w+)\b", re.IGNORECASE
)
"""What no line of a CV shows and none lacks."""


def _own(brief: Brief, text: str) -> list[str]:
    if not brief.candidate.lines:
        return []
    proof = brief.candidate.proof_for(text)
    if proof:
        return [say("Your proof: {line}", line=clause_about(proof, limit=140))]
    return [say("Gap: no line of your CV speaks of it; say what comes nearest")] if brief.candidate.compared else []


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


def _theme(brief: Brief, craft: Craft) -> Item:
    found = [need for part in ("duty", "must", "about") for need in brief.posting.of(part) if craft.words.search(need.text)]
    clauses = [clause_about(need.text, craft.words, limit=80) for need in found]
    lines = [quoted(clause) for clause in dict.fromkeys(clauses) if craft.words.search(clause) and not clause.endswith("\u2026")][
        :2
    ]
    often = brief.posting.counts[craft.key]
    told = say("{facts}.", facts=listed(lines)) if lines else ""
    heard = told or (say("The posting comes back to it {number} times.", number=often) if often > 1 else "")
    return item(craft.theme, f"{heard} {craft.means}".strip(), label="theme")
