"""The guide's pictures, drawn as vectors: shares of a whole, a topic's evidence, the rounds with their difficulty."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Rect
from reportlab.lib.colors import HexColor

from functions.interview_prep.pdf.frame_words.frame_language import from_right, say
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import cut, label, line_width

LEVELS = ("easy", "medium", "hard")
MOST_STEPS = 10
"""Rounds that fit side by side; a longer process is told in words only."""
_SHARES = ("#0F3B3C", "#14665F", "#3F8F84", "#7DB8AC", "#B5D6CD", "#D9A441", "#E8C684", "#CBD3D3")


def shares(parts: Sequence[tuple[str, int]], width: float) -> Drawing:
    """One bar cut into (name, number) parts, largest first, with a legend of as many lines as it needs."""
    whole = sum(number for _, number in parts)
    places, rows = _legend(parts, width)
    drawing = Drawing(width, 16 + 8 + rows * 14)
    x = 0.0
    for at, (name, number) in enumerate(parts):
        color = HexColor(_SHARES[at % len(_SHARES)])
        wide = width * number / whole
        drawing.add(Rect(x, drawing.height - 16, max(wide - 1.5, 0.5), 16, fillColor=color, strokeColor=None))
        x += wide
        left, row = places[at]
        y = drawing.height - 36 - row * 14
        drawing.add(Rect(left, y, 7, 7, rx=1.5, ry=1.5, fillColor=color, strokeColor=None))
        drawing.add(label(left + 11, y, name, font=fonts.SANS, size=8.8, color=styles.INK))
        number_x = left + 15 + line_width(name, fonts.SANS, 8.8)
        drawing.add(label(number_x, y, str(number), font=fonts.BOLD, size=8.8, color=styles.MUTED))
    return drawing


def _legend(parts: Sequence[tuple[str, int]], width: float) -> tuple[list[tuple[float, int]], int]:
    """Where each legend entry begins (x, row), and how many rows there are."""
    places: list[tuple[float, int]] = []
    x, row = 0.0, 0
    for name, number in parts:
        wide = 34 + line_width(f"{name}{number}", fonts.SANS, 8.8)
        if x + wide > width and x:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += wide
    return places, row + 1


def bar(number: int, most: int, words: str) -> Drawing:
    """A topic's evidence: a short bar out of the `most` that any topic has, and what it means in words."""
    drawing = Drawing(260, 13)
    long, name = max(110 * number / most, 5), cut(words, fonts.SANS, 8.4, 140)
    for wide, color, opacity in ((110, styles.RULE, 0.6), (long, styles.ACCENT, 1)):
        x = drawing.width - wide if from_right() else 0
        drawing.add(Rect(x, 3.6, wide, 5, rx=2.5, ry=2.5, fillColor=color, strokeColor=None, fillOpacity=opacity))
    place, anchor = (drawing.width - 118, "end") if from_right() else (118, "start")
    drawing.add(label(place, 3.2, name, font=fonts.SANS, size=8.4, color=styles.MUTED, anchor=anchor))
    return drawing


def rounds(steps: Sequence[tuple[str, str]], width: float) -> Drawing:
    """The process as a line of numbered steps (name, difficulty): the harder, the taller and warmer the blocks above its step."""
    drawing = Drawing(width, 90)
    step = width / len(steps)
    drawing.add(Line(step / 2, 32, width - step / 2, 32, strokeColor=styles.ACCENT_PALE, strokeWidth=1.6))
    for at, (name, difficulty) in enumerate(steps):
        middle = (len(steps) - at - 0.5 if from_right() else at + 0.5) * step
        drawing.add(_meter(middle, 48, difficulty))
        drawing.add(Circle(middle, 32, 9, fillColor=styles.ACCENT_DARK, strokeColor=styles.PAPER, strokeWidth=2.5))
        drawing.add(label(middle, 29, str(at + 1), font=fonts.BOLD, size=8.6, color=styles.WHITE, anchor="middle"))
        for line, words in enumerate(_two_lines(say(name), step - 8)):
            drawing.add(label(middle, 12 - 10 * line, words, font=fonts.SANS, size=8.4, color=styles.INK, anchor="middle"))
    return drawing


def _meter(middle: float, bottom: float, difficulty: str) -> Group:
    """Three stacked blocks, filled up to the difficulty; an unknown one stays empty and says so."""
    group = Group()
    level = LEVELS.index(difficulty) + 1 if difficulty in LEVELS else 0
    for block in range(3):
        place = {"x": middle - 17, "y": bottom + block * 10, "width": 34, "height": 8, "rx": 2, "ry": 2}
        if block < level:
            group.add(Rect(**place, fillColor=styles.DIFFICULTY[difficulty], strokeColor=None))
        else:
            group.add(Rect(**place, fillColor=styles.WHITE, strokeColor=styles.RULE, strokeWidth=0.7))
    words = say(difficulty if level else "unknown")
    group.add(label(middle, bottom + 35, words, font=fonts.SANS, size=7.8, color=styles.MUTED, anchor="middle"))
    return group


def _two_lines(text: str, room: float) -> list[str]:
    """A name over at most two lines of a chart."""
    words, first = text.split(), ""
    while words and line_width(f"{first} {words[0]}".strip(), fonts.SANS, 8.4) <= room:
        first = f"{first} {words.pop(0)}".strip()
    lines = [first, " ".join(words)]
    return [cut(line, fonts.SANS, 8.4, room) for line in lines if line]
