"""Files the questions that nobody says how to answer: the reported ones at the end, without promise; the inferred ones go."""

from __future__ import annotations

from functions.interview_prep.stage_messages import Item, Section

ALSO = "Also asked"
"""The heading over reported questions without an outline."""
FEWEST = 8
"""Questions below which inferred ones stay, whatever they lack."""
MOSTLY = 0.5
"""Share of questions with an outline below which the writer knew no outlines: then all stay where they are."""


def with_also_asked(section: Section) -> Section:
    """The section of questions: those with an outline or a story of the candidate's under their rounds, the reported others at the end."""
    if section.section != "questions":
        return section
    answered = [item for item in section.items if is_answered(item)]
    if len(answered) < MOSTLY * len(section.items):
        return section
    reported = [_filed(item) for item in section.items if not is_answered(item) and item.sources]
    room = max(0, FEWEST - len(answered) - len(reported))
    kept = [item for item in section.items if not is_answered(item) and not item.sources][:room]
    stay = [item for item in section.items if is_answered(item) or item in kept]
    return section.model_copy(update={"items": (*stay, *reported)})


def is_answered(item: Item) -> bool:
    """Whether something is said of how to answer: what a strong answer has, or the candidate's own story; not that there is none."""
    return bool(item.text.strip()) or any(not point.startswith("Gap: ") for point in item.points)


def _filed(item: Item) -> Item:
    """Without what a weak answer does: nothing is promised of it."""
    return item.model_copy(update={"label": ALSO, "weak": "", "points": ()})
