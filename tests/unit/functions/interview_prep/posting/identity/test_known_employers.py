"""Employers that many people know: where a text names one, and what a list of names gives."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.identity.employer.choose_employer import choose_employer
from functions.interview_prep.posting.identity.employer.find_names import find_names
from functions.interview_prep.posting.identity.employer.name_features import features_of
from functions.interview_prep.posting.identity.known_employers import (
    KNOWN,
    KNOWN_TOOL,
    KNOWN_WORD,
    known_employers,
    known_in,
    words_of,
)
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.vocabulary import FOLDER
from tests.support.fitting.list_employers import LAST, Words, by_hand, kinds_of, listed

WORDS = Words(frozenset({"target", "clutch", "line"}), frozenset({"jordan", "oslo"}))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("You meet people of the Deloitte Student Network.", [("Deloitte", KNOWN)]),
        ("Between the customer and Wipro’s team", [("Wipro", KNOWN)]),
        ("Accenture_graduate_2031.pdf", [("Accenture", KNOWN)]),
        ("#Siemens #jobs", [("Siemens", KNOWN_TOOL)]),
        ("You know Snowflake or Databricks.", [("Snowflake", KNOWN_TOOL), ("Databricks", KNOWN_TOOL)]),
        ("JPMorgan Chase & Co. and L’Oréal", [("JPMorgan Chase", KNOWN), ("L’Oréal", KNOWN)]),
        ("a role with a wide impact on Wise and its mission", [("Wise", KNOWN_WORD)]),
        ("You move fast at Target, and reach your target.", []),
        ("Wise people build with us.", []),
        ("the wipro of our town", []),
    ],
)
def test_known_employers_are_found_as_a_text_spells_them(text: str, named: list[tuple[str, str]]) -> None:
    assert list(known_in(text)) == named


def test_a_known_name_that_no_rule_proposes_is_a_candidate_with_a_feature_of_its_own() -> None:
    said = PostingParts("Intern, Data\n\nYou work on projects and meet people within the Deloitte Student Network.")
    rows = said.text.split("\n\n")
    found = find_names(said, (), (), rows, "Intern, Data")
    features = features_of(found, said, rows, "Intern, Data")
    assert features["deloitte"][KNOWN] == 1.0
    assert features["deloitte"]["known_alone"] == 1.0


def asked_about(text: str) -> tuple[str, str]:
    rows = [row for row in text.split("\n") if row]
    said = PostingParts(text)
    return choose_employer(find_names(said, (), (), rows, rows[0]), said, rows, rows[0])


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("Intern, Data\n\nYou work on projects and meet people within the Deloitte Student Network.", "Deloitte"),
        ("Business Analyst\n\nYou stand between our customers and the Wipro delivery team.", "Wipro"),
        ("Intern, Data\n\nOur customers include Accenture, Deloitte and Wipro.", ""),
    ],
)
def test_a_known_employer_that_stands_once_is_a_guess_and_not_sure(text: str, guess: str) -> None:
    assert asked_about(text) == ("", guess)


def test_of_two_known_names_none_is_the_only_one() -> None:
    said = PostingParts("Intern\n\nOur clients are Wipro and Deloitte.")
    features = features_of(find_names(said, (), (), ["Intern"], "Intern"), said, ["Intern"], "Intern")
    assert features["wipro"]["known_alone"] == features["deloitte"]["known_alone"] == 0.0


def test_the_list_is_small_says_its_sources_and_holds_names_as_they_are_looked_up() -> None:
    text = (FOLDER / "employers.txt").read_text("utf-8")
    assert len(text.encode()) < 400_000
    assert all(source in text[:700] for source in ("SEC", "public domain", "BSD 3-Clause", "MIT"))
    kinds = known_employers()
    assert set(kinds.values()) == {KNOWN, KNOWN_TOOL, KNOWN_WORD}
    assert not [name for name in kinds if name != words_of(name)]
    assert {words_of(name) for name in by_hand()} <= set(kinds)


def test_funds_places_words_and_persons_are_no_employers_of_a_list() -> None:
    funds = [("title", f"Corp {at} Inc") for at in range(601)] + [("title", "Hallam Bond Fund"), ("title", "Hallam Steel Corp")]
    kinds = kinds_of([*listed([dict([one]) for one in funds[601:]])], WORDS)
    assert kinds["hallam steel"] == KNOWN
    assert "clutch" not in kinds_of([("Clutch, Inc.", LAST)], WORDS)
    assert "jordan" not in kinds_of([("Jordan", LAST)], WORDS)
    assert kinds_of([("Clutch", 3)], WORDS)["clutch"] == KNOWN_WORD


def test_what_stands_behind_a_listed_name_may_be_left_out() -> None:
    assert [name for name, _ in listed([{"title": "Brackwell Systems, Inc."}])] == ["Brackwell Systems", "Brackwell"]
    assert [name for name, _ in listed([{"title": "Blue Oak Systems, Inc."}])] == ["Blue Oak Systems"]
