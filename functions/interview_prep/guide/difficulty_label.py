"""Gives a round the difficulty that its figures count, so that the table and the round say the same."""

from __future__ import annotations

from functions.interview_prep.process_figure_messages import ProcessFigures
from functions.interview_prep.round_kinds import kind_of
from functions.interview_prep.stage_messages import Item, SectionName


def as_graded(section: SectionName, item: Item, figures: ProcessFigures) -> Item:
    """The item of a round with the difficulty that most posts give it; `unknown` where the figures count none."""
    if section != "process":
        return item
    kind = kind_of(item.title)
    counted = next((one.difficulty.value for one in figures.rounds if one.kind == kind), None)
    if counted is None:
        return item
    return item.model_copy(update={"label": counted.split(" ")[0] or "unknown"})
