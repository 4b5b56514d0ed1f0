"""The role, decoded: must-haves, nice-to-haves, themes."""

from __future__ import annotations

from typing import Any

from functions.interview_prep.pdf.blocks.evidence_chips import beside
from functions.interview_prep.pdf.blocks.guide_item_paragraphs import item_body
from functions.interview_prep.pdf.blocks.page_blocks import Entry, Mark
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.sections.labelled_groups import group_items
from functions.interview_prep.pdf.typography import styles
from functions.interview_prep.stage_messages import Item, Section

_HEADINGS = {"must-have": "Must have", "nice-to-have": "Nice to have", "theme": "Themes to weave in"}
_COLORS = {"must-have": styles.ACCENT, "nice-to-have": styles.AMBER, "theme": styles.FAINT}


def role(section: Section, content: Content) -> list[Any]:
    """Items by label, each with a dot in its group's colour."""

    def entry(item: Item) -> Entry:
        return Entry(
            item_body(item), mark=_dot(_COLORS.get(item.label, styles.FAINT)), **beside(content, section, item), after=5.4
        )

    return group_items(section, _HEADINGS, entry)


def _dot(color: Any) -> Mark:
    def draw(canvas: Any, height: float) -> None:  # noqa: ARG001 - every mark is told its entry's height
        canvas.setFillColor(color)
        canvas.circle(6, -8.6, 2.8, stroke=0, fill=1)

    return draw
