"""Dates, pay and levels as postings write them."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.structured_data.schema_org import facts_of
from functions.interview_prep.posting.values.pay_amounts import amount_of, money
from functions.interview_prep.posting.values.pay_parser import pay_in
from functions.interview_prep.posting.values.posting_dates import iso_date
from functions.interview_prep.posting.values.seniority_level import level_of
from tests.support.hostile.processor_time import takes_at_most


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2020-11-25T15:01:35-08:00", "2020-11-25"),
        ("2020-10-20 20:28:32 UTC", "2020-10-20"),
        ("October 3rd, 2020", "2020-10-03"),
        ("3. Oct 2020", "2020-10-03"),
        (1767225600000, "2026-01-01"),
        ("1767225600", "2026-01-01"),
        ("2020-13-45", ""),
        ("soon", ""),
        (float("nan"), ""),
        (10**30, ""),
        (None, ""),
    ],
)
def test_dates(value: object, date: str) -> None:
    assert iso_date(value) == date


def test_money() -> None:
    assert money("USD", [150000.0, 120000.0], "YEAR") == "USD 120,000-150,000 per year"
    assert money("EUR", [21.5, 0], "HOUR") == "EUR 21.50 per hour"
    assert money("USD", [55000], "ANN") == "USD 55,000 per year"
    assert money("EUR", [4e4], "per-year-salary") == "EUR 40,000 per year"
    assert money("USD", [0, 0], "YEAR") == ""


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("Pay: $120,000 - $150,000 a year.", "$120,000 - $150,000 a year"),
        ("We offer €25 per hour", "€25 per hour"),
        ("£85k - 110k", "£85k - 110k"),
        ("We raised $20M to $30M. A $500 bonus. USD 5 million per year.", ""),
    ],
)
def test_pay_in_a_text(text: str, pay: str) -> None:
    assert pay_in(text) == pay


@pytest.mark.parametrize(
    ("title", "text", "level"),
    [
        ("Senior Product Manager", "", "senior"),
        ("Engineering Manager", "", "manager"),
        ("Product Manager", "", ""),
        ("Director of Engineering", "", "director"),
        ("Software Engineering Intern", "", "intern"),
        ("Baker", "Experience level: Mid-Level", "mid"),
        ("Baker", "an entry-level job", "junior"),
        ("Baker", "from staff level to lead", ""),
    ],
)
def test_levels(title: str, text: str, level: str) -> None:
    assert level_of(title, text) == level


def test_schema_org_values_of_any_shape() -> None:
    facts = facts_of(
        {
            "title": ["Cook", "Chef"],
            "hiringOrganization": [{"name": ["Acme"], "sameAs": None, "url": ["www.acme.example"]}],
            "jobLocation": [
                {"address": {"addressLocality": "Oslo", "addressRegion": "-", "addressCountry": {"name": "NO"}}},
                {"address": "Bergen"},
            ],
            "employmentType": ["FULL_TIME", "CONTRACTOR"],
            "baseSalary": {"currency": "NOK", "value": {"minValue": "400000", "maxValue": 5e5, "unitText": "YEAR"}},
            "description": "<p>Cook.</p>",
            "qualifications": ["Knives", "Fire"],
            "responsibilities": {"description": "Cook."},
        }
    )
    assert (facts.title, facts.company, facts.location) == ("Cook", "Acme", "Oslo, NO; Bergen")
    assert (facts.employment_type, facts.salary) == ("Full-time, Contract", "NOK 400,000-500,000 per year")
    assert facts.description == "Cook.\n\nQualifications\n- Knives\n- Fire"
    assert facts.websites == ("www.acme.example",)
    odd = facts_of(
        {
            "title": 3,
            "hiringOrganization": 5,
            "jobLocation": "x",
            "baseSalary": [None],
            "description": {"a": 1},
            "validThrough": {},
        }
    )
    assert (odd.title, odd.company, odd.location) == ("3", "5", "x")
    assert not facts_of({"title": "x", "hiringOrganization": "Confidential"}).company


def test_remote_work() -> None:
    def location(**more: object) -> str:
        return facts_of({"jobLocationType": "TELECOMMUTE", **more}).location

    assert location() == "Remote"
    assert location(applicantLocationRequirements={"@type": "Country", "name": "USA"}) == "Remote (USA)"
    assert location(jobLocation={"address": {"addressCountry": "Anywhere"}}) == "Remote"
    assert (
        location(jobLocation=[{"address": {"addressCountry": f"C{n}"}} for n in range(40)]) == "Remote (40 countries or places)"
    )


@pytest.mark.parametrize(
    ("value", "amount"),
    [("80,000.00", 80000), ("$45.50", 45.5), ("55.000", 55000), ("1.234,56", 1234.56), ("80 000", 80000), ("17,25", 17.25), ("0.125", 0.125), ("120k", 120000), ("100'000", 100000), (55000, 55000), ("€ 55.000,00", 55000), ("none", 0), (True, 0), (float("nan"), 0)],
)  # fmt: skip
def test_numbers_as_people_write_them(value: object, amount: float) -> None:
    assert amount_of(value) == amount


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("We pay between $80,000 and $95,000 per year.", "$80,000 and $95,000 per year"),
        ("$17.25 USD per hour", "$17.25 USD per hour"),
        ("Mzda: 45 000 - 60 000 Kč měsíčně", "45 000 - 60 000 Kč měsíčně"),
        ("Gehalt 55.000 bis 65.000 EUR", "55.000 bis 65.000 EUR"),
        ("薪资 15000-25000元/月", "15000-25000元/月"),
        ("Base pay: $150-190k plus equity", "$150-190k"),
        ("raised $300 million; a budget of $5,000; $1B in revenue", ""),
    ],
)
def test_pay_by_locale(text: str, pay: str) -> None:
    assert pay_in(text) == pay


@pytest.mark.parametrize("text", ["$1," * 5_000, "1.1" * 5_000, "$ " * 7_000, "$1 to " * 2_500, "€" * 15_000, "9" * 15_000])
def test_hostile_pay_costs_little(text: str) -> None:
    assert takes_at_most(10, lambda: pay_in(text))
