"""What the offline model makes of a posting's lines: conditions are no stories, one line is no theme, what is announced is practised."""

from __future__ import annotations

from typing import Any

import pytest

from infra.offline_model.interviews import sections
from infra.offline_model.interviews.posting_text import Description
from infra.offline_model.interviews.sections.cv_line_matching import Candidate
from infra.offline_model.interviews.sections.section_input import Brief
from infra.offline_model.text_helpers import clause_about, short

CV = """Ada Fenn
Class teacher, Year 4, Brae Junior School, 2023 to now
- Reading: moved the share of readers on level from 40 % to 60 % in a year with daily pairs
- Led the orchard club; absences fell by a third
Trainee teacher, PGCE primary, University of Fern, 2022 to 2023
M.Sc. Botany, Fern University, 2021
"""


def posting(description: str, title: str = "Orchard Hand") -> dict[str, Any]:
    return {"company": "Fennick Orchards", "title": title, "description": description}


def written(
    section: str, description: str, title: str = "Orchard Hand", key: str = "operations", **more: Any
) -> list[dict[str, Any]]:
    data = {
        "section": section,
        "posting": posting(description, title),
        "kind_of_job": {"key": key, **more.pop("kind", {})},
        **more,
    }
    return list(sections.answer(data)["items"])


@pytest.mark.parametrize(
    ("need", "title"),
    [
        ("Must possess a valid licence for tractors", "Valid licence for tractors"),
        ("At least one year of experience in a walled garden", "Walled garden"),
        ("A certificate in pruning is a plus", "Certificate in pruning"),
        ("Three years in orchards, at least one of them with pears", "Orchards"),
        ("Comfort with figures: yields, prices, weather", "Figures: yields, prices, weather"),
        ("Evidence of trees that bore fruit", "Evidence of trees that bore fruit"),
        ("ŘP sk. B", "ŘP sk. B"),
        ("Pear experience strongly preferred", "Pear experience"),
    ],
)
def test_a_requirement_is_called_by_what_it_is_about(need: str, title: str) -> None:
    described = Description(posting(f"Requirements\n- {need}\n"))
    assert [one.title for one in described.of("must") + described.of("nice")] == [title]


def test_a_wish_behind_a_need_is_a_wish() -> None:
    described = Description(posting("Requirements\n- Strong pruning; grafting and budding are a plus\n"))
    assert [one.title for one in described.of("must")] == ["Pruning"]
    assert [one.title for one in described.of("nice")] == ["Grafting and budding"]


def test_a_paper_is_brought_and_no_story_is_asked_of_it() -> None:
    lines = (
        "Duties\n- Prune the pear trees in winter\nRequirements\n- Active tractor licence\n- Not on the growers' excluded list\n"
    )
    (licence, _) = [item for item in written("role", lines) if item["label"] == "must-have"]
    assert licence["points"] == ["Bring: the paper or its number; if it is still to come, the date"]
    yourself = written("stories", lines)[0]
    assert "“Prune the pear trees in winter”" in yourself["points"][1]
    assert "list" not in " ".join(yourself["points"])


def test_one_line_is_no_theme_and_two_are_one_with_what_to_tell() -> None:
    one = "Duties\n- Greet every customer at the stall\n- Prune the trees\n"
    two = f"{one}- Answer the letters of customers within a day\n"
    assert not [item for item in written("role", one) if item["label"] == "theme"]
    (theme,) = [item for item in written("role", two) if item["label"] == "theme"]
    assert "“Greet every customer at the stall”" in theme["text"]
    assert theme["points"] == ["Have ready: something you built or changed because one customer asked"], (
        "the duty above has the first"
    )


@pytest.mark.parametrize(
    ("duty", "task"),
    [
        ("Drives the van to three markets", "drive the van to three markets"),
        ("Completes and submits the harvest sheet", "complete and submit the harvest sheet"),
        ("Notifies the foreman of frost", "notify the foreman of frost"),
        ("Reports to the head gardener of the estate", ""),
        ("Trees on nine farms by the river", ""),
        ("Design, planting and care of new orchards", ""),
        ("Plan, design and manage new orchards", "plan, design and manage new orchards"),
    ],
)
def test_duties_are_told_in_the_third_person_too_and_whom_one_reports_to_is_none(duty: str, task: str) -> None:
    assert Brief({"posting": posting(f"Duties\n- {duty}\n")}).tasks == [task] * bool(task)


def test_what_is_announced_is_practised_first() -> None:
    steps = [{"kind": "presentation", "text": "You will teach a 30-minute lesson on bees to Year 5.", "source": ""}]
    items = written("questions", "Duties\n- Teach the youngest", "Class Teacher", "teaching", stated_steps=steps)
    (asked,) = [item for item in items if item["title"].startswith("Practise what is announced")]
    assert asked["title"] == "Practise what is announced: “You will teach a 30-minute lesson on bees to Year 5”."
    assert asked["label"] == "Presentation"
    assert asked["text"].startswith("One aim")
    assert not [item for item in written("questions", "Duties\n- Teach") if "announced" in item["title"]]


def test_a_reason_speaks_of_the_question_itself() -> None:
    brief = Brief({"posting": posting("Duties\n- Keep the harvest records of every farm\n- Talk with a buyer within the day\n")})
    assert brief.asks_for("How do you keep records of a harvest? Same day.", "How do you keep records of a harvest?")
    assert not brief.asks_for("Somebody worries you. What do you do? Tell the buyer within the day", "Somebody worries you.")


def test_who_teaches_at_a_school_works_there_and_who_was_trained_at_one_learned() -> None:
    candidate = Candidate(CV)
    assert candidate.headline == "Class teacher, Year 4, Brae Junior School"
    assert len(candidate.recent) == 2
    assert (
        candidate.proof_for("Degree in botany or the like") == "Trainee teacher, PGCE primary, University of Fern, 2022 to 2023"
    )
    assert candidate.proof_for("Qualified teacher status") == "Trainee teacher, PGCE primary, University of Fern, 2022 to 2023"
    assert "M.Sc. Botany, Fern University, 2021" in candidate.lines
    assert candidate.proof_for("3 years of teaching", "teaching") == "Class teacher, Year 4, Brae Junior School, 2023 to now"
    assert candidate.proof_for("Will lead a subject after the first year", "teaching") != candidate.lines[0]


def test_a_scene_takes_a_story_that_tells_it_and_not_one_of_the_same_trade() -> None:
    candidate = Candidate(
        "Ada Fenn\nTaught pupils to graft and one pupil to sell.\nFound why a tractor reset in the field: a loose cable."
    )
    assert candidate.story_for("A pupil tells you something. What do you do?", "Listen, tell the named person.") == ""
    assert candidate.story_for("The tractor resets in the field. What do you do?").startswith("Found why")


def test_the_closest_thing_in_a_cv_is_no_gap() -> None:
    needs = "Requirements\n- Sure in reading for meaning and in nothing else at all\n- Deft with beehives\n"
    read, bees = [
        item for item in written("role", needs, "Class Teacher", "teaching", candidate=CV) if item["label"] == "must-have"
    ]
    assert read["points"][0].startswith(("Closest in your CV: Reading", "Your proof: Reading"))
    assert bees["points"] == ["Gap: your CV does not show it; have the closest thing you did ready"]


def test_a_quotation_that_is_cut_is_closed_and_begins_with_a_word() -> None:
    assert short("Announced: “a very long tale of pears”", 30) == "Announced: “a very long tale…”"
    assert clause_about(", the sign of our farms") == "the sign of our farms"
    assert clause_about("Drive one of several vans, carts or tractors in a safe, friendly, and calm manner along", limit=62) == (
        "Drive one of several vans, carts or tractors"
    )


@pytest.mark.parametrize(
    "said",
    [
        "We credit our success with pears to our experience of three generations.",
        "If you are ready to work with strong trees, send us your application today.",
    ],
)
def test_what_the_employer_says_of_itself_is_no_requirement_whatever_heads_it(said: str) -> None:
    described = Description(posting(f"Requirements\n- Pruning in winter\n{said}\nWe need experience with ladders.\n"))
    assert [one.text for one in described.of("must")] == ["Pruning in winter", "We need experience with ladders."]


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        (
            "A record of accomplishment in the design and execution of studies on pears in nine climates",
            "A record of accomplishment in the design and execution of studies",
        ),
        (
            "Each and every day our team of nine gardeners works to ensure that pears reach the market",
            "Each and every day our team of nine gardeners works",
        ),
        ("Knows how to assess and to plan from what nine farms of the valley bring in every autumn", "Knows how to assess"),
    ],
)
def test_a_line_is_cut_neither_within_a_pair_nor_before_its_aim(line: str, quoted: str) -> None:
    assert clause_about(line, limit=75) == quoted
