"""The role, decoded: must-haves, nice-to-haves, themes, and the terms that the posting states."""

from __future__ import annotations

from typing import Any

from functions.interview_prep.guide.merge_statements import alike
from functions.interview_prep.pdf.blocks.evidence_chips import beside
from functions.interview_prep.pdf.blocks.guide_item_paragraphs import item_body, points
from functions.interview_prep.pdf.blocks.page_blocks import Entry, Mark, group
from functions.interview_prep.pdf.frame_words.frame_language import say
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.sections.labelled_groups import group_items
from functions.interview_prep.pdf.typography import styles
from functions.interview_prep.stage_messages import Item, Section

HEADINGS = {"must-have": "Must have", "nice-to-have": "Nice to have", "theme": "Themes to weave in"}
TERMS = "Terms it states"
_COLORS = {"must-have": styles.ACCENT, "nice-to-have": styles.AMBER, "theme": styles.FAINT}


def role(section: Section, content: Content) -> list[Any]:
    """Items by label, each with a dot in its group's colour; then the terms, in the posting's own words."""

    def entry(item: Item) -> Entry:
        return Entry(
            item_body(item), mark=_dot(_COLORS.get(item.label, styles.FAINT)), **beside(content, section, item), after=5.4
        )

    said = terms_of(section, content)
    terms = [*group(say(TERMS), "role-terms"), *points(said)] if said else []
    return [*group_items(section, HEADINGS, entry), *terms]


def terms_of(section: Section, content: Content) -> list[str]:
    """The terms that no item of the section tells already."""
    told = [text for item in section.items for text in (item.title, item.text) if text]
    return [term for term in content.terms if not any(alike(term, text) for text in told)]


def _dot(color: Any) -> Mark:
    def draw(canvas: Any, height: float) -> None:  # noqa: ARG001 - every mark is told its entry's height
        canvas.setFillColor(color)
        canvas.circle(6, -8.6, 2.8, stroke=0, fill=1)

    return draw
