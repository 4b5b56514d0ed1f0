"""A statement that holds and tells nothing is worth no line."""

from __future__ import annotations

import pytest

from functions.interview_prep.reports.alone.empty_statements import says_nothing
from functions.interview_prep.stage_messages import RoundKind


@pytest.mark.parametrize("text", [
    "Round three was tricky but quick.",
    "The questions asked were from the basic level.",
    "The technical interview was very basic, nothing particular, even a bit too easy.",
    "First, they asked me to introduce myself and then the technical round started.",
])  # fmt: skip
def test_a_round_without_a_subject_tells_nothing(text: str) -> None:
    assert says_nothing("rounds", text)


@pytest.mark.parametrize("text", [
    "Round three was about ovens.",
    "The technical interview took 45 minutes.",
    "There were three interviewers.",
    "The interview was behavioural.",
])  # fmt: skip
def test_a_subject_a_number_and_a_kind_tell(text: str) -> None:
    assert not says_nothing("rounds", text)


@pytest.mark.parametrize(("of_round", "nothing"), [("coding", False), ("other", True)])
def test_how_many_there_were_tells_of_a_round_that_is_named(of_round: RoundKind, nothing: bool) -> None:
    assert says_nothing("rounds", "There were two problems with a three hours time limit.", of_round) is nothing


@pytest.mark.parametrize(("text", "nothing"), [
    ("The cook was rude.", True),
    ("The cook was awkward and did not know much.", True),
    ("I had the impression that the cook ignored me.", True),
    ("The cook was rude and left after ten minutes.", False),
    ("They were slow and did not reply to me.", False),
    ("Nobody called on the agreed day.", False),
])  # fmt: skip
def test_a_fault_is_something_that_was_done(text: str, nothing: bool) -> None:
    assert says_nothing("red_flags", text) is nothing


def test_other_kinds_are_not_asked() -> None:
    assert not says_nothing("culture", "The interviewers were nice.")


@pytest.mark.parametrize(("text", "nothing"), [
    ("Loose lids got me too, I shut two and they asked about the third.", True),
    ("Same here, two rounds and a walk.", True),
    ("They asked me too many things about ovens.", False),
    ("The same baker asked about ovens.", False),
])  # fmt: skip
def test_who_agrees_with_somebody_else_tells_nothing_by_itself(text: str, nothing: bool) -> None:
    assert says_nothing("rounds", text) is nothing
