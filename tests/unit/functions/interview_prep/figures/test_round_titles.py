from __future__ import annotations

import pytest

from functions.interview_prep.figures.named_rounds import named_rounds
from functions.interview_prep.figures.round_titles import (
    in_own_trade,
    in_usual_order,
    round_titles,
    with_round_titles,
)
from functions.interview_prep.process_figure_messages import ProcessFigures, StatedStep
from functions.interview_prep.stage_messages import Insights, Item, Outline, Round, RoundKind, Section


def told(kind: RoundKind, detail: str) -> Round:
    return Round(kind=kind, detail=detail, sources=("R1",))


@pytest.mark.parametrize(
    ("title", "kind", "detail", "filed"),
    [
        ("Shift Manager", "technical_screen", "The store manager walked me along the shelves.", "hiring_manager"),
        ("Shift Manager", "other", "The branch manager asked how I would close the till.", "hiring_manager"),
        ("Shift Manager", "other", "I waited while the branch manager was asked for.", "other"),
        ("Shift Manager", "recruiter_screen", "The store manager walked me along the shelves.", "hiring_manager"),
        ("Shift Manager", "recruiter_screen", "Recruiter call, then the manager.", "recruiter_screen"),
        ("Staff Nurse", "coding", "My future supervisor had me explain a drug round.", "hiring_manager"),
        ("Credit Analyst", "technical_screen", "A manager gave me a technical exercise in Excel.", "technical_screen"),
        ("Software Engineer", "technical_screen", "The engineering manager walked me through a ticket.", "technical_screen"),
    ],
)
def test_a_round_that_a_manager_leads_is_the_managers_where_nobody_codes(
    title: str, kind: RoundKind, detail: str, filed: RoundKind
) -> None:
    assert [one.kind for one in in_own_trade([told(kind, detail)], title)] == [filed]


def outline(*rounds: Round, reports: tuple[str, ...] = (), people: str = "") -> Outline:
    stated = (StatedStep(kind="hiring_manager", text="A talk.", interviewer=people),) if people else ()
    return Outline(
        sections=(),
        insights=Insights(rounds=rounds),
        reports={f"R{at}": text for at, text in enumerate(reports, 1)},
        figures=ProcessFigures(stated=stated),
    )


def test_a_round_is_called_what_its_reports_call_it_where_several_do() -> None:
    one = told("technical_screen", "The kitchen trial took two hours.")
    several = outline(one, reports=("The kitchen trial took two hours.", "After the kitchen trial I ate with them."))
    assert round_titles(several, "Sous Chef", "Brae")["technical_screen"] == "Kitchen trial"
    alone = outline(one, reports=("The kitchen trial took two hours.",))
    assert round_titles(alone, "Sous Chef", "Brae")["technical_screen"] == "Phone or technical interview"


def test_what_all_rounds_are_called_and_the_employers_name_are_no_names() -> None:
    one = told("onsite", "The Brae interview was long, and the final interview too.")
    both = outline(one, reports=("The Brae interview. The final interview.", "The Brae interview. The final interview."))
    assert "onsite" not in round_titles(both, "Sous Chef", "Brae")


def test_who_sits_opposite_names_the_managers_round() -> None:
    assert (
        round_titles(outline(people="store manager"), "Cashier", "Brae")["hiring_manager"] == "Interview with the store manager"
    )
    assert "hiring_manager" not in round_titles(outline(people="hiring manager"), "Cashier", "Brae")


def test_engineers_rounds_keep_their_names() -> None:
    one = told("technical_screen", "The pairing interview was fun.")
    reports = ("The pairing interview was fun.", "The pairing interview went well.")
    assert round_titles(outline(one, reports=reports), "Backend Engineer", "Brae") == {}


def test_process_and_plan_speak_of_the_rounds_by_their_names() -> None:
    titles: dict[RoundKind, str] = {"technical_screen": "Kitchen trial"}
    process = Section(
        section="process",
        title="",
        intro="Told, not announced: technical screen.",
        items=(Item(title="Technical screen", text=""),),
    )
    renamed = with_round_titles(process, titles)
    assert renamed.intro == "Told, not announced: kitchen trial."
    assert renamed.items == process.items, "titles stay keys: what shows them asks for the name"
    plan = Section(
        section="plan", title="", items=(Item(label="Day 6", text="", points=("60 min: mock interview: technical screen",)),)
    )
    assert with_round_titles(plan, titles).items[0].points == ("60 min: mock interview: kitchen trial",)
    company = Section(section="company", title="", intro="A technical screen.")
    assert with_round_titles(company, titles) == company


def test_further_rounds_come_where_they_usually_do() -> None:
    told = ["On-site or panel", "Hiring manager"]
    assert in_usual_order(told, ["System design", "Recruiter screen", "On-site or panel"]) == [
        "Recruiter screen",
        "System design",
        "On-site or panel",
        "Hiring manager",
    ]
    assert in_usual_order(["Hiring manager", "Coding"], []) == ["Hiring manager", "Coding"], "as it is told"
    assert in_usual_order(["Working together", "Coding"], ["Lunch"]) == ["Working together", "Coding", "Lunch"]


def test_rounds_that_are_only_named_are_counted_and_those_that_are_shown_are_not() -> None:
    made = outline(
        reports=(
            "After the orchard interview I heard nothing.",
            "My orchard interview was on Monday; the grafting exercise took an hour.",
            "Then the grafting exercise, then the Monday interview.",
            "One baking trial, the Monday interview. The ladder test. The orchard interview and the grafting exercise were fair.",
            "The on-site interview, the actual interview, the ladder test.",
        )
    )
    assert _named(made, "Hiring manager") == [("orchard interview", 3), ("grafting exercise", 3)]
    assert _named(made, "Orchard walk") == [("grafting exercise", 3)]


def _named(made: Outline, shown: str) -> list[tuple[str, int]]:
    """The rounds that are named besides what is shown, and by how many posts."""
    return [(one.name, len(one.refs)) for one in named_rounds(made, "Brae", [shown])]
