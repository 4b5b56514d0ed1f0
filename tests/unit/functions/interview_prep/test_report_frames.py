"""What a post's sentence reports, and what its writer only asks, plans, advises, guesses or lived elsewhere."""

from __future__ import annotations

import pytest

from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.guide.question_validation import is_whole_question
from functions.interview_prep.guide.reported_statement_check import with_holding_sources
from functions.interview_prep.reports.report_frames import Kind, reports_of
from functions.interview_prep.stage_messages import Claim, Insights, Question, Round
from tests.support.processor_time import takes_at_most

TOLD: tuple[tuple[Kind, str], ...] = (
    ("rounds", "The phone screen was 45 minutes with two medium problems."),
    ("rounds", "I was asked to debug a small parser in front of two engineers."),
    ("rounds", "The recruiter said I can expect one coding exercise and a talk about past projects."),
    ("rounds", "Panel of four, each with a different topic."),
    ("questions", "They asked me how I would shard the orders table."),
    ("questions", 'The interviewer opened with "What would you change about our app?"'),
    ("timeline", "Heard back three days after the panel."),
    ("culture", "The interviewers were relaxed and had read my application."),
    ("red_flags", "The recruiter went quiet after promising an answer by Friday."),
    ("red_flags", "I got ghosted after the final round."),
    ("tips", "Brush up on joins before the SQL round."),
    ("compensation", "They offered 88k base and a small bonus."),
)  # fmt: skip
NOT_TOLD: tuple[tuple[Kind, str], ...] = (
    ("rounds", "Does the second round have system design?"),
    ("rounds", "I would love to know how hard the coding round is."),
    ("rounds", "I have a panel interview with four people next week."),
    ("rounds", "You should prepare five stories for the panel."),
    ("rounds", "They will probably give you a case about pricing."),
    ("rounds", "Most companies start with a recruiter call of half an hour."),
    ("rounds", "My current job has no coding round at all."),
    ("rounds", "I still haven't heard anything about the second round."),
    ("rounds", "There was no take-home for this one."),
    ("questions", "Expect questions about caching and queues."),
    ("questions", "How did your interview go in the end?"),
    ("questions", "What are my realistic chances when they go silent?"),
    ("questions", "I usually ask them how the team plans its work."),
    ("questions", "I practised questions about graphs for a month."),
    ("timeline", "Three weeks after I got laid off I started to apply."),
    ("culture", "If the culture is as bad as people write, stay away."),
    ("culture", "My new job is the most supportive place I have worked at."),
    ("red_flags", "I was laid off in March and need something soon."),
    ("red_flags", "I feel so unprepared for this."),
    ("red_flags", "The first onsite that wasn't cancelled was in May."),
    ("red_flags", "Companies ghost candidates all the time these days."),
    ("tips", "Accept the offer and keep interviewing elsewhere."),
    ("compensation", "A local startup offered me 60k at the same time."),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "sentence"), TOLD)
def test_what_happened_is_a_report(kind: Kind, sentence: str) -> None:
    assert reports_of(kind, sentence)


@pytest.mark.parametrize(("kind", "sentence"), NOT_TOLD)
def test_what_is_asked_planned_advised_or_lived_elsewhere_is_none(kind: Kind, sentence: str) -> None:
    assert not reports_of(kind, sentence)


def test_a_list_is_what_its_lead_says_that_it_is() -> None:
    entry = "Explain the difference between a process and a thread."
    assert reports_of("questions", entry, "They asked:\nThey asked:\n")
    assert not reports_of("questions", entry, "So far I have studied:\nSo far I have studied:\n")
    assert not reports_of("rounds", "Whether the coding round is live.", "What I am trying to find out:\n")


def test_a_question_of_the_forum_needs_somebody_who_put_it() -> None:
    asked = "Why would you leave your team?"
    assert reports_of("questions", asked, "\nThey asked me three things: ")
    assert not reports_of("questions", asked, "\nCongratulations on the offer. ")


def test_other_languages_are_not_judged() -> None:
    assert reports_of("rounds", "Das Gespräch dauerte eine Stunde?")


POST = Report.of(
    "Fernhill onsite last week\n"
    "Hi all. The design round was 50 minutes about a booking queue. Does anybody know how long they take to answer?\n"
    "I would like to know:\n- whether the pairing round uses Java\n- how many rounds follow\n"
    'They asked "How would you cache prices?" and little else.',
    "Fernhill",
)  # fmt: skip


def test_the_nearest_sentence_comes_with_what_leads_to_it() -> None:
    sentence, _ = POST.nearest("Design round: 50 minutes, a booking queue.")
    assert sentence == "The design round was 50 minutes about a booking queue."
    listed, before = POST.nearest("The pairing round uses Java.")
    assert "pairing round" in listed
    assert before.startswith("I would like to know:\n")


def test_statements_that_no_post_reports_are_dropped() -> None:
    said = Insights(
        rounds=(
            Round(kind="system_design", detail="The design round was 50 minutes about a booking queue.", sources=("a",)),
            Round(kind="coding", detail="Whether the pairing round uses Java.", sources=("a",)),
        ),
        questions=(
            Question(text="How would you cache prices?", sources=("a",)),
            Question(text="Does anybody know how long they take to answer?", sources=("a",)),
        ),
        topics=(Claim(text="Java", sources=("a",)),),
    )
    kept = with_holding_sources(said, {"a": POST})
    assert [one.kind for one in kept.rounds] == ["system_design"]
    assert [one.text for one in kept.questions] == ["How would you cache prices?"]
    assert kept.topics == ()


@pytest.mark.parametrize(
    ("title", "line", "kept"),
    [
        ("My Fernhill interview", "The panel was two hours with three engineers.", True),
        ("Is the market this bad", "The panel was two hours with three engineers.", False),
        ("Is the market this bad", "The Fernhill panel was two hours with three engineers.", True),
        ("Laid off after five years at Fernhill", "The panel was two hours with three engineers.", False),
        ("Fernhill or Oakham, which offer", "The panel was two hours with three engineers.", False),
        ("My Fernhill interview", "I interviewed at Oakham and the panel was two hours.", False),
    ],
)
def test_a_post_about_something_else_has_to_name_the_employer(title: str, line: str, kept: bool) -> None:
    filler = "Nothing to add on my side, the weather was fine and the train was full. " * 5
    post = Report.of(f"{title}\n{filler}{line}", "Fernhill")
    said = Insights(rounds=(Round(kind="onsite", detail=line, sources=("a",)),))
    assert bool(with_holding_sources(said, {"a": post}).rounds) is kept


@pytest.mark.parametrize(
    ("body", "own"),
    [
        ("They offered 91k base.", True),
        ("Oakham L4 [91k base].", False),
        ("A small agency wanted me too. They offered 91k base.", False),
    ],
)
def test_pay_is_whose_it_was_said_to_be(body: str, own: bool) -> None:
    post = Report.of(f"Fernhill offer\n{body}", "Fernhill")
    said = Insights(compensation=(Claim(text=body.rsplit("too. ", 1)[-1], sources=("a",)),))
    assert bool(with_holding_sources(said, {"a": post}).compensation) is own


def test_a_scene_without_a_task_is_no_question() -> None:
    assert not is_whole_question("You are a baker with three ovens and one helper.", 160)
    assert is_whole_question("You are a baker with three ovens: plan the morning.", 160)


def test_long_posts_are_read_in_linear_time() -> None:
    def nearest(size: int) -> None:
        Report.of("Fernhill\n" + '- a list entry, "quoted" and so on\n' * size, "Fernhill").nearest("an entry of a list")  # fmt: skip

    nearest(400)
    assert takes_at_most(5.0, lambda: nearest(2_000))
