"""In which round a question was asked: what its own sentence says, else what stands nearest before it."""

from __future__ import annotations

import pytest

from infra.offline_model.interviews.question_extraction import questions_in
from infra.offline_model.text_helpers import lines

QUESTION = "A shop asks us to hold its money for a week. Write one page on how you would do it."


@pytest.mark.parametrize(
    ("told", "asked_in"),
    [
        (f'Stage 1 was a recruiter call. Stage 2 was the written exercise: "{QUESTION}"', "take_home"),
        (f'Stage 1 was a recruiter call. They asked: "{QUESTION}"', "recruiter_screen"),
        (f'There was a take-home task too. The hiring manager round came last, and they asked: "{QUESTION}"', "hiring_manager"),
        (f'Nice people. They asked: "{QUESTION}"', "other"),
    ],
)
def test_a_question_is_of_the_round_that_its_own_sentence_names(told: str, asked_in: str) -> None:
    found = [(asked["text"], asked["round"]) for line in lines(told) for asked in questions_in(line)]
    assert found == [(QUESTION, asked_in)]


def test_whom_they_asked_to_be_walked_through_is_the_candidate_now() -> None:
    (line,) = lines("The hiring manager asked me to walk him through my last lost order.")
    assert [asked["text"] for asked in questions_in(line)] == ["Walk me through your last lost order."]
