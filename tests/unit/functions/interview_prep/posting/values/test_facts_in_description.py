"""Facts that stand in a posting's running text alone are not denied."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.read_by_rules import _employment as type_on_a_line
from functions.interview_prep.posting.values.facts_in_description import NO_LOCATION, with_stated_facts
from functions.interview_prep.posting.values.stated_terms import terms_in
from functions.interview_prep.stage_messages import Posting


def read(description: str, **facts: str) -> Posting:
    return with_stated_facts(
        Posting(title="Planner", company="Fernhill", description=description, warnings=(NO_LOCATION, "Another."), **facts)
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("We plan routes. The role is based in Bath, with one day at home.", "Bath"),
        ("Our workshop in Stoke on Trent makes kilns.", "Stoke on Trent"),
        ("You will join our team at the Leeds depot of forty people.", "Leeds"),
        ("Fernhill is hiring a planner in Salford, UK (hybrid).", "Salford, UK"),
        ("Work is at our Inverness plant, four days a week.", "Inverness"),
        ("Planner\nLocation: Cork, Ireland\nYou plan.", "Cork, Ireland"),
        ("This is a fully remote job with two meetings a year.", "Remote"),
    ],
)
def test_a_place_that_the_text_names_is_taken_from_it(text: str, place: str) -> None:
    posting = read(text)
    assert posting.location.startswith(place)
    assert posting.warnings == ("Another.",)


@pytest.mark.parametrize(
    "text",
    ["We fly from Porto to Madrid twice a day.", "You know Excel and plan in Python.", "The office opens on Monday.", ""],
)
def test_what_is_no_place_of_work_is_none(text: str) -> None:
    posting = read(text)
    assert posting.location == ""
    assert NO_LOCATION in posting.warnings


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("Paid weekly: 18.40 to 21.00 dollars an hour.", "18.40 to 21.00 dollars an hour"),
        ("We pay 31,000-36,500 euros a year and a bus pass.", "31,000-36,500 euros a year"),
        ("Lift 20 to 30 pounds, five hours a week.", ""),
    ],
)
def test_pay_in_words_is_read(text: str, pay: str) -> None:
    assert read(text).salary == pay


def test_what_the_reader_found_stays() -> None:
    posting = read("Based in Bath, full-time role.", location="Bristol", salary="30k")
    assert (posting.location, posting.salary, posting.employment_type) == ("Bristol", "30k", "Full-time")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("**Work Location**\nDundee\n\nYou plan.", "Dundee"),
        ("📍 Location: Lincoln or Derby areas\nYou plan.", "Lincoln or Derby areas"),
        ("A full-time planner for our Salinas, California location.", "Salinas, California"),
        ("Leeds/Hybrid\nYou plan routes.", "Leeds (hybrid)"),
        ("We meet on a hybrid basis from their Preston office.", "Preston (hybrid)"),
        ("You plan. This is a remote\\-first company.", "Remote"),
        ("📍 Rutland (Onsite)\nYou plan.", "Rutland"),
        ("Location(s): Hull or Selby – Hybrid working offered, with consideration given to every wish", "Hull or Selby (hybrid)"),
        ("Am Standort Kassel suchen wir Sie.", "Kassel"),
        ("The home is located in Alder County.You may call us.", "Alder County"),
        ("工作地点：杭州\n你将负责规划。", "杭州"),
        ("You plan, two days a week in the office.", "Hybrid"),
    ],
)
def test_places_and_how_the_work_is_shared_are_read_as_postings_write_them(text: str, place: str) -> None:
    assert read(text).location == place


def test_a_place_that_is_known_gets_the_share_of_home_and_office_once() -> None:
    assert read("Hybrid working, three days a week in the office.", location="York").location == "York (hybrid)"
    assert read("Hybrid working for all.", location="York, hybrid").location == "York, hybrid"


@pytest.mark.parametrize(
    "text",
    [
        "You know BigQuery and Python in depth.",
        "Support our team at Managed Services.",
        "We have offices in Rome, Milan and Turin.",
        "A hybrid cloud and hybrid vehicles.",
    ],
)
def test_departments_tools_and_the_employers_other_places_are_no_place_of_work(text: str) -> None:
    assert read(text).location == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("This is a permanent, full-time position in a small team.", "Permanent, full-time"),
        ("🕒 Full-Time – Permanent\nYou plan.", "Full-time – permanent"),
        ("Join us on a contract basis.", "Contract"),
        ("This is a permanent, fulltime position in a small team.", "Permanent, fulltime"),
        ("Working Pattern: Permanent | Full Time", "Permanent | full time"),
        ("Position Type\nPart-time", "Part-time"),
        ("Wir suchen Sie in Vollzeit.", "Vollzeit"),
        ("Un CDI dans une petite équipe.", "CDI"),
        ("Práci na hlavní pracovní poměr.", "Hlavní pracovní poměr"),
        ("Fern Hire is an agency for permanent recruitment and temporary workers.", ""),
        ("The project is no permanent employment, and not permanent work.", ""),
        ("For part time opportunities, please talk to us.", ""),
    ],
)
def test_the_type_is_the_jobs_own(text: str, kind: str) -> None:
    assert read(text).employment_type == kind


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Closing date: Friday 12 June 2026", "2026-06-12"),
        ("Bewerbungsfrist: 30.09.2026", "2026-09-30"),
        ("Date limite de candidature : 15 août 2026", "2026-08-15"),
        ("Přihlášky zasílejte do: uzávěrka 5. května 2026", "2026-05-05"),
        ("截止日期：2026年7月31日", "2026-07-31"),
        ("Životopis nám pošlete do 31. 12. 2026.", "2026-12-31"),
        ("Αποστολή βιογραφικών έως 20/01/2027.", "2027-01-20"),
        ("Bewerbungen bis 20.12.2026 an uns.", "2026-12-20"),
        ("Closing Date:\n06/26/2026", "2026-06-26"),
        ("Apply by 03/04/2026", ""),
        ("We opened on 12 June 2026.", ""),
    ],
)
def test_the_last_day_is_read_where_it_is_called_that(text: str, day: str) -> None:
    assert read(text).valid_through == day


def test_terms_are_whole_sentences_one_of_each_sort() -> None:
    text = (
        "Permits:\nWe cannot offer visa sponsorship for this job. You start on 1 September or soon after. "
        "It is a 12-month fixed-term contract. You work 37.5 hours per week, with early shifts. A clean driving licence is needed. "
        "We are glad of every visa. All applicants are judged without regard to citizenship or a U.S. passport."
    )
    assert terms_in(text) == (
        "We cannot offer visa sponsorship for this job",
        "You start on 1 September or soon after",
        "It is a 12-month fixed-term contract",
        "You work 37.5 hours per week, with early shifts",
        "A clean driving licence is needed",
    )


def test_a_label_is_no_type_of_employment() -> None:
    head = "Baker\nFernhill Ovens\nLocation: Bath\nContract: Permanent, 37 hours a week\nYou bake."
    assert type_on_a_line(head) == "Permanent"
    assert type_on_a_line("Baker\nContract-managed service is desirable.\nYou bake.") == ""
