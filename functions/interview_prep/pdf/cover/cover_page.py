"""The cover: what the guide is about, what it rests on, what is inside. Drawn top down on a canvas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.utils import ImageReader

from functions.interview_prep.pdf.cover.coverage_box import coverage, put
from functions.interview_prep.pdf.cover.in_short import draw_in_short
from functions.interview_prep.pdf.frame_words.frame_language import say, say_date
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import Span, cut, draw_line, line_width, paragraph, shorten
from functions.interview_prep.pdf.typography.page_grid import draw_placed, placed
from functions.interview_prep.pdf.typography.printable_text import clean
from functions.interview_prep.stage_messages import Posting

_TILE = 54
_FACT = styles.style("fact", 10.2, 13.4)
_ROLE_SIZES = ((34, 40), (27, 32), (21, 26))
"""Size and leading of the role's name: the largest that fits three lines."""


@dataclass(frozen=True)
class Line:
    """A line of the contents: its title, the place it leads to, its page."""

    title: str
    anchor: str
    page: int


def open_logo(logo: bytes | None) -> ImageReader | None:
    """The logo ready to draw; None if there is none or it is no image that can be read."""
    if not logo:
        return None
    try:
        image = ImageReader(io.BytesIO(logo))
        image.getRGBData()  # reads the file to its end, so that a broken one is known now
    except Exception:  # noqa: BLE001 - image readers raise many kinds of errors on broken files
        return None
    return image


def cover(canvas: Any, content: Content, lines: Sequence[Line]) -> None:
    """Draw the whole page."""
    y = _band(canvas, content)
    y = _facts(canvas, content, y - 26)
    y = coverage(canvas, content, y - 20)
    y = draw_in_short(canvas, content, y - 24)
    _contents(canvas, lines, y - 24)
    _legend(canvas, content)


def _band(canvas: Any, content: Content) -> float:
    role, tall = _role(content.role)
    bottom = styles.PAGE_HEIGHT - 176 - tall
    canvas.setFillColor(styles.ACCENT_DARK)
    canvas.rect(0, bottom, styles.PAGE_WIDTH, styles.PAGE_HEIGHT - bottom, stroke=0, fill=1)
    top = styles.PAGE_HEIGHT - 60
    _tile(canvas, content, styles.LEFT, top - _TILE)
    x = styles.LEFT + _TILE + 16
    name = cut(content.company, fonts.BOLD, 15, styles.PAGE_WIDTH - styles.RIGHT - x)
    draw_placed(canvas, x, top - 24, name, font=fonts.BOLD, size=15, color=styles.WHITE)
    kind = say("Interview guide · written by the offline model" if content.offline else "Interview guide")
    draw_placed(canvas, x, top - 42, kind, font=fonts.SANS, size=11, color=styles.ACCENT_PALE)
    put(canvas, role, styles.LEFT, top - _TILE - 26, styles.WIDTH)
    return float(bottom)


def _role(name: str) -> tuple[Any, float]:
    for size, leading in _ROLE_SIZES:
        fitting = cut(name, fonts.SERIF, size, 2.7 * styles.WIDTH)
        role = paragraph(fitting, styles.style("role", size, leading, font=fonts.SERIF, color=styles.WHITE))
        _, tall = role.wrap(styles.WIDTH, 400)
        if fitting == shorten(name) and tall <= 3 * leading:
            break
    return role, float(tall)


def _tile(canvas: Any, content: Content, x: float, y: float) -> None:
    """The logo on white, or a monogram."""
    x = placed(x, _TILE)
    image = open_logo(content.logo)
    canvas.setFillColor(styles.WHITE if image else styles.ACCENT)
    canvas.roundRect(x, y, _TILE, _TILE, 9, stroke=0, fill=1)
    if image:
        canvas.drawImage(image, x + 7, y + 7, _TILE - 14, _TILE - 14, mask="auto", preserveAspectRatio=True, anchor="c")
        return
    letters = monogram(content.company)
    draw_line(canvas, x + _TILE / 2, y + 19, letters, font=fonts.SERIF, size=23, color=styles.WHITE, anchor="middle")


def monogram(company: str) -> str:
    """One or two letters that stand for a company: `Northwind Labs` -> `NL`."""
    words = [word for word in clean(company).split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in words[:2]) or "•"


def facts(posting: Posting) -> list[tuple[str, str]]:
    """What the posting states at a glance, by name; what it does not state is left out."""
    named = [
        ("Location", posting.location),
        ("Type", _type(posting.employment_type)),
        ("Salary", posting.salary),
        ("Posted", say_date(posting.date_posted)),
        ("Closes", say_date(posting.valid_through)),
    ]
    return [(name, value) for name, value in named if value.strip()]


def _facts(canvas: Any, content: Content, y: float) -> float:
    shown = facts(content.posting)
    if not shown:
        return y
    width = styles.WIDTH / len(shown)
    lowest = y
    for at, (name, value) in enumerate(shown):
        x = styles.LEFT + at * width
        draw_placed(canvas, x, y - 8, say(name), font=fonts.SANS, size=8.4, color=styles.MUTED)
        fitting = paragraph(cut(value, _FACT.fontName, _FACT.fontSize, 1.8 * (width - 12)), _FACT)
        lowest = min(lowest, put(canvas, fitting, x, y - 13, width - 12))
    return lowest


def _type(name: str) -> str:
    """`FULL_TIME` as `Full time`; an abbreviation such as `CDI` stays one."""
    words = name.replace("_", " ")
    return words if words == name and words.isupper() else words.capitalize()


def _contents(canvas: Any, lines: Sequence[Line], y: float) -> None:
    draw_placed(canvas, styles.LEFT, y, say("Inside"), font=fonts.BOLD, size=9, color=styles.INK)
    right = styles.PAGE_WIDTH - styles.RIGHT
    step = min(24.0, (y - 100) / max(len(lines), 1))
    for line in lines:
        y -= step
        title = cut(line.title, fonts.SANS, 10.6, styles.WIDTH - 60)
        draw_placed(canvas, styles.LEFT, y, title, font=fonts.SANS, size=10.6, color=styles.INK)
        draw_placed(canvas, right, y, str(line.page), font=fonts.SANS, size=10.6, color=styles.MUTED, anchor="end")
        canvas.setStrokeColor(styles.RULE)
        canvas.setLineWidth(0.6)
        start = styles.LEFT + line_width(title, fonts.SANS, 10.6) + 8
        canvas.line(placed(start), y + 2.6, placed(right - 18), y + 2.6)
        canvas.linkRect("", line.anchor, (styles.LEFT, y - 4, right, y + 11), relative=1)


def who_wrote(content: Content) -> str:
    """Who wrote the guide; empty where nobody is named."""
    if content.offline:
        return say(
            "Written by the offline model: a rule-based stand-in that arranges the sources' own words. Not a language model's work."
        )
    return f"{say('Written by')} {content.written_by}." if content.written_by else ""


def _legend(canvas: Any, content: Content) -> None:
    """How to read the evidence, and who wrote the guide."""
    evidence = [
        Span(f"{say('How to read it.')} ", font=fonts.BOLD, color=styles.INK),
        Span(
            say(
                "A chip such as R3 beside an item leads to the report it comes from, C1 to a page of the employer's own; “inferred from the posting” means that no report says so."
            )
            + " "
        ),
    ]
    if not content.has_sources:
        evidence = [evidence[0], Span(f"{say('Every section says “inferred from the posting”, because no report was found.')} ")]
    look = {"color": styles.BRICK, "font": fonts.BOLD} if content.offline else {}
    author = [Span(said, **look)] if (said := who_wrote(content)) else []
    text = paragraph([*evidence, *author], styles.SMALL)
    _, tall = text.wrap(styles.WIDTH, 200)
    canvas.setStrokeColor(styles.RULE)
    canvas.line(styles.LEFT, 46 + tall + 9, styles.PAGE_WIDTH - styles.RIGHT, 46 + tall + 9)
    text.drawOn(canvas, styles.LEFT, 46)
