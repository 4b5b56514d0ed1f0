"""What a reader sees of a report is understood by itself, or is left out."""

from __future__ import annotations

import pytest

from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.guide.reported_statement_check import with_holding_sources
from functions.interview_prep.reports.alone.read_alone import reads_alone
from functions.interview_prep.reports.report_frames import Kind
from functions.interview_prep.stage_messages import Claim, Insights, Question, Round, RoundKind


@pytest.mark.parametrize("told", [
    "The phone screen took 45 minutes and had two questions on SQL.",
    "Two coding questions, one easy and one medium.",
    "I was asked about the hardest outage that I have solved.",
    "This round was held on HackerRank and took an hour.",
    "There were four rounds: recruiter, coding, design and the store manager.",
    "Interviewers asked what I would do when the till is short.",
    "Every interview had two interviewers.",
    "Discussed motivation, past projects and challenges.",
])  # fmt: skip
def test_a_round_that_says_what_it_was_is_told(told: str) -> None:
    assert reads_alone("rounds", told)


@pytest.mark.parametrize("told", [
    "The panel lasted 30 minutes and I lost half of it to a broken camera.",
    "The interviewer asked me for a queue, and I was able to solve it.",
    "Unfortunately the call about pricing was cut short.",
    "The easy one was a variation of merging intervals, but the one I got had more limits.",
    "The next 20 minutes were spent on two puzzles.",
    "Next two rounds were held as part of the trial day.",
    "The second coding round was held a week later with two engineers.",
    "Involved heaps and topological sorting.",
    "Received the mail on 4 March for the coding round.",
    "Rearrange Names (LC 1234) and its complexity.",
    "Problem 2: shifts of nurses with as few gaps as possible.",
    "The interviewer asked me to directly code.",
    "Asked about corner cases.",
    "Longest Street (asked to make the code ready for many threads).",
    "The shop puzzle, two questions - attempted with a heap.",
    "It had two questions, asked in the below sequence.",
    "I had to handle many shops in the first problem.",
    "They wanted the code, and the TC was discussed for ten minutes.",
    "The questions were not about such problems but on the same topics as before.",
    "The interviewer asked two questionsThen he wanted to see tests.",
    "Two engineers asked about caching Then they asked about queues.",
    "The panel asked about (among others queues and caches.",
    "The panel had four people and asked about the",
    "I vaguely remember that one question was about bakers' lists.",
    "The quiz was on ovens, or on mills, I am not sure.",
    "I got the oven problem mentioned by other candidates.",
    "In the later half I was asked about ovens.",
    "The other two talks were with cooks.",
    "The cook asked me again about ovens.",
    "Started with the cook's question as in the previous round.",
    "Since the cook was ill, the owner asked about ovens.",
    "I had fun in the trial on ovens.",
    "Just finished the quiz on ovens.",
    "A mail on 4 March came, inviting me to two talks about ovens.",
    "The recruiter explained that the first round was a quiz on ovens.",
    "Two puzzles about ovens, solved both.",
    "Questions about ovens, I didn't find them hard.",
    "I got a reply from HR, who asked me for a time that suits.",
    "Phone talk: Followed by a quiz on ovens.",
    "The interview is a series of talks between a candidate and the mill.",
])  # fmt: skip
def test_a_round_that_needs_what_stood_before_is_left_out(told: str) -> None:
    assert not reads_alone("rounds", told)


def test_a_sentence_goes_on_from_the_one_before_it() -> None:
    assert not reads_alone("rounds", "Both were of medium difficulty and on graphs.")
    assert reads_alone("rounds", "Both were of medium difficulty and on graphs.", is_led=True)


@pytest.mark.parametrize(("told", "of_round", "kept"), [
    ("The interviewer wanted to know the complexity of two searches.", "online_assessment", False),
    ("The interviewer wanted to know the complexity of two searches.", "coding", True),
    ("There was a survey on how one works, and two short tests.", "system_design", False),
    ("There was a survey on how one works, and two short tests.", "online_assessment", True),
])  # fmt: skip
def test_words_that_speak_against_their_round_are_left_out(told: str, of_round: RoundKind, kept: bool) -> None:
    assert reads_alone("rounds", told, of_round) is kept


@pytest.mark.parametrize("asked", [
    "How would you store the opening hours of many shops?",
    "Given a list of shifts, find the longest gap.",
    "Why Larkmoor?",
    "Tell me something that is not in your CV.",
    "Suppose I gave you two jugs of 3 and 5 litres, how would you measure 4?",
    "You have nine coins, one of them heavier. How do you find it with two weighings?",
    "Tell us about your background.",
])  # fmt: skip
def test_a_question_that_can_be_put_is_told(asked: str) -> None:
    assert reads_alone("questions", asked)


@pytest.mark.parametrize("asked", [
    "How would I scale a queue and then we moved on to caches?",
    "Tell us about your CV then 40 min for three exercises.",
    "Explain my last project to a customer.",
    "Write the right SQL queries along the way.",
    "Round 2: sorting of names.",
    "Write a program that changes a text by certain rules.",
    "Given a hotel and its guests, find the number of rooms. (different version of the platform puzzle)",
    "Given a queue of orders, print the next one as in the given example.",
    "Implement word completion for a shopThen print all words.",
    "Java related questions, and a discussion.",
    "Is 5 there?",
    "Extend your design to a harder scenario, or solve a tree problem.",
    "Explain the bottom-up (tabular) approach",
    'Walk me through "your last project.',
])  # fmt: skip
def test_half_a_narration_and_half_a_task_are_no_question(asked: str) -> None:
    assert not reads_alone("questions", asked)


@pytest.mark.parametrize(("kind", "told", "kept"), [
    ("timeline", "The offer came a week after the final interview.", True),
    ("timeline", "Ended up failing and had the answer in 3 days.", False),
    ("tips", "Start with the easier question.", True),
    ("tips", "Practise questions like those.", False),
    ("tips", "State three kinds of flour.", False),
    ("tips", "Test management tools for mills and ovens.", False),
    ("tips", "Practise with a friend, guys.", False),
    ("tips", "Practise kneading for this round.", False),
    ("questions", "Explain an oven to them that you know well.", False),
    ("questions", "Explain to a customer why you cannot give them a refund.", True),
    ("questions", "How would you plan what the interviewer bakes?", False),
    ("questions", "Solve two puzzle-style questions.", False),
    ("questions", "Code while explaining each line.", False),
    ("questions", "Related to ovens, explain heat.", False),
    ("questions", "Tell us about your mill and basic baking.", False),
    ("questions", "How to communicate?", False),
    ("culture", "All three interviewers were friendly.", True),
    ("topics", "it", True),
    ("rounds", "Das Gespräch dauerte eine Stunde, und danach", True),
    ("questions", "你为什么想来我们公司", True),
])  # fmt: skip
def test_other_kinds_and_other_languages(kind: Kind, told: str, kept: bool) -> None:
    assert reads_alone(kind, told) is kept


def test_what_a_guide_is_made_of_has_passed() -> None:
    """Merged statements are kept as they are, but for those that nobody would understand."""
    post = Report.of("Larkmoor\nI interviewed at Larkmoor. The coding round had two questions on graphs.", "Larkmoor")
    round_ = "The coding round had two questions on graphs. Unfortunately I failed the coding round on graphs."
    said = Insights(
        rounds=(Round(kind="coding", detail=round_, sources=("a",)),),
        questions=(Question(text="And what is the complexity of that", sources=("a",)),),
        tips=(Claim(text="Read about those", sources=("a",)),),
    )
    kept = with_holding_sources(said, {"a": post}, drop=False)
    assert [one.detail for one in kept.rounds] == ["The coding round had two questions on graphs."]
    assert (kept.questions, kept.tips) == ((), ())
