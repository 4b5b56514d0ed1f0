"""What a statement is shown as: whole, in its place, with what it cannot be read without; or not at all."""

from __future__ import annotations

import pytest

from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.guide.passages import as_shown
from functions.interview_prep.guide.reported_statement_check import with_holding_sources
from functions.interview_prep.job_kinds.kinds_of_posts import kind_of_post
from functions.interview_prep.reports.alone.whole_questions import can_be_put
from functions.interview_prep.reports.other_languages import is_foreign
from functions.interview_prep.reports.report_frames import Told, reports_of
from functions.interview_prep.reports.round_words import only_round_named
from functions.interview_prep.stage_messages import Claim, Insights, Question, QuestionKind, Round, RoundKind
from tests.support.hostile.processor_time import takes_at_most

REF = "forum:1"


def kept(statements: Insights, text: str, title: str = "Larkmoor interview experience") -> Insights:
    return with_holding_sources(statements, {REF: Report.of(f"{title}\n{text}", "Larkmoor")})


def round_of(detail: str, text: str, kind: RoundKind = "other") -> tuple[RoundKind, str] | None:
    found = kept(Insights(rounds=(Round(kind=kind, detail=detail, sources=(REF,)),)), text).rounds
    return (found[0].kind, found[0].detail) if found else None


def question_of(asked: str, text: str) -> str | None:
    found = kept(Insights(questions=(Question(text=asked, sources=(REF,)),)), text).questions
    return found[0].text if found else None


def time_of(said: str, text: str) -> str | None:
    found = kept(Insights(timeline=(Claim(text=said, sources=(REF,)),)), text).timeline
    return found[0].text if found else None


@pytest.mark.parametrize("question", [
    "Why do you want to leave your current team?",
    "Given an array of prices, how would you sort this array in one pass?",
    "Tell me about a time you failed and had to start over.",
    "What is this company known for?",
    "Design a parking garage for bicycles.",
    "Write a function that merges two sorted lists.",
    "What is a linked list?",
])  # fmt: skip
def test_a_question_that_stands_alone_can_be_put(question: str) -> None:
    assert can_be_put(question)


@pytest.mark.parametrize("question", [
    "Which of these would you let a machine decide?",
    "Code one of the features with a twist.",
    "Write pseudo code for tackling this problem in small steps.",
    "Write the code on paper.",
    "Solve puzzles and riddles.",
    "How is it useful?",
    "What will happen?",
    "Can you give me some examples?",
    "Which tools did you use?",
    "And debug macros?",
    "Implement the missing functionalities.",
    "How are you doing today?",
    "Do you have any questions for us?",
    "Are you still interested in a planner position with us?",
    "Describe how you would test a lift and was caught off guard.",
    "Explain the build, you wasn't really sure.",
    "Tell me about yourself and asked about projects.",
    "Design a lift, they might ask you to draw it.",
    "Current skills?",
])  # fmt: skip
def test_what_points_back_is_small_talk_or_no_question_is_not_put(question: str) -> None:
    assert not can_be_put(question)


def test_a_question_keeps_its_situation() -> None:
    text = "I interviewed there and was asked two questions.\nInterview questions: You have nine coins, one of them heavier. You may weigh twice, how do you find it?"
    whole = "You have nine coins, one of them heavier. You may weigh twice, how do you find it?"
    assert question_of("You may weigh twice, how do you find it?", text) == whole
    assert question_of("You have nine coins, one of them heavier.", text) is None


def test_a_situation_without_its_question_is_none() -> None:
    text = "I interviewed there and was asked a riddle.\nInterview questions: Imagine a game with a row of numbers."
    assert question_of("Imagine a game with a row of numbers.", text) is None


LIST = "I interviewed there last spring.\n\nRound 2 – Technical Interview (Duration: 40 minutes)\nThe interviewer asked me detailed things about my projects, including:\n"


def test_a_lead_to_a_list_is_told_with_its_entries() -> None:
    told = round_of(
        "The interviewer asked me detailed things about my projects, including.",
        f"{LIST}- the queue of the payout service\n- how it was tested\n\nOutcome: cleared",
    )
    assert told == (
        "technical_screen",
        "The interviewer asked me detailed things about my projects, including: the queue of the payout service; how it was tested.",
    )


def test_a_lead_to_questions_is_told_without_what_leads_to_them() -> None:
    told = round_of(
        "The interviewer asked me detailed things about my projects, including.",
        f"{LIST}- “Why did you choose queues?”\n- “Who tested it?”",
    )
    assert told == ("technical_screen", "The interviewer asked me detailed things about my projects.")


def test_a_lead_to_nothing_is_not_told() -> None:
    assert (
        round_of(
            "Some of the questions I was asked about SQL were.",
            "I interviewed there.\nSome of the questions I was asked about SQL were:\n",
        )
        is None
    )


def test_this_round_is_told_under_its_label_alone() -> None:
    text = "I interviewed there.\n\nRound 2 – Managerial Round\n\nThis round lasted 40 minutes with two managers."
    assert round_of("This round lasted 40 minutes with two managers.", text) == (
        "hiring_manager",
        "This round lasted 40 minutes with two managers.",
    )
    assert (
        round_of("This round lasted 40 minutes with two managers.", text.replace("Round 2 – Managerial Round", "Later")) is None
    )


def test_another_heading_ends_a_round() -> None:
    text = "I interviewed there and was asked a lot.\nRound 1 – Online Assessment\nThe test had two problems on arrays.\nEngineering Practices - 1:\nThe interviewer asked about two patterns and my tests."
    assert round_of("The interviewer asked about two patterns and my tests.", text) == (
        "other",
        "The interviewer asked about two patterns and my tests.",
    )


@pytest.mark.parametrize("sentence", [
    "Questions were tricky though but it went well.",
    "They asked me some basics and then went deeper.",
    "Round three was tricky but quick.",
    "The recruiter gave me a one line description of the team.",
    "Feedback came as a phone call from the recruiter after two days.",
    "Finally, there was a phone call to discuss compensation with two people.",
    "The technical round with two engineers was scheduled two days later.",
    "I wrote the complete code in ten minutes and explained it well.",
    "During a long process, candidates face 2 technical rounds and a manager.",
    "Technical assessment: after the call, you may be asked to write three tests.",
    "I had my interview with two people at three but was exhausted and did quite bad.",
    "Successful candidates proceed to a technical interview with two engineers.",
    "Next steps (not reached): The process normally continues with two more interviews.",
])  # fmt: skip
def test_what_tells_nothing_of_a_round_is_none(sentence: str) -> None:
    assert round_of(sentence, f"I interviewed there last spring. {sentence} They asked me about caches.") is None


@pytest.mark.parametrize("sentence", [
    "The phone screen was 45 minutes with two medium problems.",
    "They asked about my projects and about SQL.",
    "I had two interviews with the team's manager.",
])  # fmt: skip
def test_what_tells_of_a_round_stays(sentence: str) -> None:
    assert round_of(sentence, f"I interviewed there last spring. {sentence}") is not None


@pytest.mark.parametrize(("label", "of_round", "of_kind", "filed"), [
    ("Round 2: Coding round", "coding", "coding", "coding"),
    ("Round 2: Coding round", "coding", "company", "other"),
    ("Round 1: HR interview", "technical_screen", "behavioural", "recruiter_screen"),
    ("Morning", "online_assessment", "role", "other"),
])  # fmt: skip
def test_a_question_stands_under_the_round_that_its_label_names(
    label: str, of_round: RoundKind, of_kind: QuestionKind, filed: RoundKind
) -> None:
    text = f"I interviewed at Larkmoor.\n{label}\nThey asked: “How do you sort two lists of loaves?”"
    asked = Question(text="How do you sort two lists of loaves?", kind=of_kind, round=of_round, sources=(REF,))
    assert [one.round for one in kept(Insights(questions=(asked,)), text).questions] == [filed]


@pytest.mark.parametrize(("sentence", "told"), [
    ("They asked about my projects.", True),
    ("I got questions on my past and current projects.", True),
    ("They asked about ovens when they saw a mill that was mentioned in my projects.", False),
    ("The purpose is to ask about your projects.", False),
])  # fmt: skip
def test_a_question_about_ones_own_things_was_asked(sentence: str, told: bool) -> None:
    text = f"I interviewed at Larkmoor and was asked questions. {sentence}"
    assert (question_of("Tell us about your projects.", text) is not None) is told


def test_what_was_said_of_one_post_after_the_other_is_shown_without_a_sites_words() -> None:
    text = "I interviewed at Larkmoor (Springfield) first there was a quiz on ovens with 12 questions. There were two cooks and they asked about rye."
    told = round_of(
        "I interviewed at Larkmoor (Springfield) first there was a quiz on ovens with 12 questions. There were two cooks and they asked about rye.",
        text,
    )
    assert told is not None
    assert told[1].startswith("First there was a quiz on ovens")


def test_what_stands_under_a_label_of_questions_is_no_round() -> None:
    text = "I interviewed there and was asked about Java.\nInterview questions: About two collectors and how one is used in a project."
    assert round_of("Interview questions: About two collectors and how one is used in a project.", text) is None
    told = "I interviewed there.\nInterview questions: They asked me two questions about Java collectors."
    assert round_of("Interview questions: They asked me two questions about Java collectors.", told) == (
        "other",
        "They asked me two questions about Java collectors.",
    )


@pytest.mark.parametrize(("text", "shown"), [
    ("Interview questions: they asked about SQL.", "They asked about SQL."),
    ("🧮 Round 0 – Online test (90 minutes)", "Round 0 – Online test (90 minutes)"),
    ("Q: Your background?", "Your background?"),
    ("Q2) Why us?", "Why us?"),
    ("Quick questions about SQL.", "Quick questions about SQL."),
    ("5.HR round", "HR round"),
    ("$120k base was offered.", "$120k base was offered."),
])  # fmt: skip
def test_labels_and_ornaments_are_not_shown(text: str, shown: str) -> None:
    assert as_shown(text) == shown


def test_a_time_says_from_what_it_counts() -> None:
    text = "I interviewed there. I applied through their site. Two weeks later the recruiter called with an answer."
    assert time_of("Two weeks later the recruiter called with an answer.", text) == (
        "I applied through their site. Two weeks later the recruiter called with an answer."
    )
    assert time_of("Got a rejection a few days later.", "I interviewed there.\nGot a rejection a few days later.") is None
    assert (
        time_of("Heard back three days after the panel.", "I interviewed there. Heard back three days after the panel.")
        is not None
    )


def test_other_languages_among_english_are_known() -> None:
    assert is_foreign("Quelle est votre expérience ?")
    assert is_foreign("Warum Larkmoor?")
    assert is_foreign("Não cheguei nessa etapa do processo seletivo.")
    assert not is_foreign("Why Larkmoor?")
    assert not is_foreign("Implement LRU cache using a hash map")


def test_a_report_names_whose_interview_it_was() -> None:
    assert kind_of_post("Larkmoor Product Design Associate Interview", "") == "design"
    assert kind_of_post("Larkmoor Customer Service Associate Interview", "") == "service"
    assert kind_of_post("Larkmoor Systems Engineer Interview", "") in {"", "software"}


def test_a_recruiter_of_an_agency_is_no_other_employer() -> None:
    text = "I was contacted by a recruiter from Quillbridge about the role. The online test had two problems on graphs. I passed it and was asked back."
    assert round_of("The online test had two problems on graphs.", text) is not None


def test_praise_without_people_and_what_is_held_against_others_are_no_culture() -> None:
    assert not reports_of("culture", Told("The process was smooth and friendly."))
    assert not reports_of("culture", Told("The second interviewer was much more friendly."))
    assert reports_of("culture", Told("The interviewers were friendly and left time for my questions."))


def test_what_an_interviewer_asks_to_explain_is_no_advice() -> None:
    assert not reports_of("tips", Told("Explain the concept of inheritance in Java."))
    assert not reports_of("tips", Told("Test assessment was needed and it was similar to an aptitude test."))
    assert reports_of("tips", Told("Explain your approach before you write code."))


def test_long_texts_are_read_in_no_time() -> None:
    hostile = "the following " * 400 + "problem, then a round and a test, " * 300
    assert takes_at_most(2, lambda: can_be_put(hostile))
    assert takes_at_most(2, lambda: only_round_named(hostile, hostile, surely=True))
    assert takes_at_most(2, lambda: as_shown("Questions " * 5000))
    assert takes_at_most(2, lambda: is_foreign("é " * 20_000))
