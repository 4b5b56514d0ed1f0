"""The interview, round by round: the figures at a glance where reports give some, else how hard each is called; then each round."""

from __future__ import annotations

from typing import Any

from functions.interview_prep.pdf.blocks import charts
from functions.interview_prep.pdf.blocks.evidence_chips import beside
from functions.interview_prep.pdf.blocks.guide_item_paragraphs import item_body, run_in_line
from functions.interview_prep.pdf.blocks.page_blocks import Entry, Mark, Panel
from functions.interview_prep.pdf.frame_words.frame_language import say
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.sections.process_glance import glance_rows, process_glance
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import Span, draw_line, paragraph
from functions.interview_prep.round_kinds import name_of
from functions.interview_prep.stage_messages import Item, Section

ELSE = "What else candidates tell"
"""Over what is told of the interviews and of no round: it is no step."""
ELSE_STATED = "Also announced"
"""Over the same where the employer alone tells it."""


def process(section: Section, content: Content) -> list[Any]:
    """One entry per round, joined by a line; above them the table of figures, or a picture where two or more rounds can be drawn and the difficulty of one is known."""
    steps = [(content.call_round(item.title), item.label) for item in section.items]
    story: list[Any] = []
    glance = process_glance(content)
    rated = any(difficulty in charts.LEVELS for _, difficulty in steps)
    if rated and not glance_rows(content) and 1 < len(steps) <= charts.MOST_STEPS:
        story.append(Panel(charts.rounds(steps, styles.WIDTH - 2 * Panel.PAD)))
    story += glance
    rounds = [item for item in section.items if not is_told_of_no_round(item, content)]
    rest = [item for item in section.items if item not in rounds]
    for at, item in enumerate(rounds, 1):
        body = [_title(item, content, at), *item_body(item, title=False, lines=run_in_line)]
        story.append(Entry(body, mark=_step(at, last=item is rounds[-1]), **beside(content, section, item), after=7.5))
    for item in rest:
        body = [paragraph(title_of(item, content), styles.STRONG), *item_body(item, title=False, lines=run_in_line)]
        story.append(Entry(body, **beside(content, section, item), after=7.5))
    return story


def name_of_rest(item: Item, content: Content) -> str:
    """What stands over what is told of no round (in English): who tells it."""
    return ELSE if any(ref in content.outline.reports for ref in item.sources) else ELSE_STATED


def title_of(item: Item, content: Content) -> str:
    """What stands over a step, or over what is told of no round."""
    return say(name_of_rest(item, content)) if is_told_of_no_round(item, content) else content.call_round(item.title)


def is_told_of_no_round(item: Item, content: Content) -> bool:
    """Whether an item is what candidates tell of no round in particular: a step that the employer announces has its name."""
    return item.title == name_of("other") and "other" not in content.round_titles


def _title(item: Item, content: Content, at: int) -> Any:
    color = styles.DIFFICULTY_TEXT.get(item.label)
    spans = [Span(content.call_round(item.title) or f"{say('Round')} {at}")]
    return paragraph(
        [*spans, Span(f" · {say(item.label)}", color=color, font=fonts.BOLD)] if color else spans, styles.STRONG, limit=400
    )


def _step(number: int, *, last: bool) -> Mark:
    def draw(canvas: Any, height: float) -> None:
        if not last:
            canvas.setStrokeColor(styles.ACCENT_PALE)
            canvas.setLineWidth(1.4)
            canvas.line(8, -17, 8, -height + 1)
        canvas.setFillColor(styles.ACCENT_DARK)
        canvas.circle(8, -8, 8, stroke=0, fill=1)
        draw_line(canvas, 8, -11, str(number), font=fonts.BOLD, size=8.6, color=styles.WHITE, anchor="middle")

    return draw
