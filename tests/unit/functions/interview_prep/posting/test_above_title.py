"""A page that was saved or copied whole: what stands above the posting is no part of it."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.above_title import without_menu
from functions.interview_prep.posting.identity.employer.company_sentences import companies_in
from functions.interview_prep.posting.identity.employer.names_on_lines import may_stand_for_employer
from functions.interview_prep.posting.identity.identify_job import identify
from functions.interview_prep.posting.identity.labelled_lines import labelled_value
from functions.interview_prep.posting.identity.organisation_names import is_unit, without_marks
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title.find_titles import may_be_title
from functions.interview_prep.posting.page.html_text import parse, text_of
from functions.interview_prep.posting.page.single_posting_check import check_one_job

MENU = "Skip to content\nProducts\nSolutions\nPricing\nCustomers\nBlog\nNewsroom\nPress\nInvestors\nContact us\nLog in\nSign up"
BANNER = "We use cookies to make this site work and to see how it is used by the people who visit it. Accept all"
POSTING = (
    "Careers\nBrackwater Instruments\nField Service Technician\nAberdeen\nFull time\n"
    "You visit the customers of our pumps in the north of Scotland and keep what we sold them running through the winter.\n"
    "Requirements\nA trade certificate\nA driving licence"
)


@pytest.mark.parametrize("above", [MENU, f"{MENU}\n{BANNER}", f"{BANNER}\n{MENU}\n{MENU}"])
def test_a_menu_and_a_banner_above_a_posting_are_left_out(above: str) -> None:
    own = without_menu(f"{above}\n{POSTING}")
    assert own.endswith(POSTING)
    assert "Pricing" not in own


def test_what_is_left_names_the_employer_and_the_job() -> None:
    found = identify(PostingParts(f"{MENU}\n{BANNER}\n{POSTING}\n© 2026 Brackwater Instruments Ltd"))
    assert (found.title, found.company_guess) == ("Field Service Technician", "Brackwater Instruments Ltd")


@pytest.mark.parametrize(
    "text",
    [
        POSTING,
        (
            "Company: Acme\nPlace: Leeds\nPay: 30k\nHours: 40\nStart: May\nNotice: none\nTravel: no\nTeam: six\nGrade: 4\nData Engineer\n"
            "You build what the analysts of four teams need to do their work every single day of the week."
        ),
        "\n".join(
            f"{role} in Leeds" for role in ("Cook", "Waiter", "Cleaner", "Porter", "Driver", "Baker", "Clerk", "Nurse", "Guard")
        ),
    ],
    ids=["a posting", "labelled facts", "a list of jobs"],
)
def test_what_says_anything_of_the_job_stays(text: str) -> None:
    assert without_menu(text) == text


def test_the_pages_own_heading_tells_where_a_posting_begins() -> None:
    news = "We have moved: from the first of May you find all of us in the new building beside the old harbour of the town."
    text = f"Brackwater\n{news}\n" + "\n".join(f"News {count}" for count in range(9)) + "\nField Service Technician\nAberdeen"
    assert without_menu(text) == text
    assert news not in without_menu(text, ("Field Service Technician",))


def test_links_beside_each_other_are_entries_whatever_holds_them() -> None:
    tree = parse("<body><div><a>Stairs</a> <a>Windows</a><a>About</a></div><p>See <a>this</a> and <a>that</a>.</p></body>")
    assert [line for line in text_of(tree).split("\n") if line.strip()] == ["Stairs  · Windows · About", "See this and that."]


def test_a_label_of_two_words_with_a_stroke() -> None:
    assert labelled_value("Institution/Company: Brackwater Instruments\nPost: Clerk", "company") == "Brackwater Instruments"


@pytest.mark.parametrize("words", ["AboutCareersContactBlog", "Us On Social Media", "Sign up | Log in"])
def test_words_of_a_menu_are_no_name(words: str) -> None:
    assert not may_stand_for_employer(words)
    assert may_stand_for_employer("ForgeByNorth")


def test_who_passes_a_posting_on_is_no_part_of_the_name_and_a_ward_is_a_part_of_a_hospital() -> None:
    assert without_marks("Brackwater Instruments via Hays plc") == "Brackwater Instruments"
    assert is_unit("Ward 14")


def test_the_ward_behind_a_title_is_no_employer() -> None:
    text = "Staff Nurse - Ward 14\nEastmere Hospitals NHS Trust\nWard 14 is a ward of 28 beds for people who cannot breathe well."
    found = identify(PostingParts(text, ("Staff Nurse - Ward 14",), ("Staff Nurse - Ward 14",)))
    assert "Ward 14" not in {found.company, found.company_guess}


def test_what_another_label_names_is_no_title_and_no_employer() -> None:
    facts = "Job grade\nSenior Executive Officer\nDepartment\nHarbour Works\nReports to\nHead of Engineering"
    text = f"Tide Modeller\nCoastal Survey Agency\nApply before 3 May\n{facts}\nYou model the tides. We offer a pension."
    found = identify(PostingParts(text))
    assert found.title_guess == "Tide Modeller"
    assert found.company_guess == "Coastal Survey Agency"


@pytest.mark.parametrize(
    "foot",
    [
        "© Brackwater Instruments",
        "Copyright by Brackwater Instruments 2026",
        "Copyright 2026 by Brackwater Instruments. All rights reserved.",
    ],
)
def test_who_signs_a_page_with_a_year_or_without(foot: str) -> None:
    assert ("Brackwater Instruments", "copyright") in companies_in(f"Field Technician\nAberdeen\n{foot}")
    assert not list(companies_in("© Crown copyright\nCopyright © All rights reserved"))


def test_a_boards_box_to_join_is_no_second_job() -> None:
    box = "Join or sign in to find your next job\n\nJoin to apply for the Field Technician role at Brackwater\n\nEmail or phone\n\nPassword"
    terms = "By clicking Continue to join or sign in, you agree to the User Agreement, the Privacy Policy, and the Cookie Policy of this board."
    top = f"Field Technician\n\nBrackwater Aberdeen, Scotland, United Kingdom\n\n{terms}\n\n{terms}\n\n{terms}\n\nApply\n\n{box}\n\n{terms}"
    body = "You visit the customers of our pumps in the north and keep what we sold them running.\n\nRequirements\n\nA certificate\n\n"
    check_one_job(f"{top}\n\n{top}\n\n{body * 9}")


def test_the_name_of_an_organisation_is_no_title() -> None:
    assert not may_be_title("Tidewater Lab")
    assert may_be_title("Lab Technician")
    text = "Tidewater Lab\nResearch\nPublications\nThe tides of our coast are measured here. Requirements: a degree. We offer a pension."
    assert identify(PostingParts(text, ("Jobs at the coast",), ("Tidewater Lab",))).title_guess != "Tidewater Lab"
