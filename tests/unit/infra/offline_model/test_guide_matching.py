"""What the offline model puts beside a question: an outline of its own trade, and the line of a CV that speaks of the same."""

from __future__ import annotations

import pytest

from functions.interview_prep.job_kinds.preparation_packs import packs
from infra.offline_model.interviews.insight_rules import answer
from infra.offline_model.interviews.question_extraction import questions_in
from infra.offline_model.interviews.sections.cv_line_matching import Candidate
from infra.offline_model.interviews.sections.role import compose
from infra.offline_model.interviews.sections.section_input import Brief, Item
from infra.offline_model.interviews.sections.text_similarity import ANY, outline_for, outlines
from infra.offline_model.text_helpers import Line

CV = """Rosa Lindqvist
Shift lead in a bakery, nine years.
Shift Lead, Kornhus Bakery (2019 - 2026)
- Cut waste from 6 to 2 percent by baking to the hour.
- Calmed a queue of forty people when both tills failed, and kept it moving.
- Told my manager the same day that I had mislabelled an allergen; nobody was harmed.
"""


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Waste doubled this month. What do you do first?", "Cut waste"),
        ("The queue is long and the phone rings. What do you do?", "Calmed a queue"),
        ("Explain optimistic locking.", ""),
    ],
)
def test_a_question_finds_the_line_that_speaks_of_it_or_none(question: str, line: str) -> None:
    assert Candidate(CV).story_for(question).startswith(line)
    assert bool(Candidate(CV).story_for(question)) == bool(line)


def test_a_post_with_its_years_is_no_story() -> None:
    assert "Shift Lead, Kornhus Bakery (2019 - 2026)" not in Candidate(CV).stories


def test_outlines_are_of_their_trade() -> None:
    refund = "A customer wants a refund and the line is long. What do you do?"
    assert outline_for(refund, "product") != outline_for(refund, "retail")
    assert {trade for one in outlines() for trade in one.trades} <= {pack.key for pack in packs()} | {ANY}
    assert all(one.strong and one.weak for one in outlines())


@pytest.mark.parametrize(
    "text",
    [
        "Nobody asked me about Rust at all, the posting exaggerates.",
        'Ask in your interview: "How often is the rota changed, and by whom?"',
        "They asked some questions on linked lists in the first round, and a medium one in the second.",
        "I was asked what my plans were and by the end they told me about theirs.",
        "I had to write down the answers in the shared document.",
        "I had to code in an editor that I did not know.",
    ],
)
def test_what_nobody_asked_and_what_one_should_ask_them_are_no_questions(text: str) -> None:
    assert questions_in(Line(text)) == []


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("They asked about my last two projects.", "Tell us about your last two projects."),
        ("Some general questions like tell me about yourself and your team.", "Tell me about yourself and your team."),
        ("They asked me how I would cut the queue at noon.", "How would you cut the queue at noon?"),
    ],
)
def test_a_question_is_what_was_put_to_the_candidate(told: str, question: str) -> None:
    assert [found["text"] for found in questions_in(Line(told))] == [question]


def test_a_rounds_label_stays_with_its_words_where_it_numbers_the_round() -> None:
    post = {
        "ref": "P1",
        "title": "My Fernhill interview",
        "body": "Round 2: Work simulation with three mails to answer.\n1) Coding interview: we talked for twenty minutes about my bakery.",
    }
    found = answer({"company": "Fernhill", "posts": [post]})["rounds"]
    assert [one["detail"] for one in found] == [
        "Round 2: Work simulation with three mails to answer.",
        "We talked for twenty minutes about my bakery.",
    ]


def test_a_reason_is_of_what_it_stands_under() -> None:
    posting = "Must have:\n- Payments, banking, ledgers or another trade where rounding errors are found and booked.\n"
    assert "limiter" not in str(role_of(posting, "Write a limiter for one bank that never delays to another bank."))
    assert "rounding errors" in str(role_of(posting, "How are rounding errors found in your books?"))


def role_of(posting: str, question: str) -> list[Item]:
    data = {
        "section": "role",
        "posting": {"title": "Engineer", "company": "Fernhill", "description": posting},
        "insights": {
            "questions": [{"text": question, "kind": "other", "round": "other", "difficulty": "unknown", "sources": ["R1"]}]
        },
    }
    return compose(Brief(data))[1]


TWO = "Jo Marsh\n2021 - present Ward clerk, Elm Court\n- Calmed an angry visitor who shouted about a lost coat.\n- An upset patient complained about the food; I listened and fetched the cook."


def test_who_one_is_now_is_the_post_that_goes_on_and_no_story() -> None:
    assert Candidate(TWO).headline == "Ward clerk, Elm Court"
    assert len(Candidate(TWO).stories) == 2


def test_two_like_questions_are_answered_with_two_stories() -> None:
    candidate = Candidate(TWO)
    told = {candidate.story_for(f"A {who} is upset. What do you do?") for who in ("guest", "visitor")}
    assert len(told) == 2


OTHERS = """Ada Finch
Pastry cook
- Trained two apprentices; one runs the bread section now.
- Won back a hotel that had left, by a tasting for its new buyer.
- Lost the largest tender of 2024 because nobody had asked about nuts.
"""


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Tell me about someone you helped to grow.", "Trained two"),
        ("Tell me about a difficult customer and what you did.", "Won back"),
        ("Which deal did you lose, and when could you have known?", "Lost the largest"),
        ("Which oven would you buy for the bread section?", ""),
    ],
)
def test_a_sort_of_story_is_found_by_how_lines_tell_of_it(question: str, line: str) -> None:
    found = Candidate(OTHERS).story_for(question)
    assert found.startswith(line)
    assert bool(found) == bool(line)


def test_a_cv_in_another_language_is_told_from_where_its_lines_are_known_and_has_no_gaps() -> None:
    text = "陈静\n2020年至今 海蓝软件 测试工程师\n- 指导两名新同事，建立了交接流程。\n2014-2018 东海大学 本科 计算机科学与技术"
    candidate = Candidate(text)
    assert not candidate.compared
    assert candidate.headline == "海蓝软件 测试工程师"
    assert candidate.story_for("Tell me about someone you helped to grow.").startswith("指导两名")
