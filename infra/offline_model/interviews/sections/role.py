"""Section `role`: requirements, wishes and themes of the posting, each with what is reported to be asked about it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from infra.offline_model.interviews.crafts import Craft, crafts_of
from infra.offline_model.interviews.posting_needs import Need, is_looked_up
from infra.offline_model.interviews.sections.section_input import Brief, Item, item
from infra.offline_model.interviews.sections.text_similarity import ENOUGH, likeness, stems
from infra.offline_model.interviews.wording import in_english, inside, listed, quoted, say
from infra.offline_model.text_helpers import capital, clause_about, sentence, short

NEAR = 0.35
"""How much a line has to speak of a requirement to be the closest thing to it, where none proves it."""
PROOFS = Path(__file__).parents[1] / "ready_proofs.txt"
MOST = {"must-have": 6, "nice-to-have": 3}


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    posting = brief.posting
    must = posting.of("must") or posting.of("duty")
    used: list[str] = []
    asked: set[str] = set()
    items = _worth_a_line([_need(brief, need, "must-have", used, asked) for need in _telling(must)])[: MOST["must-have"]]
    items += [_need(brief, need, "nice-to-have", used, asked) for need in _telling(posting.of("nice"))[: MOST["nice-to-have"]]]
    items += [_theme(brief, craft, lines, used) for craft, lines in themes(brief, FEWEST_LINES if items else 1)]
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
    own = (
        []
        if _OF_THE_BODY.search(need.text)
        else _own(brief, f"{need.title} {need.text}", gap=label == "must-have", title=need.title)
    )
    ready = proof or _paper(need) or _ready(brief, need)
    return item(
        need.title,
        said if _adds(said, need.title) else "",
        why=_asked(brief, need, asked),
        label=label,
        points=[*own, *ready] if not own or own[0].startswith("Gap: ") else own,
    )


FEWEST_SHOWN = 3


def _worth_a_line(items: list[Item]) -> list[Item]:
    """The requirements of which there is more to say than the posting says; all of them where that is said of hardly any."""
    told = [entry for entry in items if entry["points"] or entry["why"]]
    return told if len(told) >= FEWEST_SHOWN else items


def _ready(brief: Brief, need: Need) -> list[str]:
    """What to be able to do or say for a requirement: of its subject, of the concept that it names, of its years, of the words that it asks for."""
    if not in_english() or _OF_THE_BODY.search(need.text):
        return []
    if known := brief.kind.known(need.text):
        return [f"Be able to say: {max(known.points, key=lambda point: likeness(need.text, point))}"]
    if need.topics:
        return [f"Be able to: {inside(need.topics[0].review[0])}"]
    if _YEARS.search(need.text):
        return ["Have ready: from when to when, where, how much of it was yours, and one result with its number"]
    return [f"Have ready: {ready}" for words, ready in _general() if words.search(need.title)][:1]


_YEARS = re.compile(r"\b(?:\d+\+?|one|two|three|four|five|six|ten|several)\b.{0,24}\byears?\b", re.IGNORECASE)


@cache
def _general() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Words of requirements, each with what proves it."""
    rows = (row.rsplit(" | ", 1) for row in PROOFS.read_text("utf-8").splitlines() if row and not row.startswith("#"))
    return tuple((re.compile(rf"\b(?:{words})", re.IGNORECASE), ready) for words, ready in rows)


def _paper(need: Need) -> list[str]:
    """What to have with one for a requirement that a paper proves."""
    return [say("Bring: the paper or its number; if it is still to come, the date")] if _PAPER.search(need.text) else []


_PAPER = re.compile(
    r"\b(?:licen[cs]es?|licensed|registration|registered|certificates?|certification|certified|degree|diploma|bachelor\w*|ged|permit|dbs|qts|"
    r"qualified teacher|ph\.?d|right to work|work authori[sz]ation|abschluss|ausbildung|führerschein|diplôme|permis|título|diploma|vzdělání|řidičský|řp|osvědčení|πτυχίο|άδεια)\b|"
    r"学历|证书|执照|بكالوريوس|ترخيص|شهادة|رخصة",
    re.IGNORECASE,
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


_LETTERS = re.compile(r"[A-Z][A-Z0-9+#-]{0,5}")
"""A title that is a name in capitals: no word to be alike."""
_OF_THE_BODY = re.compile(
    r"\b(?:lift|stand (?:and walk )?for|on your feet|aged \d\d|\d\d (?:or|and) (?:over|older|above)|over \d\d|years of age|availab\w+)\b",
    re.IGNORECASE,
)
"""What no line of a CV shows and none lacks."""


def _own(brief: Brief, text: str, *, gap: bool, title: str = "") -> list[str]:
    if not brief.candidate.lines:
        return []
    if _LETTERS.fullmatch(title) and brief.candidate.compared:
        if found := brief.candidate.names(title):
            return [say("Your proof: {line}", line=clause_about(found, limit=140))]
    elif proof := brief.candidate.proof_for(text, brief.kind.key, lists=bool(title)):
        return [say("Your proof: {line}", line=clause_about(proof, limit=140))]
    if in_english() and gap and not _LETTERS.fullmatch(title) and (near := brief.candidate.proof_for(text, brief.kind.key, NEAR)):
        return [say("Closest in your CV: {line}", line=clause_about(near, limit=130))]
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


MOST_THEMES, FEWEST_LINES = 2, 2
FEWEST_QUOTED = 3
"""Words of a quotation that shows something."""


def themes(brief: Brief, fewest: int = FEWEST_LINES) -> list[tuple[Craft, list[str]]]:
    """Sides of work that two lines or more speak of: the most spoken of first, each with two quotations of duties and requirements; no line stands for two themes."""
    found: list[tuple[Craft, list[str]]] = []
    told: set[str] = set()
    for craft in brief.crafts:
        lines = _lines_about(brief, craft, told, ("duty", "must", "nice") if fewest > 1 else ("duty", "must", "about"))
        if len(lines) >= fewest and len(found) < MOST_THEMES:
            found.append((craft, lines))
            told.update(lines)
    return found


def _lines_about(brief: Brief, craft: Craft, told: set[str], parts: tuple[str, ...]) -> list[str]:
    needs = [need for part in parts for need in brief.posting.of(part)]
    clauses = [
        clause_about(need.text, craft.words, limit=80)
        for need in needs
        if craft.words.search(need.text) and not is_looked_up(need.text)
    ]
    return [
        clause
        for clause in dict.fromkeys(clauses)
        if craft.words.search(clause)
        and not clause.endswith("\u2026")
        and (not clause.isascii() or len(clause.split()) >= FEWEST_QUOTED)
        and not brief.posting.is_name(clause)
        and clause not in told
    ][:2]


def _theme(brief: Brief, craft: Craft, lines: list[str], used: list[str]) -> Item:
    """A side of work in the posting's own words, what it means, and what to tell of it: the candidate's own where there is a CV."""
    ready = craft.proof[craft.key in used]  # a requirement has said the first already
    said = say("{facts}.", facts=listed(list(map(quoted, lines))))
    own = _own(brief, f"{craft.story[2]} {craft.story[1]} {' '.join(lines)}", gap=False)
    return item(
        craft.theme,
        f"{said} {craft.means}",
        label="theme",
        points=own or [say("Have ready: {proof}", proof=inside(ready))],
    )
