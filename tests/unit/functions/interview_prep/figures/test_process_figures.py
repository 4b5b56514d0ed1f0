"""The process in figures: only what posts say of this employer, each with the posts that say it."""

from __future__ import annotations

import pytest

from functions.interview_prep.figures.duration_parsing import days_in, minutes_in
from functions.interview_prep.figures.process_outcomes import outcomes, pay_by_level, process_length
from functions.interview_prep.figures.process_statistics import process_figures, renamed, sources_of
from functions.interview_prep.figures.round_statistics import round_figures
from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.process_figure_messages import ProcessFigures
from functions.interview_prep.stage_messages import Claim, Insights, Question, Round


def report(text: str) -> Report:
    return Report.of(text, "Fernhill")


def rounds_of(kind: str, *told: tuple[str, str], difficulty: str = "unknown", **more: object) -> ProcessFigures:
    """The figures of posts that each tell one round, by ref."""
    raw = [
        Round.model_validate({"kind": kind, "detail": detail, "difficulty": difficulty, "sources": [ref]}) for ref, detail in told
    ]
    reports = {ref: report(f"My Fernhill interview\n{detail}") for ref, detail in told}
    found = Insights.model_validate({"rounds": raw, **more})
    return ProcessFigures(rounds=round_figures(found, raw, reports))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("A 45-minute call with two engineers.", (45, 45)),
        ("It took 60 to 90 min.", (60, 90)),
        ("Half an hour with HR.", (30, 30)),
        ("An hour and a half at the whiteboard.", (90, 90)),
        ("A two hour panel.", (120, 120)),
        ("Three-hour loop.", (180, 180)),
        ("The interviewer was 20 minutes late.", None),
        ("The consumer lags by 20 minutes.", None),
        ("I finished with the last 10 minutes to spare.", None),
        ("I heard back 3 hours later.", None),
        ("In minute three they asked.", None),
        ("It was friendly.", None),
    ],
)
def test_the_length_of_a_round_is_read_as_people_write_it(text: str, minutes: tuple[int, int] | None) -> None:
    assert minutes_in(text) == minutes


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("about three weeks", (21, 21)),
        ("2-3 weeks", (14, 21)),
        ("a couple of months", (60, 60)),
        ("ten business days", (10, 10)),
        ("soon", None),
    ],
)
def test_the_length_of_a_process_is_read_in_days(text: str, days: tuple[int, int] | None) -> None:
    assert days_in(text) == days


def test_a_rounds_length_is_the_spread_of_its_reports_with_their_number() -> None:
    found = rounds_of(
        "coding", ("R1", "Coding took 45 minutes on a shared editor."), ("R2", "The coding round was an hour of parsing logs.")
    )
    assert found.rounds[0].minutes.value == "45-60 min"
    assert set(found.rounds[0].minutes.sources) == {"R1", "R2"}


def test_what_no_post_says_stays_unknown() -> None:
    found = rounds_of("coding", ("R1", "Coding was about parsing logs."))
    assert (found.rounds[0].minutes.value, found.rounds[0].interviewer.value, found.rounds[0].difficulty.value) == ("", "", "")


def test_a_detail_that_its_post_does_not_say_gives_no_figure() -> None:
    raw = [Round(kind="coding", detail="Coding took 45 minutes in a shared editor.", sources=("R1",))]
    figures = round_figures(Insights(rounds=tuple(raw)), raw, {"R1": report("My Fernhill interview\nThey were kind and quick.")})
    assert figures[0].minutes.value == ""


@pytest.mark.parametrize(
    ("detail", "who"),
    [
        ("The round was with two senior engineers.", "senior engineer"),
        ("A panel of three asked in turns.", "panel of three"),
        ("After the round I was forwarded to the hiring manager.", ""),
        ("Followed by a talk with the director.", ""),
    ],
)
def test_who_sits_opposite_is_named_only_where_they_were_there(detail: str, who: str) -> None:
    assert rounds_of("onsite", ("R1", detail)).rounds[0].interviewer.value == who


@pytest.mark.parametrize(
    ("detail", "level", "said"),
    [
        ("The design round was hard.", "hard", "hard 1"),
        ("Two easy questions on lists.", "easy", "easy 1"),
        ("Some say easy questions will not be asked.", "easy", ""),
        ('They asked for "a hard project that you led".', "hard", ""),
        ("Not hard as an algorithm, but it was hard to do neatly.", "easy", ""),
        ("We spoke about caches.", "hard", ""),
    ],
)
def test_difficulty_counts_where_the_post_calls_the_round_so(detail: str, level: str, said: str) -> None:
    assert rounds_of("coding", ("R1", detail), difficulty=level).rounds[0].difficulty.value == said


def test_subjects_are_the_reported_ones_that_this_rounds_questions_name() -> None:
    question = Question(text="Explain how Kafka keeps order.", round="coding", sources=("R1",))
    topics = (Claim(text="Kafka", sources=("R1",)), Claim(text="Go", sources=("R1",)), Claim(text="SQL", sources=("R2",)))
    found = rounds_of("coding", ("R1", "Coding was about a good log parser."), questions=(question,), topics=topics)
    assert found.rounds[0].subjects.value == "Kafka"


@pytest.mark.parametrize(
    ("text", "offers", "rejections"),
    [
        ("Fernhill offer\nI got the offer last week.", 1, 0),
        ("Rejected by Fernhill\nIt stings.", 0, 1),
        ("My Fernhill loop\nI would be happy if I got the offer.", 0, 0),
        ("My Fernhill loop\nI had an offer from Larchway before.", 0, 0),
        ("My Fernhill loop\nDropbox | Rejected\nI am waiting.", 0, 0),
        ("My Fernhill loop\nI think I passed it.", 0, 0),
        ("My Fernhill loop\nI was rejected, then they called and I got the offer.", 0, 0),
        ("My Fernhill loop\nAfter four rounds I was finally selected.", 1, 0),
        ("My Fernhill loop\nI was selected for the second round.", 0, 0),
        ("My Fernhill loop\nOf eleven mock talks I passed 8.", 0, 0),
        ("My Fernhill loop\nI haven't received an offer yet.", 0, 0),
        ("My Fernhill loop\nI didn't get any puzzles.", 0, 0),
        ("My Fernhill loop\nI didn't get to take the test yet.", 0, 0),
        ("My Fernhill loop\nMy solution didn't pass an edge case.", 0, 0),
        ("My Fernhill loop\nSadly I didn't get the job.", 0, 1),
    ],
)
def test_an_outcome_counts_where_the_author_says_it_of_this_employer(text: str, offers: int, rejections: int) -> None:
    found = outcomes({"R1": report(text)})
    assert (len(found.offers), len(found.rejections)) == (offers, rejections)


def test_a_process_has_the_length_that_posts_give_for_the_whole_of_it() -> None:
    posts = {
        "R1": report("My Fernhill loop\nThe whole process took three weeks."),
        "R2": report("Fernhill, done\nFive weeks from first call to offer."),
        "R3": report("Fernhill\nThey answered two days after the onsite."),
        "R4": report("Fernhill\nThe process has already been two months."),
    }
    found = process_length(posts)
    assert (found.value, set(found.sources)) == ("21-35 days", {"R1", "R2"})


def test_pay_has_the_level_that_its_own_post_names() -> None:
    posts = {
        "R1": report("Fernhill offer\nSenior, they said. 95k base and a bonus."),
        "R2": report("Fernhill pay\nJunior gets less than senior. They pay 80k base."),
    }
    claims = [Claim(text="95k base and a bonus.", sources=("R1",)), Claim(text="They pay 80k base.", sources=("R2",))]
    assert [one.level for one in pay_by_level(claims, posts)] == ["Senior", ""]


def test_figures_keep_the_sources_that_have_a_name_in_the_guide() -> None:
    posts = {"reddit:a": report("Rejected by Fernhill\nThe whole process took three weeks.")}
    found = process_figures(Insights(), [], posts, posts)
    assert set(sources_of(found)) == {"reddit:a"}
    assert set(sources_of(renamed(found, {"reddit:a": "R7"}))) == {"R7"}
    assert list(sources_of(renamed(found, {}))) == []
