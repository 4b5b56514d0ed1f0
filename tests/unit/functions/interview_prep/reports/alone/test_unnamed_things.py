"""What a question or a report speaks of without having named it, cut questions, and rounds under the right kind."""

from __future__ import annotations

import pytest

from functions.interview_prep.forum.normalize_posts import to_post
from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.guide.reported_statement_check import with_holding_sources
from functions.interview_prep.reports.alone.unnamed_things import names_all, names_its_problem
from functions.interview_prep.reports.alone.whole_questions import can_be_put, sets_task
from functions.interview_prep.reports.report_frames import Kind, Told, reports_of
from functions.interview_prep.reports.round_words import names_round, only_round_named
from functions.interview_prep.stage_messages import Claim, Insights, Question
from shared.sources.forum_types import ForumPost


@pytest.mark.parametrize("question", [
    "How do you detect a loop in a linked list?",
    "How would you find the last leaf of a binary tree?",
    "Given a string of brackets, tell whether the brackets match.",
    "Explain the event loop.",
    "What are the pros and cons of a message queue?",
    "Why do you want to work in the hospital's emergency room?",
    "What would you do if the till does not add up at closing time?",
    "Tell me about a time you disagreed with the ward manager.",
    "How do indexes work and when would you not use them?",
    "Given two sorted lists, merge them in place.",
    "How would you make sure that an API can be understood by another team?",
    "Which of our products would you put at the front of the shop?",
])  # fmt: skip
def test_a_question_that_names_what_it_asks_about(question: str) -> None:
    assert names_all(question)
    assert can_be_put(question)


@pytest.mark.parametrize("question", [
    "How would you keep the ledger?",
    "Where does the loop begin, that is, how would you find the start of the loop?",
    "Write clean code for it.",
    "Write a complete program for that.",
    "Add support for them in your implementation.",
    "Explain both the approaches.",
    "Improve the algorithm such that no song is played twice.",
    "What if we use a singleton for question 2?",
    "Flatten a list with two pointers as shown in the picture.",
    "Check that this can be played from the board every turn.",
    "How would you get them to crash?",
    "Compare two approaches and implement the faster one.",
    "Explain the approach on a White Board.",
    "What's the difference between the two?",
    "Find out which box contains which with one look.",
    "There were some basic things like sorting. Why do you want to work with us?",
])  # fmt: skip
def test_a_question_about_something_that_it_does_not_name(question: str) -> None:
    assert not names_all(question)


@pytest.mark.parametrize("question", [
    "Given an array, find the largest sum of",
    "Tell me about yourself, a hard project, a risk, any project in",
    "Given a graph whose nodes hold one of two values, find the number of…",
    "What are the languages you know)?",
    "Write production-level code.",
    "Give an example.",
    "Now when the user presses delete, how many bytes go?",
    "Did u have any questions?",
    "What do you once it runs full?",
    "Describe this project?",
    "Explain with an example.",
    "Make sure to explain your answer as you go.",
    "Tell us about your CV then 40 minutes for three exercises.",
    "Tell me about yourself and then he started to ask.",
    "Tell us about your projects that you don't remember.",
    "Implement a heap and asked why trees are used.",
    "Are you interested in any other position?",
    "Give class definitions of a card gameI forget the rest.",
    "Write working code with all corner cases handled.",
    "Why us, why now, a situation.",
])  # fmt: skip
def test_a_question_that_is_cut_or_says_nothing_cannot_be_put(question: str) -> None:
    assert not can_be_put(question)


def test_a_situation_is_no_task_until_somebody_is_told_to_do_something() -> None:
    assert not sets_task("You remove all small cubes that can be seen from outside.")
    assert not sets_task("We have to keep a note of it.")
    assert sets_task("Remove all small cubes.")
    assert sets_task("You have to find the heaviest cube.")


@pytest.mark.parametrize(("statement", "is_named"), [
    ("I was asked to think of test cases for this problem.", False),
    ("They asked me to implement the map first.", False),
    ("They gave me a map and asked me to implement the map.", True),
    ("The problem was to count islands.", True),
    ("I had a coding problem about intervals on paper.", True),
    ("The call was within two weeks of that email.", False),
])  # fmt: skip
def test_a_problem_is_told_of_where_it_is_named(statement: str, is_named: bool) -> None:
    assert names_its_problem(statement) is is_named


def under_a_label(sentence: str) -> Told:
    label = "Round 2 (Technical)"
    return Told(sentence, works=True, heading=label, round_label=label, is_written_up=True)


@pytest.mark.parametrize(("kind", "sentence"), [
    ("rounds", "Q.2 Sort m lists, each of size n."),
    ("rounds", "Q.1 A heap problem."),
    ("rounds", "I had to join every rope into one of length L1 + L2."),
    ("rounds", "The question was: Given a text of one-byte and two-byte letters."),
    ("rounds", "Nobody asked me about Kotlin at all, the posting exaggerates."),
    ("topics", "Nobody asked me about Kotlin at all, the posting exaggerates."),
    ("questions", "Nobody asked me about Kotlin at all."),
    ("rounds", "The interviewer gave a hint to use a doubly linked list."),
    ("rounds", "There were 2 more questions."),
    ("rounds", "Problem 1: Implemented filtering and sorting successfully."),
    ("rounds", "Asked me my interests, I said data structures."),
    ("timeline", "Few weeks back I attended an interview for a senior role."),
    ("timeline", "The interview was scheduled a week before."),
    ("timeline", "Three days after applying, I called the store and asked for a manager."),
    ("tips", "1. Design a shuffle button and make sure that no song repeats."),
    ("rounds", "The interviewer introduced herself and asked me to introduce myself."),
    ("rounds", "18 people were shortlisted for the third round and I was one among them."),
    ("culture", "The interviewer spoke about the culture and the values at the company."),
    ("tips", "Read the next section for the questions."),
    ("compensation", "They pay for all meals, an allowance of $70 a day."),
])  # fmt: skip
def test_what_tells_nothing_of_its_kind(kind: Kind, sentence: str) -> None:
    assert not reports_of(kind, under_a_label(sentence))


@pytest.mark.parametrize(("kind", "sentence"), [
    ("rounds", "25 multiple-choice questions and two coding questions."),
    ("rounds", "The interviewer asked me to come up with an architecture for a parking app."),
    ("rounds", "Asked about my current job and how we test."),
    ("culture", "The interviewer was friendly and spoke about the culture at the company."),
    ("tips", "Read up on joins for the second round."),
    ("compensation", "They offered $70 an hour."),
])  # fmt: skip
def test_what_tells_something_of_its_kind(kind: Kind, sentence: str) -> None:
    assert reports_of(kind, under_a_label(sentence))


@pytest.mark.parametrize("sentence", [
    "There were 20 MCQs on aptitude and technical questions.",
    "We were given a question paper with three tasks and an hour for it.",
    "I had several technical interviews, lunch, and some more interviews.",
    "I had a phone call with HR, followed by a technical call of half an hour.",
    "The talk was a mix of behavioral and technical questions.",
    "The manager took me on a store walk and asked what I would change.",
    "Each interview was a pretty standard technical interview of 50 minutes.",
])  # fmt: skip
def test_what_is_no_screen_is_filed_under_none(sentence: str) -> None:
    assert not names_round("technical_screen", sentence)
    assert not names_round("recruiter_screen", sentence)
    assert not names_round("take_home", sentence)


def test_a_round_is_filed_by_what_its_sentence_says_of_it() -> None:
    assert names_round("recruiter_screen", "Had a 30 minute phone interview with one of the recruiters.")
    assert not names_round("technical_screen", "Had a 30 minute phone interview with one of the recruiters.")
    assert not names_round("coding", "Asked behavioral questions for ten minutes and gave a coding challenge.")
    assert not names_round("behavioural", "The talks were all technical with a small behavioral part.")
    assert names_round("behavioural", "It was mostly behavioral, with one technical question.")
    assert not names_round("onsite", "The fourth and final round was telephonic.")
    assert not names_round("online_assessment", "At nine we were called into the assessment room.")
    assert not names_round("presentation", "A deck of cards was on the table.")


def test_a_label_of_two_kinds_files_under_neither() -> None:
    assert not names_round("recruiter_screen", "Asked about sorting.", "1st technical cum HR interview")
    assert only_round_named("Asked about sorting.", "Round 2: Technical interview") == "technical_screen"


def held(body: str, **said: object) -> Insights:
    report = Report.of(f"Larkmoor interview, backend engineer\n{body}", "Larkmoor")
    return with_holding_sources(Insights.model_validate(said), {"a": report})


def test_a_puzzle_comes_with_what_it_asks() -> None:
    body = (
        "I interviewed with them in May. They asked me the following questions.\n"
        "1. Given a cube built of small cubes. You take away all that can be seen. How many small cubes are left?"
    )
    question = Question(text="Given a cube built of small cubes.", sources=("a",))
    assert [one.text for one in held(body, questions=(question,)).questions] == [
        "Given a cube built of small cubes. You take away all that can be seen. How many small cubes are left?"
    ]


def test_a_question_that_did_not_come_up_or_goes_on_from_another_is_none() -> None:
    asked = "Why do you want to work at Larkmoor?"
    denied = f'I interviewed with them in May. Surprisingly I did not even get the "{asked}" question.'
    assert not held(denied, questions=(Question(text=asked, sources=("a",)),)).questions
    listed = f"I interviewed with them in May. They asked me:\n- {asked}\n- Follow-up: What would you change in the store?"
    follow = Question(text="What would you change in the store?", sources=("a",))
    assert [one.text for one in held(listed, questions=(Question(text=asked, sources=("a",)), follow)).questions] == [asked]


def test_a_time_is_told_from_what_it_counts() -> None:
    claim = Claim(text="About a week later, a recruiter emailed me an invitation to the on-site.", sources=("a",))
    counted = f"I did a phone screen in May. {claim.text}"
    assert [one.text for one in held(counted, timeline=(claim,)).timeline] == [counted]
    assert not held(f"Larkmoor makes lamps.\n{claim.text}", timeline=(claim,)).timeline


def test_a_line_that_was_broken_at_a_column_is_read_as_one() -> None:
    post = ForumPost(
        id="a", title="Larkmoor interview", body="Given a string, find the longest substring which contains just two unique\ncharacters.\n- A list\n- stays one",
        url="https://board.test/a", place="board", score=1, created=1, comment_count=0,
    )  # fmt: skip
    read = to_post("export", post, "Larkmoor", 1.0)
    assert (
        read.body
        == "Given a string, find the longest substring which contains just two unique characters.\n- A list\n- stays one"
    )
