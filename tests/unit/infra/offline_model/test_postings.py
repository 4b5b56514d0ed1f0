"""The offline model reads postings whose schema it has never seen, from the page's text alone."""

from __future__ import annotations

from typing import Literal

import pytest
from pydantic import BaseModel

from infra.offline_model.interviews.posting_text import Description
from tests.unit.infra.offline_model.offline_models import offline_models


class Read(BaseModel):
    verdict: Literal["posting", "closed", "listing", "not_a_posting"]
    title: str
    company: str
    location: str
    salary: str
    valid_through: str
    level: Literal["", "junior", "senior", "staff"]
    description: str


PAGE = """Jobs
Senior Tide Engineer at Brackwater Labs
Location: Porto, Portugal
Full-time

Brackwater Labs is looking for an engineer who likes salt water and measured claims.

Responsibilities
- Build the pumps' control software and take part in its night shifts.
- Work with marine biologists on what the numbers mean for the mussels.

Requirements
- Five years of experience with embedded C++ or Rust in production.

Salary: EUR 61,000 - 74,000 per year. Apply by 2027-01-31."""


async def read(text: str) -> Read:
    return await offline_models().ask(instructions="Read the posting.", data=text, answer=Read)


async def test_facts_are_found_in_plain_text() -> None:
    found = await read(PAGE)
    assert (found.verdict, found.title, found.company, found.location) == (
        "posting",
        "Senior Tide Engineer",
        "Brackwater Labs",
        "Porto, Portugal",
    )
    assert found.salary.startswith("EUR 61,000 - 74,000")
    assert (found.valid_through, found.level) == ("2027-01-31", "senior")
    assert "- Five years of experience with embedded C++ or Rust in production." in found.description


@pytest.mark.parametrize(("text", "verdict"), [
    (f"{PAGE}\nThis position has been filled.", "closed"),
    ("404\nPage not found\nThe page you are looking for does not exist. " + "Go home. " * 40, "not_a_posting"),
    ("Short.", "not_a_posting"),
    ("134 open jobs\nSort by date\n" + "\n".join(f"{city} Tide Engineer" for city in ("Porto", "Vigo", "Brest", "Cork", "Oban", "Bergen")) + "\nJob alerts\n" * 12, "listing"),
])  # fmt: skip
async def test_other_pages_are_called_what_they_are(text: str, verdict: str) -> None:
    found = await read(text)
    assert found.verdict == verdict
    assert verdict == "closed" or found.title == ""


@pytest.mark.parametrize(
    ("line", "part", "title"),
    [
        ("Education Required: Bachelor’s degree required in engineering", "must", "Bachelor’s degree required in engineering"),
        ("Can you code proficiently in at least one language, with five years of experience?", "must", "Code proficiently in at least one language"),
        ("Job Title: Research Scientist with expertise in language", "about", ""),
        ("This advertisement describes the work required and is not an exhaustive list.", "about", ""),
        ("Ph.D. required in speech science or a related field", "must", "Ph.D. required in speech science or a related field"),
    ],
)  # fmt: skip
def test_a_need_is_read_without_its_label_and_a_fact_is_none(line: str, part: str, title: str) -> None:
    needs = Description({"description": f"Requirements\n- {line}\n- Two years of patience"}).needs
    found = next(need for need in needs if need.text.rstrip(".?") in line or need.text[1:].rstrip(".?") in line)
    assert found.part == part
    assert not title or found.title.startswith(title)
