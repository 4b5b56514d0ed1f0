"""What a writer lists as asked, row by row, is a question of theirs; what a guide lists, a tip or their own question is none."""

from __future__ import annotations

import pytest

from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.guide.reported_statement_check import with_holding_sources
from functions.interview_prep.reports.asked_lists import asked_in_list, asked_under_rounds, labels_round
from functions.interview_prep.reports.listed_statements import listed_questions, listed_rounds, without_repeated
from functions.interview_prep.stage_messages import Insights, Question, Round

WRITE_UP = """Larkmoor's three rounds, and how I fared
Larkmoor visited our campus in May. I worked at Oakham before.

ROUND 1 - Online test (70 minutes)
Q1: Given a list of ferry times, find the longest gap.
Q2: Heaps,

ROUND 2 - Technical Interview
1. Build a tree from Preorder and Postorder
2. What is a page fault?
I told them about my thesis.
- Reverse the words of a sentence
My answer: use a stack

Preparation tips
- Write a loop each morning

ROUND 3 - HR
Why Larkmoor?
"""
LIST = """Larkmoor interview experience
Introduce yourself
About my family
Explain joins and their types
Program to count vowels
Which cloud do you know?
"""


def _questions(text: str) -> list[tuple[str, str]]:
    report = Report.of(text, "Larkmoor")
    found = Insights(questions=tuple(listed_questions(report.accounts, "R1", ())))
    return [(one.text, one.round) for one in with_holding_sources(found, {"R1": report}).questions]


def test_rows_below_a_rounds_label_are_its_questions() -> None:
    assert _questions(WRITE_UP) == [
        ("Given a list of ferry times, find the longest gap.", "online_assessment"),
        ("Build a tree from Preorder and Postorder", "technical_screen"),
        ("What is a page fault?", "technical_screen"),
        ("Reverse the words of a sentence", "technical_screen"),
        ("Why Larkmoor?", "recruiter_screen"),
    ]


def test_a_list_under_a_title_that_tells_is_what_was_asked() -> None:
    assert [text for text, _ in _questions(LIST)] == [
        "Introduce yourself",
        "Explain joins and their types",
        "Program to count vowels",
        "Which cloud do you know?",
    ][1:]


@pytest.mark.parametrize("title", [
    "Larkmoor interview questions and answers",
    "Larkmoor interview preparation guide",
    "What should I expect at the Larkmoor interview?",
    "Top 20 questions of Larkmoor interviews, my experience",
    "Oakham and Larkmoor interview experience",
])  # fmt: skip
def test_a_guide_a_question_and_several_employers_report_nothing(title: str) -> None:
    assert _questions(LIST.replace("Larkmoor interview experience", title)) == []


@pytest.mark.parametrize("told", [
    "Anyone here who knows what to expect?", "I have an upcoming interview next week.", "I never interviewed there, a friend did.",
])  # fmt: skip
def test_who_was_not_there_yet_lists_nothing(told: str) -> None:
    assert _questions(f"{LIST}{told}\n") == []


@pytest.mark.parametrize("row", [
    "- I asked them how the team works", "- What should I have said?", "- They asked how a heap grows", "1. Solution: sort it first",
    "2. https://leetcode.com/problems/two-sum", "- Find it => 4", "- Write",
])  # fmt: skip
def test_what_the_writer_says_is_not_asked(row: str) -> None:
    assert list(asked_under_rounds(f"Round 1: coding\n{row}\nRound 2: HR\n")) == []


def test_prose_is_no_list() -> None:
    assert asked_in_list("What a day it was for all of us who had come so far to see them\n" * 6) == []


@pytest.mark.parametrize(("row", "is_label"), [
    ("Round 2 - Technical", True), ("**Preliminary round**", True), ("2. HR interview (20 minutes)", True),
    ("We went round the house", False), ("Interview questions", False),
])  # fmt: skip
def test_labels_of_rounds(row: str, is_label: bool) -> None:
    assert labels_round(row) is is_label


def test_a_label_that_says_more_is_a_round_and_stands_for_what_it_holds() -> None:
    report = Report.of(WRITE_UP, "Larkmoor")
    (listed,) = listed_rounds(report.accounts, "R1")
    assert (listed.kind, listed.detail) == ("other", "ROUND 1 - Online test (70 minutes)")
    told = [
        Round(kind="other", detail="Online test (70 minutes).", sources=("R1",)),
        Round(kind="other", detail="It was long.", sources=("R1",)),
    ]
    assert without_repeated(told, [listed]) == told[1:]


def test_a_round_is_told_without_the_label_that_only_names_it() -> None:
    body = (
        "Interviewed at Larkmoor in May.\n\nRound 1 - Recruiter call: Recruiter call was 25 minutes about what I want next.\n\n"
        "Technical screen: Pair programming for an hour on a ledger.\n\nWritten exercise (2 hours): One page on a design question.\n"
    )
    report = Report.of(f"My Larkmoor interview experience\n{body}", "Larkmoor")
    details = [one.detail for one in listed_rounds(report.accounts, "R1")]
    assert "Pair programming for an hour on a ledger." in details
    assert "Written exercise (2 hours): One page on a design question." in details
    assert not any(detail.startswith("Technical screen") for detail in details)


def test_an_entry_of_what_a_round_was_made_of_stands_under_that_round() -> None:
    body = (
        "I interviewed at Larkmoor.\n\nRound 2 - Online Assessment\n\nThe assessment had three sections.\n\n"
        "- Coding problems on graphs\n- Aptitude and reasoning\n- Behavioral questions on their five values\n"
    )
    report = Report.of(f"My Larkmoor interview experience\n{body}", "Larkmoor")
    told = Round(kind="behavioural", detail="Behavioral questions on their five values.", sources=("R1",))
    held = with_holding_sources(Insights(rounds=(told,)), {"R1": report})
    assert [one.kind for one in held.rounds] == ["online_assessment"]


def test_a_question_that_stands_in_a_listed_row_is_listed_once() -> None:
    accounts = Report.of(f"{LIST}What is a lock? Who sets it?\n", "Larkmoor").accounts
    known = ["What is a lock?", "Who sets it?"]
    assert "What is a lock? Who sets it?" not in [one.text for one in listed_questions(accounts, "R1", known)]


def test_a_numbered_name_above_a_row_makes_it_a_question_and_a_foreign_heading_another_employers() -> None:
    text = (
        "My Larkmoor interview experience\nI was rejected after one round.\n\nRound 1: Fundamentals\n\n1. Hoisting\n\nExplain what hoisting is in JavaScript.\n\n"
        "Write to me if you like\n\nOne round at Fernhill:\n\n- What is a lock?\n"
    )
    assert [text for text, _ in _questions(text)] == ["Explain what hoisting is in JavaScript."]


def test_a_question_is_as_hard_as_its_writer_says() -> None:
    body = "I interviewed at Larkmoor. They asked me how I handle a challenging colleague. They asked me how I would shard a table of orders, which was hard."
    report = Report.of(f"My Larkmoor interview experience\n{body}", "Larkmoor")
    asked = [
        Question(text="How do you handle a challenging colleague?", difficulty="hard", sources=("R1",)),
        Question(text="How would you shard a table of orders?", difficulty="hard", sources=("R1",)),
    ]
    held = with_holding_sources(Insights(questions=tuple(asked)), {"R1": report})
    assert [one.difficulty for one in held.questions] == ["unknown", "hard"]
