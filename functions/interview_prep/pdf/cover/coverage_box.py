"""The cover's coverage box: what the guide rests on, in figures and in words."""

from __future__ import annotations

from typing import Any

from functions.interview_prep.pdf.frame_words.frame_language import say, say_date, say_label, say_sentence
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import Span, cut, line_width, paragraph
from functions.interview_prep.pdf.typography.page_grid import draw_placed, placed

PLACES = (0, 0.155, 0.335, 0.515, 0.765, 1.03)
"""Where each figure begins, as shares of the box's width, and where the last one ends."""
SMALLEST = 6.2
"""Points of a figure's name that is long in the guide's language; a longer one is cut."""
MOST_NOTES = 4
"""Notes on the cover, warnings before anything else."""


def coverage(canvas: Any, content: Content, y: float) -> float:
    """The coverage box: figures, then the confidence in words, then what went wrong on the way."""
    level, word, why = content.confidence
    words = [paragraph([Span(f"{say_label('Confidence')}{say_sentence(word)} ", font=fonts.BOLD), Span(say(why))], styles.NOTE)]
    words += [paragraph(note, styles.SMALL, limit=160) for note in cover_notes(content)[:MOST_NOTES]]
    inner, pad = styles.WIDTH - 32, 16
    tall: float = 92 + sum(text.wrap(inner - 60, 400)[1] + 3 for text in words)
    canvas.setFillColor(styles.PAPER if content.has_reports else styles.AMBER_SOFT)
    canvas.roundRect(styles.LEFT, y - tall, styles.WIDTH, tall, 6, stroke=0, fill=1)
    x = styles.LEFT + pad
    draw_placed(canvas, x, y - 21, say("What this guide rests on"), font=fonts.BOLD, size=9, color=styles.INK)
    _figures(canvas, content, x, y - 52, inner)
    bottom = y - 79
    _meter(canvas, x, bottom - 11, level)
    for text in words:
        bottom = put(canvas, text, x + 60, bottom, inner - 60) - 3
    return y - tall


def cover_notes(content: Content) -> list[str]:
    """What the reader is warned of, and how many claims were held against their posts."""
    checked, held = content.claims
    said = say(ALL_HELD if held == checked else SOME_HELD).format(held=held, checked=checked)
    return [*content.notes[:3], *([said] if checked else []), *content.notes[3:]]


def cover_figures(content: Content) -> list[tuple[str, str]]:
    """What the guide rests on: each figure's name (in English) and its value, empty where there is none."""
    outline, picked = content.outline, content.picked
    answered = f"{picked.searches - picked.unanswered} {say('of')} {picked.searches}"
    return [
        ("searches", answered if picked.unanswered else str(picked.searches)),
        ("posts found", str(picked.posts_found)),
        ("posts used", str(outline.posts_used)),
        ("oldest report", say_date(outline.oldest_report)),
        ("newest report", say_date(outline.newest_report)),
    ]


ALL_HELD = "Each statement that cites a post was held against it: all {checked} hold."
SOME_HELD = "Each statement that cites a post was held against it: {held} of {checked} hold, the others were left out or are marked as inferred."


def _figures(canvas: Any, content: Content, x: float, y: float, width: float) -> None:
    for at, (name, value) in enumerate(cover_figures(content)):
        if not value:
            continue
        place = x + width * PLACES[at]
        room = width * (PLACES[at + 1] - PLACES[at]) - 6
        size = min(17.0, 17 * room / max(1.0, line_width(value, fonts.SERIF, 17)))
        draw_placed(canvas, place, y, value, font=fonts.SERIF, size=size, color=styles.ACCENT_DARK)
        size = min(8.4, max(SMALLEST, 8.4 * room / max(1.0, line_width(say(name), fonts.SANS, 8.4))))
        draw_placed(canvas, place, y - 12, cut(say(name), fonts.SANS, size, room), font=fonts.SANS, size=size, color=styles.MUTED)


def _meter(canvas: Any, x: float, y: float, level: int) -> None:
    for at in range(3):
        canvas.setFillColor(styles.ACCENT if at < level else styles.RULE)
        canvas.roundRect(placed(x + at * 16, 13), y + 2, 13, 5.5, 2.7, stroke=0, fill=1)


def put(canvas: Any, flowable: Any, x: float, top: float, width: float) -> float:
    """Draw a paragraph on the page's grid with its top at `top`; answers its bottom."""
    _, height = flowable.wrap(width, 1000)
    flowable.drawOn(canvas, placed(x, width), top - height)
    return float(top - height)
