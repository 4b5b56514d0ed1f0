"""The guide as a file: pages, footers, bookmarks, metadata. Laid out twice: the cover names pages that follow it."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Frame, NextPageTemplate, PageBreak, PageTemplate, Spacer

from functions.interview_prep.pdf.blocks.evidence_chips import INFERRED, SOURCES
from functions.interview_prep.pdf.blocks.guide_item_paragraphs import points
from functions.interview_prep.pdf.blocks.page_blocks import Anchor, gap
from functions.interview_prep.pdf.cover.cover_page import Line, cover, open_logo
from functions.interview_prep.pdf.fit_to_pages import (
    MOST_PAGES,
    MOST_WITHOUT_REPORTS,
    Measure,
    characters_shown,
    cut_to_measure,
    find_fitting_measure,
    tighter_than,
)
from functions.interview_prep.pdf.frame_words.frame_language import framed_in, say
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.plain_layout import bare_lines, plain_section
from functions.interview_prep.pdf.sections import SECTIONS
from functions.interview_prep.pdf.sections.source_list import sources
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import cut, paragraph, paragraphs, shorten
from functions.interview_prep.pdf.typography.page_grid import draw_placed
from functions.interview_prep.section_titles import TITLES
from functions.interview_prep.stage_messages import Section

_LEAST_ROOM = 0.22
"""A section starts on a new page unless this share of the page is left."""


CHANGES = "Since your last guide"
_LONG = 1500
"""Characters of an introduction that no longer has to stay on one page."""


@dataclass(frozen=True)
class Rendered:
    """A finished PDF."""

    pdf: bytes
    pages: int
    questions: int
    broken_logo: bool = False
    fallback: str = ""
    """Why the guide is laid out more plainly than designed; empty if it is not."""


@dataclass(frozen=True)
class _Laid:
    """One layout: the file, on which page each place stands, how many pages there are, which share of the last one is used."""

    pdf: bytes
    places: dict[str, int]
    pages: int
    last_page: float


class _Canvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that remembers on which page each place came to stand."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.guide_pages: dict[str, int] = {}


class _Draft(_Canvas):
    """A canvas that is only counted: nothing is written, and entries need not be drawn."""

    only_counts = True

    def save(self) -> None:
        """Drop the pages."""


class _Document(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """The two page kinds, and the deadline: a thread cannot be stopped from outside, so it looks at the clock itself."""

    def __init__(self, file: io.BytesIO, content: Content, known: Mapping[str, int], total: int, deadline: float) -> None:
        self.content, self.known, self.total, self.stop = content, known, total, deadline
        frame = Frame(
            styles.LEFT, styles.BOTTOM, styles.WIDTH, styles.PAGE_HEIGHT - styles.TOP - styles.BOTTOM, 0, 0, 0, 0, id="text"
        )
        super().__init__(
            file,
            pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT),
            pageTemplates=[
                PageTemplate("cover", [frame], onPage=self._cover),
                PageTemplate("text", [frame], onPage=self._footer),
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
        )

    def afterFlowable(self, flowable: Any) -> None:  # noqa: ARG002, N802 - reportlab's signature
        if time.monotonic() > self.stop:
            raise TimeoutError

    def _cover(self, canvas: Any, document: Any) -> None:  # noqa: ARG002 - reportlab's signature
        titles: list[tuple[str, str]] = [(section_title(section), section.section) for section in self.content.sections]
        titles += [(say("Sources"), SOURCES)] if self.content.has_sources else []
        canvas.showOutline()
        cover(canvas, self.content, [Line(title, key, self.known.get(key, 0)) for title, key in titles])

    def _footer(self, canvas: Any, document: Any) -> None:
        right = styles.PAGE_WIDTH - styles.RIGHT
        words = cut(f"{self.content.company} · {self.content.role}", fonts.SANS, 8, styles.WIDTH - 60)
        canvas.setStrokeColor(styles.RULE)
        canvas.setLineWidth(0.6)
        canvas.line(styles.LEFT, 50, right, 50)
        draw_placed(canvas, styles.LEFT, 37, words, font=fonts.SANS, size=8, color=styles.FAINT)
        number = f"{document.page} {say('of')} {self.total}"
        draw_placed(canvas, right, 37, number, font=fonts.SANS, size=8, color=styles.FAINT, anchor="end")


MOST_WORK = 12.0
"""Seconds of processor time that the designed layout may take; a usual one takes less than one. Of the clock, it may take all there is:
a busy machine is no reason for a plainer guide."""
WORTH_A_PAGE = 0.3
"""Share of the last page from which it is worth being there."""
_Layout = frozenset[str]
"""The sections that are laid out plainly."""


def render(content: Content, *, seconds: float = 30) -> Rendered:
    """Lay the guide out, in at most eight pages where cutting can do it. The same content gives the same bytes.

    A section that cannot be laid out as designed is laid out plainly; if that fails too, all of them are; at last as bare lines.

    Raises:
        TimeoutError: it took longer than `seconds`.
    """
    with framed_in(content.language):
        return _render(content, time.monotonic() + seconds)


def _render(content: Content, deadline: float) -> Rendered:
    fonts.register()
    try:
        return _designed(content, deadline)
    except TimeoutError:
        raise
    except Exception as error:  # noqa: BLE001 - reportlab raises many kinds, and a paid guide is printed whatever they are
        why = f"{type(error).__name__}: {str(error)[:120]}"
    every = frozenset(section.section for section in content.sections)
    layouts = (every,) if why.startswith(OverflowError.__name__) else (_broken_sections(content, deadline), every)
    pages = next((laid for plain in layouts if (laid := _plainly(content, plain, deadline)) is not None), None)
    if pages is None:
        pdf, number = bare_lines(content)
        pages = Rendered(pdf, number, content.questions)
    return replace(pages, fallback=why)


def _designed(content: Content, deadline: float) -> Rendered:
    built: dict[Measure, tuple[Content, _Laid]] = {}
    began = time.thread_time()

    def length(measure: Measure) -> float:
        if time.thread_time() - began > MOST_WORK:
            raise OverflowError("the designed layout takes too much work")
        shown = cut_to_measure(content, measure)
        same = next((laid for other, laid in built.values() if other.written == shown.written), None)
        laid = same or _build(shown, {}, 0, deadline, draft=True)
        built[measure] = (shown, laid)
        return laid.pages - 1 + laid.last_page

    def written(measure: Measure) -> int:
        return characters_shown(cut_to_measure(content, measure))

    chosen = find_fitting_measure(length, written, MOST_PAGES if content.has_reports else MOST_WITHOUT_REPORTS)
    if chosen not in built:
        length(chosen)
    draft = built[chosen][1]
    if draft.last_page < WORTH_A_PAGE:  # a few lines on a page of their own: somewhat less, on one page less
        chosen = next((less for less in tighter_than(chosen) if length(less) <= draft.pages - 1), chosen)
    shown, draft = built[chosen]
    laid = _build(shown, draft.places, draft.pages, deadline)
    return Rendered(laid.pdf, laid.pages, shown.questions, broken_logo=_is_broken(content.logo))


def _plainly(content: Content, plain: _Layout, deadline: float) -> Rendered | None:
    """The guide with the `plain` sections laid out plainly; None if that fails too."""
    try:
        draft = _build(content, {}, 0, deadline, draft=True, plain=plain)
        laid = _build(content, draft.places, draft.pages, deadline, plain=plain)
    except TimeoutError:
        raise
    except Exception:  # noqa: BLE001 - as above
        return None
    return Rendered(laid.pdf, laid.pages, content.questions, broken_logo=_is_broken(content.logo))


def _broken_sections(content: Content, deadline: float) -> _Layout:
    """The sections that cannot be laid out even alone."""
    broken = set()
    for section in content.sections:
        try:
            _build(replace(content, written=(section,)), {}, 0, deadline, draft=True)
        except Exception:  # noqa: BLE001 - as above
            broken.add(section.section)
    return frozenset(broken)


def _is_broken(logo: bytes | None) -> bool:
    return logo is not None and open_logo(logo) is None


def _build(
    content: Content, known: Mapping[str, int], total: int, deadline: float, *, draft: bool = False, plain: _Layout = frozenset()
) -> _Laid:
    file = io.BytesIO()
    document = _Document(file, content, known, total, deadline)
    document.build(_story(content, plain), canvasmaker=_Draft if draft else _Canvas)
    left = (document.frame._y - styles.BOTTOM) / (styles.PAGE_HEIGHT - styles.TOP - styles.BOTTOM)  # noqa: SLF001 - reportlab has no other name for it
    return _Laid(file.getvalue(), document.canv.guide_pages, document.page, 1 - left)


def _story(content: Content, plain: _Layout = frozenset()) -> list[Any]:
    """Everything in reading order. Built anew for each layout: flowables remember where they were put."""
    story: list[Any] = [Anchor("cover", say("Overview")), Spacer(1, 1), NextPageTemplate("text"), PageBreak()]
    if content.changes:
        story += [*_heading(say(CHANGES), "changes", first=True), *points(content.changes), gap(8)]
    for at, section in enumerate(content.sections):
        story += _heading(section_title(section), section.section, first=at == 0 and not content.changes)
        write = plain_section if section.section in plain else SECTIONS[section.section]
        story += [*_intro(section.intro, inferred=not content.cites(section)), *write(section, content)]
    if content.has_sources:
        story += [*_heading(say("Sources"), SOURCES, first=False), Spacer(0, 4), *sources(content)]
    return story


def _intro(text: str, *, inferred: bool) -> list[Any]:
    """An introduction stays with what it introduces, unless it is a long one; a section that cites nothing says so."""
    parts = [*paragraphs(text, styles.INTRO), *([paragraph(say(INFERRED), styles.INFERRED)] if inferred else [])]
    for part in parts if len(text) < _LONG else []:
        part.keepWithNext = 1
    return [*parts, gap(9)]


def _heading(title: str, key: str, *, first: bool) -> list[Any]:
    room = (styles.PAGE_HEIGHT - styles.TOP - styles.BOTTOM) * _LEAST_ROOM
    parts: list[Any] = [] if first else [CondPageBreak(room)]
    text = paragraph(title, styles.TITLE, limit=160)
    text.keepWithNext = 1
    return [*parts, Anchor(key, title, before=24), text, gap(6)]


def section_title(section: Section) -> str:
    """The section's own title, or the guide's name for it."""
    return say(shorten(section.title, 120) or TITLES[section.section])
