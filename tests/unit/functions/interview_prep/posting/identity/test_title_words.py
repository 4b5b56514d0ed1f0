"""How much words read like a job's title, and the title that stands in a sentence only."""

from __future__ import annotations

import pytest

from functions.interview_prep.posting.identity.lone_lines import short_rows
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title.choose_title import choose_title
from functions.interview_prep.posting.identity.title.find_titles import find_titles
from functions.interview_prep.posting.identity.title.title_lexicon import LEXICON, marks_of, title_score, words_of
from functions.interview_prep.posting.identity.title.title_spans import spans_in, titles_within

BODY = "\nWe keep bees above the harbour and sell the honey on Saturdays. Hives are moved by van at dawn."


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Ballot Services Representative", "Role Purpose"),
        ("Ballot Services Representative", "Reports to: Ballot Services Lead"),
        ("Bioinformatician", "Bioinformatician Job Descirption"),
        ("Senior Data Pipeline Engineer", "Company You'll Join"),
        ("Zahnmedizinische Fachangestellte", "Unsere Stellenangebote"),
        ("Verpleegkundige", "Wat wij bieden"),
        ("infirmière de bloc opératoire", "Qui sommes-nous"),
        ("Auxiliar de cozinha", "Sobre a empresa"),
        ("Инженер-программист", "Обязанности исполнителя"),
        ("Java开发工程师", "任职要求"),
        ("프론트엔드 개발자", "지원 자격"),
        ("Πωλητής", "Προσόντα"),
    ],
)
def test_a_title_scores_above_another_line(title: str, other: str) -> None:
    assert title_score(title) > 0 > title_score(other) or title_score(title) > title_score(other) + 2


def test_a_text_without_words_scores_nought() -> None:
    assert title_score("— | —") == 0.0


def test_capitals_and_the_accents_that_they_lack_in_greek_score_alike() -> None:
    assert title_score("LINE COOK") == title_score("Line Cook")
    assert title_score("ΠΩΛΗΤΗΣ") == title_score("πωλητής")


def test_a_run_of_signs_is_one_word_and_its_parts_are_marks() -> None:
    assert words_of("Java开发 C++") == ["java", "开发", "c++"]
    assert {"开", "开发", "^开", "发$", "=1"} <= set(marks_of(["开发"]))
    assert {"^line", "line", "cook", "cook$", "line cook", "=2"} <= set(marks_of(["line", "cook"]))


def test_the_lexicon_holds_marks_and_no_lines() -> None:
    marks = [mark for row in LEXICON.read_text("utf-8").splitlines() if row[0] != "#" for mark in row.split(" ", 1)[1].split("|")]
    assert len(marks) == len(set(marks)) > 10_000
    assert max(len(mark.split(" ")) for mark in marks) == 2
    assert LEXICON.stat().st_size < 200_000


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"As a payroll accountant, you will count the hives.{BODY}", "payroll accountant"),
        (f"{BODY}\nWe are looking for a senior data pipeline engineer to join our team.", "senior data pipeline engineer"),
        (f"{BODY}\nThe Sales Development Representative Teams are our pride.", "Sales Development Representative"),
    ],
)
def test_the_words_of_a_sentence_that_read_like_a_title_are_found(text: str, title: str) -> None:
    likely = dict(titles_within(text))
    assert title.casefold() in {one.casefold() for one in likely}
    assert max(likely, key=lambda one: likely[one]).casefold() == title.casefold()


def test_what_stands_around_tells_the_job_from_its_superior() -> None:
    likely = dict(titles_within("We are seeking a payroll accountant. Reports to the sales director and helps.\n"))
    assert likely["payroll accountant"] > 2 * likely["sales director"]


def test_spans_do_not_cross_what_ends_a_sentence() -> None:
    texts = [span.text for span in spans_in("Call the bee keeper. Software engineers are welcome; so is the sales manager")]
    assert "bee keeper" in texts
    assert not any(mark in text for text in texts for mark in ".;")
    assert [span.text for span in spans_in("You are a Sr. Engineer")] == ["Sr. Engineer"]


def test_what_only_a_sentence_holds_is_a_guess() -> None:
    text = f"The Sales Development Representative Teams are our pride.{BODY}"
    said = PostingParts(text)
    rows = short_rows(text)
    assert choose_title(find_titles(said, (), (), rows), said, rows) == ("", "Sales Development Representative")


def test_the_superiors_line_is_no_title() -> None:
    text = f"Reports to: Ballot Services Lead\nThe Ballot Services Representative will post ballots.{BODY}"
    said = PostingParts(text)
    rows = short_rows(text)
    assert "reportstoballotserviceslead" not in find_titles(said, (), (), rows)


def test_a_bracket_and_what_follows_it_is_not_half_of_a_title() -> None:
    said = PostingParts(f"Hive & Access Management (HAM) Architect\n{BODY}")
    rows = short_rows(said.text)
    assert choose_title(find_titles(said, (), (), rows), said, rows)[1] == "Hive & Access Management (HAM) Architect"
