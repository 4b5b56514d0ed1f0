"""What lies beside the guide: the cheat sheet and mock interview, the same as Markdown and as JSON."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from typing import Any

import pdfplumber
from pypdf import PdfReader

from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.second_look_document import _half, render_second_look
from functions.interview_prep.process_figure_messages import Figure, ProcessFigures, RoundFigures
from functions.interview_prep.second_look.cheat_sheet import _short
from functions.interview_prep.second_look.mock_interview import AS_BEFORE
from functions.interview_prep.stage_messages import Item, Section, Source
from functions.interview_prep.stages.render_guide import render_guide
from tests.render.pdf_sample import REQUEST, Given
from tests.support.fakes import FakeBlobs, fake_ports

QUESTIONS = (
    Item(title="Explain a lock-free queue.", text="Order, then the failure.", weak="Guesses.", label="Coding", sources=("R1",)),
    Item(title="Why us?", text="One true reason.", label="Recruiter screen"),
)
PROCESS = (
    Item(title="Recruiter screen", text="A short call.", label="unknown"),
    Item(title="Coding", text="An hour.", label="hard", sources=("R1",)),
)


def given(**figures: str) -> Given:
    sections = (
        Section(section="process", title="The process", items=PROCESS),
        Section(section="questions", title="Questions", items=QUESTIONS),
    )
    rounds = tuple(RoundFigures(kind=kind, minutes=Figure(value=value, sources=("R1",))) for kind, value in figures.items())
    sample = Given()
    outline = sample.outline.model_copy(update={"figures": ProcessFigures(rounds=rounds)})
    return replace(sample, sections=sections, outline=outline)


async def files_of(what: Given) -> dict[str, bytes]:
    blobs = FakeBlobs()
    guide = await render_guide(
        list(what.sections), what.posting, what.picked, what.outline, None, REQUEST, fake_ports(blobs=blobs)
    )
    return {ending: blobs.kept[name] for ending, name in guide.files.items()}


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def asked_in(data: dict[str, Any]) -> dict[str, list[str]]:
    return {one["title"]: [question["text"] for question in one["questions"]] for one in data["mock_interview"]}


async def test_the_cheat_sheet_is_one_page_and_the_mock_interview_follows() -> None:
    pages = pages_of((await files_of(Given()))["second-look.pdf"])
    assert "Cheat sheet" in pages[0]
    assert "Mock interview" not in pages[0]
    assert "Mock interview" in pages[1]


def test_a_line_of_the_sheet_ends_in_no_open_quotation() -> None:
    told = "Sagen Sie, was Ihnen an „Feldmark plant Touren für Speditionen, die mehr als fünfhundert Lieferungen am Tag haben, und misst sie“ wichtig ist, mit einem Grund."
    short = _short(told)
    assert short.count("„") == short.count("“")
    english = "Say what “we plan tours, we measure them, and we keep what we promise to each of our five hundred and fifty customers every day” means, to you."
    assert _short(english).endswith("…”")


async def test_other_rounds_of_which_nothing_is_known_are_not_on_the_sheet() -> None:
    more = tuple(Item(title=title, text="x") for title in ("Other rounds", "A walk with the owner"))
    sections = (Section(section="process", title="The process", items=(*PROCESS, *more)),)
    sheet = pages_of((await files_of(replace(given(), sections=sections)))["second-look.pdf"])[0]
    assert "A walk with the owner" in sheet
    assert "Other rounds" not in sheet


def remark(text: str, *sources: str) -> Item:
    return Item(title="Said of them", text=text, label="signal", sources=sources)


async def test_the_cheat_sheet_has_no_single_candidates_remark() -> None:
    signals = (
        remark("One told me of a parrot.", "R1"),
        remark("Feedback comes within a day.", "R1", "R2"),
        remark("We look for tests.", "C1"),
    )
    company = Section(section="company", title="Company", items=signals)
    sheet = pages_of((await files_of(replace(given(), sections=(company,))))["second-look.pdf"])[0]
    assert "parrot" not in sheet
    assert "Feedback comes within a day" in sheet
    assert "We look for tests" in sheet


async def test_a_round_has_its_reported_length_or_is_said_to_have_the_usual_one() -> None:
    text = " ".join(pages_of((await files_of(given(coding="75 min")))["second-look.pdf"]))
    assert "Coding · 75 min (reported)" in text
    assert "Recruiter screen · 20 min (usual, not reported)" in text


async def test_the_mock_interview_asks_each_rounds_own_questions_in_the_processs_order() -> None:
    data = json.loads((await files_of(given()))["json"])
    assert list(asked_in(data).items()) == [
        ("Recruiter screen", ["Why us?"]),
        ("Coding", ["Explain a lock-free queue."]),
    ]
    assert data["mock_interview"][1]["questions"][0]["weak"] == "Guesses."


async def test_the_markdown_tells_what_the_guide_tells_with_its_sources() -> None:
    text = (await files_of(given(coding="75 min")))["md"].decode()
    assert "| Coding | Length: 75 min (1 report) |" in text
    assert "- **Explain a lock-free queue.** [R1]" in text
    assert "- **Why us?** _(inferred from the posting)_" in text
    assert "## Cheat sheet" in text


async def test_the_markdown_says_once_who_plays_as_the_pdf_does() -> None:
    asked = tuple(Item(title=f"Why {label}?", text="x", weak="y", label=label) for label in ("Hiring manager", "Behavioural"))
    rounds = tuple(Item(title=item.label, text="x") for item in asked)
    sections = (
        Section(section="process", title="P", items=rounds),
        Section(section="questions", title="Q", items=asked),
    )
    files = await files_of(replace(given(), sections=sections))
    for text in (files["md"].decode(), " ".join(pages_of(files["second-look.pdf"]))):
        assert text.count("plays the manager") == 1
        assert text.count(AS_BEFORE) == 1


async def test_the_markdowns_table_is_in_the_guides_language() -> None:
    german = "Erzählen Sie von einer Schicht, in der die Zeit nicht reichte, und was Sie für das Team getan haben."
    sample = given(coding="75 min")
    sections = tuple(
        part.model_copy(update={"intro": german, "items": tuple(item.model_copy(update={"text": german}) for item in part.items)})
        for part in sample.sections
    )
    posting = sample.posting.model_copy(update={"language": "de"})
    text = (await files_of(replace(sample, sections=sections, posting=posting)))["md"].decode()
    assert "| Runde | Was darüber bekannt ist |" in text
    assert "| Programmieren | Dauer: 75 min (1 Bericht) |" in text


async def test_strangers_text_is_no_markup_in_markdown() -> None:
    hostile = "# x](https://evil.test) <script>alert(1)</script> ![p](//evil) *b* | `c`"
    source = Source(ref="R1", title=hostile, url="javascript:alert(1)", place="p|q")
    sample = given()
    what = replace(
        sample,
        sections=(Section(section="questions", title=hostile, intro=hostile, items=(Item(title=hostile, text=hostile),)),),
        outline=sample.outline.model_copy(update={"sources": (source,)}),
    )
    text = (await files_of(what))["md"].decode()
    assert not re.search(r"(?<!\\)[<`|]", text.split("## Sources")[0].split("## Cheat sheet")[0])
    assert not re.search(r"(?<!\\)\]\((?!<http)", text)
    assert "javascript:" not in text


async def test_the_same_guide_gives_the_same_files() -> None:
    assert await files_of(given(coding="75 min")) == await files_of(given(coding="75 min"))


async def test_texts_without_end_still_give_one_page_and_soon() -> None:
    word = "x" * 100_000
    items = tuple(Item(title=f"{at}{word}", text=word, why=word, weak=word, label="Coding", points=(word,)) for at in range(9))
    what = replace(Given(), sections=(Section(section="questions", title="Q", items=items),))
    pages = pages_of((await files_of(what))["second-look.pdf"])
    assert [page for page in pages if "Cheat sheet" in page] == pages[:1]
    assert "Mock interview" in pages[1]


async def test_what_nobody_has_to_answer_is_not_on_the_sheet_for_the_day() -> None:
    private = Item(title="Are you married?", text="Nobody has to answer this.", weak="Explains.", label="Coding", sources=("R1",))
    sample = given()
    questions = sample.sections[1].model_copy(update={"items": (private, *QUESTIONS)})
    what = replace(sample, sections=(sample.sections[0], questions))
    sheet = (await files_of(what))["md"].decode().split("## Cheat sheet")[1].split("## Mock interview")[0]
    assert "Explain a lock-free queue." in sheet
    assert "married" not in sheet


async def test_the_foot_of_the_second_look_is_whole_whatever_the_names_are() -> None:
    sample = given()
    long = sample.posting.model_copy(update={"title": "Senior Staff Nurse, Acute Medical Unit and Ambulatory Care, Band 7 " * 2})
    pages = pages_of((await files_of(replace(sample, posting=long)))["second-look.pdf"])
    assert all("stands in the guide, with its sources." in page for page in pages)


def test_a_second_column_begins_where_both_are_about_as_high() -> None:
    assert _half([40, 30, 30, 20, 20, 20]) == 2
    assert _half([100, 10, 10]) == 1
    assert _half([10]) == 0
    assert _half([]) == 0


async def test_both_columns_of_the_cheat_sheet_are_used() -> None:
    content = Content(Given().sections, Given().posting, Given().picked, Given().outline)
    page = pdfplumber.open(io.BytesIO(render_second_look(content))).pages[0]
    words = [word for word in page.extract_words() if 90 < word["top"] < page.height - 60]
    middle = page.width / 2
    lowest = [max(word["bottom"] for word in words if (word["x0"] < middle) == left) - 90 for left in (True, False)]
    assert min(lowest) > 0.6 * max(lowest)
