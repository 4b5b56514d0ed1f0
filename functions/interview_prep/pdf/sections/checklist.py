"""The technical checklist, ranked by how many reports name each topic."""

from __future__ import annotations

import re
from typing import Any

from functions.interview_prep.pdf.blocks import charts
from functions.interview_prep.pdf.blocks.evidence_chips import beside
from functions.interview_prep.pdf.blocks.guide_item_paragraphs import run_in_line, text_with_aside
from functions.interview_prep.pdf.blocks.page_blocks import Entry
from functions.interview_prep.pdf.frame_words.frame_language import say_counted
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.typography import styles
from functions.interview_prep.pdf.typography.draw_text import paragraph
from functions.interview_prep.stage_messages import Item, Section


def checklist(section: Section, content: Content) -> list[Any]:
    """Topics with a box to tick, most reported first, with a bar for each one's evidence where these differ."""
    ranked = sorted(section.items, key=lambda item: -_reports(item))
    numbers = {_reports(item) for item in ranked} - {0}
    most = max(numbers) if len(numbers) > 1 else 0
    return [Entry(_body(item, most), mark=_box, **beside(content, section, item), after=6) for item in ranked]


def _reports(item: Item) -> int:
    """The number in a label such as `4 reports`; 0 for `posting`."""
    found = re.match(r"\s*(\d{1,4})\s+report", item.label)
    return int(found[1]) if found else 0


def _body(item: Item, most: int) -> list[Any]:
    title, text = (item.title, item.text) if item.title.strip() else (item.text, "")
    number = _reports(item)
    words = say_counted(number, "report")
    chart = [charts.bar(number, most, words)] if number and most else []
    return [
        paragraph(title, styles.STRONG, limit=400),
        *chart,
        *text_with_aside(text, "Why", item.why),
        *run_in_line(item.points),
    ]


def _box(canvas: Any, height: float) -> None:  # noqa: ARG001 - every mark is told its entry's height
    canvas.setStrokeColor(styles.ACCENT)
    canvas.setLineWidth(1)
    canvas.roundRect(1, -12, 9.5, 9.5, 2, stroke=1, fill=0)
