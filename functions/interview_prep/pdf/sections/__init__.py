"""One file per section of the guide: its items as flowables, in the order they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.sections.checklist import checklist
from functions.interview_prep.pdf.sections.company import company
from functions.interview_prep.pdf.sections.plan import plan
from functions.interview_prep.pdf.sections.process import process
from functions.interview_prep.pdf.sections.questions import questions
from functions.interview_prep.pdf.sections.role import role
from functions.interview_prep.pdf.sections.stories import stories
from functions.interview_prep.stage_messages import Section

Writer: TypeAlias = Callable[[Section, Content], list[Any]]

SECTIONS: dict[str, Writer] = {
    "role": role,
    "process": process,
    "questions": questions,
    "stories": stories,
    "checklist": checklist,
    "company": company,
    "plan": plan,
}
