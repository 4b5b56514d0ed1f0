"""Guides at their limits: no reports, nothing at all, far too much, hostile text, broken logos."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest
from PIL import Image

from functions.interview_prep.pdf import guide_document
from functions.interview_prep.stage_messages import Insights, Item, Outline, Picked, Posting, Section, Source
from functions.interview_prep.stages import render_guide as stage
from shared.errors import Permanent, Transient
from tests.render.pdf_sample import INFERRED, Given, assert_on_the_page, make


async def test_a_ref_that_leads_nowhere_is_not_evidence() -> None:
    given = Given().first(2).items(lambda item, at: {"sources": ("R99",)})
    made = await make(given)
    assert sum(text.count(INFERRED) for text in made.texts[1:]) == len(given.sections), (
        "said once where a whole section cites nothing"
    )
    assert "R99" not in made.text


async def test_more_sources_than_fit_lead_to_the_appendix() -> None:
    sources = tuple(Source(ref=f"R{number}", title=f"Report {number}") for number in range(1, 41))
    given = replace(Given(), outline=Given().outline.model_copy(update={"sources": sources}))
    made = await make(given.first(1).items(lambda item, at: {"sources": tuple(source.ref for source in sources)}))
    assert "R24 +16" in made.text
    assert_on_the_page(made)


async def test_without_reports_the_guide_is_shorter_and_says_so() -> None:
    given = Given().without_reports()
    made = await make(given)
    assert made.guide.pages <= 6
    assert "No first-hand reports found." in made.texts[0]
    assert "Confidence: None." in made.texts[0]
    assert "by kind: reported questions" not in made.text
    assert "Sources" not in [entry.title for entry in made.reader.outline if not isinstance(entry, list)]
    assert sum(text.count(INFERRED) for text in made.texts[1:]) >= len(given.sections)
    assert made.guide.warnings == ("reddit did not answer",)


async def test_the_offline_model_is_named_on_the_cover() -> None:
    sections = tuple(section.model_copy(update={"written_by": "offline"}) for section in Given().first(1).sections)
    made = await make(replace(Given(), sections=sections))
    assert "written by the offline model" in made.texts[0]
    assert made.guide.written_by == "offline"


async def test_a_section_that_could_not_be_written_is_missed_aloud() -> None:
    made = await make(replace(Given(), sections=Given().first(1).sections[:-1]))
    assert "Not in this guide: Seven-day plan." in made.texts[0]
    assert made.guide.warnings == ("the section “Seven-day plan” could not be written",)


async def test_the_smallest_guide() -> None:
    posting = Posting(title="Chef", company="Ö", description="Cook.")
    section = Section(section="plan", title="", items=(Item(text=""),))
    made = await make(Given((section,), posting, Picked(), Outline(sections=())))
    assert made.guide.pages == 2
    assert "Seven-day plan" in made.texts[1], "a section without a title gets the guide's own"
    nothing = await make(Given((), Posting(title="", company="", description=""), Picked(), Outline(sections=())))
    assert "The role" in nothing.texts[0]


async def test_sections_with_an_introduction_only() -> None:
    sections = tuple(section.model_copy(update={"items": ()}) for section in Given().sections)
    made = await make(replace(Given(), sections=sections, outline=Outline(sections=())))
    assert all(section.intro in made.text for section in sections)


async def test_a_huge_guide() -> None:
    questions = Section(
        section="questions",
        title="Likely questions",
        items=tuple(
            Item(title=f"Question {n}?", text="Answer. " * 12, why="Because. " * 9, label=f"Round {n % 9}") for n in range(60)
        ),
    )
    sources = tuple(Source(ref=f"R{n}", title="A long title " * 12, url=f"https://example.com/{n}") for n in range(1, 41))
    outline = Given().outline.model_copy(update={"sources": sources})
    given = replace(Given(), sections=(*Given().sections[:2], questions, *Given().sections[3:]), outline=outline)
    last = given.sections[-1]
    cites_all = last.items[0].model_copy(update={"sources": tuple(source.ref for source in sources)})
    last = last.model_copy(update={"items": (cites_all, *last.items[1:])})
    made = await make(replace(given, sections=(*given.sections[:-1], last)))
    assert made.guide.pages <= 10, "the first questions, the appendix whole: forty sources are two pages"
    assert 20 <= made.guide.questions < 60
    text = made.text
    assert all(f"Question {number}?" in text for number in range(10))
    assert all(f"R{number}" in text for number in range(1, 41))
    assert_on_the_page(made)


HOSTILE = {
    "<b>unclosed": "",
    '<img src="/etc/passwd"> <img src="http://127.0.0.1:9/x.png">': "",
    '<font color="[[[getattr]]]">x</font>': "",
    "</para></para> & &amp; &#0; <a href='javascript:x'>y</a>": "",
    "a\x00b\x1b[31m\u202egnp\u202c\ud800c": "ab[31mgnpc",
    "Ελληνικά и Кириллица": "",
    "日本語の面接「三回」。 한국어 면접. 中文面试，系统设计。": "",
    "مقابلة": "",
    "👩\u200d💻🚀 ✓ ☕": "👩💻🚀 ✓ ☕",
}
"""Text, and what is printed when it is not the same."""


async def test_hostile_text_is_printed_literally_everywhere() -> None:
    def entry(text: str) -> Item:
        return Item(title=text, text=text, why=text, label=text, points=(text,), sources=("R1",))

    items = tuple(entry(text) for text in HOSTILE)
    given = Given()
    sections = tuple(
        section.model_copy(update={"title": text, "intro": text, "written_by": text, "items": items})
        for section, text in zip(given.sections, HOSTILE, strict=False)
    )
    posting = given.posting.model_copy(
        update=dict.fromkeys(("company", "title", "location", "salary", "date_posted"), " ".join(HOSTILE))
    )
    sources = tuple(Source(ref=f"R{at}", title=text, url=text, place=text, date=text) for at, text in enumerate(HOSTILE, 1))
    picked = Picked(warnings=tuple(HOSTILE))
    made = await make(
        replace(given, sections=sections, posting=posting, picked=picked, outline=Outline(sections=(), sources=sources))
    )
    text = unicodedata.normalize("NFKC", made.text).replace(" ", "")  # Arabic letters are drawn in their joined forms
    for hostile, printed in HOSTILE.items():
        assert text.count(unicodedata.normalize("NFKC", printed or hostile).replace(" ", "")) >= 7, hostile
    links = [link.get_object() for page in made.reader.pages for link in page.get("/Annots", [])]
    assert links
    assert not any("/A" in link for link in links), "only links within the guide"
    assert_on_the_page(made)


async def test_a_word_without_end_is_laid_out_within_the_stages_time() -> None:
    word = "x" * 200_000
    item = Item(title=word, text=word, why=word, label=word, points=(word,))
    posting = Given().posting.model_copy(update={"company": word, "title": word, "location": word})
    made = await make(replace(Given(), posting=posting, sections=(Section(section="role", title=word, intro="", items=(item,)),)))
    assert made.guide.pages <= 8
    assert_on_the_page(made, most=2)


async def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = await make(Given().first(3)), await make(Given().first(3))
    assert first.pdf == second.pdf
    assert first.guide.pdf == second.guide.pdf
    assert re.fullmatch(r"pdfs/none/[0-9a-f]{64}\.pdf", first.guide.pdf)


def png(size: tuple[int, int] = (200, 100)) -> bytes:
    file = io.BytesIO()
    Image.new("RGBA", size, (200, 60, 30, 128)).save(file, "PNG")
    return file.getvalue()


async def test_the_logo_stands_on_the_cover_or_a_monogram_does() -> None:
    with_logo, without = await make(replace(Given().first(1), logo=png())), await make(Given().first(1))
    assert len(with_logo.reader.pages[0].images) == 1
    assert len(without.reader.pages[0].images) == 0
    assert without.texts[0].startswith("LF ")
    assert not with_logo.texts[0].startswith("LF ")


@pytest.mark.parametrize("broken", [b"", b"<html>", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, png()[:90]])
async def test_a_broken_logo_becomes_a_monogram(broken: bytes) -> None:
    made = await make(replace(Given().first(1), logo=broken))
    assert made.texts[0].startswith("LF ")
    assert made.guide.warnings == ("the logo could not be read; a monogram stands in for it",)


async def test_a_slow_layout_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "DEADLINE", 0.0)
    with pytest.raises(Transient) as raised:
        await make(Given())
    assert raised.value.code == "render_timeout"


async def test_an_error_that_no_layout_survives_becomes_ours(monkeypatch: pytest.MonkeyPatch) -> None:

    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(guide_document, "_story", fails)
    monkeypatch.setattr(guide_document, "bare_lines", fails)
    with pytest.raises(Permanent) as raised:
        await make(Given())
    assert raised.value.code == "render_failed"
    assert "ZeroDivisionError" in raised.value.message


def test_reportlab_is_not_imported_with_the_stage() -> None:
    code = "import sys, functions.interview_prep.stages.render_guide; print('reportlab' in sys.modules, 'PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert done.stdout.split() == ["False", "False"]


async def test_a_picture_only_where_there_is_something_to_show() -> None:
    assert "by kind: reported questions 34" in (await make(Given().first(1))).text
    few = Given().outline.model_copy(update={"insights": Insights(questions=Given().outline.insights.questions[:2])})
    assert "by kind" not in (await make(replace(Given().first(1), outline=few))).text


async def test_questions_follow_the_rounds_whatever_their_order() -> None:
    given = replace(Given(), sections=Given().sections[:3])
    upside_down = [
        part.model_copy(update={"items": part.items[::-1]}) if part.section == "questions" else part for part in given.sections
    ]
    text = (await make(replace(given, sections=tuple(upside_down)))).text
    headings = [
        text.index(f"{item.title} · {count} question")
        for item, count in zip(given.sections[1].items, (3, 3, 2, 4, 3, 3), strict=True)
    ]
    assert headings == sorted(headings)
    assert text.index("1 Which part of your current system") < text.index("18 What would you want")
