"""Facts that stand in a posting's running text alone are not denied."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.values.facts_in_description import NO_LOCATION, with_stated_facts
from functions.interview_prep.stage_messages import Posting


def read(description: str, **facts: str) -> Posting:
    return with_stated_facts(
        Posting(title="Planner", company="Fernhill", description=description, warnings=(NO_LOCATION, "Another."), **facts)
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("We plan routes. The role is based in Bath, with one day at home.", "Bath"),
        ("Our workshop in Stoke on Trent makes kilns.", "Stoke on Trent"),
        ("You will join our team at the Leeds depot of forty people.", "Leeds"),
        ("Work is at our Inverness plant, four days a week.", "Inverness"),
        ("Planner\nLocation: Cork, Ireland\nYou plan.", "Cork, Ireland"),
        ("This is a fully remote job with two meetings a year.", "Remote"),
    ],
)
def test_a_place_that_the_text_names_is_taken_from_it(text: str, place: str) -> None:
    posting = read(text)
    assert posting.location.startswith(place)
    assert posting.warnings == ("Another.",)


@pytest.mark.parametrize(
    "text",
    ["We fly from Porto to Madrid twice a day.", "You know Excel and plan in Python.", "The office opens on Monday.", ""],
)
def test_what_is_no_place_of_work_is_none(text: str) -> None:
    posting = read(text)
    assert posting.location == ""
    assert NO_LOCATION in posting.warnings


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("Paid weekly: 18.40 to 21.00 dollars an hour.", "18.40 to 21.00 dollars an hour"),
        ("We pay 31,000-36,500 euros a year and a bus pass.", "31,000-36,500 euros a year"),
        ("Lift 20 to 30 pounds, five hours a week.", ""),
    ],
)
def test_pay_in_words_is_read(text: str, pay: str) -> None:
    assert read(text).salary == pay


def test_what_the_reader_found_stays() -> None:
    posting = read("Based in Bath, full-time role.", location="Bristol", salary="30k")
    assert (posting.location, posting.salary, posting.employment_type) == ("Bristol", "30k", "Full-time")
