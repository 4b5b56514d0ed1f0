"""What stands around a posting and is none of it: tables, boxes about cookies, agencies' words, lists, rents."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.identity.employer.agencies import is_agencys, may_speak_for_another
from functions.interview_prep.posting.identity.headlines import clean_title
from functions.interview_prep.posting.identity.vocabulary import is_place
from functions.interview_prep.posting.own_text import own_text
from functions.interview_prep.posting.page.html_text import parse, text_of
from functions.interview_prep.posting.page.other_documents import listed_titles
from functions.interview_prep.posting.page.single_posting_check import check_one_job, check_speaks_of_a_job
from functions.interview_prep.posting.posting_marks import speaks_as_postings_do
from shared.errors import Permanent
from tests.unit.functions.interview_prep.posting.test_posting_inputs import read_one

BODY = "You cook for sixty guests and order the fish. We offer meals and a pension. Apply with your CV by May."


async def test_a_pasted_tables_first_column_labels_the_second() -> None:
    text = f"Position\tLine Cook\nEmployer\tBellacorta\nLocation\tPortland, ME\n\n{BODY}"
    assert await read_one("paste", text) == ("made", "Line Cook", "Bellacorta")


def test_a_tables_head_cell_labels_the_next() -> None:
    text = text_of(parse("<table><tr><th>Employer</th><td>Bellacorta</td></tr><tr><th>Pay:</th><td>20</td></tr></table>"))
    assert [" ".join(row.split()) for row in text.split("\n") if row.strip()] == ["Employer: Bellacorta", "Pay: 20"]


@pytest.mark.parametrize(
    ("name", "seen"),
    [("cookie-banner", False), ("onetrust", False), ("cookies", False), ("cookie-bakery-jobs", True), ("main", True)],
)
def test_a_box_that_asks_for_consent_is_not_read(name: str, seen: bool) -> None:
    assert ("Accept all" in text_of(parse(f'<body><div class="{name}"><p>Accept all</p></div><p>Line Cook</p></body>'))) is seen


@pytest.mark.parametrize(
    ("name", "text", "agency"),
    [
        ("Harbour Search", "", True),
        ("SoTalent", "", True),
        ("Coastal Recruit", "", True),
        ("Bellacorta", "Bellacorta is an independent recruitment consultancy.", True),
        ("Bellacorta", "To recruiters: Bellacorta does not accept candidates from any recruitment agency.", False),
        ("Harbour Research", "", False),
    ],
)
def test_an_agency_is_known_by_its_name_or_by_what_it_says_it_is(name: str, text: str, agency: bool) -> None:
    assert is_agencys(name, text, "Line Cook") is agency


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("We are currently partnering with a growing seafood business in the north.", True),
        ("I'm working with a well-funded start-up that sells fish.", True),
        ("Harbour Jobs are recruiting for an exciting role with a family-owned restaurant group.", False),
        ("You will be working with a large bank on its reports.", False),
        ("We work with charities.", False),
    ],
)
def test_a_recruiter_tells_of_a_business_without_its_name(text: str, another: bool) -> None:
    assert may_speak_for_another(text) is another


def test_a_name_that_begins_like_a_place_is_none() -> None:
    assert not is_place("The Crooked Billet, Hitchin")
    assert is_place("Hitchin, England")


def test_one_job_said_in_several_ways_is_no_list() -> None:
    rows = ["Save Line Cook at Bellacorta", "Line Cook", "Line Cook at Bellacorta", "Apply for Line Cook", BODY]
    assert len(listed_titles(rows, lambda row: "Cook" in row)) < 2


@pytest.mark.parametrize(
    "text",
    [
        "Hi Tom,\n\nTwo roles I think you could suit:\n\n1. Line Cook - Bellacorta, £30k\n2. Pastry Chef - Miller's, £32k\n\nTell me which one you like.",
        "Three positions that are open here:\n- Line Cook (Bellacorta)\n- Pastry Chef (Miller's)\n- Waiter (Pier Nine)\nWrite to us.",
    ],
)
def test_a_mail_with_several_jobs_is_a_list(text: str) -> None:
    with pytest.raises(Permanent, match=r"names \d+ jobs"):
        check_one_job(text)


@pytest.mark.parametrize(
    "text",
    [
        "Two-bedroom flat to let in Leeds, close to the station. £950 per month, deposit £950. Viewings on Saturday.",
        "The river keeps its counsel\nunder the iron bridge,\nthe boats go out at morning\nand gulls stand on the ridge.",
    ],
)
def test_a_sum_or_a_word_for_a_job_makes_no_posting(text: str) -> None:
    assert not speaks_as_postings_do(text)
    with pytest.raises(Permanent, match="nothing in the text speaks of a job"):
        check_speaks_of_a_job(text)


@pytest.mark.parametrize(
    "text",
    [
        "Welder\nHarrow Steel\nLeeds, UK\n3 days ago\nMachinist\nTarn Works\nHull, UK\n5 days ago",
        "Saved jobs\nWelder\nHarrow Steel · Leeds, UK (On-site)\nSaved 2 days ago\nWelder\nTarn Works · Hull, UK (On-site)\nSaved 5 days ago\nWelder\nPike & Son · York, UK\nSaved 6 days ago",
        "Welder at Harrow Steel, Leeds\nMachinist at Tarn Works, Hull",
        "Harrow Steel is growing! We need:\n- 2 Welders\n- 1 Machinist\nCall us on 0113 000000",
        "Come and work at Harrow Steel\nWelder\nYou join plates in our yard.\nMachinist\nYou run our lathes at night.\nCrane Operator\nYou lift what they made.",
    ],
)
def test_a_few_cards_are_a_list(text: str) -> None:
    with pytest.raises(Permanent, match=r"names \d+ jobs"):
        check_one_job(text)


@pytest.mark.parametrize(
    "text",
    [
        "Welder\nHarrow Steel\nLeeds, UK\n3 days ago\nFull-time\nWelder\nYou join plates in our yard, and you check what others joined.",
        "Welder\nHarrow Steel\nLeeds, UK\n\nYou work with the Machinist and report to the Yard Manager.\nWe need 2 years of experience.\nTo apply, write to us.",
        "Welder at Harrow Steel, Leeds\nWe look for somebody who joins plates. You work in a team of 3 welders.",
    ],
)
def test_one_card_with_its_text_is_one_job(text: str) -> None:
    check_one_job(text)


def test_bold_within_a_line_is_no_part_of_a_name() -> None:
    assert own_text("*Harrow Steel* is hiring: *Welder* - Leeds") == "Harrow Steel is hiring: Welder - Leeds"
    assert own_text("2 * 3 * 4 stays") == "2 * 3 * 4 stays"


DUTIES = "You join plates in our yard and check what others joined. You will work in a team of six, in two shifts, and your holiday is paid. To apply, send us your CV by the end of March; we answer everybody within a week, and we pay the way to the interview."


def test_the_same_job_at_two_employers_is_two_postings() -> None:
    two = f"Welder\nHarrow Steel Ltd\nLeeds, UK\n\n{DUTIES}\n\n---\n\nSenior Welder\nTarn Works Ltd\nHull, UK\n\n{DUTIES}"
    with pytest.raises(Permanent, match=r"names \d+ jobs"):
        check_one_job(two)
    check_one_job(two.replace("Tarn Works Ltd", "Harrow Steel Ltd"))  # a board's line above the employer's own


def test_a_number_before_a_title_is_none_of_its() -> None:
    assert clean_title("1. Welder") == "Welder"
    assert clean_title("#2: Senior Welder") == "Senior Welder"
    assert clean_title("2nd Shift Welder") == "2nd Shift Welder"
