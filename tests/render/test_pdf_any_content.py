"""Whatever a writer wrote within the caps, in any script, becomes a PDF; a layout that fails is replaced by a plainer one."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from functions.interview_prep.pdf import guide_document, guide_pages
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.guide_document import render
from functions.interview_prep.pdf.sections import SECTIONS
from functions.interview_prep.stage_messages import Item, Outline, Picked, Posting, Section, SectionName, SectionRequest, Source
from functions.interview_prep.stages.render_guide import PLAIN_LAYOUT
from functions.interview_prep.stages.write_section import LABELS, LONGEST, MAX_ITEMS
from tests.render.pdf_sample import Given, make

ALPHABETS = {
    "latin": "eeettaaoinshrdlu     .,;?",
    "chinese": "面试系统设计需要说明权衡数据库，。",
    "without spaces": "abcdefghij",
    "greek": "αβγδεζηθικλμνοπρσ    .",
    "arabic": "مقابلةعملفيشركة   ",
}
EXAMPLES = 40 if os.environ.get("CI") else 4
"""Per script: two hundred guides where there is time for them, twenty on a laptop."""


def contents(alphabet: str) -> st.SearchStrategy[Content]:
    """Guides of one to three sections with their most items, every text at its cap or up to a tenth below."""

    def text(name: str) -> st.SearchStrategy[str]:
        most = LONGEST[name]
        # One letter's pattern, repeated to the cap: as hard to lay out as a random text, and quick to draw.
        return st.builds(
            lambda seed, size: (seed * size)[:size], st.text(alphabet, min_size=3, max_size=40), st.integers(most * 9 // 10, most)
        )

    def item(section: SectionName) -> st.SearchStrategy[Item]:
        label = st.sampled_from(LABELS[section]) if section in LABELS else text("label")
        refs = st.integers(0, 6).map(lambda most: tuple(f"R{number}" for number in range(1, most + 1)))
        points = st.lists(text("points"), max_size=5).map(tuple)
        return st.builds(Item, title=text("title"), text=text("text"), why=text("why"), label=label, points=points, sources=refs)

    @st.composite
    def content(draw: Any) -> Content:
        names: list[SectionName] = draw(st.lists(st.sampled_from(get_args(SectionName)), min_size=1, max_size=3, unique=True))
        sections = []
        for name in names:
            few = draw(st.lists(item(name), min_size=1, max_size=3))
            items = tuple((few * MAX_ITEMS[name])[: MAX_ITEMS[name]])
            sections.append(
                Section(section=name, title=draw(text("title")), intro=draw(text("intro")), items=items, written_by="x")
            )
        posting = Posting(title=draw(text("title")), company=draw(text("title")), description="")
        sources = tuple(Source(ref=f"R{number}", title=draw(text("title"))) for number in range(1, 1 + draw(st.integers(0, 6))))
        return Content(
            tuple(sections), posting, Picked(), Outline(sections=tuple(SectionRequest(section=n) for n in names), sources=sources)
        )

    return content()


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("script", ALPHABETS)
def test_every_content_at_the_caps_becomes_a_designed_pdf(script: str) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(contents(ALPHABETS[script]))
    def every(content: Content) -> None:
        done = render(content, seconds=120)
        assert done.fallback == ""
        assert len(PdfReader(io.BytesIO(done.pdf)).pages) == done.pages

    every()


async def test_a_section_that_cannot_be_laid_out_is_printed_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SECTIONS, "questions", lambda section, content: [1 / 0])
    made = await make(Given())
    assert made.guide.plain_layout
    assert any(PLAIN_LAYOUT in warning for warning in made.guide.warnings)
    assert all(item.title in made.text for section in Given().sections for item in section.items)


@pytest.mark.parametrize(("module", "broken"), [(guide_document, "_story"), (guide_pages, "cover")])
async def test_where_nothing_can_be_laid_out_every_word_stands_on_bare_lines(
    monkeypatch: pytest.MonkeyPatch, module: Any, broken: str
) -> None:
    def fails(*_args: Any, **_more: Any) -> Any:
        raise AttributeError("'Paragraph' object has no attribute 'blPara'")

    monkeypatch.setattr(module, broken, fails)
    long_word = "x" * 2_000
    given_ = Given()
    given_ = replace(given_, posting=given_.posting.model_copy(update={"warnings": (long_word,)}))
    made = await make(given_)
    assert made.guide.plain_layout
    for section in given_.sections:
        for item in section.items:
            assert f"{item.title} {item.text}".split()[0] in made.text
    assert made.guide.pages == len(made.reader.pages) > 5
