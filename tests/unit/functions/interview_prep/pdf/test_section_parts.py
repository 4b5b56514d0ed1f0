"""Parts of sections: assumed rounds are said to be, one news line is no group, pay of another level stands apart."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from functions.interview_prep.pdf.cover.in_short import in_short
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.sections.as_shown import as_shown, with_one_news_among_signals
from functions.interview_prep.pdf.sections.process_glance import glance_lines, is_of_another_level
from functions.interview_prep.pdf.sections.questions import is_assumed
from functions.interview_prep.process_figure_messages import Figure, PayFigure, ProcessFigures, StatedStep
from functions.interview_prep.stage_messages import Item, Outline, Picked, Posting, Section, SectionName, Source
from functions.interview_prep.text_exports.guide_json import guide_json
from functions.interview_prep.text_exports.guide_markdown import guide_markdown


def section(name: SectionName, *items: Item) -> Section:
    return Section(section=name, title=name, items=items)


def content(*sections: Section, figures: ProcessFigures | None = None, title: str = "Head Gardener") -> Content:
    posting = Posting(title=title, company="Brae", description="A garden.")
    return Content(sections, posting, Picked(), Outline(sections=(), figures=figures or ProcessFigures()))


def test_a_round_that_only_the_guide_assumes_says_so_in_pdf_and_markdown() -> None:
    asked = section("questions", Item(title="When can you start?", text="", label="Recruiter screen"))
    told = section("process", Item(title="On-site or panel", text="The posting: a panel."))
    announced = content(told, asked, figures=ProcessFigures(stated=(StatedStep(kind="onsite", text="A panel."),)))
    assert is_assumed("Recruiter screen", announced)
    assert not is_assumed("On-site or panel", announced)
    assert not is_assumed("Other rounds", announced), "what nobody says of a round is no round"
    by_phone = section("questions", Item(title="Can you open at five?", text="", label="Technical screen", sources=("R1",)))
    assert not is_assumed("Technical screen", replace(announced, written=(told, by_phone))), "three were asked it there"
    assert "### Recruiter screen (usual, not reported)" in guide_markdown(announced)
    assert not is_assumed("Recruiter screen", content(told, asked)), "where nothing is known the process says so itself"


def test_one_piece_of_news_stands_among_the_signals_and_two_have_a_group() -> None:
    one = Item(title="2026-11-10", text="Brae opens a rose garden.", label="news", sources=("C1",))
    signal, ask = Item(title="They say", text="Water first.", label="signal"), Item(title="Who waters?", text="", label="ask")
    made = with_one_news_among_signals(section("company", signal, one, ask))
    assert [(item.label, item.text) for item in made.items] == [("signal", "Water first."), ("signal", one.text), ("ask", "")]
    assert "2026-11-10" in made.items[1].title
    two = section("company", one, one.model_copy(update={"text": "Brae plants oaks."}), ask)
    assert with_one_news_among_signals(two) == two
    told = content()
    markdown = guide_markdown(content(as_shown(section("company", ask, signal, one), told)))
    assert "### News of the last months" not in markdown
    assert markdown.index("Brae opens a rose garden.") < markdown.index("Who waters?")


def test_pages_markdown_and_json_show_the_same_in_the_same_order() -> None:
    told = section("process", Item(title="Other rounds", text="They were kind."), Item(title="Coding", text="Two tasks."))
    asked = section(
        "questions",
        Item(title="Prune this?", text="", label="Coding"),
        Item(title="Why us?", text="", label="Recruiter screen"),
    )
    week = section("plan", Item(title="Read", text="", label="Day 1", points=("20 min: walk",)))
    story = section("stories", Item(title="A frost", text="Pick one.", label="Tell me about a frost."))
    raw = content(told, asked, week, story)
    shown = replace(raw, written=tuple(as_shown(part, raw) for part in raw.written))
    markdown, data = guide_markdown(shown), json.loads(guide_json(shown))
    by_name = {part["section"]: [item["title"] for item in part["items"]] for part in data["sections"]}
    assert by_name["process"] == ["Coding", "Also announced"]
    assert by_name["questions"] == ["Why us?", "Prune this?"]
    assert markdown.index("**Coding**") < markdown.index("**Also announced**")
    assert markdown.index("Why us?") < markdown.index("Prune this?")
    assert "- **Day 1: Read**" in markdown
    assert "Answers: Tell me about a frost." in markdown
    assert "0 posts found" in markdown
    assert data["coverage"]["posts found"] == "0"


def test_rounds_that_are_only_usual_stand_on_no_cover() -> None:
    usual = section("process", Item(title="Coding", text=""), Item(title="Other rounds", text="They were kind.", sources=("R1",)))
    told = section("process", Item(title="Coding", text="Two tasks.", sources=("R1",)))
    for part, shown in ((usual, False), (told, True)):
        made = replace(content(part), outline=Outline(sections=(), sources=(Source(ref="R1", title="My talk"),)))
        assert ("Rounds" in dict(in_short(made))) is shown


@pytest.mark.parametrize(
    ("reported", "own", "other"),
    [
        ("intern", "", True),
        ("intern", "intern", False),
        ("senior", "junior", True),
        ("senior", "", False),
        ("", "senior", False),
        ("junior", "intern", True),
    ],
)
def test_a_level_is_another_where_both_are_known_and_an_internship_always(reported: str, own: str, *, other: bool) -> None:
    assert is_of_another_level(reported, own) is other


def test_pay_of_another_level_is_not_shown_as_this_jobs() -> None:
    paid = (
        PayFigure(level="internship", pay=Figure(value="21k", sources=("R1",))),
        PayFigure(level="", pay=Figure(value="38k", sources=("R2",))),
    )
    lines = dict(glance_lines(content(figures=ProcessFigures(pay=paid))))
    assert lines["Reported pay"] == "“38k” (1 report)" or lines["Reported pay"] == "38k (1 report)"
    assert "21k" in lines["Reported for another level"]
    assert "38k" not in lines["Reported for another level"]
