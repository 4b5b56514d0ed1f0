"""Questions are whole, and are questions."""

from __future__ import annotations

import pytest

from functions.interview_prep.guide.question_validation import is_whole_question
from functions.interview_prep.guide.untrusted_text import whole_sentences
from infra.offline_model.interviews.question_extraction import _second_person


@pytest.mark.parametrize(
    "text",
    [
        "Implement a rate limiter.",
        "Why Larkmoor?  Why now?",
        "Tell me about a conflict in your team",
        "请介绍一下你的项目经验",
        "How does I/O multiplexing work?",
        "They say no: what do you do?",
        "Πώς χειρίζεστε μια μεγάλη ουρά;",
    ],
)
def test_questions_and_tasks(text: str) -> None:
    assert is_whole_question(text, 160)


@pytest.mark.parametrize(
    "text",
    [
        "SQL",
        "Behavioural questions",
        "They asked about Kafka.",
        "The panel was long and friendly.",
        "Design a system that",
        "How would you split the…",
        "Explain the difference between (",
        "",
        "x " * 100,
    ],
)
def test_what_is_none_or_cut(text: str) -> None:
    assert not is_whole_question(text, 160)


def test_whole_sentences_or_one_cut_at_a_word() -> None:
    assert whole_sentences("One is here. Two is here too. Three.", 30) == "One is here. Two is here too."
    assert whole_sentences("e.g. this is short. And more words follow here.", 25) == "e.g. this is short."
    assert whole_sentences("a long sentence without an end that goes on", 20) == "a long sentence…"
    assert whole_sentences("short", 20) == "short"


def test_io_stays_io_in_the_second_person() -> None:
    assert (
        _second_person("I had to explain blocking I/O and C.I. to my team")
        == "you had to explain blocking I/O and C.I. to your team"
    )
