"""The text of a PDF's page in reading order: where it is set in two columns, one after the other instead of line by line across both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

NARROWEST = 90.0
"""Points between the left edges of two columns."""
FEWEST_ROWS = 3
"""Heights at which both columns have text before they count as columns: a date beside its line is a row of a table."""
SHORT = 14
"""Characters of a date or a label beside its entry."""
_SAME_ROW = 3.0
"""Points by which two pieces of one line may differ in height."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text where the page sets it, in points from its lower left corner."""

    x: float
    y: float
    text: str


def page_text(page: PageObject) -> str:
    """The page's text; columns one after the other, the one with more text first."""
    pieces: list[Piece] = []

    def collect(text: str, matrix: Sequence[float], line: Sequence[float], *_: Any) -> None:
        if text.strip():
            pieces.append(Piece(line[4] * matrix[0] + matrix[4], line[5] * matrix[3] + matrix[5], text.strip()))

    plain = page.extract_text(visitor_text=collect)
    edge = column_edge(pieces)
    if edge is None:
        return plain
    sides = [[piece for piece in pieces if (piece.x >= edge) is right] for right in (False, True)]
    sides.sort(key=lambda side: -sum(len(piece.text) for piece in side))
    return "\n\n".join(_lines(side) for side in sides)


def column_edge(pieces: Sequence[Piece]) -> float | None:
    """The left edge of the second column; None where the page has one column, or a table of dates."""
    edges = sorted({round(piece.x) for piece in pieces})
    gaps = [(right - left, right) for left, right in pairwise(edges) if right - left >= NARROWEST]
    for _, edge in sorted(gaps, reverse=True):
        rows = [list(row) for _, row in groupby(sorted(pieces, key=_row), key=_row)]
        both = [row for row in rows if any(piece.x < edge for piece in row) and any(piece.x >= edge for piece in row)]
        told = [any(len(piece.text) > SHORT for piece in pieces if (piece.x >= edge) is right) for right in (False, True)]
        labels = sum(all(len(piece.text) <= SHORT for piece in row if piece.x < edge) for row in both)
        if len(both) >= FEWEST_ROWS and all(told) and labels < len(both):
            return float(edge)
    return None


def _row(piece: Piece) -> int:
    return -round(piece.y / _SAME_ROW)


def _lines(pieces: Sequence[Piece]) -> str:
    ordered = sorted(pieces, key=lambda piece: (_row(piece), piece.x))
    return "\n".join(" ".join(piece.text for piece in row) for _, row in groupby(ordered, key=_row))
