"""The guide as a file: pages, footers, bookmarks, metadata. Laid out twice: the cover names pages that follow it."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from reportlab.platypus import CondPageBreak, NextPageTemplate, PageBreak, Spacer

from functions.interview_prep.pdf.blocks.evidence_chips import INFERRED, SOURCES
from functions.interview_prep.pdf.blocks.guide_item_paragraphs import points
from functions.interview_prep.pdf.blocks.page_blocks import Anchor, gap
from functions.interview_prep.pdf.blocks.page_filling import Place, add_room, room_between, set_closer
from functions.interview_prep.pdf.cover.cover_page import open_logo
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
from functions.interview_prep.pdf.guide_pages import CountingCanvas, DraftCanvas, GuidePages, section_title
from functions.interview_prep.pdf.plain_layout import bare_lines, plain_section
from functions.interview_prep.pdf.sections import SECTIONS
from functions.interview_prep.pdf.sections.source_list import sources
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import paragraph, paragraphs

_LEAST_ROOM = 0.14
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
    """One layout: the file, on which page each place stands, how many pages there are, which share of the last one is used.

    `entries`: where its entries stand; `left`: how much of each page is left (points).
    """

    pdf: bytes
    places: dict[str, int]
    pages: int
    last_page: float
    entries: tuple[Place, ...]
    left: dict[int, float]


MOST_WORK = 12.0
"""Seconds of processor time that the designed layout may take; a usual one takes less than one. Of the clock, it may take all there is:
a busy machine is no reason for a plainer guide."""
WORTH_A_PAGE = 0.3
"""Share of the last page from which it is worth being there."""
_Layout = frozenset[str]
"""The sections that are laid out plainly."""
_NO_ROOM: Mapping[int, float] = {}


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
        same = next(
            (laid for known, (other, laid) in built.items() if other.written == shown.written and known.room == measure.room),
            None,
        )
        laid = same or _build(shown, {}, 0, deadline, draft=True, room=measure.room)
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
    laid = _filled(shown, draft, deadline, chosen.room)
    return Rendered(laid.pdf, laid.pages, shown.questions, broken_logo=_is_broken(content.logo))


def _filled(shown: Content, draft: _Laid, deadline: float, room: float) -> _Laid:
    """The guide as drafted, each page but the last one filled; as drafted where that would move anything to another page."""
    left = {page: points for page, points in draft.left.items() if page < draft.pages}
    laid = _build(shown, draft.places, draft.pages, deadline, room=room, added=room_between(draft.entries, left))
    same = (laid.pages, [(one.page, one.order) for one in laid.entries]) == (
        draft.pages,
        [(one.page, one.order) for one in draft.entries],
    )
    return laid if same else _build(shown, draft.places, draft.pages, deadline, room=room)


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
    content: Content,
    known: Mapping[str, int],
    total: int,
    deadline: float,
    *,
    draft: bool = False,
    plain: _Layout = frozenset(),
    room: float = 1.0,
    added: Mapping[int, float] = _NO_ROOM,
) -> _Laid:
    file = io.BytesIO()
    document = GuidePages(file, content, known, total, deadline)
    story = _story(content, plain)
    set_closer(story, room)
    add_room(story, added)
    document.build(story, canvasmaker=DraftCanvas if draft else CountingCanvas)
    left = (document.frame._y - styles.BOTTOM) / (styles.PAGE_HEIGHT - styles.TOP - styles.BOTTOM)  # noqa: SLF001 - reportlab has no other name for it
    canvas = document.canv
    return _Laid(file.getvalue(), canvas.guide_pages, document.page, 1 - left, tuple(canvas.guide_places), document.left)


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
