"""What the employer calls the steps of its process."""

from __future__ import annotations

import pytest

from functions.interview_prep.figures.round_titles import round_titles, title_of_other
from functions.interview_prep.figures.stated_names import name_in, stated_names
from functions.interview_prep.figures.stated_steps import stated_steps
from functions.interview_prep.process_figure_messages import ProcessFigures, StatedStep
from functions.interview_prep.stage_messages import Insights, Outline, Round


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Applicants will be invited to a dosage calculation test of 25 minutes.", "Dosage calculation test"),
        ("A panel interview of about 40 minutes with the ward manager.", "Panel interview"),
        ("Teach a 20-minute lesson to a Year 9 class.", "Lesson"),
        ("Take part in a parents' panel.", "Parents' panel"),
        ("A short tasting exercise.", "Tasting exercise"),
        ("Presentation of a crop plan to the owner.", "Presentation"),
        ("A call with our recruiter.", ""),
        ("A talk.", ""),
    ],
)
def test_a_step_is_called_by_the_words_around_its_noun(said: str, name: str) -> None:
    assert name_in(said) == name


def test_engineers_usual_rounds_keep_their_names_and_what_has_none_gets_one() -> None:
    stated = [
        StatedStep(kind="recruiter_screen", text="Intro call (30 minutes)."),
        StatedStep(kind="other", text="Query exercise live (60 minutes)."),
    ]
    assert stated_names(stated, technical=True) == {"other": "Query exercise"}
    assert stated_names(stated, technical=False) == {"recruiter_screen": "Intro call", "other": "Query exercise"}


def outline(*stated: StatedStep, told: tuple[Round, ...] = ()) -> Outline:
    return Outline(sections=(), figures=ProcessFigures(stated=stated), insights=Insights(rounds=told))


def test_what_candidates_tell_of_no_round_takes_no_steps_name() -> None:
    step = StatedStep(kind="other", text="A grafting exercise.")
    told = (Round(kind="other", detail="They were kind.", sources=("R1",)),)
    assert round_titles(outline(step), "Gardener", "Brae")["other"] == "Grafting exercise"
    assert "other" not in round_titles(outline(step, told=told), "Gardener", "Brae")
    assert title_of_other(outline(StatedStep(kind="other", text="最后一轮面谈（一小时）。"))) == {"other": "最后一轮面谈"}


def test_people_of_one_talk_stay_together_and_two_steps_do_not() -> None:
    text = "Selection\n- Candidates join a student panel and have a formal interview with the Principal and the Head of Art."
    told = "Our process: candidates join a student panel and have a formal interview with the Principal and the Head of Art."
    steps = stated_steps(told)
    assert [step.kind for step in steps] == ["onsite", "hiring_manager"]
    assert steps[1].text == "A formal interview with the Principal and the Head of Art."
    assert len(stated_steps(text)) == 1, "a list's line is one step"


def test_who_and_how_long_alone_is_a_step_among_others() -> None:
    steps = stated_steps("Process: recruiter call (20 min), hiring manager (45 min), tasting with two cooks, references.")
    assert [(step.kind, step.minutes) for step in steps] == [("recruiter_screen", "20 min"), ("hiring_manager", "45 min")]


def test_a_first_interview_with_those_who_decide_is_no_recruiters() -> None:
    (step,) = stated_steps("Interviews will be held in two stages: a first interview with two partners.")
    assert (step.kind, step.interviewer) == ("hiring_manager", "partner")


def test_german_steps_with_compound_names_are_taken_apart() -> None:
    steps = stated_steps("So geht es weiter: Telefoninterview (15 Minuten), Gespräch mit dem Leiter Gartenbau vor Ort.")
    assert [step.kind for step in steps] == ["recruiter_screen", "hiring_manager"]


@pytest.mark.parametrize(
    ("announced", "name"),
    [
        ("An interview with the plant manager and two supervisors.", "Interview with the plant manager"),
        ("An interview with the headteacher.", "Interview with the headteacher"),
        ("An interview with our hiring manager.", None),
    ],
)
def test_a_talk_is_called_by_who_sits_opposite(announced: str, name: str | None) -> None:
    steps = stated_steps(f"Our process: a short call, {announced[0].lower()}{announced[1:]}")
    assert round_titles(outline(*steps), "Nurse", "Brae").get("hiring_manager") == name


def test_a_step_without_a_rounds_noun_is_called_by_its_own_words() -> None:
    step = StatedStep(kind="other", text="Meet our orchard council.")
    assert round_titles(outline(step), "Gardener", "Brae")["other"] == "Meet our orchard council"
