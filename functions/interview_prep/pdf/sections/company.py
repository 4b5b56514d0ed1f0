"""The company: signals, questions to ask, pay, what to watch out for."""

from __future__ import annotations

from typing import Any

from functions.interview_prep.pdf.blocks.evidence_chips import beside
from functions.interview_prep.pdf.blocks.guide_item_paragraphs import item_body
from functions.interview_prep.pdf.blocks.page_blocks import Entry, Mark
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.sections.labelled_groups import group_items
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import draw_line
from functions.interview_prep.stage_messages import Item, Section

HEADINGS = {
    "signal": "Signals",
    "news": "News of the last months",
    "watch out": "Watch out",
    "pay": "Pay",
    "ask": "Questions to ask them",
}
_MARKS = {
    "signal": ("+", styles.ACCENT),
    "news": ("*", styles.ACCENT),
    "watch out": ("!", styles.BRICK),
    "pay": ("=", styles.AMBER),
    "ask": ("?", styles.ACCENT),
}


def company(section: Section, content: Content) -> list[Any]:
    """Items by label, each with its group's sign."""

    def entry(item: Item) -> Entry:
        sign, color = _MARKS.get(item.label, ("·", styles.FAINT))
        return Entry(item_body(item), mark=_sign(sign, color), **beside(content, section, item), after=5)

    return group_items(section, HEADINGS, entry)


def _sign(sign: str, color: Any) -> Mark:
    def draw(canvas: Any, height: float) -> None:  # noqa: ARG001 - every mark is told its entry's height
        draw_line(canvas, 6, -11, sign, font=fonts.SERIF, size=12, color=color, anchor="middle")

    return draw
