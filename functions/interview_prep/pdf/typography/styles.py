"""The guide's look: its grid (points), its colours and its paragraph styles. The only place that names them."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from functions.interview_prep.pdf.typography import fonts

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 60, 52, 48, 60
WIDTH = PAGE_WIDTH - LEFT - RIGHT
"""The text frame. Within it: a number or mark (LEAD), the text, and its evidence (SIDE)."""
LEAD, SIDE, GAP = 26, 80, 20

INK, MUTED, FAINT = HexColor("#1F2A30"), HexColor("#5A676D"), HexColor("#6B767C")
RULE, PAPER, WHITE = HexColor("#DDE2E3"), HexColor("#F6F4EF"), HexColor("#FFFFFF")
ACCENT, ACCENT_DARK, ACCENT_SOFT, ACCENT_PALE = HexColor("#14665F"), HexColor("#0F3B3C"), HexColor("#E3EFEC"), HexColor("#A9CFC8")
AMBER, AMBER_SOFT, BRICK = HexColor("#B7791F"), HexColor("#FBF1DC"), HexColor("#A8442A")

DIFFICULTY = {"easy": HexColor("#6FB3A2"), "medium": HexColor("#D9A441"), "hard": BRICK}
DIFFICULTY_TEXT = {"easy": ACCENT, "medium": HexColor("#8A5A10"), "hard": BRICK}
"""Colour by difficulty, of blocks and of words; any other word is `unknown` and drawn as an outline."""


def style(name: str, size: float, leading: float, *, font: str = fonts.SANS, color: Any = INK, **more: Any) -> ParagraphStyle:
    """A paragraph style; no widows, no orphans, and long words break at the column's edge."""
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=color,
        bulletFontName=font,
        bulletFontSize=size,
        bulletColor=ACCENT,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
        **more,
    )


BODY = style("body", 9.2, 12.3)
STRONG = style("strong", 9.5, 12.7, font=fonts.BOLD)
ASIDE = style("aside", 8.7, 11.6, color=MUTED, spaceBefore=0.5)
POINT = style("point", 9, 12, spaceBefore=0.8, leftIndent=10)
REVIEW = style("review", 9, 12, spaceBefore=0.8)
INTRO = style("intro", 10.2, 14, color=MUTED)
TITLE = style("title", 20, 24, font=fonts.SERIF, color=ACCENT_DARK)
GROUP = style("group", 10.6, 13, font=fonts.BOLD, color=ACCENT)
SMALL = style("small", 8.2, 11.4, color=MUTED)
NOTE = style("note", 9.4, 13.4, color=INK)
CAPTION = style("caption", 8.8, 12, font=fonts.BOLD, color=INK)
INFERRED = style("inferred", 7.6, 10, font=fonts.ITALIC, color=FAINT)
DAY = style("day", 12.5, 15.5, font=fonts.SERIF, color=ACCENT)
FOCUS = style("focus", 9.2, 12.4, font=fonts.BOLD)
