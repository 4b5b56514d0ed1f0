"""Likely questions by round, with why each is likely."""

from __future__ import annotations

from collections import Counter
from typing import Any

from functions.interview_prep.pdf.blocks import charts
from functions.interview_prep.pdf.blocks.evidence_chips import beside
from functions.interview_prep.pdf.blocks.guide_item_paragraphs import item_body
from functions.interview_prep.pdf.blocks.page_blocks import Entry, Mark, Panel
from functions.interview_prep.pdf.frame_words.frame_language import say
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.sections.labelled_groups import group_items, labels
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import draw_line
from functions.interview_prep.round_kinds import kind_of
from functions.interview_prep.stage_messages import Item, Section

_KINDS = {
    "coding": "Coding",
    "system_design": "System design",
    "technical": "Technical knowledge",
    "behavioural": "Behavioural",
    "role": "About the role",
    "company": "About the company",
    "case": "Case study",
    "other": "Other",
}
ASSUMED = "usual, not reported"
"""Said of a round of which nobody tells."""
_MOST_OTHER = 0.2
"""Share of questions of no kind from which a picture of kinds tells nothing."""
_LEAST = 3
"""Fewer reported questions than this are no pattern, hence no picture."""


def questions(section: Section, content: Content) -> list[Any]:
    """The questions numbered through, under their round's name; a picture of the kinds that reports name."""
    rounds = rounds_of(content)
    order = labels(section, rounds)
    ordered = sorted(section.items, key=lambda item: order.index(item.label))
    numbers = {id(item): number for number, item in enumerate(ordered, 1)}

    def entry(item: Item) -> Entry:
        return Entry(
            item_body(item, answer=bool(item.title.strip())),
            mark=_number(numbers[id(item)]),
            **beside(content, section, item),
            after=5.4,
        )

    notes = {label: say(ASSUMED) for label in rounds if is_assumed(label, content)}
    return [*_kinds(content), *group_items(section, rounds, entry, count="question", notes=notes)]


def is_assumed(label: str, content: Content) -> bool:
    """Whether a round with questions is one that neither a report nor the employer names, where they name others; nor is a question of it reported."""
    told = {
        kind_of(item.title if part.section == "process" else item.label)
        for part in content.written
        for item in part.items
        if item.sources and part.section in {"process", "questions"}
    }
    return bool(content.confirmed_rounds) and kind_of(label) not in {"other", *content.confirmed_rounds, *told}


def rounds_of(content: Content) -> dict[str, str]:
    """The rounds' labels in the order in which a candidate meets them, each with what the guide calls it."""
    return {name: content.call_round(name) for name in content.rounds}


def _kinds(content: Content) -> list[Any]:
    found = Counter(question.kind for question in content.outline.insights.questions)
    if found.total() < _LEAST or found["other"] > _MOST_OTHER * found.total():
        return []
    rows = [
        (say(_KINDS[kind]), number)
        for kind, number in sorted(found.items(), key=lambda pair: (-pair[1], list(_KINDS).index(pair[0])))
    ]
    caption = f"{say('What candidates were asked, by kind: reported questions')} {found.total()}"
    return [Panel(charts.shares(rows, styles.WIDTH - 2 * Panel.PAD), caption=caption)]


def _number(number: int) -> Mark:
    def draw(canvas: Any, height: float) -> None:  # noqa: ARG001 - every mark is told its entry's height
        draw_line(canvas, 0, -11, str(number), font=fonts.SERIF, size=11, color=styles.ACCENT)

    return draw
