"""Numbers with what they count, as each language says it."""

from __future__ import annotations

import pytest

from functions.interview_prep.pdf.frame_words.frame_language import framed_in, known_languages, say_counted, say_length, words_of
from functions.interview_prep.pdf.frame_words.number_forms import BETWEEN, FORMS


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 report", "2 reports", "5 reports", "11 reports", "100 reports"]),
        ("ar", ["تقرير واحد", "تقريران", "5 تقارير", "11 تقريرًا", "100 تقرير"]),
        ("zh", ["1 篇帖子", "2 篇帖子", "5 篇帖子", "11 篇帖子", "100 篇帖子"]),
        ("cs", ["1 zpráva", "2 zprávy", "5 zpráv", "11 zpráv", "100 zpráv"]),
        ("de", ["1 Bericht", "2 Berichte", "5 Berichte", "11 Berichte", "100 Berichte"]),
    ],
)
def test_a_number_and_its_noun(language: str, said: list[str]) -> None:
    with framed_in(language):
        assert [say_counted(number, "report") for number in (1, 2, 5, 11, 100)] == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 day", "3 days", "1-2 days", "5-14 days", "45-60 min", "7 days, half of them within 3"]),
        ("ar", ["يوم واحد", "3 أيام", "1–2 أيام", "5–14 يومًا", "45–60 دقيقة", "7 أيام، ونصف الحالات خلال 3"]),
        ("zh", ["1 天", "3 天", "1–2 天", "5–14 天", "45–60 分钟", "7 天，其中一半在 3 天以内"]),
        ("cs", ["1 den", "3 dny", "1–2 dny", "5–14 dní", "45–60 min", "7 dní, polovina do 3"]),
        ("fr", ["1 jour", "3 jours", "1–2 jours", "5–14 jours", "45–60 min", "7 jours, la moitié en moins de 3"]),
    ],
)
def test_a_length(language: str, said: list[str]) -> None:
    given = ("1 day", "3 days", "1-2 days", "5-14 days", "45-60 min", "7 days, half of them within 3")
    with framed_in(language):
        assert [say_length(text) for text in given] == said


def test_what_is_no_length_stays_as_it_is() -> None:
    with framed_in("ar"):
        assert say_length("two weeks") == "two weeks"


@pytest.mark.parametrize("language", sorted(known_languages()))
def test_each_word_has_all_of_its_languages_forms_or_one(language: str) -> None:
    counts = {key: value.count(BETWEEN) + 1 for key, value in words_of(language).items()}
    assert {key for key, count in counts.items() if count not in (1, FORMS.get(language, 2))} == set()
    assert counts["{number} reports"] == FORMS.get(language, 2)
    assert all("{number}" in key for key, count in counts.items() if count > 1)
