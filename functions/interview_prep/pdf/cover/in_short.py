"""The cover's summary, for who reads one page only: the rounds, what is asked most, what to review, what to ask."""

from __future__ import annotations

import re
from typing import Any

from functions.interview_prep.answers.private_questions import private_topic
from functions.interview_prep.pdf.cover.coverage_box import put
from functions.interview_prep.pdf.frame_words.frame_language import say, say_counted, say_label, say_list, say_quoted, say_row
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import Span, paragraph
from functions.interview_prep.pdf.typography.page_grid import draw_placed
from functions.interview_prep.round_kinds import name_of
from functions.interview_prep.stage_messages import Item, SectionName

MOST_ROUNDS, MOST_QUESTIONS, MOST_SUBJECTS = 8, 2, 4
LONGEST = 110
"""Characters of a question that stands on a cover."""
_LINE = styles.style("in-short", 9.2, 13)
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_FOR_CONTENTS = 250
"""Points above the page's lower edge that the contents need."""


def in_short(content: Content) -> list[tuple[str, str]]:
    """Each line's name (in English) and its text; empty ones are left out."""
    rounds = _items(content, "process")
    known = content.outline.figures.stated or any(
        content.cited(item.sources) for item in rounds if item.title != name_of("other")
    )  # else they are what is usual
    told = [item.title for item in rounds if known and item.title and item.title != name_of("other")]
    lines = [
        ("Rounds", say_list([content.call_round(name) for name in dict.fromkeys(told)][:MOST_ROUNDS])),
        ("Asked most often", say_row(_asked(content))),
        ("What to review", say_list([item.title for item in _items(content, "checklist") if item.title][:MOST_SUBJECTS])),
        (
            "Must be proven",
            say_list([item.title for item in _items(content, "role") if item.label == "must-have"][:MOST_QUESTIONS]),
        ),
    ]
    return [(name, text) for name, text in lines if text]


def _items(content: Content, name: SectionName) -> list[Item]:
    return [item for section in content.sections if section.section == name for item in section.items]


def _asked(content: Content) -> list[str]:
    """The reported questions of most reports, each with their number."""
    asked = [
        (max(_said(item.why), len(content.cited(item.sources))), item.title)
        for item in _items(content, "questions")
        if content.cited(item.sources) and 0 < len(item.title) <= LONGEST and private_topic(item.title) is None
    ]
    most = sorted(asked, key=lambda pair: -pair[0])[:MOST_QUESTIONS]
    return [f"{say_quoted(title.rstrip('.'))} ({say_counted(number, 'report')})" for number, title in most]


def _said(why: str) -> int:
    """The number of reports that an item's reason names: more than the few that it cites."""
    found = _NUMBER.search(why)
    return int(found[0]) if found else 0


def draw_in_short(canvas: Any, content: Content, y: float) -> float:
    """Draw it with its top at `y`, where the page has room for it; answers its bottom."""
    lines = [paragraph([Span(say_label(name), font=fonts.BOLD), Span(text)], _LINE) for name, text in in_short(content)]
    tall = 8 + sum(line.wrap(styles.WIDTH, 400)[1] + 2 for line in lines)
    if not lines or y - tall < _FOR_CONTENTS:
        return y
    draw_placed(canvas, styles.LEFT, y - 9, say("In short"), font=fonts.BOLD, size=9, color=styles.INK)
    y -= 16
    for line in lines:
        y = put(canvas, line, styles.LEFT, y, styles.WIDTH) - 2
    return y
