"""What a section is written from beside posting and reports: the kind of job, how its people prepare, and what they are asked to know."""

from __future__ import annotations

from typing import Any

from functions.interview_prep.job_kinds.known_concepts import concepts_in, rows_of
from functions.interview_prep.job_kinds.preparation_packs import pack_in
from functions.interview_prep.stage_messages import Outline, Posting, SectionName

CRAFT: dict[SectionName, tuple[str, ...]] = {
    "process": ("rounds",),
    "questions": ("questions",),
    "checklist": ("review",),
    "plan": ("plan",),
}
"""What of the job's kind each section is written from."""
WITH_KNOWLEDGE: frozenset[SectionName] = frozenset({"role", "questions", "checklist"})
"""The sections that are written with what a right answer on a concept says; it is known in English alone."""
MOST_CONCEPTS = 10


def craft_for(section: SectionName, posting: Posting, outline: Outline) -> dict[str, Any]:
    """The kind of job and its craft, nothing of the employer: rounds, questions, subjects or plan, and the concepts that are named."""
    pack = pack_in(posting.language, posting.title)
    told = {part: getattr(pack, part) for part in CRAFT.get(section, ())}
    return {"kind_of_job": {"key": pack.key, "kind": pack.kind, **told, **_knowledge(section, posting, outline, pack.key)}}


def _knowledge(section: SectionName, posting: Posting, outline: Outline, kind: str) -> dict[str, Any]:
    """The concepts that reported questions or the posting name, with the points of a right answer."""
    if section not in WITH_KNOWLEDGE or posting.language != "en":
        return {}
    asked = "\n".join(question.text for question in outline.insights.questions)
    named = concepts_in(f"{asked}\n{posting.title}\n{posting.description}", kind)[:MOST_CONCEPTS]
    return {"knowledge": rows_of(named)} if named else {}
