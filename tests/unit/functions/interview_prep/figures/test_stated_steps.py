"""The steps that an employer announces, read from the posting's words."""

from __future__ import annotations

import pytest

from functions.interview_prep.employer_messages import EmployerPage
from functions.interview_prep.figures.stated_steps import kind_of_step, stated_steps


def told(text: str) -> list[tuple[str, str]]:
    return [(step.kind, step.minutes) for step in stated_steps(text)]


def test_a_list_under_a_heading_is_read_in_its_order() -> None:
    text = (
        "Baker, early shift\n\nWhat you need\n- Two years in a bakery\n\nHow we hire\n- A phone call of 15 minutes with HR\n"
        "- A trial day in the bakery with the head baker\n- A talk with the owner, half an hour\n\nBenefits\n- A call allowance"
    )
    assert told(text) == [("recruiter_screen", "15 min"), ("onsite", ""), ("other", "30 min")]


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        (
            "Our process: a screening call (20 minutes), a technical interview (90 minutes), and a panel with two directors.",
            [("recruiter_screen", "20 min"), ("technical_screen", "90 min"), ("onsite", "")],
        ),
        (
            "Interviews will be held by the ward manager and a matron, and include a numeracy test.",
            [("hiring_manager", ""), ("online_assessment", "")],
        ),
        ("Assessment: a verbal reasoning test, a role-play of 20 minutes and an interview.", [("online_assessment", ""), ("case_study", "20 min"), ("other", "")]),
        ("Selection: a written exercise (45 minutes) and reference checks.", [("take_home", "45 min")]),
        ("Shortlisted candidates will teach a lesson of 40 minutes.", [("presentation", "40 min")]),
        ("You will run interviews with users and test ideas each week.", []),
        ("Apply by phone or online; we answer every call.", []),
    ],
)  # fmt: skip
def test_steps_told_in_one_sentence_are_taken_apart(line: str, steps: list[tuple[str, str]]) -> None:
    assert told(f"Posting\n\n{line}") == steps


def test_an_own_page_fills_in_what_the_posting_does_not_announce_and_is_named() -> None:
    page = EmployerPage(
        kind="hiring", url="https://own.test", title="Hiring", ref="C1", text="Our process\n- A call with a recruiter\n- A case study of 60 minutes"
    )  # fmt: skip
    steps = stated_steps("Hiring process\n- A call with our recruiter, 20 minutes", (page,))
    assert [(step.kind, step.minutes, step.source) for step in steps] == [
        ("recruiter_screen", "20 min", ""),
        ("case_study", "60 min", "C1"),
    ]


def test_who_sits_opposite_is_read_too() -> None:
    (step,) = stated_steps("Interview: a talk of 45 minutes with the store manager.")
    assert (step.interviewer, step.minutes) == ("store manager", "45 min")


def test_a_long_text_of_near_misses_is_read_in_time() -> None:
    assert stated_steps("Our process: " + "a call (, and a " * 4000) == stated_steps("Our process: " + "a call (, and a " * 4000)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("How we hire: a short call, then a paid trial shift of four hours.", [("recruiter_screen", ""), ("onsite", "240 min")]),
        (
            "Auswahlverfahren: ein Telefonat, ein Vorstellungsgespräch von 45 Minuten, dann ein Probetag.",
            [("recruiter_screen", ""), ("hiring_manager", "45 min"), ("onsite", "")],
        ),
        (
            "Étapes\n- Un appel de 20 minutes.\n- Un entretien avec la responsable.",
            [("recruiter_screen", "20 min"), ("hiring_manager", "")],
        ),
        ("面试流程：电话初试，笔试，部门经理复试", [("recruiter_screen", ""), ("online_assessment", ""), ("hiring_manager", "")]),
        (
            "- Unser Verfahren: 30 Minuten Telefonat mit der Personalabteilung, eine Aufgabe für zu Hause, ein Fachgespräch von 60 Minuten.",
            [("recruiter_screen", "30 min"), ("take_home", ""), ("technical_screen", "60 min")],
        ),
        (
            "- 面试流程：电话沟通30分钟、笔试90分钟、两轮技术面试、部门经理面谈。",
            [("recruiter_screen", "30 min"), ("online_assessment", "90 min"), ("technical_screen", ""), ("hiring_manager", "")],
        ),
        (
            "خطوات التوظيف: مكالمة هاتفية، اختبار عملي، مقابلة مع مدير التطوير.",
            [("recruiter_screen", ""), ("online_assessment", ""), ("hiring_manager", "")],
        ),
        (
            "مراحل التوظيف: مكالمة هاتفية، اختبار، مقابلة مع المدير المالي",
            [("recruiter_screen", ""), ("online_assessment", ""), ("hiring_manager", "")],
        ),
    ],
)
def test_steps_on_one_line_and_in_other_languages(text: str, kinds: list[tuple[str, str]]) -> None:
    assert [(step.kind, step.minutes) for step in stated_steps(text)] == kinds


@pytest.mark.parametrize(
    ("step", "minutes"),
    [
        ("Final interview: a case with 40 minutes of preparation, a ten minute presentation, and questions from the manager", ""),
        ("A panel: prepare for an hour, then a 20 minute pitch", ""),
        ("An interview of 50 minutes with the manager, with questions on your presentation", "50 min"),
    ],
)
def test_the_minutes_of_a_presentation_are_not_those_of_its_round(step: str, minutes: str) -> None:
    (found,) = stated_steps(f"How we hire\n- {step}\n")
    assert found.minutes == minutes


def test_a_final_interview_of_several_parts_is_one_day_and_no_talk_with_a_manager() -> None:
    assert (
        kind_of_step("Final interview in Leith: a case of 40 minutes, a short presentation, and questions from the Head of Risk")
        == "onsite"
    )
    assert kind_of_step("A final interview with the hiring manager") == "hiring_manager"
    assert kind_of_step("A closing talk with the founder") == "hiring_manager"


def test_what_the_work_is_like_is_no_step_whatever_its_heading() -> None:
    told = "What to expect\nIn this role, you will be working with the growers to test new pears.\nA call with the owner."
    assert [step.text for step in stated_steps(told)] == ["A call with the owner."]


def test_the_day_of_the_interview_opens_its_steps_and_each_is_one() -> None:
    told = "The day: you will teach a 20-minute lesson to Year 5, meet our orchard council, and have an interview with the head teacher."
    steps = stated_steps(told)
    assert [step.kind for step in steps] == ["presentation", "other", "hiring_manager"]
    assert steps[0].text == "You will teach a 20-minute lesson to Year 5."
    panel = stated_steps("Our process: a recruiter call, a product sense interview and an analytics interview.")
    assert [step.kind for step in panel] == ["recruiter_screen", "case_study", "other"]


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        ("First interview by video with two growers: competency questions.", "behavioural"),
        ("First interview with our recruiter about values.", "recruiter_screen"),
        ("A first interview.", "recruiter_screen"),
    ],
)
def test_a_first_talk_is_of_the_kind_that_it_names(step: str, kind: str) -> None:
    assert kind_of_step(step) == kind
