"""The believable guide, read back with other people's PDF readers: pages, words, links, metadata."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Any

import pytest

from functions.interview_prep.pdf.cover.in_short import in_short
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.process_figure_messages import ProcessFigures, StatedStep
from functions.interview_prep.stage_messages import Item, Outline, Picked, Section
from tests.render.pdf_sample import INFERRED, Given, Made, assert_on_the_page, make


@pytest.fixture(scope="module")
def full() -> Made:
    """The believable guide, rendered once."""
    return asyncio.run(make(Given()))


def outline_titles(entries: Any) -> list[Any]:
    return [outline_titles(entry) if isinstance(entry, list) else entry.title for entry in entries]


def test_a_guide_with_reports_has_seven_or_eight_pages(full: Made) -> None:
    made = full
    assert made.guide.pages == len(made.reader.pages)
    assert made.guide.pages in {7, 8}
    assert made.guide.questions == 18
    assert (made.guide.posts_found, made.guide.posts_used, len(made.guide.sources)) == (47, 18, 18)
    assert made.guide.written_by == "gpt-6.1-terra"
    assert made.guide.warnings == ()
    assert_on_the_page(made, most=8)


def test_no_page_is_half_empty_but_the_last(full: Made) -> None:
    made = full
    lowest = [max(char["bottom"] for char in page.chars if char["bottom"] < page.height - 60) for page in made.drawn[1:-1]]
    assert min(lowest) > 0.74 * 842


def test_every_word_of_every_item_can_be_selected(full: Made) -> None:
    text = full.text.replace(" ", "")
    for section in Given().sections:
        for item in section.items:
            for words in (item.title, item.text, item.why, *item.points):
                assert words.replace(" ", "") in text, words


def test_all_fonts_are_embedded_subsets(full: Made) -> None:
    made = full
    fonts = [font.get_object() for page in made.reader.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]  # pypdf types pages loosely
    assert fonts
    assert all(re.match(r"/[A-Z]{6}\+", font["/BaseFont"]) for font in fonts)
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_metadata_and_language(full: Made) -> None:
    reader = full.reader
    info = reader.metadata
    assert info is not None
    assert info.title == "Senior Backend Engineer, Routing at Larkspur Freight: interview guide"
    assert info.author == "Headrace"
    assert info.subject == "Interview preparation for Senior Backend Engineer, Routing at Larkspur Freight"
    assert reader.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]  # pypdf types the trailer loosely


def test_bookmarks_name_sections_and_rounds(full: Made) -> None:
    made = full
    titles = outline_titles(made.reader.outline)
    assert [title for title in titles if isinstance(title, str)] == [
        "Overview",
        *(section.title for section in Given().sections),
        "Sources",
    ]
    assert [
        "Recruiter screen",
        "Phone screen",
        "Take-home exercise",
        "System design",
        "Working together",
        "Hiring manager",
    ] in titles


def test_the_cover_says_what_is_inside_and_on_which_page(full: Made) -> None:
    made = full
    texts = made.texts
    for section in Given().sections:
        page = re.search(re.escape(section.title) + r" (\d)", texts[0])
        assert page is not None, section.title
        assert section.title in texts[int(page[1]) - 1]
    assert "Confidence: Good." in texts[0]
    for word in (
        "9 searches",
        "47 posts found",
        "18 posts used",
        "2025-11-20",
        "2026-10-19",
        "Rotterdam",
        "€78,000",
        "Full time",
    ):
        assert all(part in texts[0] for part in word.split()), word


def test_footers_count_the_pages(full: Made) -> None:
    made = full
    for number, text in enumerate(made.texts[1:], 2):
        assert f"{number} of {made.guide.pages}" in text
        assert "Larkspur Freight · Senior Backend Engineer, Routing" in text


def inner_links(made: Made) -> list[tuple[str, str]]:
    """Each link within the guide: the words that it lies over, and the words where it leads."""
    found = []
    height = float(made.drawn[0].height)
    words = [page.extract_words() for page in made.drawn]
    number = {page.indirect_reference.idnum: at for at, page in enumerate(made.reader.pages) if page.indirect_reference}
    for at, page in enumerate(made.reader.pages):
        for link in (annotation.get_object() for annotation in page.get("/Annots", [])):
            if "/Dest" in link:
                x0, y0, x1, y1 = (float(value) for value in link["/Rect"])
                top = height - float(link["/Dest"][3])
                over = between(words[at], height - y1, height - y0, x0, x1)
                found.append((over, between(words[number[link["/Dest"][0].idnum]], top - 2, top + 42)))
    return found


def between(words: list[dict[str, Any]], top: float, bottom: float, left: float = 0, right: float = 600) -> str:
    """The words whose middle lies in a box."""
    return " ".join(
        word["text"]
        for word in words
        if top <= (word["top"] + word["bottom"]) / 2 <= bottom and left <= (word["x0"] + word["x1"]) / 2 <= right
    )


@pytest.fixture(scope="module")
def links(full: Made) -> list[tuple[str, str]]:
    return inner_links(full)


def test_chips_lead_to_their_source(links: list[tuple[str, str]], full: Made) -> None:
    chips = [(words, there) for words, there in links if re.fullmatch(r"R\d+", words)]
    assert len(chips) == sum(len(item.sources) for section in Given().sections for item in section.items)
    titles = {source.ref: source.title for source in full.guide.sources}
    for ref, there in chips:
        assert f"{ref} {titles[ref]}" in there


def test_the_contents_lead_to_their_sections(links: list[tuple[str, str]]) -> None:
    contents = [(words, there) for words, there in links if not words.startswith("R")]
    assert len(contents) == 8
    for words, there in contents:
        assert re.sub(r"\s*\d$", "", words) in there


def test_sources_lead_to_the_web_and_nothing_else_does(full: Made) -> None:
    links = [link.get_object() for page in full.reader.pages for link in page.get("/Annots", [])]
    assert {str(link["/A"]["/URI"]) for link in links if "/A" in link} == {source.url for source in Given().outline.sources}


def test_every_item_without_sources_says_inferred(full: Made) -> None:
    inferred = sum(
        not item.sources for section in Given().sections if any(one.sources for one in section.items) for item in section.items
    )
    inferred += sum(not any(one.sources for one in section.items) for section in Given().sections)
    assert inferred == sum(text.count(INFERRED) for text in full.texts[1:])


@pytest.mark.parametrize(
    ("labels", "bars"), [(("1 report", "1 report", "posting"), False), (("4 reports", "1 report", "posting"), True)]
)
async def test_subjects_have_bars_only_where_their_evidence_differs(labels: tuple[str, ...], *, bars: bool) -> None:
    items = tuple(Item(title=f"Subject {at}", text="", label=label, sources=("R1",)) for at, label in enumerate(labels))
    made = await make(replace(Given(), sections=(Section(section="checklist", title="", intro="", items=items),)))
    assert ("1 report" in made.texts[1]) is bars


async def test_a_cover_says_in_short_what_the_guide_tells() -> None:
    made = await make(Given())
    told = dict(in_short(Content(Given().sections, Given().posting, Given().picked, Given().outline)))
    assert list(told) == ["Rounds", "Asked most often", "What to review", "Must be proven"]
    assert told["Rounds"].startswith("Recruiter screen, Phone screen, ")
    cover = made.texts[0]
    assert all(re.sub(r"\s+", " ", text) in cover for text in told.values())
    assert cover.index("In short") < cover.index("Inside")


async def test_rounds_that_nobody_confirms_stand_on_no_cover() -> None:
    usual = Section(section="process", title="", items=(Item(title="Recruiter screen", text=""),))
    assert in_short(Content((usual,), Given().posting, Picked(), Outline(sections=()))) == []
    stated = ProcessFigures(stated=(StatedStep(kind="recruiter_screen", text="A call."),))
    assert in_short(Content((usual,), Given().posting, Picked(), Outline(sections=(), figures=stated))) == [
        ("Rounds", "Recruiter screen")
    ]


async def test_what_is_asked_most_comes_first_and_private_questions_stand_on_no_cover() -> None:
    asked = [
        ("Do you have children?", "Asked in 9 reports."),
        ("Why us?", "Asked in 2 reports, 2024."),
        ("Why here?", "Asked in 7 reports."),
    ]
    items = tuple(Item(title=title, text="", why=why, label="Coding", sources=("R1",)) for title, why in asked)
    questions = Section(section="questions", title="", items=(*items, Item(title="And why not?", text="", label="Coding")))
    told = dict(in_short(Content((questions,), Given().posting, Given().picked, Given().outline)))
    assert told == {"Asked most often": "Why here? (7 reports); Why us? (2 reports)"}


async def test_a_cover_says_that_searches_failed_from_what_and_how_to_go_on() -> None:
    told = "Reddit, Hacker News did not answer: run the guide again later, or give it posts that you saved (`exports`)."
    given = replace(Given().without_reports(), picked=Picked(searches=6, unanswered=6, warnings=(told,)))
    cover = (await make(given)).texts[0]
    assert "0 of 6 searches" in cover.replace("\n", " ")
    assert "Nothing could be looked up: none of the 6 searches was answered." in cover
    assert "No first-hand reports found" not in cover
    assert told in cover


async def test_a_cover_without_reports_has_no_empty_figures() -> None:
    made = await make(Given().without_reports())
    assert "posts used" in made.texts[0]
    assert "oldest report" not in made.texts[0]


@pytest.mark.parametrize("level", ["hard", "unknown"])
async def test_rounds_are_drawn_where_something_is_known_of_their_difficulty(level: str) -> None:
    items = tuple(Item(title=title, text="x", label=level) for title in ("Coding", "Hiring manager"))
    sample = Given()
    outline = sample.outline.model_copy(update={"figures": ProcessFigures()})
    made = await make(replace(sample, outline=outline, sections=(Section(section="process", title="", intro="", items=items),)))
    assert made.texts[1].count("Hiring manager") == (2 if level == "hard" else 1)
