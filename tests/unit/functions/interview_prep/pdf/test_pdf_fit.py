from __future__ import annotations

import pytest

from functions.interview_prep.pdf.fit_to_pages import MOST_PAGES, TRIES, Measure, find_fitting_measure, measure, sentences


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("Short.", 20, "Short."),
        ("One. Two is longer. Three.", 20, "One. Two is longer."),
        ("A first sentence that is far too long for it.", 20, "A first sentence…"),
        ("x" * 50, 10, "x" * 9 + "…"),
        ("", 5, ""),
    ],
)
def test_texts_are_cut_at_sentences_then_at_words(text: str, most: int, shown: str) -> None:
    assert sentences(text, most) == shown
    assert len(sentences(text, most)) <= most


def test_a_first_sentence_a_little_too_long_is_not_cut() -> None:
    assert sentences("It names the one thing. More.", 20) == "It names the one thing."


@pytest.mark.parametrize(("written", "shown"), [(6, 1.0), (8, 1.0), (12, None), (40, 0.0)])
def test_the_most_generous_measure_that_fits_is_found_in_few_layouts(written: int, shown: float | None) -> None:
    tried = []

    def pages(asked: Measure) -> int:
        tried.append(asked)
        return round(written * (0.4 + 0.6 * (asked.text - 150) / 270))

    chosen = find_fitting_measure(pages, lambda asked: asked.text)
    assert len(tried) <= TRIES
    if shown is None:
        assert measure(0.25) != chosen != measure(1.0)
        assert pages(chosen) <= MOST_PAGES
    else:
        assert chosen == measure(shown)
