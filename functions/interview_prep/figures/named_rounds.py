"""Rounds that reports call by a name and tell nothing else of: what such a round is, where they name it, and how to get ready."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from functions.interview_prep.figures.round_titles import names_in, round_titles
from functions.interview_prep.guide.claim_check import sentences_of
from functions.interview_prep.job_kinds.round_notes import RoundNote, note_for, note_named
from functions.interview_prep.round_kinds import kind_of, name_of
from functions.interview_prep.stage_messages import Item, Outline, Posting, Section

FEWEST_NAMING = 3
"""Posts that have to name a round of which nothing else is told."""
MOST_NAMED, MOST_QUOTED, LONGEST_QUOTED = 3, 2, 150
JUDGED = "Usually judged: {judged}"
USUALLY = "Usually {is_what}"


@dataclass(frozen=True)
class NamedRound:
    """A round's name in small letters, and the posts that call it so."""

    name: str
    refs: tuple[str, ...]


def named_rounds(outline: Outline, without: str, shown: Iterable[str]) -> list[NamedRound]:
    """Rounds that three posts or more call by a name and of which nothing else is told; those that most name first.

    `without`: the employer's and the job's names. `shown`: what the guide calls the rounds that it has.
    """
    known = frozenset(re.findall(r"\w+", " ".join(shown).casefold()))
    names = frozenset(without.casefold().split())
    titles = {source.ref: source.title for source in outline.sources}
    called = {ref: names_in(f"{titles.get(ref, '')}\n{text}", names) for ref, text in outline.reports.items()}
    posts = Counter(name for told in called.values() for name in told)
    return [
        NamedRound(name, tuple(ref for ref, told in called.items() if name in told))
        for name, number in posts.most_common()
        if number >= FEWEST_NAMING and (word := name.split()[0]) not in known and "-" not in word
    ]


def with_named_rounds(sections: Sequence[Section], outline: Outline, posting: Posting) -> list[Section]:
    """The sections, the process with a step for each such round that is known; names are known in English alone."""
    if posting.language != "en":
        return list(sections)
    titles = round_titles(outline, posting.title, posting.company)
    shown = [titles.get(kind_of(item.title), item.title) for part in sections if part.section == "process" for item in part.items]
    found = named_rounds(outline, f"{posting.company} {posting.title}", shown)
    known = [(one, note) for one in found if (note := note_named(one.name))][:MOST_NAMED]
    lines = list(dict.fromkeys(_saying_both(one.name, posting.description) for one, _ in known))  # each is told once
    steps = tuple(
        _step(one, note, outline, posting.company, lines.pop(0) if lines and _has(lines[0], one.name) else "")
        for one, note in known
    )
    return [_with_steps(part, steps) if steps and part.section == "process" else part for part in sections]


def _with_steps(section: Section, steps: tuple[Item, ...]) -> Section:
    """Before what is told of no round."""
    at = next((at for at, item in enumerate(section.items) if item.title == name_of("other")), len(section.items))
    return section.model_copy(update={"items": (*section.items[:at], *steps, *section.items[at:])})


def _step(one: NamedRound, note: RoundNote, outline: Outline, company: str, announced: str) -> Item:
    told = (_saying(note, outline.reports[ref], company) for ref in one.refs)
    quoted = list(dict.fromkeys(filter(None, told)))[:MOST_QUOTED]
    return Item(
        title=one.name.capitalize(),
        text=" ".join([*(f"“{text}”." for text in quoted), f"{USUALLY.format(is_what=note.is_what)}."]),
        label="unknown",
        points=(*([f"Announced: “{announced}”"] if announced else []), JUDGED.format(judged=note.judged), note.before),
        sources=one.refs,
    )


def _saying(note: RoundNote, report: str, company: str) -> str:
    """A report's sentence on the round that is short enough to stand alone and tells more than that one came so far."""
    own = company.split(maxsplit=1)[0].casefold() if company else ""
    told = (" ".join(text.split()).lstrip("-*•· ").rstrip(".!") for text in sentences_of(report))
    fits = (text for text in told if len(text) <= LONGEST_QUOTED and "?" not in text and not (own and own in text.casefold()))
    return next((text for text in fits if note.names and note.names.search(text) and not _SO_FAR.search(text)), "")


_SO_FAR = re.compile(
    r"\b(?:no further|said no|got to|reached|reject\w*|lessons|turned down|after the|before the|scheduled|waiting)\b",
    re.IGNORECASE,
)


def _saying_both(name: str, description: str) -> str:
    """The posting's line that has both words of a round's name, in whatever order."""
    lines = (" ".join(re.sub(r"^[\s\d.)•*-]+", "", line).split()).rstrip(".") for line in description.splitlines())
    told = (line for line in lines if 0 < len(line) <= LONGEST_QUOTED)
    return next((line for line in told if _has(line, name)), "")


def _has(line: str, name: str) -> bool:
    return all(re.search(rf"\b{re.escape(word)}", line, re.IGNORECASE) for word in name.split())


def with_round_notes(section: Section, titles: Iterable[str]) -> Section:
    """The process with what is usually judged in each step, and one thing to do before it where it has none; `titles`: what the guide calls each."""
    if section.section != "process":
        return section
    items = tuple(_noted(item, title) for item, title in zip(section.items, titles, strict=True))
    return section.model_copy(update={"items": items})


def _noted(item: Item, title: str) -> Item:
    kind = kind_of(item.title)
    note = note_for(title, kind) if item.title and item.title != name_of("other") else None
    judged = JUDGED.format(judged=note.judged) if note else ""
    if note is None or judged in item.points:
        return item
    is_what = f"{USUALLY.format(is_what=note.is_what)}." if note.is_what else ""
    own = [point for point in item.points if not point.startswith("Announced: ")]
    first = [point for point in item.points if point.startswith("Announced: ")]
    named = note.names is not None
    before = [note.before] if named or not own else own
    return item.model_copy(
        update={"text": f"{item.text} {is_what}".strip() if named else item.text, "points": (*first, judged, *before)}
    )
