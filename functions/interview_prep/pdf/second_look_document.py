"""The second look as a file: the cheat sheet on one page, then the mock interview."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    FrameBreak,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)

from functions.interview_prep.pdf.blocks.guide_item_paragraphs import points, text_with_aside
from functions.interview_prep.pdf.blocks.page_blocks import Entry, gap
from functions.interview_prep.pdf.frame_words.frame_language import framed_in, from_right, say, say_row
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import Span, cut, line_width, paragraph, shorten
from functions.interview_prep.pdf.typography.page_grid import draw_placed
from functions.interview_prep.second_look.cheat_sheet import Block, Line, cheat_sheet
from functions.interview_prep.second_look.mock_interview import AS_BEFORE, MockRound, mock_interview

SHARES = (1.0, 0.8, 0.65, 0.5, 0.34)
"""Shares of each block's lines that are tried until the sheet fits its page."""
INTRO = "Rehearse with someone playing the interviewer, aloud and against the clock: they ask and score, and you do not see the questions beforehand. Lengths are as reported where a report gives one, otherwise the usual ones."
AFTER = (
    "Score each line from 1 (not there) to 4 (convincing), and write down in one sentence what you heard.",
    "Take the two lowest scores; rehearse those questions again within two days, with the same person.",
    "A story that needed more than two minutes: cut its situation to two sentences.",
)
MOST_CHARACTERS = 300
"""Of a line or an answer: a model may write more."""
_COLUMN = (styles.WIDTH - styles.GAP) / 2
_HEAD = 46
_LINE = styles.style("sheet-line", 8.8, 11.4, leftIndent=9, spaceAfter=1.6)


def render_second_look(content: Content) -> bytes:
    """The PDF. The same content gives the same bytes."""
    fonts.register()
    with framed_in(content.language):
        blocks = cheat_sheet(content)
        share = next((share for share in SHARES if _pages(content, _sheet(blocks, share)) == 1), SHARES[-1])
        return _build(content, [*_sheet(blocks, share), NextPageTemplate("text"), PageBreak(), *_mock(content)])[0]


def _pages(content: Content, story: list[Any]) -> int:
    return _build(content, story)[1]


def _build(content: Content, story: list[Any]) -> tuple[bytes, int]:
    file = io.BytesIO()
    tall = styles.PAGE_HEIGHT - styles.TOP - styles.BOTTOM
    columns = [
        Frame(styles.LEFT + at * (_COLUMN + styles.GAP), styles.BOTTOM, _COLUMN, tall - _HEAD, 0, 0, 0, 0, id=f"column{at}")
        for at in ((1, 0) if from_right() else (0, 1))
    ]
    text = Frame(styles.LEFT, styles.BOTTOM, styles.WIDTH, tall, 0, 0, 0, 0, id="text")
    heads = _heads(content)
    document = BaseDocTemplate(
        file,
        pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT),
        pageTemplates=[
            PageTemplate("sheet", columns, onPage=heads[0]),
            PageTemplate("text", [text], onPage=heads[1]),
        ],
        title=say("{role} at {company}: cheat sheet and mock interview").format(role=content.role, company=content.company),
        author="Headrace",
        creator="Headrace",
        producer="Headrace",
        lang=content.language,
        invariant=1,
        initialFontName=fonts.SANS,
    )
    document.build(story, canvasmaker=Canvas)
    return file.getvalue(), document.page


def _heads(content: Content) -> tuple[Any, Any]:
    where = f"{content.company} · {content.role}"

    def sheet(canvas: Any, document: Any) -> None:
        y = styles.PAGE_HEIGHT - styles.TOP
        draw_placed(canvas, styles.LEFT, y - 14, say("Cheat sheet"), font=fonts.SERIF, size=18, color=styles.ACCENT_DARK)
        draw_placed(
            canvas, styles.LEFT, y - 30, cut(where, fonts.SANS, 9.4, styles.WIDTH), font=fonts.SANS, size=9.4, color=styles.MUTED
        )
        foot(canvas, document)

    def foot(canvas: Any, document: Any) -> None:
        del document
        said = f" · {say('What is said of the employer stands in the guide, with its sources.')}"
        draw_placed(
            canvas,
            styles.LEFT,
            37,
            f"{cut(where, fonts.SANS, 8, styles.WIDTH - line_width(said, fonts.SANS, 8))}{said}",
            font=fonts.SANS,
            size=8,
            color=styles.FAINT,
        )

    return sheet, foot


def _sheet(blocks: Sequence[Block], share: float) -> list[Any]:
    """The blocks one below the other, in two columns of about the same height."""
    parts = []
    for block in blocks:
        lines = block.lines[: max(1, round(block.most * share))]
        parts.append([paragraph(block.heading, styles.GROUP, limit=80), gap(2), *map(_sheet_line, lines)])
    half = _half([sum(row.wrap(_COLUMN, styles.PAGE_HEIGHT)[1] for row in rows) + 6 for rows in parts])
    story: list[Any] = []
    for at, rows in enumerate(parts):
        story += [*([FrameBreak()] if at == half else []), KeepTogether(rows), _space()]
    return story


def _half(heights: Sequence[float]) -> int:
    """Where the second column begins, so that the longer of the two is as short as it can be; 0 where one column is enough."""
    return min(range(len(heights)), key=lambda at: max(sum(heights[:at]), sum(heights[at:])), default=0)


def _sheet_line(line: Line) -> Any:
    detail = [Span(f" {line.detail}", color=styles.MUTED)] if line.detail else []
    words = [Span(line.text, font=fonts.BOLD if detail else ""), *detail]
    return paragraph(words, _LINE, limit=MOST_CHARACTERS, bullet="•")


def _space() -> Any:
    space = gap(6)
    space.keepWithNext = 0
    return space


def _mock(content: Content) -> list[Any]:
    """The rounds in order, then what to do with the scores."""
    rounds = mock_interview(content)
    title = paragraph(say("Mock interview"), styles.TITLE)
    story: list[Any] = [title, gap(6), paragraph(say(INTRO), styles.INTRO), _space()]
    played: set[str] = set()
    for at, one in enumerate(rounds, 1):
        story += [CondPageBreak(120), *_round(at, one, told=one.played_by in played)]
        played.add(one.played_by)
    heading = paragraph(say("Afterwards"), styles.GROUP)
    heading.keepWithNext = 1
    return [*story, CondPageBreak(80), heading, gap(3), *points([say(line) for line in AFTER])]


def _round(at: int, one: MockRound, *, told: bool) -> list[Any]:
    """`told`: who plays and what they score was said at an earlier round."""
    length = f"{one.minutes} ({one.given_by})"
    heading = paragraph([Span(f"{at}. {one.title}"), Span(f" · {length}", color=styles.FAINT, font=fonts.SANS)], styles.GROUP)
    heading.keepWithNext = 1
    scores = Span(f" {say('They score: {scores}.').format(scores=say_row(one.scores))}", color=styles.MUTED)
    note = paragraph([Span(say(AS_BEFORE), color=styles.MUTED)] if told else [Span(one.played_by), scores], styles.BODY)
    note.keepWithNext = 1
    story = [heading, gap(2), note, gap(4)]
    for question in one.questions:
        body = [paragraph(question.text, styles.STRONG, limit=400)]
        body += text_with_aside("", "Strong", shorten(question.strong, MOST_CHARACTERS))
        body += text_with_aside("", "Weak", shorten(question.weak, MOST_CHARACTERS))
        story.append(Entry(body, mark=_box, after=5, side_width=0))
    return [*story, _space()]


def _box(canvas: Any, height: float) -> None:  # noqa: ARG001 - every mark is told its entry's height
    """Where the score goes."""
    canvas.setStrokeColor(styles.ACCENT)
    canvas.setLineWidth(1)
    canvas.roundRect(1, -14, 14, 12, 2, stroke=1, fill=0)
