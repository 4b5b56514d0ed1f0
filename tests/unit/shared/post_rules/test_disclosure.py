"""Disclaimer and AI label: added within the length, recognised, and taken off again."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.forum_posts.stage_messages import Language
from shared.post_rules.disclosure import body_words, closed, closing, has_ai_label, has_disclaimer, opened
from shared.text.word_count import length

LANGUAGES: tuple[Language, ...] = get_args(Language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("own", ["", "I hold shares of this company."])
@pytest.mark.parametrize("words", [20, 60, 150, 1000])
def test_what_closes_a_post_is_recognised_and_fits(language: Language, own: str, words: int) -> None:
    text = closed("Body text.", language, words, own)
    assert has_disclaimer(text, own)
    assert has_ai_label(text)
    assert opened(text, own) == "Body text."
    assert 1 <= body_words(language, words, own) < words
    assert body_words(language, words, own) + length(closing(language, words, own)) == words


@given(st.text(max_size=100), st.sampled_from(LANGUAGES), st.integers(20, 500))
def test_closing_twice_changes_nothing_and_no_text_is_cut(text: str, language: Language, words: int) -> None:
    once = closed(text, language, words)
    assert closed(once, language, words) == once
    assert once.startswith(opened(text))


def test_short_posts_get_short_words() -> None:
    assert length(closing("en", 30)) < length(closing("en", 300))
    assert length(closing("zh-Hant", 30)) <= 12


def test_a_persona_without_label_or_with_its_own_words() -> None:
    assert not has_ai_label(closing("en", 200, ai_label=False))
    assert closing("en", 200, "I own it.").startswith("I own it.")
    assert not has_disclaimer("Not investment advice.", "I own it.")


@pytest.mark.parametrize(
    "text", ["This is not financial advice.", "NFA", "以上不構成任何投資建議", "非投資建議", "不构成投资建议"]
)
def test_the_usual_wordings_count(text: str) -> None:
    assert has_disclaimer(text)


@pytest.mark.parametrize("text", ["My advice: wait.", "投資建議書", "AI chips sell well.", "AI 晶片由台積電生產。"])
def test_other_words_do_not(text: str) -> None:
    assert not has_disclaimer(text)
    assert not has_ai_label(text)
