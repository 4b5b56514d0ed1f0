"""Claims are held against the posts that they cite: numbers, names and most words, near a mention of the company."""

from __future__ import annotations

import functools

import pytest

from functions.interview_prep.guide.check_items import check_item
from functions.interview_prep.guide.claim_check import Report, Tally, holds
from functions.interview_prep.guide.reported_statement_check import with_holding_sources
from functions.interview_prep.stage_messages import Claim, Insights, Item
from tests.support.hostile.processor_time import takes_at_most

POST = Report.of(
    "Fernhill onsite, data engineer\nThree rounds in four weeks: a recruiter call of 30 minutes, an hour of SQL in a shared editor and a panel with Kafka "
    "questions. The interviewers were friendly. They offered 95k base.",
    "Fernhill",
)


@pytest.mark.parametrize(
    "claim",
    [
        "An hour of SQL in a shared editor.",
        "The recruiter call takes 30 minutes.",
        "Three rounds in four weeks.",
        "3 rounds within 4 weeks.",
        "A panel asks about Kafka.",
        "The interviewers are friendly.",
        "They offer 95k base.",
    ],
)
def test_what_the_post_says_holds(claim: str) -> None:
    assert holds(claim, POST)


@pytest.mark.parametrize(
    "claim",
    [
        "Seven rounds in four weeks.",
        "They offer 195k base.",
        "A panel asks about Cassandra.",
        "The onsite ends with a dinner at the founder's house.",
        "Expect a take-home project on graph databases.",
        "The recruiter went quiet for months.",
    ],
)
def test_what_it_does_not_say_does_not(claim: str) -> None:
    assert not holds(claim, POST)


def test_another_employers_pay_is_not_this_ones() -> None:
    text = "My autumn of interviews\nOther Corp => 120k base and a friendly panel\nFernhill => 95k base, SQL in a shared editor\nThird Labs => a take-home on caching"
    report = Report.of(text, "Fernhill")
    assert holds("95k base", report)
    assert not holds("120k base", report)
    assert not holds("A take-home on caching.", report)


def test_far_from_any_mention_of_the_company_nothing_is_said_of_it() -> None:
    report = Report.of(
        "A long year\nFernhill never answered. "
        + "The weather was bad. " * 80
        + "They gave me a whiteboard and a compiler to write.",
        "Fernhill",
    )
    assert holds("They never answered.", report)
    assert not holds("A whiteboard and a compiler to write.", report)


def test_an_items_details_each_keep_their_own_source_or_go() -> None:
    reports = {"R1": POST, "R2": Report.of("Fernhill, rejected\nThe system design round was about a message queue.", "Fernhill")}
    tally = Tally()
    item = Item(
        title="Coding",
        text="An hour of SQL in a shared editor. Then a Rust exam of six hours.",
        why="It decides the level.",
        points=("Practise SQL aloud.", "Revise Cassandra."),
        sources=("R1", "R2"),
    )
    found = check_item("process", item, reports, "Senior Data Engineer. SQL, Airflow.", tally)
    assert found is not None
    assert (found.text, found.sources, found.points) == ("An hour of SQL in a shared editor.", ("R1",), ("Practise SQL aloud.",))
    assert (tally.checked, tally.held) == (2, 1)


def test_an_invented_report_goes_and_an_invented_question_is_inferred() -> None:
    round_ = Item(title="Dinner", text="The founder cooks for six guests.", sources=("R1",))
    assert check_item("process", round_, {"R1": POST}, "", Tally()) is None
    question = Item(title="How would you cool a nuclear reactor?", text="", why="It tests calm.", sources=("R1",))
    found = check_item("questions", question, {"R1": POST}, "", Tally())
    assert found is not None
    assert found.sources == ()


def test_hostile_posts_cost_little() -> None:
    for text in ("Fernhill " * 220, "A: " * 700, "=>" * 1_000, "1,1." * 500, "Aa " * 700):
        report = Report.of(f"title\n{text}", "Fernhill")
        assert takes_at_most(5, functools.partial(holds, "An hour of SQL in a shared editor with 3 people.", report))


def test_a_subject_that_posts_name_only_to_deny_it_is_no_subject() -> None:
    reports = {
        "R1": Report.of("My Fernhill loop\nNobody asked me about Scala at all. SQL came up twice.", "Fernhill"),
        "R2": Report.of(
            "Fernhill interview\nThey did not care about Scala, no SQL window functions.\nThen SQL joins.", "Fernhill"
        ),
    }
    topics = (Claim(text="Scala", sources=("R1", "R2")), Claim(text="SQL", sources=("R1", "R2")))
    kept = with_holding_sources(Insights(topics=topics), reports, drop=False)
    assert [(topic.text, topic.sources) for topic in kept.topics] == [("SQL", ("R1", "R2"))]


def test_a_post_that_only_names_the_round_is_no_source_of_what_is_told_of_it() -> None:
    reports = {
        "R1": Report.of("My Fernhill loop\nThe technical screen was one problem in four steps, all about meters.", "Fernhill"),
        "R2": Report.of("Fernhill technical screen\nIs it hard? Pair programming on my own editor, I hear.", "Fernhill"),
    }
    told = Item(
        title="Technical screen",
        text="The screen was one problem in four steps, all about meters.",
        points=("Announced: pair programming in your own editor",),
        sources=("R1", "R2"),
    )
    checked = check_item("process", told, reports, "pair programming in your own editor", Tally())
    assert checked is not None
    assert checked.sources == ("R1",)
