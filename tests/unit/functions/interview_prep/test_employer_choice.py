"""Which of the names that a posting holds is its employer's: what speaks for each, and when none is likely enough."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.identity.employer.agencies import is_agencys, named_clients, speaks_for_another
from functions.interview_prep.posting.identity.employer.candidates import Candidates
from functions.interview_prep.posting.identity.employer.choose_employer import SURE, probabilities, weights
from functions.interview_prep.posting.identity.employer.find_names import find_names
from functions.interview_prep.posting.identity.employer.name_features import AGAINST, features_of
from functions.interview_prep.posting.identity.said import Said

TEXT = "Line Cook\nBellacorta\nPortland, ME\n\nAt Bellacorta, you cook for sixty guests. Bellacorta is hiring. We use tools such as Quickbake."


def likely(text: str, title: str = "Line Cook") -> dict[str, float]:
    said, rows = Said(text), [row for row in text.split("\n") if row]
    return probabilities(features_of(find_names(said, (), (), rows, title), said, rows, title))


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
    said = Said("शाखा प्रबंधक\nसूर्योदय फाइनेंस लिमिटेड\nस्थान: लखनऊ")
    found = find_names(said, (), (), said.text.split("\n"), "शाखा प्रबंधक")
    assert "सूर्योदय फाइनेंस लिमिटेड" in [one.name for one in found.values()]
