"""Concepts that people of a kind of job are asked to explain, and what a right answer says: text in `knowledge/` that anybody can add to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from functions.interview_prep.job_kinds.preparation_packs import rows_of_pack
from functions.interview_prep.job_kinds.word_beginnings import beginnings

FOLDER = Path(__file__).with_name("knowledge")
WRONG = "not:"
LOOKED_AT = 20_000
"""Characters of a posting in which concepts are looked for."""
_STORY = re.compile(
    r"\b(?:tell (?:me|us) about|describe) (?:a|an|the|your)\b|\ba time\b|\bhave you (?:ever|done|worked)\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"^(?:what(?:'s| is| are| does)|why (?:is|are|do|does)|how (?:do|does|would|is|are)|explain|define|describe|when (?:do|would|is)|difference|compare)\b|\bdifference between\b|\bexplain\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: how it is named, its points of a right answer, and what a wrong one says (may be empty)."""

    name: str
    words: re.Pattern[str]
    points: tuple[str, ...]
    wrong: str

    @property
    def answer(self) -> str:
        """The points as sentences."""
        return " ".join(point if point.endswith((".", "?", "”")) else f"{point}." for point in self.points)


def read_concepts(text: str) -> tuple[frozenset[str], tuple[Concept, ...]]:
    """The kinds of jobs that a file is for, and its concepts.

    Raises:
        ValueError: the kinds are missing, or a line has no point.
    """
    rows = rows_of_pack(text)
    head, _, kinds = rows[0].partition(":") if rows else ("", "", "")
    if head != "kinds":
        raise ValueError("the first line does not say for which kinds of jobs the concepts are")
    return frozenset(kind.strip() for kind in kinds.split("|")), tuple(map(_concept, rows[1:]))


def _concept(row: str) -> Concept:
    names, *cells = map(str.strip, row.split("|"))
    points = tuple(cell for cell in cells if cell and not cell.startswith(WRONG))
    wrong = next((cell.removeprefix(WRONG).strip() for cell in cells if cell.startswith(WRONG)), "")
    if not points:
        raise ValueError(f"the concept {names!r} has no point")
    words = [name.strip() for name in names.split(",")]
    name = words[0]
    return Concept(f"{name[0].upper()}{name[1:]}", beginnings(words), points, wrong)


@cache
def concepts_of(kind: str) -> tuple[Concept, ...]:
    """The concepts that a kind of job (a pack's key) is asked about; of two files that have one of a name, the first one's."""
    files = (read_concepts(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.txt")))
    named: dict[str, Concept] = {}
    for concept in (concept for kinds, concepts in files if kind in kinds for concept in concepts):
        named.setdefault(concept.name, concept)
    return tuple(named.values())


def concepts_in(text: str, kind: str) -> list[Concept]:
    """The concepts that a text names, in order of first appearance."""
    text = text[:LOOKED_AT]
    found = [(match.start(), one) for one in concepts_of(kind) if (match := one.words.search(text))]
    return [one for _, one in sorted(found, key=lambda entry: entry[0])]


def concept_asked(question: str, kind: str) -> Concept | None:
    """The concept that a question wants explained; none for one that asks for a story, or that names two."""
    named = concepts_in(question, kind) if not _STORY.search(question) else []
    return named[0] if len(named) == 1 else None


def is_knowledge_question(question: str) -> bool:
    """Whether a question asks what something is or how it works, rather than what one did."""
    return bool(_ASKS.search(question)) and not _STORY.search(question)


def rows_of(concepts: Sequence[Concept]) -> list[list[str]]:
    """Concepts as the sections are written from them: name, points, and what a wrong answer says behind `not:`."""
    return [[one.name, *one.points, *([f"{WRONG} {one.wrong}"] if one.wrong else [])] for one in concepts]
