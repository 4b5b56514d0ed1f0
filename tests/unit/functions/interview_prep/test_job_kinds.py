"""Packs of kinds of jobs: every file is whole, titles find their own, and no cashier gets a plan for programmers."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from functions.interview_prep.job_kinds.kinds_of_posts import kind_of_post, of_other_kinds
from functions.interview_prep.job_kinds.preparation_packs import Pack, pack_for, packs, read_pack
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.stage_messages import (
    Outline,
    Picked,
    Post,
    Posting,
    Question,
    RoundKind,
    Section,
    SectionName,
    SectionRequest,
)
from functions.interview_prep.stages.batch_reports import batch_reports
from functions.interview_prep.stages.write_section import write_section
from tests.support.fakes import fake_ports
from tests.unit.infra.offline_model.offline_models import offline_models

SOFTWARE = re.compile(r"\b(?:code|coding|SQL|API|system design|repository|LeetCode|editor|latency)\b", re.IGNORECASE)


@pytest.mark.parametrize("pack", packs(), ids=lambda pack: pack.key)
def test_every_pack_is_whole(pack: Pack) -> None:
    assert set(pack.rounds) <= set(get_args(RoundKind))
    assert all(len(day) >= 3 and all(re.match(r"\d+ min: \S", task) for task in day[1:]) for day in pack.plan)
    assert all(len(subject) == 3 for subject in pack.review)
    assert len(pack.questions) >= 4
    assert all(len(question) in {3, 4} and set(question[3:]) <= set(get_args(RoundKind)) for question in pack.questions)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Senior Backend Engineer, Payouts", "software"),
        ("Data Scientist II", "data"),
        ("Group Product Manager", "product"),
        ("Cashier (part-time)", "retail"),
        ("Team Member, Restaurant", "retail"),
        ("Junior Quantitative Trader", "trading"),
        ("Policy Officer, Housing Supply", "public"),
        ("Revenue Management Analyst", "finance"),
        ("Account Executive, DACH", "sales"),
        ("Registered Nurse – Nights", "care"),
        ("Pflegefachkraft (m/w/d)", "care"),
        ("Řidič skupiny B", "driving"),
        ("Graduate Actuarial Analyst", "risk"),
        ("UX Designer", "design"),
        ("Primary School Teacher", "teaching"),
        ("Beekeeper", "general"),
        ("Warehouse Operative", "operations"),
        ("Senior Family Solicitor", "legal"),
        ("Rechtsanwältin Arbeitsrecht (m/w/d)", "legal"),
        ("Executive Assistant to the Managing Director", "administration"),
        ("Accounts Administrator - Barking", "administration"),
        ("Junior Electrical Design Engineer", "engineering"),
        ("Maschinenbauingenieur", "engineering"),
        ("Founding Engineer", "general"),
        ("Staff Engineer, Growth", "general"),
        ("Platform Engineer", "software"),
        ("算法工程师", "software"),
        ("机械工程师", "engineering"),
        ("Social Media Manager", "marketing"),
        ("Trainee Recruitment Consultant, Financial Services", "people"),
        ("Graduate Recruitment Consultant- HR / Finance", "people"),
        ("Personal Tax Semi Senior", "finance"),
        ("Chef de Partie", "kitchen"),
        ("Koch (m/w/d)", "kitchen"),
        ("Číšník", "retail"),
        ("Customer Service Advisor - Insurance", "service"),
        ("客服专员", "service"),
        ("Lettings Negotiator", "property"),
        ("Formulation Scientist", "science"),
        ("Security Officer, Nights", "security"),
        ("IT Support Technician", "it"),
        ("Netzwerkadministrator / Network Administrator", "it"),
        ("Head of IT Operations", "it"),
        ("Sales Assistant - Immediate Start", "retail"),
        ("Design Sales Consultant", "sales"),
        ("Consultant Ophthalmologist", "care"),
        ("محاسب أول", "finance"),
        ("Νοσηλεύτρια", "care"),
        ("Développeur web", "software"),
        ("Vendeuse en boulangerie", "retail"),
        ("Vedoucí skladu / skladník", "operations"),
        ("Project Manager - Construction", "product"),
        ("Spanish Teacher", "teaching"),
        ("Staff Pharmacist - Nights", "pharmacy"),
        ("Pharmacy Technician", "pharmacy"),
        ("Bus Operator", "driving"),
        ("Truck Driver (CDL A)", "driving"),
        ("Conducteur de travaux", "general"),
        ("Embedded Software Engineer", "embedded"),
        ("Linux Device Driver Developer", "embedded"),
        ("Consultant, Analytics & Cognitive", "consulting"),
        ("Recruitment Consultant", "people"),
        ("Tax Consultant", "finance"),
    ],
)
def test_a_title_finds_the_pack_of_its_kind(title: str, key: str) -> None:
    assert pack_for(title).key == key


def test_words_of_postings_tell_nothing_of_a_reports_kind() -> None:
    assert kind_of_post("The recruiter of Fernhill called, then a marketing person", "") == ""
    assert kind_of_post("Fernhill solicitor interview", "") == "legal"


def test_a_pack_without_seven_days_is_refused() -> None:
    with pytest.raises(ValueError, match="2 days"):
        read_pack("x", "kind: x\ntitles: x\nrounds: onsite\n[plan]\na | 1 min: b\nc | 1 min: d\n[review]\ns | a | b\n")


def posting(title: str) -> Posting:
    return Posting(
        title=title, company="Fernhill", description=f"Fernhill looks for a {title}.\n\nYou will\n- Help our guests every day.\n- Keep the place clean and safe." * 3
    )  # fmt: skip


async def written(section: SectionName, title: str, outline: Outline | None = None) -> Section:
    outline = outline or Outline(sections=(SectionRequest(section=section),))
    return await write_section(SectionRequest(section=section), posting(title), outline, fake_ports(models=offline_models()))


@pytest.mark.parametrize(
    "title",
    [
        "Cashier",
        "Nurse",
        "Account Executive",
        "Primary School Teacher",
        "Warehouse Operative",
        "Bus Driver",
        "Pharmacist",
        "Strategy Consultant",
    ],
)
@pytest.mark.parametrize("section", ["plan", "checklist", "process", "questions"])
async def test_no_software_is_in_the_guide_of_a_job_without_any(title: str, section: SectionName) -> None:
    made = await written(section, title)
    text = " ".join(" ".join([item.title, item.text, item.why, item.weak, *item.points]) for item in made.items)
    assert len(made.items) >= 2
    assert not SOFTWARE.search(text), SOFTWARE.search(text)


async def test_the_plan_practises_the_reported_questions_of_the_trade() -> None:
    asked = Question(text="What would you do with a till that does not add up?", kind="other", sources=("R1",))
    outline = Outline(
        sections=(SectionRequest(section="plan"),),
        insights={"questions": [asked]},
        sources=({"ref": "R1", "title": "My day"},),
        reports={"R1": "My Fernhill interview\nThey asked: what would you do with a till that does not add up?"},
    )
    plan = await written("plan", "Cashier", outline)
    assert [item.label for item in plan.items] == [f"Day {day}" for day in range(1, 8)]
    assert any("till that does not add up" in point and item.sources == ("R1",) for item in plan.items for point in item.points)


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("Fernhill Software Engineer 3 interview", "", "software"),
        ("My Fernhill interview", "I applied for a night shift cashier position.", "retail"),
        ("Fernhill interview", "As a registered nurse I was asked about handovers.", "care"),
        ("Fernhill loop", "Two LeetCode problems, then system design.", "software"),
        ("Fernhill loop", "They were kind and asked about my last job.", ""),
        ("Fernhill loop", "The server was down and the store was closed.", ""),
    ],
)
def test_a_post_tells_its_kind_of_job_by_the_role_it_names(title: str, body: str, kind: str) -> None:
    assert kind_of_post(title, body) == kind


def test_posts_on_other_kinds_of_jobs_are_left_out_and_close_kinds_are_not() -> None:
    posts = [
        Post(source="reddit", id="1", title="Fernhill Software Engineer interview"),
        Post(source="reddit", id="2", title="Fernhill cashier interview"),
        Post(source="reddit", id="3", title="Fernhill interview"),
    ]
    assert [post.id for post in of_other_kinds(posts, "Cashier")] == ["1"]
    assert [post.id for post in of_other_kinds(posts, "Data Scientist")] == ["2"]
    assert of_other_kinds(posts, "Beekeeper") == []


async def test_a_cashier_gets_no_report_of_programmers_and_is_told_how_many_were_left_out() -> None:
    posts = tuple(
        Post(source="reddit", id=str(at), title=title, body=f"My interview number {at} at Fernhill took an hour. They asked about teamwork on day {at}. " * 30)
        for at, title in enumerate(["Fernhill software engineer loop", "Fernhill cashier interview"])
    )  # fmt: skip
    cashier = posting("Cashier")
    batches = await batch_reports([], cashier, Picked(posts=posts), fake_ports())
    assert [post.title for batch in batches for post in batch.posts] == ["Fernhill cashier interview"]
    notes = Content((), cashier, Picked(posts=posts), Outline(sections=())).notes
    assert "One post tells of another kind of job at Fernhill: not used here." in notes
