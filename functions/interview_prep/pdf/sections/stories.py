"""The story map: which of the candidate's own stories answers what."""

from __future__ import annotations

from string import ascii_uppercase
from typing import Any

from functions.interview_prep.pdf.blocks.evidence_chips import beside
from functions.interview_prep.pdf.blocks.guide_item_paragraphs import points, run_in_line, text_with_aside
from functions.interview_prep.pdf.blocks.page_blocks import Entry, Mark
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import Span, draw_line, paragraph
from functions.interview_prep.stage_messages import Item, Section


def stories(section: Section, content: Content) -> list[Any]:
    """One entry per story: its theme, the question it answers, STAR prompts; the first, told to everybody, line by line."""
    return [
        Entry(_body(item, at), mark=_letter(at), **beside(content, section, item), after=7.5)
        for at, item in enumerate(section.items)
    ]


def _body(item: Item, at: int) -> list[Any]:
    title = [paragraph([Span(item.title)], styles.STRONG, limit=400)] if item.title.strip() else []
    why = text_with_aside("", "Why", item.why)
    lines = points if at == 0 else run_in_line
    return [*title, *text_with_aside(item.text, "Answers", item.label), *why, *lines(item.points)]


def _letter(at: int) -> Mark:
    mark = ascii_uppercase[at] if at < len(ascii_uppercase) else str(at + 1)

    def draw(canvas: Any, height: float) -> None:  # noqa: ARG001 - every mark is told its entry's height
        draw_line(canvas, 0, -11, mark, font=fonts.SERIF, size=12, color=styles.ACCENT)

    return draw
