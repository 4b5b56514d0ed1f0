"""The appendix: every source, where its chips lead."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Spacer

from functions.interview_prep.pdf.blocks.evidence_chips import anchor_of
from functions.interview_prep.pdf.blocks.page_blocks import Anchor, Entry, Mark
from functions.interview_prep.pdf.frame_words.frame_language import say, say_date
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import Span, cut, draw_line, line_width, paragraph, shorten, web_url
from functions.interview_prep.stage_messages import Source

_REF = 34
_SLACK = 4  # points that rounding may cost: one line each, the address is behind the title


def sources(content: Content) -> list[Any]:
    """One row per source: ref, title (linked), place, score, date, address."""
    story: list[Any] = []
    for source in content.all_sources:
        story += [Anchor(anchor_of(source.ref)), Entry(_body(source), mark=_ref(source.ref), lead=_REF, after=3, side_width=0)]
    return story or [Spacer(0, 0)]


def _body(source: Source) -> list[Any]:
    facts = [
        source.place,
        say("score {score}").format(score=source.score) if source.score else "",
        say_date(source.date) or ("" if source.ref.startswith("C") else say("date unknown")),
    ]
    beside = "".join(f" · {shorten(fact, 60)}" for fact in facts if fact)
    room = styles.WIDTH - _REF - line_width(beside, fonts.SANS, styles.REVIEW.fontSize) - _SLACK
    title = cut(source.title or source.url or source.ref, fonts.BOLD, styles.REVIEW.fontSize, room)
    linked = Span(title, url=source.url, color=styles.ACCENT if web_url(source.url) else None, font=fonts.BOLD)
    return [paragraph([linked, Span(beside, color=styles.MUTED)], styles.REVIEW)]


def _ref(ref: str) -> Mark:
    def draw(canvas: Any, height: float) -> None:  # noqa: ARG001 - every mark is told its entry's height
        draw_line(canvas, 0, -10.4, shorten(ref, 6), font=fonts.BOLD, size=9, color=styles.ACCENT)

    return draw
