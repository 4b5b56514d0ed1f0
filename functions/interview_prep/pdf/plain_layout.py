"""A guide without design: when the designed layout fails, every word is still printed.

Two steps down: paragraphs one below the other, split wherever a page ends; and bare lines on a canvas, which ask nothing of
reportlab's layout at all.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from functions.interview_prep.pdf.frame_words.frame_language import say, say_label, say_sentence
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import draw_line, line_width, paragraphs
from functions.interview_prep.pdf.typography.printable_text import clean
from functions.interview_prep.section_titles import TITLES
from functions.interview_prep.stage_messages import Item, Section

_FREE = {"allowWidows": 1, "allowOrphans": 1, "keepWithNext": 0}
_SIZE, _LEADING, _INDENT = 9.2, 12.6, 14
_MOST_LINES = 3_000
"""Lines of the barest form: some fifty pages."""


def plain_section(section: Section, content: Content) -> list[Any]:
    """A section's items as paragraphs that may be split anywhere."""
    body = styles.BODY.clone("plain-body", **_FREE)
    strong = styles.STRONG.clone("plain-strong", spaceBefore=6, **_FREE)
    point = styles.REVIEW.clone("plain-point", leftIndent=_INDENT, **_FREE)
    story: list[Any] = []
    for kind, text in _texts(section, content):
        story += paragraphs(text, {"title": strong, "point": point}.get(kind, body))
    return story


def bare_lines(content: Content) -> tuple[bytes, int]:
    """The whole guide as lines of text, and its number of pages. Needs nothing of reportlab but a canvas."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT), invariant=1, initialFontName=fonts.SANS)
    canvas.setTitle(content.title)
    y = float(styles.PAGE_HEIGHT - styles.TOP)
    for number, (font, indent, text) in enumerate(_lines(content)):
        if number >= _MOST_LINES:
            break
        if y < styles.BOTTOM:
            canvas.showPage()
            y = float(styles.PAGE_HEIGHT - styles.TOP)
        draw_line(canvas, styles.LEFT + indent, y, text, font=font, size=_SIZE, color=styles.INK)
        y -= _LEADING
    pages = canvas.getPageNumber()
    canvas.save()
    return file.getvalue(), pages


def _lines(content: Content) -> Iterator[tuple[str, float, str]]:
    for text in (
        content.title,
        f"{say_label('Confidence')}{say_sentence(content.confidence[1])} {say(content.confidence[2])}",
        *content.notes,
        *content.changes,
    ):
        yield from _broken(text, fonts.BOLD, 0)
    for section in content.sections:
        yield fonts.SANS, 0, ""
        yield from _broken(say(section.title or TITLES[section.section]), fonts.BOLD, 0)
        yield from _broken(section.intro, fonts.SANS, 0)
        for kind, text in _texts(section, content):
            yield from _broken(text, fonts.BOLD if kind == "title" else fonts.SANS, _INDENT if kind == "point" else 0)
    for source in content.all_sources:
        yield from _broken(f"{source.ref} {source.title} {source.place} {source.date} {source.url}", fonts.SANS, 0)


def _broken(text: str, font: str, indent: float) -> Iterator[tuple[str, float, str]]:
    """A text as lines that fit the page, broken at blanks where it has some."""
    room, row = styles.WIDTH - indent, ""
    for word in clean(text).split():
        longer = f"{row} {word}".strip()
        if line_width(longer, font, _SIZE) <= room:
            row = longer
            continue
        if row:
            yield font, indent, row
        *full, row = _pieces(word, font, room)
        for piece in full:
            yield font, indent, piece
    if row:
        yield font, indent, row


def _pieces(word: str, font: str, room: float) -> list[str]:
    """A word cut into pieces that fit; the widest letter counts, so that nothing is measured twice."""
    most = max(1, int(room / max(line_width(char, font, _SIZE) for char in set(word))))
    return [word[at : at + most] for at in range(0, len(word), most)]


def _texts(section: Section, content: Content) -> Iterator[tuple[str, str]]:
    for item in section.items:
        yield "title", " · ".join(filter(None, (item.label, item.title)))
        yield "text", item.text
        yield "text", f"Weak: {item.weak}" if item.weak.strip() else ""
        yield "text", f"Why: {item.why}" if item.why.strip() else ""
        yield from (("point", f"• {point}") for point in item.points)
        yield "text", _evidence(item, content)


def _evidence(item: Item, content: Content) -> str:
    refs = content.cited(item.sources)
    return f"[{', '.join(refs)}]" if refs else "[inferred from the posting]"
