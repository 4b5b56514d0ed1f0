"""A statement is one sentence, with nothing of a page or of another sentence in it."""

from __future__ import annotations

import pytest

from functions.interview_prep.guide.passages import as_shown
from functions.interview_prep.reports.alone.run_together import is_one_sentence
from functions.interview_prep.reports.report_frames import Kind


@pytest.mark.parametrize(("kind", "text"), [
    ("rounds", "The second talk was about deliveries and took 40 minutes."),
    ("rounds", "They asked how I would test the till, and it was a talk of an hour."),
    ("rounds", "The exercise was on Node.js and lasted an hour."),
    ("rounds", "The manager and an engineer also asked about night shifts."),
    ("questions", "Write a wrapper for Array.map() that counts its calls."),
    ("questions", "Tell me about yourself and your last shop."),
    ("questions", "How would you answer a guest's questions?"),
    ("culture", "The two managers were kind and left time for my questions."),
])  # fmt: skip
def test_a_sentence_is_one(kind: Kind, text: str) -> None:
    assert is_one_sentence(kind, text)


@pytest.mark.parametrize(("kind", "text"), [
    ("rounds", "First was the quiz then a talk with the cook.overall it went fine for me."),
    ("rounds", "They asked two questions on yeast.In all it took an hour."),
    ("rounds", "The test had parts.20 were on yeast."),
    ("rounds", "The talk went fineStep 2 was a quiz on bread."),
    ("rounds", "The tasks were on bread (rye, wheat, etc.) The third step is a talk with the cook."),
    ("rounds", "The talk was easy they asked about rye and wheat."),
    ("rounds", "The talk was good the cook was kind and asked about rye."),
    ("rounds", "First there was a quiz on bread it was held at the mill."),
    ("rounds", "Questions are easy ones on rye also asked about the mill."),
    ("rounds", "They asked about rye and they moved on to the oven."),
    ("rounds", "The cook asked questions questions about the oven."),
    ("rounds", "There was a quiz and a talk and a trial and a tour and a lunch."),
    ("rounds", f"The cook asked {'about the oven, ' * 14}and the mill."),
    ("rounds", "Trial shift | three loaves and a cake | neatness"),
    ("rounds", "3/14 - two talks with the cooks."),
    ("rounds", "Trial -- three loaves and a cake."),
    ("questions", "Tell me about yourself,could you move to the coast?"),
    ("questions", "Tell me about yourself and some mindset questions."),
    ("questions", "Tell me about yourself Oven basics"),
    ("questions", "Name three kinds of flour Answer Question"),
    ("questions", "Why do you want to work with the"),
])  # fmt: skip
def test_two_sentences_are_none(kind: Kind, text: str) -> None:
    assert not is_one_sentence(kind, text)


@pytest.mark.parametrize(("text", "shown"), [
    ("I interviewed at Larkmoor (Springfield) in Feb 2024 first round was a quiz on bread.", "First round was a quiz on bread."),
    ("I interviewed at Larkmoor Mills (Springfield) the cook asked about rye.", "The cook asked about rye."),
    ("I interviewed at Larkmoor easy talk about rye.", "Easy talk about rye."),
    ("I interviewed at Larkmoor in March and met two cooks.", "I interviewed at Larkmoor in March and met two cooks."),
    ("I interviewed at Larkmoor with two cooks.", "I interviewed at Larkmoor with two cooks."),
    ("They asked about rye[^2] and wheat.", "They asked about rye and wheat."),
    ("Name three kinds of flour Answer Question.", "Name three kinds of flour."),
    ("Name three kinds of flour 2 Answers", "Name three kinds of flour"),
    ("How do you fill a page with lists,?", "How do you fill a page with lists?"),
    ("What was your answer?", "What was your answer?"),
])  # fmt: skip
def test_what_a_page_wrote_around_it_is_not_shown(text: str, shown: str) -> None:
    assert as_shown(text) == shown
