"""Names that are a board's, a weekday's, a level's or a craft's first of all."""

from __future__ import annotations

import pytest

from functions.interview_prep.forum.mention_frames import frame_of
from functions.interview_prep.forum.usual_meanings import usual_meaning


def meaning(name: str, text: str) -> str | None:
    at = text.index(name)
    return usual_meaning(name.casefold(), text[:at], text[at + len(name) :])


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Glassdoor", "I read bad interview reviews from Glassdoor and Blind.", "channel"),
        ("Glassdoor", "Interview preparation: Glassdoor: offers real reports.", "channel"),
        ("Glassdoor", "I interviewed for a data role at Glassdoor in May.", None),
        ("Handshake", "Boards: Handshake (got 1 internship), others (2 offers)", "channel"),
        ("Handshake", "Is the team there better than Handshake for a summer?", None),
        ("Reddit", "How did your Reddit Data Science interviews go?", None),
        ("Reddit", "I did interviews at places like Acme, Brae, Reddit and Umber.", None),
        ("Reddit", "Even Reddit told me my resume is great.", "channel"),
        ("HackerRank", "HackerRank (with interviewer) round in Umber Cloud", "channel"),
        ("Monday", "I have an interview scheduled for Monday.", "word"),
        ("Monday", "I had my final round at Monday last week.", None),
        ("monday", "An offer from monday.com came in.", None),
        ("Principal", "A Principal Software Engineer led my panel.", "word"),
        ("Principal", "I interviewed at Principal in Des Moines.", None),
        ("SAP", "Preparing for a SAP FICO consultant interview.", "product"),
        ("SAP", "They look for a consultant in SAP with two years.", "product"),
        ("SAP", "No company that used Acme or SAP, please.", "product"),
        ("SAP", "My SAP AI internship interview is on Friday.", None),
        ("Oracle", "I finished my Oracle OCI interview loop.", None),
    ],
)
def test_a_name_means_what_it_usually_does_unless_somebody_works_there(name: str, text: str, expected: str | None) -> None:
    assert meaning(name, text) == expected


def test_the_usual_meaning_comes_before_any_other_frame() -> None:
    assert frame_of("Glassdoor", "Glassdoor", "bad interview reviews from ", " and Blind") == "channel"
    assert frame_of("Glassdoor", "Glassdoor", "I interviewed at ", " last spring") == "employer"
