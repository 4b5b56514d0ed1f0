"""Names and titles in copies with what a board, a file or a letter puts around them."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.identity.employer.candidates import Candidates
from functions.interview_prep.posting.identity.employer.choose_employer import choose_employer
from functions.interview_prep.posting.identity.employer.find_names import find_names
from functions.interview_prep.posting.identity.employer.name_features import features_of
from functions.interview_prep.posting.identity.identify_job import identify
from functions.interview_prep.posting.identity.organisation_names import is_city, without_marks
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title.title_sentences import titles_in
from functions.interview_prep.posting.own_text import own_text
from functions.interview_prep.posting.page.main_text import without_others

DUTIES = (
    "You will plan the nightly runs and keep the boards up to date.\n\nRequirements:\n- three years of planning\n- a calm voice"
)


def test_a_boards_recommendations_above_the_postings_own_words_cut_nothing_off() -> None:
    board = (
        "Route Planner\nWhitby · Reposted 4 days ago\nFull-time\nApplication submitted\n12 hours ago\n"
        + "Prepare and practise.\n" * 12
    )
    text = f"{board}Recommended for you\nShow all\nAbout the job\nQuillon (https://quillon.example) is a builder of ferries.\n{DUTIES}"
    assert identify(PostingParts(text)).company == "Quillon"
    assert without_others(f"About the job\n{board}Recommended for you\nNight Planner\nAvonel").endswith("practise.")


def test_what_stands_for_a_picture_is_no_part_of_the_name() -> None:
    assert without_marks("Avatar for Quillon") == without_marks("Quillon logo") == "Quillon"
    assert without_marks("Logo Design Group") == "Logo Design Group"
    found = identify(
        PostingParts(f"Route Planner\n£8k – £25k\n\nCompany\nAvatar for Quillon\nQuillon\nLocation\nWhitby\n\n{DUTIES}")
    )
    assert found.company == "Quillon"


def test_who_says_at_the_employer_our_names_no_person() -> None:
    text = f"At Tarn, our mission is to move boats. The people of our crew at Tarn sail by night.\n\nWe are looking for a Route Planner. {DUTIES}"
    said, rows = PostingParts(text), [row for row in text.split("\n") if row]
    features = features_of(find_names(said, (), (), rows, "Route Planner"), said, rows, "Route Planner")
    assert not features["tarn"]["person"]
    other = "Maria Tarn, our owner, plans the boats herself. Maria Tarn is proud of Tarn."
    said = PostingParts(other)
    found = find_names(said, (), (), [other], "")
    found.add("Maria Tarn", "subject")
    assert features_of(found, said, [other], "")["mariatarn"]["person"]


def test_short_capitals_that_places_agree_on_do_not_count_against_a_name() -> None:
    text = f"Route Planner\n\nQTR builds boats. Write to jobs@qtr.example.\n\n{DUTIES}"
    said, rows = PostingParts(text), [row for row in text.split("\n") if row]
    features = features_of(find_names(said, (), (), rows, "Route Planner"), said, rows, "Route Planner")
    assert (features["qtr"]["agreed_alone"], features["qtr"]["capitals"]) == (1.0, 0.0)


@pytest.mark.parametrize(("address", "company"), [("tarnskyhq", "Tarn Sky Maps"), ("tarnoffice", "")])
def test_an_address_that_cuts_a_name_short_takes_nothing_from_it(address: str, company: str) -> None:
    text = f"Tarn Sky Maps charts the sea. Apply at {address}.example."
    found = Candidates()
    for name, kind in (("Tarn Sky Maps", "is_a"), *((address.title(), kind) for kind in ("tenant", "tenant", "address"))):
        found.add(name, kind)
    found.merge()
    assert choose_employer(found, PostingParts(text), [text], "")[0] == company


def test_whom_a_letter_greets_is_no_employer() -> None:
    text = f"FW: Route Planner\n\nHi Maria,\n\nMy name is Tom Wills and I'm a recruiter with Tarn Ferries. We plan boats.\n\n{DUTIES}"
    assert own_text(text).startswith("Route Planner\n\n\n\nMy name is")
    assert identify(PostingParts(text)).company_guess != "Hi Maria"
    assert "Hello Boats" in own_text("Hello Boats\nRoute Planner")


def test_what_a_sentence_says_you_will_be_is_the_title() -> None:
    text = f"At Quillon, we build ferries. You will be a full stack Harbour planner tasked with the night runs. {DUTIES}"
    assert ("full stack Harbour planner", "wanted_small") in set(titles_in(text))
    assert identify(PostingParts(text)).title == "full stack Harbour planner"
    assert not list(titles_in("You will be a key member of our crew, and you will be a great team player who shares."))


def test_local_names_of_towns_are_towns() -> None:
    assert all(map(is_city, ("Genève", "München", "Milano", "Praha", "København")))
