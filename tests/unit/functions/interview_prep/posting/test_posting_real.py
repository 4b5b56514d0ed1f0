"""Real pages: each gives a posting or a clear, right reason. See shared/data/README.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import Posting
from functions.interview_prep.stages.read_posting import read_posting
from shared.errors import HeadraceError
from tests.support.fakes import FakeWeb, fake_ports, page
from tests.support.real_data import REAL_DATA

REAL = REAL_DATA / "jobs"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="real job pages are not beside the project")
URLS = {
    "remoteok": "https://remoteok.io/remote-jobs/99850",
    "stackoverflow": "https://stackoverflow.com/jobs/1/x",
    "wwr": "https://weworkremotely.com/remote-jobs/x",
    "linkedin": "https://ca.linkedin.com/jobs/view/1",
}


async def read(folder: str, name: str, company: str | None = None) -> Posting:
    url = URLS.get(name.split("__", maxsplit=1)[0], f"https://schema.example/{name}")
    prefix = "scrapers_spiders_" if folder == "pages" else ""
    content = (REAL / folder / f"{prefix}{name}.html").read_bytes()
    web = FakeWeb({url: page(url, content, content_type="text/html; charset=utf-8")})
    return await read_posting(PrepRequest(job_posting_url=url, company=company), fake_ports(web=web))


@pytest.mark.parametrize(
    ("name", "title", "company", "domain", "salary"),
    [
        ("remoteok__job", "Software Engineer II", "Comscore", "comscore.com", "USD 55,000 per year"),
        ("stackoverflow__job", "Solution Engineer (M/F/X)", "QUAJOO GmbH", "quajoo.com", ""),
        ("stackoverflow__job_remote", "Senior Front-End Engineer", "Hummingbot", "hummingbot.io", "USD 75,000-125,000 per year"),
        ("stackoverflow__job_via", "Senior Full-stack web developer - Python", "CBOE Global Markets", "cboe.com", "GBP 85,000-110,000 per year"),
        ("wwr__job", "DevOps Engineer, Kubernetes, AWS/GCP", "Bluelight Consulting", "bluelight.co", ""),
        ("wwr__job_json_decode_error", "Solidity Engineer", "ElevenYellow Pte Ltd", "elevenyellow.com", ""),
        ("wwr__job_no_image", "Devops Engineer", "Stealth Co", "", ""),
    ],
)  # fmt: skip
async def test_pages_that_hold_a_posting(name: str, title: str, company: str, domain: str, salary: str) -> None:
    posting = await read("pages", name)
    assert (posting.title, posting.company, posting.company_domain, posting.salary) == (title, company, domain, salary)
    assert (posting.read_by, posting.location != "") == ("json_ld", True)
    assert len(posting.description) > 900
    assert "<" not in posting.description
    assert posting.warnings == (f"The posting's closing date, {posting.valid_through}, has passed: it may no longer be open.",)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("linkedin__job", "posting_closed"),
        ("remoteok__error", "posting_unreadable"),
        ("stackoverflow__jobs", "posting_is_listing"),
    ],
)
async def test_pages_that_hold_none(name: str, code: str) -> None:
    with pytest.raises(HeadraceError) as caught:
        await read("pages", name)
    assert caught.value.code == code
    assert caught.value.advice


@pytest.mark.parametrize("syntax", ["jsonld", "microdata", "rdfa"])
async def test_one_example_in_three_syntaxes(syntax: str) -> None:
    posting = await read("schemaorg_examples", f"eg-0028.{syntax}")
    assert (posting.title, posting.company, posting.location) == ("Software Engineer", "ABC Company Inc.", "Kirkland, WA")
    assert (posting.salary, posting.level, posting.date_posted) == ("USD 100,000", "mid", "2011-10-31")


@pytest.mark.parametrize("path", sorted(REAL.glob("schemaorg_examples/*.jsonld.html")), ids=lambda path: path.stem)
async def test_every_example_is_read_once_its_company_is_known(path: Path) -> None:
    posting = await read("schemaorg_examples", path.stem, company="Acme")
    assert posting.company == "Acme"
    assert posting.title
