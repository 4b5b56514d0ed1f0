"""An item's evidence: linked chips, one per source, or the words for none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from reportlab.platypus import Flowable

from functions.interview_prep.pdf.frame_words.frame_language import from_right, say
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import draw_line, line_width, paragraph, shorten
from functions.interview_prep.stage_messages import Item, Section

SOURCES = "sources"
"""The key of the appendix."""
INFERRED = "inferred from the posting"


def anchor_of(ref: str) -> str:
    """The key of a source's place in the appendix."""
    return f"source-{ref}"


class Beside(TypedDict):
    """An entry's arguments for what stands beside it."""

    side: Chips | None
    side_width: float


def beside(content: Content, section: Section, item: Item) -> Beside:
    """What stands beside an item: its evidence, or nothing where its whole section cites none and says so once."""
    if not content.cites(section):
        return {"side": None, "side_width": 0.0}
    return {"side": Chips(content.cited(item.sources)), "side_width": styles.SIDE + styles.GAP}


class Chips(Flowable):  # type: ignore[misc]  # reportlab has no types
    """An item's evidence: a linked chip per source, or the words for none."""

    HEIGHT, SPACE, SIZE, MOST = 12.5, 3.5, 7.4, 24

    def __init__(self, refs: Sequence[str]) -> None:
        super().__init__()
        more = len(refs) - self.MOST
        self.links = [(shorten(ref, 12), anchor_of(ref)) for ref in refs[: self.MOST]]
        self.links += [(f"+{more}", SOURCES)] if more > 0 else []
        self.words = None if refs else paragraph(say(INFERRED), styles.INFERRED)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self.words is not None:
            return width, float(self.words.wrap(width, height)[1]) + 2
        self.places: list[tuple[float, float, float]] = []
        x = y = 0.0
        for ref, _ in self.links:
            wide = line_width(ref, fonts.BOLD, self.SIZE) + 9
            if x + wide > width and x:
                x, y = 0.0, y + self.HEIGHT + self.SPACE
            self.places.append((width - x - wide if from_right() else x, y, wide))
            x += wide + self.SPACE
        self.height = y + self.HEIGHT + 1
        return width, self.height

    def draw(self) -> None:
        if self.words is not None:
            self.words.drawOn(self.canv, 0, 0)
            return
        for (ref, anchor), (x, y, wide) in zip(self.links, self.places, strict=True):
            bottom = self.height - y - self.HEIGHT - 1
            self.canv.setFillColor(styles.ACCENT_SOFT)
            self.canv.roundRect(x, bottom, wide, self.HEIGHT, 3.2, stroke=0, fill=1)
            draw_line(self.canv, x + 4.5, bottom + 3.6, ref, font=fonts.BOLD, size=self.SIZE, color=styles.ACCENT)
            self.canv.linkRect("", anchor, (x, bottom, x + wide, bottom + self.HEIGHT), relative=1)
