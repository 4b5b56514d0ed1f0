"""What changed since an earlier guide: read from its JSON, compared by code, said on the guide's first text page."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.previous_guide.read_previous import MOST_VALUES
from functions.interview_prep.process_figure_messages import Figure, ProcessFigures, RoundFigures
from functions.interview_prep.stage_messages import Guide, Item, Section, Source
from functions.interview_prep.stages.render_guide import render_guide
from shared.errors import BadInput
from tests.render.pdf_sample import Given
from tests.support.fakes import FakeBlobs, fake_ports


def given(minutes: str = "45 min", *questions: str, **posting: str) -> Given:
    asked = tuple(Item(title=title, text="Think aloud.", label="Coding", sources=("R1",)) for title in questions)
    sample = Given()
    sections = (Section(section="questions", title="Questions", items=asked),)
    figures = ProcessFigures(rounds=(RoundFigures(kind="coding", minutes=Figure(value=minutes, sources=("R1",))),))
    return replace(
        sample,
        sections=sections,
        posting=sample.posting.model_copy(update=posting),
        outline=sample.outline.model_copy(update={"figures": figures}),
    )


async def made(what: Given, previous: str | None = None) -> tuple[Guide, dict[str, bytes]]:
    blobs, request = FakeBlobs(), PrepRequest(posting_text="A posting.", previous_guide=previous)
    guide = await render_guide(
        list(what.sections), what.posting, what.picked, what.outline, None, request, fake_ports(blobs=blobs)
    )
    return guide, {"pdf": blobs.kept[guide.pdf], **{ending: blobs.kept[name] for ending, name in guide.files.items()}}


async def json_of(what: Given) -> str:
    return (await made(what))[1]["json"].decode()


async def changes(before: Given, now: Given) -> tuple[str, ...]:
    return (await made(now, await json_of(before)))[0].changes


async def test_the_same_guide_again_says_that_nothing_changed() -> None:
    assert await changes(given(), given()) == ("Nothing that the guide shows has changed.",)


async def test_without_an_earlier_guide_nothing_is_said() -> None:
    guide, files = await made(given())
    assert guide.changes == ()
    assert "Since your last guide" not in files["md"].decode()


async def test_what_the_posting_says_differently_is_told_with_both_values() -> None:
    assert await changes(given(salary="EUR 50,000"), given(salary="EUR 60,000")) == (
        "Salary: EUR 50,000 before, EUR 60,000 now.",
    )


async def test_a_rounds_figures_are_told_before_and_now() -> None:
    assert await changes(given("45 min"), given("45-60 min")) == ("Coding, Length: 45 min before, 45-60 min now.",)


async def test_new_questions_are_those_that_no_earlier_one_resembles() -> None:
    before = given("45 min", "Explain how a write-ahead log works.")
    now = given("45 min", "Explain how the write-ahead log works.", "Estimate how many bicycles Utrecht has.")
    assert await changes(before, now) == ("Newly reported question: Estimate how many bicycles Utrecht has.",)


async def test_sources_are_the_same_by_their_address_whatever_their_ref() -> None:
    one, two = Source(ref="R1", title="A", url="https://a.test"), Source(ref="R1", title="B", url="https://b.test")

    def with_sources(*sources: Source) -> Given:
        what = given()
        return replace(what, outline=what.outline.model_copy(update={"sources": sources}))

    renamed = one.model_copy(update={"ref": "R2"})
    assert (await changes(with_sources(one), with_sources(two, renamed)))[0] == "New sources: R1 “B”."


async def test_another_employers_guide_is_not_compared() -> None:
    found = await changes(given(company="Larchway"), given())
    assert found == ("The earlier guide was for Larchway: nothing is compared.",)


async def test_the_pdf_and_the_markdown_tell_the_changes() -> None:
    _, files = await made(given("60 min"), await json_of(given("45 min")))
    text = " ".join(PdfReader(io.BytesIO(files["pdf"])).pages[1].extract_text().split())
    assert "Since your last guide" in text
    assert "45 min before, 60 min now" in text
    assert "## Since your last guide" in files["md"].decode()


BEFORE = "- You fold letters into thirds by hand.\n- You know two knots and their names.\n- The pay is EUR 50,000 a year.\n- You answer the door on Mondays.\n- You write the weekly list of visitors."
NOW = "- You fold letters into thirds by hand.\n- You know three knots and their names.\n- The pay is EUR 60,000 a year.\n- You drive the small van to the post.\n- You write the weekly list of visitors."


async def test_lines_of_the_posting_that_came_went_or_changed_are_told_and_a_told_fact_is_not_told_again() -> None:
    found = await changes(given(description=BEFORE, salary="EUR 50,000"), given(description=NOW, salary="EUR 60,000"))
    assert found == (
        "Salary: EUR 50,000 before, EUR 60,000 now.",
        "The posting now says “You know three knots and their names.” where it said “You know two knots and their names.”.",
        "New in the posting: “You drive the small van to the post.”",
        "Gone from the posting: “You answer the door on Mondays.”",
    )


async def test_a_posting_that_was_written_anew_is_said_to_be_another_text() -> None:
    other = "- We bake at night.\n- You clean the ovens after each shift.\n- You speak with nobody before seven."
    found = await changes(given(description=BEFORE), given(description=other))
    assert found == ("The posting's text is largely another one: read it again.",)


async def test_a_round_that_nobody_tells_of_any_more_is_told() -> None:
    now = given()
    other = ProcessFigures(rounds=(RoundFigures(kind="onsite", minutes=Figure(value="45 min", sources=("R1",))),))
    now = replace(now, outline=now.outline.model_copy(update={"figures": other}))
    found = await changes(given(), now)
    assert found == ("Rounds that are new: On-site or panel.", "Rounds that nobody tells of any more: Coding.")


MANY = json.dumps({"posting": {}, "sections": [], "x": [{}] * MOST_VALUES})
"""Small, and a hundred times as large once it is read."""


@pytest.mark.parametrize("text", ["", "no json", "[]", "{}", '{"posting": 1}', "[" * 5000, json.dumps({"sections": []}), MANY])
async def test_what_is_no_guide_is_refused(text: str) -> None:
    if not text:
        assert (await made(given(), text))[0].changes == ()
        return
    with pytest.raises(BadInput) as refused:
        await made(given(), text)
    assert refused.value.code == "previous_guide_unreadable"


async def test_hostile_words_of_an_earlier_guide_are_text_and_short() -> None:
    data: dict[str, Any] = json.loads(await json_of(given()))
    data["posting"]["salary"] = "<script>" + "x" * 9000
    guide, files = await made(given(), json.dumps(data))
    assert max(map(len, guide.changes)) <= 200
    assert "<script>" not in files["md"].decode()
