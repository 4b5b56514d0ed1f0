"""A page about many jobs of a kind is asked about; a posting that is headed in the plural and seeks one is not."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.identity.title.group_titles import names_a_group
from shared.errors import BadInput
from tests.unit.functions.interview_prep.posting.identity.test_posting_identity import read_paste


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Internships", "Our internships are posted in spring."),
        ("Nursing careers", "Our nurses work in teams."),
        ("PhD students", "PhD students apply to the graduate school by December."),
        ("Company drivers", "Company drivers are home weekly."),
        ("Karriere", "Wir bilden aus."),
    ],
)
def test_what_names_many_is_no_title(title: str, text: str) -> None:
    assert names_a_group(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Data Scientists", "As a Data Scientist you will join the team in Ulm."),
        ("Head of Sales", "Sales is led from Ulm."),
        ("Senior Operations Analyst", "Operations."),
        ("HGV Class 1 & 2 Drivers – Ripon", "Drivers start at four."),
        ("Careers Adviser", "Careers in schools."),
        ("", ""),
    ],
)
def test_what_names_one_is_a_title(title: str, text: str) -> None:
    assert not names_a_group(title, text)


async def test_a_labs_call_for_students_is_asked_about() -> None:
    text = "Join the lab\nWe are always looking for PhD students who want to work on soft matter. The lab is part of Marlow University. Applicants should send a CV.\nRequirements\nA degree in physics, full-time.\nPhD students\nApply to the graduate school of Marlow University by December."
    with pytest.raises(BadInput) as asked:
        await read_paste(text)
    assert asked.value.code == "posting_incomplete"
