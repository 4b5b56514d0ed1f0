"""Pages and pastes that are not one job are refused, with the right reason."""

from __future__ import annotations

import contextlib

import pytest

from functions.interview_prep.posting.page.single_posting_check import check_one_job
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stages.read_posting import read_posting
from shared.errors import HeadraceError
from tests.support.fakes import FakeWeb, fake_ports, page
from tests.support.hostile.processor_time import takes_at_most
from tests.unit.functions.interview_prep.posting.identity.test_posting_identity import BODY, URL, offline, read_paste

JOBS = "".join(
    f'<li><a href="/jobs/1000{at}-x">{title}</a></li>'
    for at, title in enumerate(
        [
            "Data Engineer",
            "Product Manager",
            "Backend Engineer",
            "Account Executive",
            "UX Designer",
            "Recruiter",
            "Office Manager",
            "QA Engineer",
            "iOS Engineer",
        ]
    )
)
ABOUT = "We are a company of two hundred people who make software for logistics. Our values are trust, craft and calm. " * 8


def article(title: str, sentence: str) -> str:
    return f"<title>{title}</title><h1>{title}</h1><p>{sentence * 12}</p>"


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        (f"<title>Careers at Quillbrook</title><h1>Open positions</h1><ul>{JOBS}</ul>", "posting_is_listing"),
        (f"<title>142 Data Engineer jobs in Berlin | Board</title><h1>142 jobs</h1><ul>{JOBS}</ul>", "posting_is_listing"),
        (f"<title>Quillbrook</title><h1>Join us</h1><p>{ABOUT}</p><ul>{JOBS}</ul>", "posting_is_listing"),
        (f"<title>Jobs at Acme Dairy</title><h1>We are hiring</h1><h2>Data Engineer</h2><p>{BODY}</p><h2>Truck Driver</h2><p>{BODY}</p>", "posting_is_listing"),
        (article("How we moved to Kafka - Quillbrook", "Our team of engineers decided to replace the old queue. "), "posting_unreadable"),
        (article("10 interview questions for data engineers", "A data engineer is often asked about SQL and pipelines. "), "posting_unreadable"),
        (article("Quillbrook hires new CEO", "The company said on Monday that it appointed a chief executive. "), "posting_unreadable"),
        (article("Data Engineer salaries in Berlin", "The average salary for a Data Engineer is 70,000 EUR per year. "), "posting_unreadable"),
        (article("Ada Vale - Data Engineer - Quillbrook | LinkedIn", "Data Engineer at Quillbrook. Experience: pipelines. Education: TU Berlin. 500 connections. "), "posting_unreadable"),
        (article("About Quillbrook", ABOUT), "posting_unreadable"),
        (f"<title>Data Engineer at Quillbrook</title><h1>Data Engineer</h1><p>This position has been filled.</p><p>{ABOUT}</p>", "posting_closed"),
        ("<title>Page not found</title><h1>404</h1><p>Sorry, this page does not exist.</p>", "posting_not_found"),
        ("<title>Sign in | Board</title><h1>Sign in</h1><p>Sign in to view this job.</p>", "posting_blocked"),
        ("<title>Just a moment...</title><h1>Checking your browser</h1><p>Verify you are human.</p>", "posting_blocked"),
    ],
    ids=range(14),
)  # fmt: skip
async def test_pages_that_are_not_one_job(markup: str, code: str) -> None:
    web = FakeWeb({URL: page(URL, f"<html>{markup}</html>")})
    with pytest.raises(HeadraceError) as caught:
        await read_posting(PrepRequest(job_posting_url=URL), fake_ports(web=web, models=offline()))
    assert caught.value.code == code


async def test_a_job_with_other_jobs_below_it_is_no_list() -> None:
    others = f"<h2>Similar Jobs</h2><ul>{JOBS}</ul><h2>Recently Viewed Jobs</h2><ul>{JOBS}</ul>"
    markup = f"<title>Data Engineer by Quillbrook in Whitby Ref: 2244255</title><h1>Data Engineer</h1><p>At Quillbrook, we move freight. {BODY}</p>{others}"
    web = FakeWeb({URL: page(URL, f"<html>{markup}</html>")})
    posting = await read_posting(PrepRequest(job_posting_url=URL), fake_ports(web=web, models=offline()))
    assert (posting.title, posting.company) == ("Data Engineer", "Quillbrook")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Open roles at Acme\nData Engineer\nProduct Manager\nDesigner\nRecruiter\nAccount Executive", "posting_is_listing"),
        ("How we hire at Acme. We believe in values. " * 10, "posting_unreadable"),
        (
            "Dear Sam, thank you for applying to Quillbrook. We will get back to you in two weeks. Best, Dana",
            "posting_unreadable",
        ),
        (
            "Ada Vale\nData Engineer\nExperience: Quillbrook 2019-2023, built pipelines.\nEducation: TU Berlin",
            "posting_unreadable",
        ),
    ],
)
async def test_pastes_that_are_not_one_job(text: str, code: str) -> None:
    with pytest.raises(HeadraceError) as caught:
        await read_paste(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "text", ["education " * 1_500, "Dear A " * 2_000, "1 connections " * 1_000, "2019-" * 3_000, "a" * 15_000]
)
def test_hostile_texts_cost_little(text: str) -> None:

    def check() -> None:
        with contextlib.suppress(HeadraceError):
            check_one_job(text, (text[:200],), (text[:200],))

    assert takes_at_most(10, check)
