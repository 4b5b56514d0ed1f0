"""Outlines that would fit any question are left out; what only this question has stays."""

from __future__ import annotations

import pytest

from functions.interview_prep.answers.generic_outlines import is_specific, without_generic_outline
from functions.interview_prep.job_kinds.preparation_packs import packs
from functions.interview_prep.stage_messages import Item


@pytest.mark.parametrize(
    "outline",
    [
        "Use the STAR method: situation, task, action, result, and keep it short.",
        "Your answer in one sentence, the example that shows it, and what you would do differently today.",
        "Give a concrete example of your own, with a measurable result.",
        "A general remark, with no example.",
        "Never gets to the point.",
        "What you would do first and why, and what would change your mind.",
    ],
)
def test_advice_for_any_question_is_not_specific(outline: str) -> None:
    assert not is_specific(outline)


@pytest.mark.parametrize(
    "outline",
    [
        "Check and debit in one statement or under a row lock.",
        "Reads the balance, then writes it: both requests pass.",
        "Say where you did something like “keep documentation fit for audit”.",
        "The default rate by month of opening, 90 days past due.",
        "Moisture first, then the oven's own thermometer.",
    ],
)
def test_what_knows_the_matter_is_specific(outline: str) -> None:
    assert is_specific(outline)


def test_only_a_questions_generic_part_goes() -> None:
    item = Item(
        title="How do you proof a dough?", text="By the poke test, at 26 degrees.", weak="A general remark, with no example."
    )
    made = without_generic_outline("questions", item)
    assert (made.text, made.weak) == ("By the poke test, at 26 degrees.", "")
    assert without_generic_outline("stories", item) == item


def test_a_question_that_stands_in_its_text_keeps_it() -> None:
    item = Item(title="", text="What would you do first?")
    assert without_generic_outline("questions", item) == item


def test_hardly_an_outline_of_a_kind_of_job_is_generic() -> None:
    told = [row[1] for pack in packs() for row in pack.questions]
    assert sum(map(is_specific, told)) > 0.9 * len(told)
