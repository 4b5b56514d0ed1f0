"""A model's answer beside the rules': its right answers are taken however they are worded, what the text does not say is not."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.identity.answer_in_text import company_in, title_in
from functions.interview_prep.posting.read_by_model import PostingFacts
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import Posting
from functions.interview_prep.stages.read_posting import read_posting
from shared.errors import BadInput, Permanent
from tests.support.fakes import FakeModels, fake_ports

TEXT = """Sr. Data Engineer (m/w/d) Backend
Tarnholt Robotics GmbH
You were appointed to care for metadata in C++. We use SAPling and WAIR helps; write to jobs@ostgut.example.
ORLOV MARKETS seeks a C++ Developer.
나루터를 만드는 회사"""
DUTIES = """
We are looking for somebody to own the ingestion services, review changes and keep the on-call diary in order.
Responsibilities
- Build services that read sensors and write tables.
- Keep the tables right when a sensor is late.
Requirements
- Five years of Go or Java.
- You can explain a trade-off in writing.
"""


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Sr. Data Engineer (m/w/d) Backend", "Sr. Data Engineer (m/w/d) Backend"),
        ("Senior Data Engineer", "Sr. Data Engineer"),
        ("Senior Data Engineer Backend", "Sr. Data Engineer (m/w/d) Backend"),
        ("SR DATA ENGINEER (M/W/D)", "Sr. Data Engineer (m/w/d)"),
        ("Data Engineer - Berlin, Germany", "Data Engineer"),
        ("Data Engineer (Remote)", "Data Engineer"),
        ("Data Engineer at Tarnholt Robotics", "Data Engineer"),
        ("C++ Developer", "C++ Developer"),
        ("C Developer", ""),
        ("Lead Data Engineer", ""),
        ("Engineer of Data", ""),
        ("Not specified", ""),
        ("Berlin (Data Engineer)", ""),
        ("", ""),
    ],
)
def test_a_title_is_the_texts_own(answer: str, expected: str) -> None:
    assert title_in(answer, TEXT) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("TARNHOLT ROBOTICS", "Tarnholt Robotics"),
        ("Tarnholt Robotics GmbH", "Tarnholt Robotics GmbH"),
        ("Tarnholt Robotics Inc.", "Tarnholt Robotics"),
        ("The Tarnholt Robotics Group", "Tarnholt Robotics"),
        ("Orlov Markets", "Orlov Markets"),
        ("Ostgut Ltd", "Ostgut"),
        ("나루터", "나루터"),
        ("SAP", ""),
        ("Meta", ""),
        ("Google", ""),
        ("Unknown", ""),
        ("Not mentioned in the posting", ""),
        ("null", ""),
    ],
)
def test_an_employer_is_named_by_the_text_in_whole_words(answer: str, expected: str) -> None:
    assert company_in(answer, TEXT) == expected


async def read(text: str, verdict: str = "posting", jobs: tuple[str, ...] = (), **facts: str) -> Posting:
    answer = PostingFacts.model_validate({"verdict": verdict, "jobs": jobs, **facts})
    return await read_posting(PrepRequest(posting_text=text), fake_ports(models=FakeModels(lambda **_: answer)))


async def test_a_name_that_stands_once_is_the_employers_if_the_model_says_so() -> None:
    text = f"Data Engineer - Quillmere{DUTIES}"
    assert (await read(text, title="Data Engineer", company="Quillmere, Inc.")).company == "Quillmere"
    with pytest.raises(BadInput, match="employer"):  # without it a team stands there as likely
        await read(text, title="Data Engineer")


@pytest.mark.parametrize("company", ["Google", "Responsibilities", "Not specified", "Five", "Go"])
async def test_what_is_no_employer_in_the_text_is_none_whatever_the_model_says(company: str) -> None:
    with pytest.raises(BadInput, match="employer"):
        await read(f"Data Engineer{DUTIES}", title="Data Engineer", company=company)


async def test_a_wrong_answer_does_not_outdo_what_the_text_says_plainly() -> None:
    text = f"Data Engineer\nCompany: Quillmere\n{DUTIES}\nAt Quillmere, we read sensors with Datadog and with Grafana."
    posting = await read(text, title="Engineer", company="Grafana")
    assert (posting.title, posting.company) == ("Data Engineer", "Quillmere")


LIST = f"We are growing.{DUTIES}\nYou may come to us as a Depot Planner or as a Yard Marshal: both are open."


async def test_a_paste_is_several_jobs_where_the_model_names_two_that_stand_in_it() -> None:
    with pytest.raises(Permanent) as caught:
        await read(LIST, "listing", ("Depot Planner", "Yard Marshal"))
    assert caught.value.code == "posting_is_listing"
    assert "Depot Planner, Yard Marshal" in str(caught.value)


@pytest.mark.parametrize(
    ("verdict", "jobs"), [("listing", ("Depot Planner",)), ("listing", ("Pilot", "Cook")), ("closed", ()), ("error", ())]
)
async def test_a_verdict_that_the_text_does_not_bear_out_asks(verdict: str, jobs: tuple[str, ...]) -> None:
    with pytest.raises(BadInput) as caught:
        await read(LIST, verdict, jobs)
    assert caught.value.code == "posting_incomplete"
