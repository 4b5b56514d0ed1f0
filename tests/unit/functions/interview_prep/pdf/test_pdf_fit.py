from __future__ import annotations

import pytest

from functions.interview_prep.pdf.fit_to_pages import (
    MOST_PAGES,
    TRIES,
    Measure,
    cut_to_measure,
    find_fitting_measure,
    measure,
    sentences,
)
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.stage_messages import Item, Outline, Picked, Posting, Section, SectionRequest


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("Short.", 20, "Short."),
        ("One. Two is longer. Three.", 20, "One. Two is longer."),
        ("A first sentence that is far too long for it.", 20, "A first sentence…"),
        ("x" * 50, 10, "x" * 9 + "…"),
        ("", 5, ""),
    ],
)
def test_texts_are_cut_at_sentences_then_at_words(text: str, most: int, shown: str) -> None:
    assert sentences(text, most) == shown
    assert len(sentences(text, most)) <= most


def test_a_first_sentence_a_little_too_long_is_not_cut() -> None:
    assert sentences("It names the one thing. More.", 20) == "It names the one thing."


@pytest.mark.parametrize(("written", "shown"), [(6, 1.0), (8, 1.0), (12, None), (40, 0.0)])
def test_the_most_generous_measure_that_fits_is_found_in_few_layouts(written: int, shown: float | None) -> None:
    tried = []

    def pages(asked: Measure) -> int:
        tried.append(asked)
        return round(written * (0.4 + 0.6 * (asked.text - 150) / 270))

    chosen = find_fitting_measure(pages, lambda asked: asked.text)
    assert len(tried) <= TRIES
    if shown is None:
        assert measure(0.25) != chosen != measure(1.0)
        assert pages(chosen) <= MOST_PAGES
    else:
        assert chosen == measure(shown)


def test_a_guide_a_little_too_long_is_set_closer_and_loses_nothing() -> None:
    chosen = find_fitting_measure(lambda asked: 7.2 + 1.2 * asked.room, lambda asked: asked.text)
    assert (chosen.text, chosen.items) == (measure(1.0).text, measure(1.0).items)
    assert chosen.room < 0.7


PROCESS = Section(
    section="process",
    title="The process, round by round",
    items=(
        Item(
            title="Other rounds",
            text="“There were two interviewers from the ledger team”. “Nobody asked me about graphs in the whole day there”. “They asked what happens when two prefixes of a reference collide”.",
            sources=("R1", "R2", "R3"),
        ),
    ),
)
REPORTS = {
    "R1": "Larkmoor interview\nThere were two interviewers from the ledger team.",
    "R2": "Larkmoor interview\nNobody asked me about graphs in the whole day there.",
    "R3": "Larkmoor interview\nThey asked what happens when two prefixes of a reference collide.",
}


def guide_of(section: Section) -> Content:
    outline = Outline(sections=(SectionRequest(section="process"),), reports=REPORTS)
    return Content((section,), Posting(title="Engineer", company="Larkmoor", description=""), Picked(), outline)


def test_a_chip_stands_only_for_what_is_shown() -> None:
    shown = cut_to_measure(guide_of(PROCESS), Measure(text=70, why=70, points=2, items=1.0)).written[0].items[0]
    assert shown.text == "“There were two interviewers from the ledger team”."
    assert shown.sources == ("R1",)


def test_what_is_not_cut_keeps_its_chips() -> None:
    shown = cut_to_measure(guide_of(PROCESS), Measure(text=400, why=70, points=2, items=1.0)).written[0].items[0]
    assert shown.sources == ("R1", "R2", "R3")


def test_a_text_that_no_report_has_keeps_its_chips() -> None:
    other = PROCESS.model_copy(
        update={"items": (PROCESS.items[0].model_copy(update={"text": "Zwei Personen fragten. Danach kam lange nichts mehr."}),)}
    )
    shown = cut_to_measure(guide_of(other), Measure(text=30, why=70, points=2, items=1.0)).written[0].items[0]
    assert shown.text == "Zwei Personen fragten."
    assert shown.sources == ("R1", "R2", "R3")
