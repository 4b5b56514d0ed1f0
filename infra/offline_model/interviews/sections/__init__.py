"""A guide's section, composed by rules from the posting and the insights."""

from __future__ import annotations

from typing import Any

from infra.offline_model.interviews.sections import checklist, company, plan, process, questions, role, stories
from infra.offline_model.interviews.sections.section_input import Brief
from infra.offline_model.interviews.wording import tag_of, writing_in

COMPOSERS = {
    "role": role.compose,
    "process": process.compose,
    "questions": questions.compose,
    "stories": stories.compose,
    "checklist": checklist.compose,
    "company": company.compose,
    "plan": plan.compose,
}


def answer(data: dict[str, Any]) -> dict[str, Any]:
    """The section that the data names, in the language that it names as far as that is known."""
    with writing_in(tag_of(str(data.get("language", "")))):
        intro, items = COMPOSERS[str(data.get("section"))](Brief(data))
    return {"intro": intro, "items": items}
