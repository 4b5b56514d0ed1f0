"""A claim that counts otherwise than the sentence it is made of does not hold, wherever else in the post its number stands."""

from __future__ import annotations

import pytest

from functions.interview_prep.guide.claim_check import Report, holds
from functions.interview_prep.guide.reported_statement_check import with_holding_sources
from functions.interview_prep.reports.counted_units import counts_otherwise
from functions.interview_prep.reports.other_names import names_another
from functions.interview_prep.stage_messages import Insights, Question

TITLE = "My Larkmoor interview experience"


@pytest.mark.parametrize(("claim", "sentence", "otherwise"), [
    ("The pairing round took 90 minutes.", "The pairing round took 45 minutes.", True),
    ("The pairing round took 45 minutes.", "The pairing round took 45-60 minutes.", False),
    ("There were two design rounds.", "There were three design rounds.", True),
    ("The answer came after three months.", "The answer came after three days.", True),
    ("The answer came after a while.", "The answer came after three days.", False),
    ("The test had 20 questions.", "The test took 20 minutes.", False),
    ("The talk took one hour.", "The talk took 1 hour, and I had slept two hours before it.", False),
    ("The talk took two hours.", "The talk took one hour, and I had slept two hours before it.", True),
])  # fmt: skip
def test_what_is_counted(claim: str, sentence: str, otherwise: bool) -> None:
    assert counts_otherwise(claim, sentence) is otherwise


@pytest.mark.parametrize(("claim", "held"), [
    ("The pairing round lasted for about 45 minutes.", True), ("The pairing round lasted for about 90 minutes.", False),
])  # fmt: skip
def test_a_number_of_another_sentence_holds_no_claim(claim: str, held: bool) -> None:
    report = Report.of(f"{TITLE}\nThe pairing round lasted 45 minutes. I was 90 minutes early for once.", "Larkmoor")
    assert holds(claim, report) is held


@pytest.mark.parametrize(("sentence", "another"), [
    ("Fernhill had a panel of six, Larkmoor had one call.", True),
    ("At Fernhill they asked me how a heap grows.", True),
    ("At Larkmoor they asked me how a heap grows.", False),
    ("They had a panel of six, as Larkmoor likes it.", False),
    ("The manager asked me why I want to work at a ferry company.", False),
    ("I came from a ferry company.", True),
])  # fmt: skip
def test_another_employer_is_named_by_its_place(sentence: str, another: bool) -> None:
    assert names_another(sentence, ("Larkmoor",)) is another


def test_what_nobody_asked_is_no_question() -> None:
    body = 'I interviewed at Larkmoor. HR wrote "they may ask: what is your biggest failure?" but they asked nothing of the kind.'
    report = Report.of(f"{TITLE}\n{body}", "Larkmoor")
    found = Insights(questions=(Question(text="What is your biggest failure?", sources=("R1",)),))
    assert with_holding_sources(found, {"R1": report}).questions == ()
