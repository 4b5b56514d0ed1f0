"""The page's grid as a guide is read: in one that is read from the right, everything stands at the other side."""

from __future__ import annotations

from typing import Any

from functions.interview_prep.pdf.frame_words.frame_language import from_right
from functions.interview_prep.pdf.typography import styles
from functions.interview_prep.pdf.typography.draw_text import draw_line


def placed(x: float, wide: float = 0.0) -> float:
    """Where on the page something `wide` begins that begins at `x` in a guide that is read from the left."""
    return 2 * styles.LEFT + styles.WIDTH - x - wide if from_right() else x


def draw_placed(canvas: Any, x: float, y: float, text: str, *, font: str, size: float, color: Any, anchor: str = "start") -> None:
    """Draw one line on the page's grid: mirrored in a guide that is read from the right."""
    other = {"start": "end", "end": "start"}.get(anchor, anchor) if from_right() else anchor
    draw_line(canvas, placed(x), y, text, font=font, size=size, color=color, anchor=other)
