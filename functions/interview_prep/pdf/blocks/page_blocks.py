"""Building blocks of the pages: an entry on the three-column grid, headings with their bookmarks, panels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.graphics.shapes import Drawing
from reportlab.platypus import Flowable, KeepTogether, Spacer

from functions.interview_prep.pdf.blocks.page_filling import note_place
from functions.interview_prep.pdf.frame_words.frame_language import from_right
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import Span, paragraph, shorten

KEEP = 84
"""Entries up to this height (points) stay on one page: a question with its answers does, a long story need not."""
LEAST = 44
"""Points that an entry's beginning takes on a page."""
EMPTY = 0.12 * (styles.PAGE_HEIGHT - styles.TOP - styles.BOTTOM)
"""Points that a page may leave empty at its foot before headings so that the entry below them stays whole."""
TWO_LINES = 21
"""Points that have to stand on either page where an entry is split."""
MARK = 16
"""Points that a mark is wide at most."""
_HARDLY = 0.01
"""Points: of what has no size at all, reportlab counts no space before it when it keeps things together."""
Mark = Callable[[Any, float], None]
"""Draws an entry's mark at the left: called with the canvas (origin: the entry's top left) and the entry's height."""


class Entry(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A mark (or a few short paragraphs, `left`), a column of paragraphs, and the evidence beside it.

    Splits between and inside its paragraphs.
    """

    def __init__(
        self,
        body: Sequence[Flowable],
        *,
        mark: Mark | None = None,
        side: Flowable | None = None,
        lead: float = styles.LEAD,
        after: float = 10,
        left: Sequence[Flowable] = (),
        side_width: float = styles.SIDE + styles.GAP,
    ) -> None:
        super().__init__()
        self.body, self.mark, self.side, self.lead, self.side_width = list(body), mark, side, lead, side_width
        self.left = list(left)
        self.known: dict[Flowable, float] = {}
        self.order: int | None = None
        self.spaceAfter = after

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.left_heights = [child.wrap(self.lead - 14, height)[1] for child in self.left]
        self.column = width - self.lead - self.side_width
        self.heights = [self._tall(child) + self._before(child) for child in self.body]
        self.side_height = self.side.wrap(styles.SIDE, height)[1] if self.side is not None else 0
        self.height = max(sum(self.heights), self.side_height, sum(self.left_heights))
        return width, self.height

    def _tall(self, child: Flowable) -> float:
        """A child's height, kept: an entry over many pages is split on each, and wrapping is the costly part."""
        if child not in self.known:
            self.known[child] = float(child.wrap(self.column, styles.PAGE_HEIGHT)[1])
        return self.known[child]

    def _wrap_again(self, child: Flowable) -> None:
        """A paragraph that refuses to be split (an orphan, a widow) forgets its lines: it could not be drawn as it is."""
        self.known.pop(child, None)
        self._tall(child)

    def _before(self, child: Flowable) -> float:
        return 0.0 if child is self.body[0] else float(child.getSpaceBefore())

    def split(self, width: float, height: float, keep: float = KEEP) -> list[Flowable]:
        """Two entries at the page's end; none if this one is short enough (`keep`) to move on as a whole."""
        self.wrap(width, height)
        if self.height <= keep or height < max(self.side_height, sum(self.left_heights), LEAST):
            return []
        first, left = [], height
        for at, (child, tall) in enumerate(zip(self.body, self.heights, strict=True)):
            if tall <= left:
                first.append(child)
                left -= tall
                continue
            parts = child.split(self.column, left - self._before(child))
            if not parts:
                self._wrap_again(child)
            rest = [*parts[1:], *self.body[at + 1 :]] if parts else self.body[at:]
            first += parts[:1]
            break
        else:
            return []
        if not parts and len(first) <= 1:
            return []  # a title alone stays with its text
        head = Entry(first, mark=self.mark, side=self.side, lead=self.lead, after=0, left=self.left, side_width=self.side_width)
        tail = Entry(rest, lead=self.lead, after=self.spaceAfter, side_width=self.side_width)
        head.known = tail.known = self.known
        if tail.wrap(width, height)[1] < TWO_LINES and sum(self.heights) - self.heights[-1] < height:
            return self.split(width, sum(self.heights) - self.heights[-1] - 1, keep)
        head.order = tail.order = self.order
        return [head, tail]

    def draw(self) -> None:
        note_place(self)
        if getattr(self.canv, "only_counts", False):
            return
        top = self.height
        if self.mark is not None:
            self.canv.saveState()
            self.canv.translate(self._placed(0, MARK), top)
            self.mark(self.canv, self.height + self.spaceAfter)
            self.canv.restoreState()
        columns = ((0.0, self.lead - 14, self.left, self.left_heights), (self.lead, self.column, self.body, self.heights))
        for x, wide, column, heights in columns:
            y = top
            for child, tall in zip(column, heights, strict=True):
                y -= tall
                own = float(child.width) if isinstance(child, Drawing) else wide
                child.drawOn(self.canv, self._placed(x, own), y)
        if self.side is not None:  # last, so that copied text reads: number, words, evidence
            self.side.drawOn(self.canv, self._placed(self.width - styles.SIDE, styles.SIDE), top - self.side_height)

    def _placed(self, x: float, wide: float) -> float:
        """Where a part begins: at the other side in a guide that is read from the right."""
        return self.width - x - wide if from_right() else x


class Anchor(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A place to jump to, with its line in the bookmarks if `title` is given. Takes no room but the space before it."""

    keepWithNext = 1  # noqa: N815 - reportlab's name

    def __init__(self, key: str, title: str = "", level: int = 0, *, before: float = 0) -> None:
        super().__init__()
        self.key, self.title, self.level, self.spaceBefore = key, title, level, before
        self.order: int | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002 - reportlab's signature
        return _HARDLY, _HARDLY

    def draw(self) -> None:
        self.canv.bookmarkHorizontal(self.key, 0, 14)
        if self.title:
            self.canv.addOutlineEntry(shorten(self.title, 120), self.key, self.level, closed=self.level == 0)
        self.canv.guide_pages[self.key] = self.canv.getPageNumber()
        note_place(self)


class KeptStart(KeepTogether):  # type: ignore[misc]  # reportlab has no types
    """Headings with what follows them.

    An entry that follows begins on their page and goes on on the next if it is long, or if the page would end too early.
    """

    def split(self, width: float, height: float) -> list[Flowable]:
        """As `KeepTogether`, but for such an entry."""
        self.wrap(width, height)
        *headings, last = self._content
        if headings and height < self._H and isinstance(last, Entry):
            parts = last.split(width, height - (self._H - last.height), KEEP if height < EMPTY else 0)
            if parts:
                return [*headings, *parts]
        return list(super().split(width, height))


class Panel(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A calm box around a picture."""

    PAD = 12

    def __init__(self, child: Flowable, *, caption: str = "", after: float = 10) -> None:
        super().__init__()
        self.child, self.spaceAfter = child, after
        self.caption = paragraph(caption, styles.CAPTION, limit=120) if caption else None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, inner = width, width - 2 * self.PAD
        self.head = self.caption.wrap(inner, height)[1] + 8 if self.caption else 0
        self.height = self.child.wrap(inner, height)[1] + self.head + 2 * self.PAD
        return width, self.height

    def draw(self) -> None:
        self.canv.setFillColor(styles.PAPER)
        self.canv.roundRect(0, 0, self.width, self.height, 5, stroke=0, fill=1)
        if self.caption:
            self.caption.drawOn(self.canv, self.PAD, self.height - self.PAD - self.head + 8)
        self.child.drawOn(self.canv, self.PAD, self.PAD)


def group(text: str, key: str, note: str = "") -> list[Flowable]:
    """A group's heading within a section, with its bookmark; stays with what follows."""
    heading = paragraph(
        [Span(shorten(text, 120)), Span(f" · {note}" if note else "", color=styles.FAINT, font=fonts.SANS)], styles.GROUP
    )
    heading.keepWithNext = 1
    return [Anchor(key, text, 1, before=12), heading, gap(4)]


def gap(height: float) -> Spacer:
    """Room that goes with what follows it."""
    space = Spacer(0, height)
    space.keepWithNext = 1
    return space
