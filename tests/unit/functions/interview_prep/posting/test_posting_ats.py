"""Postings by the public JSON of Greenhouse, Lever and Ashby."""

from __future__ import annotations

import json
from typing import Any

import pytest

from functions.interview_prep.posting.job_board_apis import Job, job_at
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import Posting
from functions.interview_prep.stages.read_posting import read_posting
from shared.errors import Permanent
from tests.support.fakes import FakeWeb, fake_ports, page

GREENHOUSE, LEVER, ASHBY = (
    "https://boards-api.greenhouse.io/v1/boards/acme",
    "https://api.lever.co/v0/postings/acme",
    "https://api.ashbyhq.com/posting-api/job-board/acme",
)
ID = "0a1b2c3d-0000-4000-8000-0123456789ab"
TEXT = "You run the ovens and the people who feed them. " * 8


async def read(url: str, answers: dict[str, Any]) -> tuple[Posting, FakeWeb]:
    web = FakeWeb({key: page(key, value if isinstance(value, str) else json.dumps(value)) for key, value in answers.items()})
    return await read_posting(PrepRequest(job_posting_url=url), fake_ports(web=web)), web


async def test_greenhouse() -> None:
    job = {
        "title": "Baker",
        "company_name": "Acme Bread",
        "absolute_url": "https://careers.acmebread.example/jobs?gh_jid=7",
        "location": {"name": "Porto"},
        "content": f"&lt;p&gt;{TEXT}&lt;/p&gt;&lt;ul&gt;&lt;li&gt;R&amp;amp;D&lt;/li&gt;&lt;/ul&gt;",
        "first_published": "2026-05-04T10:00:00-04:00",
        "pay_input_ranges": [{"min_cents": 5000000, "max_cents": 6550000, "currency_type": "USD", "title": "Annual salary"}],
    }
    posting, web = await read("https://boards.greenhouse.io/acme/jobs/7?gh_src=x", {f"{GREENHOUSE}/jobs/7": job})
    assert (posting.title, posting.company, posting.location, posting.read_by) == ("Baker", "Acme Bread", "Porto", "ats")
    assert (posting.company_domain, posting.date_posted) == ("acmebread.example", "2026-05-04")
    assert posting.salary.startswith("USD 50,000-65,500")
    assert posting.description.endswith("- R&D")
    assert web.calls[0][1]["trusted"] is True


async def test_lever_names_the_company_by_its_board() -> None:
    job: dict[str, Any] = {
        "text": "Baker",
        "descriptionPlain": TEXT,
        "lists": [{"text": "You have", "content": "<li>Arms</li>"}],
        "categories": {"commitment": "Full-time"},
    }
    job |= {
        "salaryRange": {"min": 40000, "max": 50000, "currency": "EUR", "interval": "per-year-salary"},
        "createdAt": 1767225600000,
    }
    posting, _ = await read(f"https://jobs.lever.co/acme/{ID}/apply", {f"{LEVER}/{ID}": job})
    assert (posting.company, posting.salary, posting.date_posted) == ("Acme", "EUR 40,000-50,000 per year", "2026-01-01")
    assert "You have\n- Arms" in posting.description
    assert any("board's address" in warning for warning in posting.warnings)


async def test_ashby_finds_the_job_on_its_board() -> None:
    jobs = {
        "jobs": [
            {"id": "other", "title": "Cook"},
            {
                "id": ID,
                "title": "Baker",
                "isRemote": True,
                "employmentType": "FullTime",
                "descriptionHtml": f"<p>Acme is hiring. {TEXT}</p>",
            },
        ]
    }
    posting, _ = await read(f"https://jobs.ashbyhq.com/acme/{ID}", {ASHBY: jobs})
    assert (posting.title, posting.company, posting.location, posting.employment_type) == ("Baker", "Acme", "Remote", "Full-time")
    assert not posting.company_domain


async def test_a_board_shown_on_the_employers_page() -> None:
    site = "https://www.acme.example/careers?gh_jid=7"
    shell = '<script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>'
    posting, _ = await read(
        site, {site: shell, f"{GREENHOUSE}/jobs/7": {"title": "Baker", "company_name": "Acme", "content": TEXT}}
    )
    assert (posting.title, posting.company_domain) == ("Baker", "acme.example")


async def test_the_board_is_spelled_as_the_description_spells_it() -> None:
    job = {"text": "Baker", "descriptionPlain": f"At Acme Robotics, we bake. {TEXT}"}
    url = f"https://jobs.lever.co/acmerobotics/{ID}"
    posting, _ = await read(url, {LEVER.replace("acme", "acmerobotics") + f"/{ID}": job})
    assert posting.company == "Acme Robotics"
    assert not any("address" in warning for warning in posting.warnings)


async def test_a_job_that_is_not_on_its_board_is_closed() -> None:
    with pytest.raises(Permanent) as caught:
        await read(f"https://jobs.ashbyhq.com/acme/{ID}", {ASHBY: {"jobs": [{"id": "other", "title": "Cook"}]}})
    assert caught.value.code == "posting_closed"


@pytest.mark.parametrize(
    "url",
    ["https://boards.greenhouse.io/acme", "https://jobs.lever.co/acme/apply", "https://boards.greenhouse.io/../jobs/7",
     "https://jobs.ashbyhq.com/%2e%2e/x", "https://boards.greenhouse.io.evil.example/acme/jobs/7", "https://["],
)  # fmt: skip
def test_addresses_that_name_no_job(url: str) -> None:
    assert job_at(url) is None


def test_addresses_that_name_a_job() -> None:
    assert job_at("https://boards.greenhouse.io/embed/job_app?for=acme&token=7") == Job("greenhouse", "acme", "7")
    assert job_at("https://boards.greenhouse.io/acme?gh_jid=7") == Job("greenhouse", "acme", "7")
    assert job_at(f"https://jobs.ashbyhq.com/Acme%20Inc/{ID}/application") == Job("ashby", "Acme Inc", ID)


@pytest.mark.parametrize("status", [404, 410])
async def test_a_job_the_board_lost_is_closed(status: int) -> None:
    web = FakeWeb({f"{GREENHOUSE}/jobs/7": page(GREENHOUSE, "{}", status=status)})
    with pytest.raises(Permanent) as caught:
        await read_posting(PrepRequest(job_posting_url="https://job-boards.greenhouse.io/acme/jobs/7"), fake_ports(web=web))
    assert caught.value.code == "posting_closed"


@pytest.mark.parametrize(
    "body", ["<html>oops", "[]", "{}", '{"title": 3, "content": [], "location": "x", "pay_input_ranges": "x"}']
)
async def test_json_that_says_nothing_leaves_the_page_to_be_read(body: str) -> None:
    url = f"https://jobs.lever.co/acme/{ID}"
    ld = json.dumps({"@type": "JobPosting", "title": "Baker", "hiringOrganization": "Acme", "description": TEXT})
    posting, _ = await read(
        url, {f"{LEVER}/{ID}": body.replace('"title": 3', '"text": ""'), url: f'<script type="application/ld+json">{ld}</script>'}
    )
    assert (posting.title, posting.read_by, posting.company_domain) == ("Baker", "json_ld", "")


async def test_european_boards_are_asked_at_their_own_host() -> None:
    job = {"text": "Baker", "descriptionPlain": TEXT, "categories": {}}
    address = f"https://api.eu.lever.co/v0/postings/acme/{ID}"
    posting, _ = await read(f"https://jobs.eu.lever.co/acme/{ID}", {address: job})
    assert (posting.title, posting.read_by) == ("Baker", "ats")
    green = "https://boards-api.eu.greenhouse.io/v1/boards/acme/jobs/7"
    posting, _ = await read(
        "https://job-boards.eu.greenhouse.io/acme/jobs/7", {green: {"title": "Baker", "company_name": "Acme", "content": TEXT}}
    )
    assert posting.company == "Acme"
