"""A page that was copied whole: its menu, its foot and its other jobs are no part of the posting."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.copied_page.edge_features import CopiedPage
from functions.interview_prep.posting.copied_page.find_posting import Parts, parts_of
from functions.interview_prep.posting.copied_page.line_signs import signs_of
from functions.interview_prep.posting.identity.employer.candidates import initials
from functions.interview_prep.posting.identity.employer.company_sentences import companies_in
from functions.interview_prep.posting.identity.employer.frame_names import names_around
from functions.interview_prep.posting.identity.employer.names_on_lines import may_stand_for_employer
from functions.interview_prep.posting.identity.identify_job import identify
from functions.interview_prep.posting.identity.labelled_lines import labelled_value
from functions.interview_prep.posting.identity.organisation_names import is_unit, without_marks
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title.find_titles import may_be_title
from functions.interview_prep.posting.page.html_text import parse, text_of
from functions.interview_prep.posting.page.single_posting_check import check_one_job
from shared.errors import Permanent

MENU = "Skip to content\nProducts\nSolutions\nPricing\nCustomers\nBlog\nNewsroom\nPress\nInvestors\nContact us\nLog in\nSign up"
BANNER = "We use cookies to make this site work and to see how it is used by the people who visit it. Accept all"
POSTING = (
    "Field Service Technician\nBrackwater Instruments\nAberdeen\nFull time\n"
    "You visit the customers of our pumps in the north of Scotland and keep what we sold them running through the winter.\n"
    "You write down what you find, and tell the workshop which parts wear out before they should.\n"
    "Requirements\n- A trade certificate and three years of experience with pumps\n- A driving licence\n"
    "We offer a van, a pension and thirty days of leave.\nSend your CV by the end of May."
)
FOOT = (
    "Apply now\nShare\nSimilar jobs\nPump Fitter\nDundee\n2 days ago\nWorkshop Clerk\nPerth\n5 days ago\nFollow us\n- LinkedIn\n"
    "- Instagram\nPrivacy policy\nTerms of use\n© 2026 Brackwater Instruments Ltd. All rights reserved."
)
OTHER = (
    "Night Porter\nLinden House Hotel\nHarrogate\nPart time\n"
    "You keep the door and the desk of our hotel from ten at night, and bring late guests to their rooms.\n"
    "You count the till in the morning and leave the hall as you would wish to find it.\n"
    "Your profile\n- Friendly at any hour\n- Good English\nBenefits: meals, and a taxi home.\nApply by letter to Linden House Hotel."
)


@pytest.mark.parametrize("above", [MENU, f"{MENU}\n{BANNER}", f"{BANNER}\n{MENU}"])
@pytest.mark.parametrize("below", ["", FOOT])
def test_a_menu_above_a_posting_and_a_foot_below_it_are_no_part_of_it(above: str, below: str) -> None:
    parts = parts_of(f"{above}\n{POSTING}\n{below}".strip())
    assert parts.posting.startswith("Field Service Technician\n")
    assert parts.posting.rstrip().endswith("by the end of May.")
    assert not {"Pricing", "Log in", "Sign up"} & set(parts.head.split("\n"))
    assert parts.above == above
    assert "Pump Fitter" not in parts.own


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
        "Two lines\nand no more",
    ],
    ids=["a posting", "labelled facts", "a list of jobs", "few lines"],
)
def test_what_is_all_of_one_part_stays_whole(text: str) -> None:
    parts = parts_of(text)
    assert (parts.above, parts.own, parts.below) == ("", text, "")


def test_a_second_posting_is_no_foot_and_no_menu() -> None:
    for one, other in ((POSTING, OTHER), (OTHER, POSTING)):
        text = f"{one}\n\n{other}"
        assert "Night Porter" in parts_of(text).own
        assert "Field Service Technician" in parts_of(text).own
        with pytest.raises(Permanent, match="it names 2 jobs"):
            check_one_job(text)


def test_what_speaks_of_jobs_below_the_first_is_a_list() -> None:
    one = "Night Porter\nHarrogate\nYou keep the door of our hotel from ten at night and bring late guests to their rooms.\nRead more"
    other = "Pump Fitter\nDundee\nWe are looking for a fitter with three years of experience who mends the pumps of our harbour and keeps them running.\nRead more"
    assert Parts("", "", one, other.replace(" who mends the pumps of our harbour and keeps them running", "")).jobs == one
    assert Parts("", "", one, other).jobs == f"{one}\n{other}"
    assert Parts("", "Linden House Hotel", POSTING, FOOT).jobs == f"Linden House Hotel\n{POSTING}"


def test_other_jobs_and_boxes_around_a_posting_make_no_list_of_it() -> None:
    box = "Cookie Consent Manager\nThese cookies are needed for the site to work and cannot be turned off.\nConfirm my choices"
    check_one_job(f"{MENU}\n{POSTING}\nApply now\n{box}\n{FOOT}")


def test_what_is_left_names_the_employer_and_the_job() -> None:
    found = identify(PostingParts(f"{MENU}\n{BANNER}\n{POSTING}\n{FOOT}"))
    assert (found.title, found.company) == ("Field Service Technician", "Brackwater Instruments")


def test_whose_page_it_is_stands_around_the_posting() -> None:
    said = PostingParts(
        "Pump Fitter\nAt the coast, Harbourline keeps the pumps of ten ports running.",
        above="Harbourline\nOur work\nCareers",
        below="Life at Harbourline\nAbout us\n© Harbourline 2026",
    )
    sentences = PostingParts(f"{said.text}\n{said.below}", above=said.above, below=said.below)
    assert set(names_around(sentences)) == {("Harbourline", "logo"), ("Harbourline", "frame_says")}
    assert not list(names_around(PostingParts(said.text)))
    assert not list(names_around(PostingParts(said.text, above="Support\nResearch", below="About the team")))


def test_a_label_of_another_thing_begins_no_posting() -> None:
    lines = ["Home", "Tide Modeller", "Job grade", "Senior Executive Officer", "You model the tides.", "One", "Two", "Three"]
    assert "1" in CopiedPage(lines).beginnings()
    assert not {"2", "3"} & CopiedPage(lines).beginnings().keys()
    assert "3" not in CopiedPage([*lines[:2], "Grade four", "Reports to: Manager of Tides", *lines[4:]]).beginnings()


def test_the_pages_own_heading_tells_where_a_posting_begins() -> None:
    news = "We have moved: from the first of May you find all of us in the new building beside the old harbour of the town."
    text = f"Brackwater\n{news}\n" + "\n".join(f"News {count}" for count in range(9)) + "\nField Service Technician\nAberdeen"
    assert news in parts_of(text).own
    assert parts_of(text, ("Field Service Technician",)).posting == "Field Service Technician\nAberdeen"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("- About us", {"entry", "bullet"}),
        ("Sign in", {"account"}),
        ("Войти", {"account"}),
        ("© 2026 Acme", {"rights"}),
        ("First name *", {"field"}),
        ("Similar jobs", {"others"}),
        ("Apply now", {"apply"}),
        ("We keep the pumps of ten ports running, day and night.", {"sentence", "speaks"}),
        ("Night Porter", {"title", "role"}),
        ("Aberdeen, Scotland", {"where"}),
    ],
)
def test_what_a_line_shows(line: str, shown: set[str]) -> None:
    assert shown <= signs_of([line])[0].keys()
    assert not {"account", "rights", "field", "others", "apply"} - shown & signs_of([line])[0].keys()


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


def test_a_notice_of_equal_opportunity_is_no_title() -> None:
    assert not may_be_title("EOE&AA/M/F/Vet/Disabled")
    assert not may_be_title("EEO Is The Law Poster")
    assert may_be_title("Eyewear Consultant (m/w/d)")
    assert may_be_title("Ocean Freight Trainee M/F/D")


def test_short_forms_with_a_word_that_is_short_already() -> None:
    assert {"UKCSA", "UCSA"} <= initials("UK Coastal Studies Agency")
    assert initials("Institute for Coastal Studies") == {"ICS", "IFCS"}
    assert "UKCSA" not in initials("UKCSA")


def test_a_field_of_a_form_is_no_value_of_the_label_above_it() -> None:
    assert not labelled_value("Job\nCompany\nAdditional notes\nI have read the notice.", "company")
    assert not labelled_value("Company\nPhone *", "company")
    assert labelled_value("Company\nBrackwater Instruments\nAberdeen", "company") == "Brackwater Instruments"


@pytest.mark.parametrize("button", ["立即申请", "Откликнуться", "Jetzt bewerben", "Solliciteren"])
def test_a_button_to_apply_is_no_employer(button: str) -> None:
    assert not may_stand_for_employer(button)


def test_a_line_between_a_menu_and_the_title_is_the_employers_where_the_posting_says_it_again() -> None:
    menu = f"{MENU}\nTalk to the team\nBrackwater Instruments"
    assert parts_of(f"{menu}\n{POSTING}\n{FOOT}").head == "Brackwater Instruments"


def test_what_stands_around_a_posting_is_no_place_of_its_labels() -> None:
    form = "Apply now\nFirst name *\nCompany\nTide Labs\nLocation\nOslo, Norway\nUpload your CV *\nSubmit application"
    found = identify(PostingParts(f"{MENU}\n{POSTING}\n{form}\n{FOOT}"))
    assert found.company == "Brackwater Instruments"


def test_who_signs_is_named_without_the_words_before_it() -> None:
    assert ("Brackwater Instruments", "legal") in companies_in("Aberdeen\nCopyright 2026 Brackwater Instruments Ltd")
