"""What the offline model writes into a guide's sections is worth a candidate's line."""

from __future__ import annotations

from typing import Any

import pytest

from infra.offline_model.interviews import sections
from infra.offline_model.interviews.crafts import crafts
from infra.offline_model.interviews.posting_needs import Need
from infra.offline_model.interviews.posting_text import Description
from infra.offline_model.interviews.sections.cv_line_matching import Candidate
from infra.offline_model.interviews.sections.section_input import Brief
from infra.offline_model.interviews.sections.text_similarity import outline_for

ABOUT = "Fennick Orchards grows apples on nine farms.\nFor questions about this policy, contact Ada at Fennick Orchards.\n"
DUTIES = "Your tasks\n- Picking and packing apples for two markets.\n- Driving the small van to the shop.\n"
NEEDS = "Requirements\n- Two to four years in fruit growing or gardening.\n- Able to lift 20 kilos for a whole shift.\n"
POSTING = {"company": "Fennick Orchards", "title": "Orchard Hand", "description": f"About us\n{ABOUT}\n{DUTIES}\n{NEEDS}"}
KIND = {"key": "operations", "review": [["Safety", "Name two risks of a ladder"], ["Quality", "Sort ten apples aloud"]]}


def written(section: str, posting: dict[str, Any] | None = None, **more: Any) -> list[dict[str, Any]]:
    data = {"section": section, "posting": posting or POSTING, "insights": {}, "kind_of_job": KIND, **more}
    return list(sections.answer(data)["items"])


def test_an_employer_tells_of_itself_once_and_gives_no_contacts() -> None:
    signals = [item for item in written("company") if item["label"] == "signal"]
    assert [item["text"] for item in signals] == ["“Fennick Orchards grows apples on nine farms”."]


@pytest.mark.parametrize(
    "line",
    [
        "We are looking for somebody who likes apples.",
        "Wir suchen eine Person mit Freude an Äpfeln.",
        "Markets are held on Saturdays and on some weekdays.",
        "Applicants of Fennick Orchards are told within a week.",
    ],
)
def test_whom_it_looks_for_is_nothing_that_an_employer_says_of_itself(line: str) -> None:
    assert Description(POSTING | {"description": f"About us\n{line}"}).about_itself == []


@pytest.mark.parametrize(
    ("company", "line"),
    [
        ("Hofgut Lenz GmbH", "Hofgut Lenz baut seit 1950 Äpfel an."),
        ("北京青果科技有限公司", "青果科技为两千家水果店供货。"),
        ("Fennick Orchards", "We have grown apples since 1950."),
    ],
)
def test_what_it_says_of_itself_is_known_in_other_languages(company: str, line: str) -> None:
    assert Description({"company": company, "title": "x", "description": f"- {line}"}).about_itself == [line]


def test_what_one_reviews_are_subjects_and_not_the_requirements_again() -> None:
    assert [item["title"] for item in written("checklist")] == ["Safety", "Quality"]


def test_without_subjects_the_requirements_are_better_than_an_empty_list() -> None:
    titles = [item["title"] for item in written("checklist", kind_of_job={"key": "operations"})]
    assert "Fruit growing or gardening" in titles


def test_ninety_seconds_name_the_jobs_own_tasks() -> None:
    now, proof, then = written("stories")[0]["points"]
    assert now == "Now: what you do, in one sentence that sounds close to “pick and pack apples for two markets”"
    assert "“Fruit growing or gardening”" in proof
    assert then == "Next: why here: you want to “drive the small van to the shop”"


def test_ninety_seconds_do_not_quote_the_jobs_title_where_no_task_is_known() -> None:
    points = written("stories", {"company": "Fennick", "title": "Orchard Hand", "description": "Apples."})[0]["points"]
    assert not any("Orchard Hand" in point or "“" in point for point in points)


@pytest.mark.parametrize(("kind", "has"), [("care", False), ("teaching", False), ("retail", True), ("sales", True)])
def test_patients_and_pupils_are_no_customers(kind: str, *, has: bool) -> None:
    posting = {"company": "Elm", "title": "x", "description": "- Talk with customers.\n- Help customers and their families."}
    stories = [item["title"] for item in written("stories", posting, kind_of_job={"key": kind})]
    assert ("A customer you won back" in stories) is has


@pytest.mark.parametrize(
    ("title", "builds"),
    [("BI Developer", False), ("Power BI Developer", False), ("Data Engineer", True), ("Machine Learning Engineer", True)],
)
def test_who_develops_reports_builds_no_service(title: str, *, builds: bool) -> None:
    brief = Brief({"posting": POSTING | {"title": title}, "kind_of_job": {"key": "data"}})
    assert brief.builds is builds


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("One to four years in credit risk or a numerate role.", "Credit risk or a numerate role"),
        ("3-5 years of experience with looms", "Looms"),
        ("Strong experience in weaving, with the ability to create clear patterns for everybody.", "Weaving"),
    ],
)
def test_a_requirement_is_named_by_what_it_asks_and_not_by_years(text: str, title: str) -> None:
    assert Need(text, "must", ()).title == title


def test_a_reason_quotes_what_names_it_or_nothing() -> None:
    words = next(craft for craft in crafts() if craft.key == "own").words
    described = Description(POSTING | {"description": "- You will take ownership of the ladder store.\n- We value rest."})
    assert described.quote_about(words) == "You will take ownership of the ladder store"
    assert Description(POSTING).quote_about(words) == ""


def test_no_two_inferred_questions_have_one_weak_answer() -> None:
    questions = [["A number is wrong. What now?", "Stop it.", "By hand."], ["The list is wrong. And then?", "Look.", "By hand."]]
    found = written("questions", kind_of_job=KIND | {"questions": questions})
    assert len([item for item in found if item["weak"] == "By hand."]) == 1


def test_a_change_of_mind_is_no_weakness() -> None:
    assert "gap" not in outline_for("Would you lower the price, and what would make you change your mind?", "finance")[0]
    assert "gap" in outline_for("What is your greatest weakness?", "finance")[0]


def test_other_rounds_have_no_advice_that_fits_any_round() -> None:
    told = [{"kind": "other", "detail": "They walked through the store with me.", "difficulty": "unknown", "sources": ["R1"]}]
    stated = [{"kind": "hiring_manager", "text": "A talk with the manager.", "source": ""}]
    data = {"section": "process", "posting": POSTING, "kind_of_job": KIND, "insights": {"rounds": told}, "stated_steps": stated}
    section = sections.answer(data)
    (other,) = [item for item in section["items"] if item["title"] == "Other rounds"]
    assert other["points"] == []
    assert "other rounds" not in section["intro"]


def test_no_day_asks_to_choose_more_questions_than_there_are() -> None:
    data = {"key": "software", "plan": [["x", "10 min: y"]]}
    assert not any("four questions" in point for day in written("plan", kind_of_job=data) for point in day["points"])


CV = "Ada Fenn\nFruit grower, Lower Farm, 2019 to present\nPruned 400 apple trees a year and taught two newcomers.\nBSc Horticulture, Hadlow College, 2018"


@pytest.mark.parametrize(
    ("need", "own"),
    [
        ("A degree in horticulture or another science", "Your proof: BSc Horticulture, Hadlow College, 2018"),
        ("Three years as a fruit grower", "Your proof: Fruit grower, Lower Farm, 2019 to present"),
        (
            "A keen eye for the farm and its fruit grower tools",
            "Gap: your CV does not show it; have the closest thing you did ready",
        ),
        ("Able to lift 20 kilos all day", ""),
        ("Aged 18 or over", ""),
    ],
)
def test_a_requirement_is_proven_by_what_shows_it(need: str, own: str) -> None:
    posting = POSTING | {"description": f"Requirements\n- {need}.\n"}
    (item,) = [one for one in written("role", posting, candidate=CV) if one["label"] == "must-have"]
    assert "".join(item["points"][:1]) == own


def test_when_one_can_work_is_no_story_and_no_gap() -> None:
    kind = KIND | {"questions": [["Which days and hours can you work?", "Limits first.", "Any time."]]}
    (item,) = [one for one in written("questions", kind_of_job=kind, candidate=CV) if one["title"].startswith("Which days")]
    assert item["points"] == []


@pytest.mark.parametrize(
    ("need", "said"),
    [
        (
            "A sound grasp of pruning: winter cuts, summer cuts, and what each does to the crop",
            "Winter cuts, summer cuts, and what each does to the crop.",
        ),
        ("Strong pruning. We are moving from hand saws to battery tools", "We are moving from hand saws to battery tools."),
        (
            "Pruning that others can follow, in winter rain and in the long dry heat of a summer afternoon",
            "Pruning that others can follow, in winter rain and in the long dry heat of a summer afternoon.",
        ),
    ],
)
def test_a_requirement_says_its_name_once(need: str, said: str) -> None:
    (item,) = [
        one for one in written("role", POSTING | {"description": f"Requirements\n- {need}.\n"}) if one["label"] == "must-have"
    ]
    assert item["text"] == said


@pytest.mark.parametrize("heading", ["What you will bring", "What you’ll bring", "What you'll need"])
def test_what_one_brings_is_required_and_not_done(heading: str) -> None:
    text = f"What you will do\n- Pick and pack apples for two markets.\n{heading}\n- Open availability, weekends included.\n- Fruit growing or gardening.\n"
    posting = POSTING | {"description": text}
    assert {one["title"] for one in written("role", posting) if one["label"] == "must-have"} >= {"Fruit growing or gardening"}
    assert not any("open availability" in one["title"].casefold() for one in written("questions", posting))


def test_what_the_cover_shows_is_not_told_again() -> None:
    facts = {"location": "Kent", "employment_type": "Full-time", "salary": "GBP 12 an hour"}
    section = sections.answer({"section": "role", "posting": POSTING | facts, "kind_of_job": KIND})
    assert not any(fact in section["intro"] for fact in facts.values())
    assert section["intro"] == "", "a level is in the title or not asked for"
    facts.pop("salary")
    section = sections.answer({"section": "role", "posting": POSTING | facts, "kind_of_job": KIND})
    assert section["intro"] == "It says nothing about pay: ask in the first call."


def test_a_gap_is_named_where_a_story_is_asked_for() -> None:
    asked = [
        ["Prune this tree in ten minutes.", "Dead wood first.", "Cuts at random."],
        ["Tell me about a storm that you worked through.", "People first.", "Luck."],
    ]
    items = {
        one["title"]: one["points"]
        for one in written(
            "questions",
            kind_of_job=KIND | {"questions": asked},
            candidate="Ada Fenn\nDrove a van for two markets and kept its books in order.",
        )
    }
    assert items["Prune this tree in ten minutes."] == []
    assert items["Tell me about a storm that you worked through."] == ["Gap: prepare an example"]


def test_no_story_of_theirs_stands_under_two_themes() -> None:
    cv = "Ada Fenn\nTrained nine newcomers and calmed an upset customer at once when the frost alert came, with 40 % less waste."
    told = [point for one in written("stories", candidate=cv)[1:] for point in one["points"] if point.startswith("Your story")]
    assert len(told) == len(set(told)) == 1


def test_a_certificate_is_proven_by_one_and_a_technology_by_its_name() -> None:
    candidate = Candidate("Ada Fenn\nEight years of running AWS for two markets.\nWrote a small Go service for the scales.")
    assert candidate.proof_for("AWS certificates") == ""
    assert candidate.proof_for("AWS") == "Eight years of running AWS for two markets."
    assert candidate.proof_for("Programming in one of these: Go, C++") == "Wrote a small Go service for the scales."
    assert Candidate("Summary: ran AWS for eight years at two markets").lines == ["ran AWS for eight years at two markets"]


def test_a_quotation_shows_more_than_a_name() -> None:
    described = Description(
        {"company": "x", "title": "Orchard Operations Engineer", "description": "- Orchard Operations.\n- Run the cold store.\n"}
    )
    assert described.is_name("Orchard Operations")
    assert described.is_name("Cloud Gardening")
    assert not described.is_name("Run the cold store")
    assert not described.is_name("idempotent APIs")


def test_subjects_of_which_only_their_kind_is_known_are_reviewed_together() -> None:
    described = POSTING | {"description": "Requirements\n- Experience with Terraform.\n- Experience with Google Cloud.\n"}
    items = written("checklist", described, kind_of_job={"key": "software"})
    assert all(item["points"] for item in items)


def test_some_questions_ask_for_a_story_whatever_the_posting_names() -> None:
    described = POSTING | {
        "title": "Backend Engineer",
        "description": "You will\n- Build APIs in Python.\n- Run SQL databases, Kafka and Kubernetes in production.\n",
    }
    asked = [one["title"] for one in written("questions", described, kind_of_job={"key": "software"})]
    assert len([title for title in asked if title.startswith("Tell me about")]) >= 2


def test_a_question_that_only_begins_like_another_stays() -> None:
    asked = {"text": "Walk me through your worst frost.", "kind": "behavioural", "round": "other", "difficulty": "unknown"}
    data = {"posting": POSTING, "kind_of_job": KIND, "insights": {"questions": [asked | {"sources": ["R1"]}]}}
    titles = [one["title"] for one in sections.answer({"section": "questions", **data})["items"]]
    assert {"Walk me through your worst frost.", "Walk me through your background."} <= set(titles)


def test_a_question_lies_behind_a_requirement_only_where_they_share_a_word() -> None:
    asked = {
        "text": "Can you open at five and close at eleven in the same week?",
        "kind": "role",
        "round": "other",
        "difficulty": "unknown",
    }
    posting = POSTING | {"description": "Requirements\n- Schedules and a labour budget\n- Latin names"}
    data = {"posting": posting, "kind_of_job": KIND, "insights": {"questions": [asked | {"sources": ["R1"]}]}}
    assert not any("Can you open" in one["why"] for one in sections.answer({"section": "role", **data})["items"])
