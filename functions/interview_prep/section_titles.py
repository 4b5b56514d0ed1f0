"""What the guide's sections are called."""

from __future__ import annotations

from functions.interview_prep.stage_messages import SectionName

TITLES: dict[SectionName, str] = {
    "role": "The role, decoded",
    "process": "The process, round by round",
    "questions": "Likely questions",
    "stories": "Your story map",
    "checklist": "What to review",
    "company": "Company signals and questions to ask",
    "plan": "Seven-day plan",
}
