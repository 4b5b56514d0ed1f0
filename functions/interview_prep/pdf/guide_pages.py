"""The guide's pages: the cover and the text's, with their footers; a canvas that remembers where things came to stand."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from functions.interview_prep.pdf.blocks.evidence_chips import SOURCES
from functions.interview_prep.pdf.blocks.page_blocks import KeptStart
from functions.interview_prep.pdf.blocks.page_filling import Place
from functions.interview_prep.pdf.cover.cover_page import Line, cover
from functions.interview_prep.pdf.frame_words.frame_language import say
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import cut, shorten
from functions.interview_prep.pdf.typography.page_grid import draw_placed
from functions.interview_prep.section_titles import TITLES
from functions.interview_prep.stage_messages import Section


class CountingCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that remembers on which page each place came to stand."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.guide_pages: dict[str, int] = {}
        self.guide_places: list[Place] = []


class DraftCanvas(CountingCanvas):
    """A canvas that is only counted: nothing is written, and entries need not be drawn."""

    only_counts = True

    def save(self) -> None:
        """Drop the pages."""


class GuidePages(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """The two page kinds, and the deadline: a thread cannot be stopped from outside, so it looks at the clock itself."""

    def __init__(self, file: io.BytesIO, content: Content, known: Mapping[str, int], total: int, deadline: float) -> None:
        self.content, self.known, self.total, self.stop = content, known, total, deadline
        self.left: dict[int, float] = {}
        frame = Frame(
            styles.LEFT, styles.BOTTOM, styles.WIDTH, styles.PAGE_HEIGHT - styles.TOP - styles.BOTTOM, 0, 0, 0, 0, id="text"
        )
        super().__init__(
            file,
            pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT),
            pageTemplates=[
                PageTemplate("cover", [frame], onPage=self._cover),
                PageTemplate("text", [frame], onPage=self._footer, onPageEnd=self._note_room),
            ],
            title=content.title,
            author="Headrace",
            subject=say("Interview preparation for {role} at {company}").format(role=content.role, company=content.company),
            keywords=[content.company, content.role, say("interview")],
            creator="Headrace",
            producer="Headrace",
            lang=self.content.language,
            invariant=1,
            displayDocTitle=1,
            initialFontName=fonts.SANS,
            keepTogetherClass=KeptStart,
        )

    def afterFlowable(self, flowable: Any) -> None:  # noqa: ARG002, N802 - reportlab's signature
        if time.monotonic() > self.stop:
            raise TimeoutError

    def _cover(self, canvas: Any, document: Any) -> None:  # noqa: ARG002 - reportlab's signature
        titles: list[tuple[str, str]] = [(section_title(section), section.section) for section in self.content.sections]
        titles += [(say("Sources"), SOURCES)] if self.content.has_sources else []
        canvas.showOutline()
        cover(canvas, self.content, [Line(title, key, self.known.get(key, 0)) for title, key in titles])

    def _note_room(self, canvas: Any, document: Any) -> None:  # noqa: ARG002 - reportlab's signature
        self.left[document.page] = self.frame._y - styles.BOTTOM + self.frame._prevASpace  # noqa: SLF001 - it has no other names

    def _footer(self, canvas: Any, document: Any) -> None:
        right = styles.PAGE_WIDTH - styles.RIGHT
        words = cut(f"{self.content.company} · {self.content.role}", fonts.SANS, 8, styles.WIDTH - 60)
        canvas.setStrokeColor(styles.RULE)
        canvas.setLineWidth(0.6)
        canvas.line(styles.LEFT, 50, right, 50)
        draw_placed(canvas, styles.LEFT, 37, words, font=fonts.SANS, size=8, color=styles.FAINT)
        number = f"{document.page} {say('of')} {self.total}"
        draw_placed(canvas, right, 37, number, font=fonts.SANS, size=8, color=styles.FAINT, anchor="end")


def section_title(section: Section) -> str:
    """The section's own title, or the guide's name for it."""
    return say(shorten(section.title, 120) or TITLES[section.section])
