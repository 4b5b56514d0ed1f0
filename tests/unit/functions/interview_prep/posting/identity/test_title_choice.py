"""Which of the texts that a posting holds is the job's title: what speaks for each, and when none is likely enough."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.identity.headlines import read_headline
from functions.interview_prep.posting.identity.lone_lines import short_rows
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title.choose_title import choose_title, weights
from functions.interview_prep.posting.identity.title.find_titles import find_titles, key_of
from functions.interview_prep.posting.identity.title.title_features import AGAINST, features_of

BODY = "\n\nYou cook for sixty guests and order the fish. We offer meals and a pension. Apply with your CV."


def chosen(said: PostingParts) -> tuple[str, str]:
    rows = short_rows(said.text)
    heads = [one for line in said.head for one in read_headline(line)]
    lines = [one for line in said.headings or rows[:12] for one in read_headline(line)]
    return choose_title(find_titles(said, heads, lines, rows), said, rows)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (PostingParts(f"Bellacorta\nLine Cook\nPortland, ME · 2 days ago{BODY}"), "Line Cook"),
        (PostingParts(f"Line Cook - Bellacorta - Portland, ME{BODY}"), "Line Cook"),
        (PostingParts(f"Position: Line Cook\nCompany: Bellacorta{BODY}"), "Line Cook"),
        (PostingParts(BODY, head=("Line Cook | Careers at Bellacorta",), headings=("Line Cook",)), "Line Cook"),
        (PostingParts(BODY, head=("Bellacorta hiring Line Cook in Portland | Board",)), "Line Cook"),
        (
            PostingParts(
                BODY, head=("Line Cook, Weddings and Feasts | Bellacorta",), headings=("Line Cook, Weddings and Feasts",)
            ),
            "Line Cook, Weddings and Feasts",
        ),
    ],
)
def test_the_title_is_taken_whole_and_without_what_stands_beside_it(said: PostingParts, title: str) -> None:
    assert chosen(said) == (title, title)


def test_what_no_line_names_is_asked_about() -> None:
    assert chosen(PostingParts("We like fish. Come and see us by the pier in summer.")) == ("", "")


def test_structured_data_says_the_title() -> None:
    assert chosen(PostingParts(BODY, headings=("Waiter",), known_title="Line Cook"))[0] == "Line Cook"


def test_the_parts_of_a_line_are_candidates_and_what_is_beside_them_is_known() -> None:
    said = PostingParts("Bellacorta | Line Cook | Portland, ME\nsecond line")
    rows = short_rows(said.text)
    found = find_titles(said, (), (), rows)
    assert {"linecook", "bellacortalinecook"} <= set(found)
    features = features_of(found, said, rows)["linecook"]
    assert (features["role"], features["behind_where"], features["behind_role"]) == (1.0, 1.0, 0.0)


def test_what_sentences_agree_on_is_known_where_no_line_names_a_job() -> None:
    text = "About us\nWe are hiring a Line Cook. As a Line Cook, you cook. The Line Cook will order fish."
    said = PostingParts(text)
    features = features_of(find_titles(said, (), (), short_rows(text)), said, short_rows(text))["linecook"]
    assert (features["said_most"], features["said_only"], features["shown_and_said"]) == (1.0, 1.0, 0.0)
    shown = PostingParts(f"Line Cook\n{text}")
    features = features_of(find_titles(shown, (), (), short_rows(shown.text)), shown, short_rows(shown.text))["linecook"]
    assert features["shown_and_said"] == 1.0


@pytest.mark.parametrize(
    ("line", "title", "company"),
    [
        ("Line Cook with Bellacorta Foods, Inc.", "Line Cook", "Bellacorta Foods"),
        ("Registered Nurse with Alder Health, Leeds", "Registered Nurse", "Alder Health"),
        ("Data Engineer with Python", "Data Engineer with Python", ""),
        ("Night Nurse with experience in wards", "Night Nurse with experience in wards", ""),
    ],
)
def test_a_job_with_somebody(line: str, title: str, company: str) -> None:
    readings = read_headline(line)
    assert [(one.title, one.company) for one in readings if one.company] == ([(title, company)] if company else [])


@pytest.mark.parametrize(
    "title",
    ["Filialleitung (m/w/d) Bäckerei", "Junior Sales Rep", "Bilingual Retail Demonstrator", "Operatore/operatrice data entry"],
)
def test_a_lone_line_that_names_a_job_is_its_title(title: str) -> None:
    assert chosen(PostingParts(f"{title}\nBellacorta\nLeeds, UK · 2 days ago{BODY}"))[0] == title


def test_brackets_make_no_other_title() -> None:
    assert key_of("Line Cook (m/f/d)") == key_of("Line Cook")


def test_what_can_only_speak_against_a_title_never_speaks_for_it() -> None:
    assert all(weights().get(name, 0.0) <= 0.0 for name in AGAINST)
