"""A question about a posting says first what the text looks like; what is surely no job is refused as what it is."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from functions.interview_prep.posting.page.other_documents import other_document
from functions.interview_prep.posting.page.refusals import notice_of_closing
from functions.interview_prep.posting.page.single_posting_check import looks_like
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stages.read_posting import read_posting
from shared.errors import HeadraceError, Permanent
from tests.support.fakes import FakeModels, FakeWeb, fake_ports, page


def _unasked(**_: object) -> BaseModel:
    raise AssertionError("no model is needed for this")


def test_titles_on_lines_of_their_own_look_like_a_list() -> None:
    text = "Come and work with us on the quay.\nWelder\nCrane Operator\nCrane Operator (nights)\nWrite to the office."
    said = looks_like(text)
    assert said == "This looks like a list of jobs (Welder, Crane Operator): if it is one, give one job's own page or text."
    assert "list" not in looks_like(text.replace("Crane Operator", "Welder"))


def test_one_job_with_others_below_it_does_not_look_like_a_list() -> None:
    assert "list" not in looks_like(
        f"Net Mender\n{'You mend what the boats bring in. ' * 9}\nSimilar jobs\nCrane Operator\nWelder"
    )


def test_a_text_that_says_nothing_of_a_job_looks_like_none_and_a_posting_like_nothing_else() -> None:
    assert looks_like("The quay was built in 1911.").startswith("This looks like no job posting")
    posting = "Net Mender\nResponsibilities\nRequirements\nBenefits\nFull-time\nTo apply, send your CV by the closing date."
    assert looks_like(posting) == ""


async def test_the_question_begins_with_what_the_text_looks_like() -> None:
    text = "Crane Operator for the old quay, two days a week, from the first of May on. Ask for the crew."
    with pytest.raises(HeadraceError) as asked:
        await read_posting(PrepRequest(posting_text=text), fake_ports(web=FakeWeb({}), models=FakeModels(_unasked)))
    assert asked.value.code == "posting_incomplete"
    assert (asked.value.advice or "").startswith(
        "This looks like no job posting: if it is none, give the posting's own page or text."
    )


async def test_a_pasted_note_that_a_job_is_closed_is_refused_as_closed() -> None:
    text = "Net Mender\nTarn & Daughters\nThis job is no longer available."
    with pytest.raises(Permanent, match="This job is no longer available") as refused:
        await read_posting(PrepRequest(posting_text=text), fake_ports(web=FakeWeb({}), models=FakeModels(_unasked)))
    assert refused.value.code == "posting_closed"


def test_a_count_of_jobs_that_were_filled_closes_nothing() -> None:
    assert notice_of_closing("Jobs Filled\n1,204") == ""
    assert notice_of_closing("Job filled") == "Job filled"
    assert notice_of_closing("Net Mender\nSimilar jobs\nThis job is closed.") == ""


async def test_a_robot_check_in_german_is_a_wall() -> None:
    url = "https://jobs.example.net/view/7"
    body = "<html><head><title>Sicherheitsprüfung</title></head><body><h1>Bestätigen Sie, dass Sie kein Roboter sind</h1></body></html>"
    web = FakeWeb({url: page(url, body, status=200, content_type="text/html; charset=utf-8")})
    with pytest.raises(Permanent) as refused:
        await read_posting(PrepRequest(job_posting_url=url), fake_ports(web=web, models=FakeModels(_unasked)))
    assert refused.value.code == "posting_blocked"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("MIRA TARN\nTarn Quay — Crane Operator (2019–2024)\nHull Docks — Rigger (2014–2019)\nWelding, Polish", "a CV"),
        ("Sehr geehrte Frau Lind,\nich bewerbe mich als Netzmacherin und freue mich auf ein Gespräch.", "an application"),
        ("Netting BSc\nCourse length: 3 years. 96 UCAS points. Entry requirements: none.", "a course"),
        ("Harbour Careers Fair\n3 May, the old customs house. Entry is free.", "an event"),
        ("Sample job description for a rigger\nResponsibilities\n- Rig\nRequirements\n- A head for heights", "a template"),
        ("How much does a rigger earn?\nMedian £26K. 300 salaries submitted since March.", "a page of salaries"),
    ],
)
def test_texts_about_work_that_offer_none_are_called_what_they_are(text: str, what: str) -> None:
    assert other_document(text) == what


def test_a_posting_with_years_in_it_is_no_cv() -> None:
    assert not other_document("Rigger\nWe are building the new quay (2024–2026) after the old one (2019–2023). Apply by Friday.")


def test_a_mail_that_tells_of_several_jobs_in_sentences_looks_like_several() -> None:
    mail = (
        "Hi Kim, the first is for a rigger in Hull, the second one is a crane job on Mull. Which one shall I put you forward for?"
    )
    assert looks_like(mail) == "This looks like several jobs: give one job's own page or text."


def test_a_short_posting_with_its_form_below_is_no_form() -> None:
    form = "Apply for this job\n* indicates a required field\nFirst Name*\nLast Name*\nHow did you hear about us?\nSubmit application"
    assert not other_document(
        f"Crane Operator\nHull\nWhat you'll do\nYou lift what ships bring.\nYou have\nA steady hand.\n{form}"
    )
