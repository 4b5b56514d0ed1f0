"""The seven-day plan as a table: day and focus, tasks, evidence."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import HRFlowable

from functions.interview_prep.pdf.blocks.evidence_chips import beside
from functions.interview_prep.pdf.blocks.guide_item_paragraphs import item_body
from functions.interview_prep.pdf.blocks.page_blocks import Entry
from functions.interview_prep.pdf.frame_words.frame_language import say
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.typography import styles
from functions.interview_prep.pdf.typography.draw_text import paragraph
from functions.interview_prep.stage_messages import Item, Section

_DAY = 118


def plan(section: Section, content: Content) -> list[Any]:
    """A row per day, a rule between rows."""
    story: list[Any] = []
    for item in section.items:
        rule = HRFlowable(width="100%", thickness=0.7, color=styles.RULE, spaceBefore=0, spaceAfter=7)
        rule.keepWithNext = 1
        row = Entry(item_body(item, title=False), left=_day(item), **beside(content, section, item), lead=_DAY, after=5.5)
        story += [rule, row]
    return story


def _day(item: Item) -> list[Any]:
    cells = ((day_name(item.label), styles.DAY), (item.title, styles.FOCUS))
    return [paragraph(text, style, limit=120) for text, style in cells if text.strip()]


def day_name(label: str) -> str:
    """`Day 3` in the guide's own language."""
    day, _, number = label.partition(" ")
    return say("Day {number}").format(number=number) if day == "Day" and number.isdigit() else label
