"""What stands together takes the room that was reckoned for it: no heading is left alone at a page's end."""

from __future__ import annotations

import io
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame, KeepTogether, Spacer

from functions.interview_prep.pdf.blocks.page_blocks import Anchor, Entry, gap, group
from functions.interview_prep.pdf.typography import styles
from functions.interview_prep.pdf.typography.draw_text import paragraph

HIGH = 700


def heading() -> list[Any]:
    title = paragraph("Likely questions", styles.TITLE)
    return [Anchor("questions", "Likely questions", before=24), title, gap(6)]


def entry() -> Entry:
    return Entry([paragraph("Why this company, and why this role?", styles.BODY), paragraph("A reason. " * 40, styles.BODY)])


@pytest.mark.parametrize("before", [[], heading()])
def test_a_group_and_its_first_entry_take_what_was_reckoned(before: list[Any]) -> None:
    canvas: Any = Canvas(io.BytesIO())
    canvas.guide_pages = {}
    parts = [*before, *group("Recruiter screen", "questions-0", "2 questions"), entry()]
    canvas.bookmarkHorizontal("all", 0, 0)
    canvas.addOutlineEntry("All", "all", 0)
    kept = KeepTogether(parts)
    kept.wrapOn(canvas, styles.WIDTH, HIGH)
    frame = Frame(0, 0, styles.WIDTH, HIGH, 0, 0, 0, 0)
    frame.add(Spacer(1, 50), canvas)
    began = frame._y
    assert all(frame.add(part, canvas) for part in parts)
    taken = began - frame._y
    reckoned = kept._H
    assert taken == pytest.approx(reckoned + parts[0].getSpaceBefore() + parts[-1].getSpaceAfter(), abs=0.5)
