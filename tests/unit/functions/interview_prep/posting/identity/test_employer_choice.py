"""Which of the names that a posting holds is its employer's: what speaks for each, and when none is likely enough."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.employer_domain import domains_in, tenants_in
from functions.interview_prep.posting.identity.employer.agencies import is_agencys, named_clients, speaks_for_another
from functions.interview_prep.posting.identity.employer.agreement import add_agreement, is_titles_tail
from functions.interview_prep.posting.identity.employer.board_phrases import before_its_place, named_by_boards
from functions.interview_prep.posting.identity.employer.candidates import Candidates
from functions.interview_prep.posting.identity.employer.choose_employer import SURE, choose_employer, weights
from functions.interview_prep.posting.identity.employer.find_names import find_names
from functions.interview_prep.posting.identity.employer.line_features import Lines
from functions.interview_prep.posting.identity.employer.name_features import AGAINST, features_of
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title.title_sentences import titles_in
from functions.interview_prep.posting.identity.weighed import probabilities

TEXT = "Line Cook\nBellacorta\nPortland, ME\n\nAt Bellacorta, you cook for sixty guests. Bellacorta is hiring. We use tools such as Quickbake."


def likely(text: str, title: str = "Line Cook") -> dict[str, float]:
    said, rows = PostingParts(text), [row for row in text.split("\n") if row]
    return probabilities(features_of(find_names(said, (), (), rows, title), said, rows, title), weights())


def test_a_name_beside_the_title_that_the_text_goes_on_to_use_is_sure() -> None:
    found = likely(TEXT)
    assert found["bellacorta"] > SURE
    assert sum(found.values()) <= 1.0
    assert found.get("quickbake", 0.0) < 0.05


def test_a_rival_takes_from_a_names_probability() -> None:
    alone = likely("Line Cook\nBellacorta\nPortland, ME")["bellacorta"]
    beside_another = likely("Bellacorta\nLine Cook\nOltrepo\nPortland, ME")["bellacorta"]
    assert beside_another < alone


def test_where_an_agency_speaks_for_a_client_its_own_name_is_not_taken() -> None:
    text = (
        "Line Cook\nHartwell Staffing\nPortland, ME\n\nOur client is looking for a cook. Hartwell Staffing is a staffing agency."
    )
    assert likely(text)["hartwellstaffing"] < SURE
    assert speaks_for_another(text, text.split("\n"))
    assert is_agencys("Hartwell Staffing", text, "Line Cook")
    assert not is_agencys("Hartwell Staffing", text, "Talent Partner")


def test_an_agencys_named_client_is_known() -> None:
    assert named_clients("Hartwell has partnered with Bellacorta to find a cook.") == {"Bellacorta"}
    assert named_clients("Our client, Bellacorta, needs a cook.") == {"Bellacorta"}


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (("Bellacorta", "Bellacorta Kitchens"), 1),
        (("Institute for Coastal Studies", "ICS"), 1),
        (("UK Coastal Studies", "UKCS"), 1),
        (("Eli", "Elite Movers"), 2),
        (("Acme GmbH", "Acme"), 1),
    ],
)
def test_two_spellings_of_one_name_are_one_candidate(names: tuple[str, ...], left: int) -> None:
    found = Candidates()
    for name in names:
        found.add(name, "beside")
    found.merge()
    assert len(found) == left


def test_the_spelling_that_most_finds_agree_on_is_the_names() -> None:
    found = Candidates()
    found.add("Corvid Games Montreal", "beside")
    for kind in ("head", "at_we"):
        found.add("Corvid Games", kind, trust=0.8)
    found.merge()
    assert [one.name for one in found.values()] == ["Corvid Games"]


def test_what_can_only_speak_against_a_name_never_speaks_for_it() -> None:
    assert all(weights().get(name, 0.0) <= 0.0 for name in AGAINST)


def test_words_of_hindi_are_whole() -> None:
    said = PostingParts("शाखा प्रबंधक\nसूर्योदय फाइनेंस लिमिटेड\nस्थान: लखनऊ")
    found = find_names(said, (), (), said.text.split("\n"), "शाखा प्रबंधक")
    assert "सूर्योदय फाइनेंस लिमिटेड" in [one.name for one in found.values()]


def test_a_name_that_boards_say_is_no_town_where_its_country_stands_behind_it() -> None:
    rows = [
        "Line Cook",
        "Bellacorta, India Bangalore Urban, Karnataka, India",
        "See who Bellacorta, India has hired for this role",
    ]
    found = find_names(PostingParts("\n".join(rows)), (), (), rows, "Line Cook")
    assert "board_says" in found["bellacorta"].counts
    assert "karnataka" not in found


def test_a_country_behind_a_legal_form_is_no_part_of_the_name() -> None:
    found = find_names(
        PostingParts("Line Cook\nBellacorta S.L. Spain"), (), (), ["Line Cook", "Bellacorta S.L. Spain"], "Line Cook"
    )
    names = [one.name for one in found.values()]
    assert "Bellacorta S.L." in names
    assert "Bellacorta S.L. Spain" not in names


@pytest.mark.parametrize(
    "row",
    [
        "See who Bellacorta has hired for this role",
        "Referrals increase your chances of interviewing at Bellacorta by 2x",
        "Interested in building your career at Bellacorta? Get future opportunities.",
        "Bellacorta Home Page",
        "at Bellacorta (View all jobs)",
        "Posted 3 July by Bellacorta",
        "2 days ago by Bellacorta",
        "Save Line Cook at Bellacorta",
        "Join to apply for the Line Cook role at Bellacorta",
        "View all jobs at Bellacorta",
        "Bellacorta careers page",
    ],
)
def test_boards_say_whose_a_job_is_in_phrases_of_their_own(row: str) -> None:
    assert list(named_by_boards(["Line Cook", row], "Line Cook")) == ["Bellacorta"]


@pytest.mark.parametrize("row", ["Posted 3 days ago", "Save this job", "We work at a pace", "Save Line Cook"])
def test_what_boards_say_of_no_employer_names_none(row: str) -> None:
    assert not list(named_by_boards([row], "Line Cook"))


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("Bellacorta Plano, TX", "Bellacorta"),
        ("Bellacorta Kitchens San Diego, CA", "Bellacorta Kitchens"),
        ("Bellacorta Berlin, Germany", "Bellacorta"),
        ("Plano, TX", ""),
        ("Bellacorta, Inc.", ""),
        ("We cook, clean and serve", ""),
    ],
)
def test_a_name_is_told_from_the_place_behind_it(row: str, name: str) -> None:
    assert before_its_place(row) == name


def test_what_boards_put_below_a_name_speaks_for_it() -> None:
    rows = ["Bellacorta", "4.1 ★", "Line Cook", "Portland, ME"]
    found = Lines(rows, "Line Cook", (2,), {"bellacorta": 0}).features("bellacorta")
    assert (found["rated"], found["near_title"], found["sole_lone"], found["line_above"]) == (1.0, 1.0, 1.0, 0.0)
    rows = ["Line Cook", "Bellacorta", "View all jobs", "Portland, ME"]
    found = Lines(rows, "Line Cook", (0,), {"bellacorta": 1}).features("bellacorta")
    assert (found["line_below"], found["linked"], found["place_next"], found["rated"]) == (1.0, 1.0, 1.0, 0.0)


def test_what_is_left_of_the_titles_line_is_the_employers() -> None:
    found = Lines(["Line Cook - Bellacorta (Portland, ME)"], "Line Cook", (0,), {})
    assert found.features("bellacorta")["sole_part"] == 1.0
    assert found.features("portland")["sole_part"] == 0.0


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("We are currently seeking a talented and patient Line Cook for our kitchen.", "Line Cook"),
        ("The team is in need of a Pastry Chef to join us.", "Pastry Chef"),
        ("The Deputy Head Chef will run the evening service.", "Deputy Head Chef"),
        ("Bellacorta is looking for a self-driven Senior Mechanical Engineer to join us.", "Senior Mechanical Engineer"),
    ],
)
def test_sentences_name_the_title(sentence: str, title: str) -> None:
    assert title in [found for found, _ in titles_in(sentence)]


def test_a_word_for_somebody_is_no_title() -> None:
    assert not list(titles_in("We are looking for an Intern. Each Associate will help a Team Member. This Leader role is new."))


def test_places_that_do_not_copy_each_other_agree() -> None:
    features = {"acme": {"beside": 1.0, "at_we": 1.0, "model": 1.0}, "leeds": {"beside": 0.5, "any": 1.0}}
    add_agreement(features)
    acme, leeds = features["acme"], features["leeds"]
    assert (acme["agreed"], acme["stands_and_told"], acme["stands_and_signs"], acme["agreed_alone"]) == (1.0, 1.0, 0.0, 1.0)
    assert (leeds["agreed"], leeds["stands_and_told"], leeds["agreed_alone"]) == (0.0, 0.0, 0.0)


def test_what_only_stands_behind_the_title_is_asked_about() -> None:
    assert is_titles_tail({"line_of_title": 1.0, "sole_part": 1.0, "said": 1.0})
    assert not is_titles_tail({"line_of_title": 1.0, "sole_part": 1.0, "hires": 1.0})
    assert not is_titles_tail({"line_of_title": 1.0, "legal_form": 1.0})
    text = "Line Cook - Event Systems\n\nYou prepare salads for guests. We offer meals and a pension. You should know Event Systems well."
    said, rows = PostingParts(text), [row for row in text.split("\n") if row]
    sure, _ = choose_employer(find_names(said, (), (), rows, "Line Cook"), said, rows, "Line Cook")
    assert sure == ""


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("https://jobs.lever.co/bellacorta/1234\nLine Cook", ["bellacorta"]),
        ("Apply at https://bellacorta.bamboohr.com/careers/12 today", ["bellacorta"]),
        ("See https://careers-bellacorta.icims.com/jobs/7/job", ["bellacorta"]),
        ("See https://www.bellacorta.com/jobs", []),
    ],
)
def test_a_boards_address_says_whose_board_it_is(text: str, owners: list[str]) -> None:
    assert tenants_in(text) == owners


def test_an_address_above_the_text_is_a_boards_unless_the_text_speaks_of_its_owner() -> None:
    assert domains_in("https://jobs.findwork.example/x/1\nLine Cook\nWrite to jobs@bellacorta.com") == ["bellacorta.com"]
    assert domains_in("https://www.bellacorta.com/jobs/1\nLine Cook\nBellacorta is hiring.")[0] == "bellacorta.com"


def test_a_country_behind_a_name_is_no_part_of_it() -> None:
    said = PostingParts("Line Cook at Bellacorta & Sons, United States\n\nBellacorta & Sons is hiring.")
    names = find_names(said, (), (), said.text.split("\n")[:1], "Line Cook")
    assert not any("United States" in spelling for one in names.values() for spelling in one.spellings)
