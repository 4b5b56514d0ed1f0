"""Pages end at their foot, and no page is there for a few lines."""

from __future__ import annotations

import io
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from functions.interview_prep.pdf.blocks.page_blocks import KEEP, Anchor, Entry, KeptStart, gap
from functions.interview_prep.pdf.blocks.page_filling import MOST_EACH, Place, room_between
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import paragraph
from tests.render.pdf_sample import Given, Made, make

FRAME = styles.PAGE_HEIGHT - styles.TOP - styles.BOTTOM
FOOT = styles.PAGE_HEIGHT - styles.BOTTOM
MOST_EMPTY, FEWEST_ON_LAST = 0.15, 0.12
MARKS = "+*!=?"
"""The signs beside entries about the company, larger than their text."""


def empty(page: Any) -> float:
    """The share of a page's text frame that is empty at its foot."""
    words = [char["bottom"] for char in page.chars if char["bottom"] < FOOT + 4]
    return float((FOOT - max(words, default=styles.TOP)) / FRAME)


async def assert_filled(given: Given) -> Made:
    made = await make(given)
    _, *inner, last = made.drawn
    assert [(page.page_number, round(empty(page), 2)) for page in inner if empty(page) > MOST_EMPTY] == []
    assert empty(last) < 1 - FEWEST_ON_LAST
    assert made.guide.pages <= 8
    return made


@pytest.mark.parametrize("items", [3, 4, 5, 6, 7, 9, 12, 18])
async def test_inner_pages_end_near_their_foot_and_the_last_holds_more_than_a_few_lines(items: int) -> None:
    await assert_filled(Given().first(items))


@pytest.mark.parametrize("longer", [1, 2, 3])
async def test_so_do_those_of_long_texts(longer: int) -> None:
    await assert_filled(Given().items(lambda item, at: {"text": f"{item.text} " * longer}))


async def test_so_do_those_without_reports() -> None:
    await assert_filled(Given().without_reports())


async def test_no_heading_stands_at_a_pages_foot() -> None:
    made = await make(Given())
    for page in made.drawn[1:]:
        chars = [char for char in page.chars if char["bottom"] < FOOT + 4 and char["text"] not in MARKS]
        lowest = max(char["bottom"] for char in chars)
        assert max(char["size"] for char in chars if char["bottom"] > lowest - 3) < styles.GROUP.fontSize


async def test_the_same_guide_is_laid_out_the_same() -> None:
    assert (await make(Given())).pdf == (await make(Given())).pdf


def test_room_goes_between_entries_and_more_of_it_before_headings() -> None:
    places = [Place(2, 0, heading=True), Place(2, 1, heading=False), Place(2, 2, heading=False), Place(2, 3, heading=True)]
    places += [Place(2, 4, heading=False), Place(3, 5, heading=False), Place(3, 6, heading=False)]
    added = room_between(places, {2: 12.0})
    assert set(added) == {1, 3}, "nothing after a heading, nothing after the last entry, nothing on a page that shall not be full"
    assert added[3] == 2 * added[1]
    assert sum(added.values()) == pytest.approx(12, abs=0.5)
    assert sum(added.values()) <= 12


def test_a_page_that_ends_in_the_middle_of_an_entry_gets_none() -> None:
    places = [Place(2, 1, heading=False), Place(2, 2, heading=False), Place(3, 2, heading=False), Place(3, 3, heading=False)]
    assert set(room_between(places, {2: 20.0, 3: 20.0})) == {2}, "after what goes on on the next page, on that page"


def test_no_gap_grows_beyond_what_looks_like_one_page() -> None:
    places = [Place(2, 1, heading=False), Place(2, 2, heading=False)]
    assert room_between(places, {2: 300.0}) == {1: MOST_EACH}
    assert room_between(places, {2: 0.0}) == {}


def long_entry() -> Entry:
    entry = Entry([paragraph("A story", styles.STRONG), paragraph("What happened, and why. " * 40, styles.BODY)], mark=None)
    entry.wrap(styles.WIDTH, FRAME)
    assert entry.height > KEEP
    return entry


def test_a_long_entry_begins_below_its_heading() -> None:
    fonts.register()
    parts = [Anchor("stories", "Stories"), paragraph("Stories", styles.TITLE), gap(6), long_entry()]
    high = 24 + 6 + KEEP
    kept = KeptStart(parts)
    kept.canv = Canvas(io.BytesIO())
    *headings, head, tail = kept.split(styles.WIDTH, high)
    assert headings == parts[:3]
    assert head.wrap(styles.WIDTH, high)[1] <= high - 30
    assert tail.wrap(styles.WIDTH, high)[1] > 0


@pytest.mark.parametrize("high", range(40, 200, 3))
def test_no_part_of_a_split_entry_is_a_single_line(high: int) -> None:
    fonts.register()
    body = [paragraph("Why here?", styles.STRONG), *(paragraph(f"{word}: a sentence of it.", styles.BODY) for word in "abcdefgh")]
    parts = Entry(body).split(styles.WIDTH, high)
    assert not parts or all(part.wrap(styles.WIDTH, 900)[1] > 20 for part in parts)
