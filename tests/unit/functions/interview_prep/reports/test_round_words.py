"""Under which round a sentence of a report is filed."""

from __future__ import annotations

import pytest

from functions.interview_prep.reports.round_words import names_round, only_round_named
from functions.interview_prep.stage_messages import RoundKind


@pytest.mark.parametrize(("sentence", "kind"), [
    ("There were 3 rounds in total, resume shortlisting, a coding round and an interview.", "other"),
    ("2 rounds of technical interviews and 1 HR round.", "other"),
    ("The first round was an online test, then a technical interview with two managers.", "other"),
    ("I had two talks with the recruiter about my experience.", "recruiter_screen"),
    ("On-site there were five interviews of an hour, four of them technical.", "onsite"),
    ("The coding round had two problems on arrays.", "coding"),
    ("The HR interview was mostly behavioural questions.", "recruiter_screen"),
])  # fmt: skip
def test_a_sentence_is_filed_under_the_one_round_it_names(sentence: str, kind: RoundKind) -> None:
    assert only_round_named(sentence, surely=True) == kind


@pytest.mark.parametrize(("sentence", "kind"), [
    ("It was a phone interview of half an hour about my shop.", "technical_screen"),
    ("The phone interview was about my shop.", "recruiter_screen"),
    ("They asked technical questions, then managerial ones.", "hiring_manager"),
    ("The first round was a technical and managerial round.", "hiring_manager"),
    ("The interview was held in two talks followed by an HR round.", "recruiter_screen"),
    ("Everything was technical, aside from an HR round.", "recruiter_screen"),
    ("The test focused on logical reasoning and some programming.", "coding"),
])  # fmt: skip
def test_what_is_of_two_sorts_or_of_none_is_filed_under_none(sentence: str, kind: RoundKind) -> None:
    assert not names_round(kind, sentence)
    assert names_round("other", sentence)


@pytest.mark.parametrize(("sentence", "kind"), [
    ("The phone interview had two coding questions.", "technical_screen"),
    ("I had a phone call with the recruiter.", "recruiter_screen"),
    ("The online assessment had technical and behavioural parts.", "online_assessment"),
])  # fmt: skip
def test_what_says_its_sort_is_filed_under_it(sentence: str, kind: RoundKind) -> None:
    assert names_round(kind, sentence)


def test_a_call_about_the_person_is_no_technical_screen() -> None:
    assert not names_round("technical_screen", "The video interview focused on behavioral questions.")
    assert names_round("technical_screen", "The phone interview was two coding problems.")
    assert not names_round("recruiter_screen", "It was a phone call with the manager of the team.")


def test_a_phone_call_is_the_recruiters_and_a_phone_interview_is_not() -> None:
    assert only_round_named("", "Phone call round", surely=True) == "recruiter_screen"
    assert only_round_named("", "Phone interview", surely=True) == "technical_screen"
    assert only_round_named("", "Technical phone call", surely=True) == "technical_screen"
