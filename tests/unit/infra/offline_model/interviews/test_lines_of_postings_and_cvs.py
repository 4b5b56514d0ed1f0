"""Lines of postings and of CVs: what they are, where they may be cut, how often they are told."""

from __future__ import annotations

from infra.offline_model.interviews import sections
from infra.offline_model.interviews.posting_text import Description
from infra.offline_model.interviews.sections.cv_line_matching import Candidate
from infra.offline_model.text_helpers import clause_about


def test_a_line_of_pay_heads_no_requirements_and_a_wish_beside_a_need_stays_one() -> None:
    described = Description({
        "company": "Brae", "title": "Head Gardener",
        "description": "Head Gardener\n$50,000 - $60,000 depending on experience\nBrae keeps nine gardens in the north.\n\nRequirements\n- Two years as a gardener, ideally in a park\n- Latin names preferred",
    })  # fmt: skip
    assert "Brae keeps nine gardens in the north." not in [need.text for need in described.of("must")]
    assert [need.title for need in described.of("must")] == ["Gardener"]
    assert [need.text for need in described.of("nice")] == ["Latin names preferred"]


def test_a_line_is_cut_neither_in_a_number_nor_behind_a_hyphen() -> None:
    trees = clause_about("Keeps to a target of 1,250 planted trees a year, rain or shine", limit=50)
    assert trees == "Keeps to a target of 1,250 planted trees a year"
    assert clause_about("Sie erstellen Monats-, Quartals- und Jahrespläne für Gärten", limit=30).endswith("…")


def test_a_story_of_theirs_is_told_twice_at_most() -> None:
    candidate = Candidate("Ada Fenn\nCalmed an upset customer at the gate.\nPlanted forty oaks along the northern wall.")
    asked = [candidate.story_for("Tell me about a difficult customer and what you did.") for _ in range(3)]
    assert asked == ["Calmed an upset customer at the gate."] * 2 + [""]


def test_who_learns_now_says_what_they_work_as() -> None:
    candidate = Candidate(
        "BSc Horticulture, Fern University, 2023 - 2026\nGarden assistant (part-time), 2022 - now: weekends at the nursery."
    )
    assert candidate.headline == "Garden assistant (part-time)"


def test_a_question_is_filed_where_the_process_has_a_talk_and_under_no_round_that_nobody_names() -> None:
    posting = {"company": "Brae", "title": "Backend Developer", "description": "You will build the order service.\n- Kotlin"}
    steps = [{"kind": kind, "text": kind, "source": ""} for kind in ("recruiter_screen", "technical_screen")]
    data = {"section": "questions", "posting": posting, "stated_steps": steps, "kind_of_job": {"key": "software"}}
    labels = {one["title"]: one["label"] for one in sections.answer(data)["items"]}
    assert set(labels.values()) == {"Recruiter screen", "Technical screen"}
    assert labels["What would you do first in this job?"] == "Technical screen"
    assert labels["Walk me through your background."] == "Recruiter screen"
