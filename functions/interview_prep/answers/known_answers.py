"""Gives a question on a concept the points of a right answer, where whoever wrote it gave none."""

from __future__ import annotations

from functions.interview_prep.guide.untrusted_text import whole_sentences
from functions.interview_prep.job_kinds.known_concepts import concept_asked
from functions.interview_prep.stage_messages import Item, SectionName

LONGEST = 340
"""Characters of an outline."""


def with_known_answer(section: SectionName, item: Item, kind: str) -> Item:
    """A question without an outline that wants a concept of the kind of job (a pack's key) explained, with what is right."""
    if section != "questions" or item.text.strip():
        return item
    concept = concept_asked(item.title, kind)
    if concept is None:
        return item
    return item.model_copy(update={"text": whole_sentences(concept.answer, LONGEST), "weak": item.weak or concept.wrong})
