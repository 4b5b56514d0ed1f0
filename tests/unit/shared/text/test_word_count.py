"""Length in the language's own unit, and the tokens it takes."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.forum_posts.stage_messages import Language
from functions.forum_posts.writing.token_budget import max_output_tokens
from shared.text.word_count import cjk_share, length, units

HAN = st.text(st.sampled_from("台積電營收毛利率貴州茅台价格上涨のカ한"), min_size=1, max_size=30)
WORDS = st.lists(st.text(st.characters(categories=["Ll"], max_codepoint=0x24F), min_size=1, max_size=8), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("!!! … 🚀 —", 0),
        ("Revenue grew 62% to $57.0 billion.", 6),
        ("don't over-think AT&T's S&P 500 move", 6),
        ("台積電第三季營收", 8),
        ("騰訊Q3收入1,234億", 7),
        ("騰訊 Q3 收入 1,234 億", 7),
        ("買AMD還是NVDA？", 5),
        ("see https://example.com/a-b?c=d now", 3),
        ("２３３０ 台積電", 4),
        ("全部、都。算「字」", 5),
        ("a/b testing 2026-03-12", 3),
        ("𠮷野家", 3),
    ],
)
def test_a_cjk_character_is_one_and_a_run_of_latin_is_one(text: str, count: int) -> None:
    assert length(text) == count


@given(HAN)
def test_chinese_counts_every_character(text: str) -> None:
    assert length(text) == len(text)
    assert cjk_share(text) == 1


@given(WORDS)
def test_latin_counts_every_word(words: list[str]) -> None:
    assert length(" ".join(words)) == len(words)
    assert cjk_share(" ".join(words)) == 0


@given(HAN, WORDS)
def test_a_mixed_text_is_the_sum_of_its_parts(chinese: str, words: list[str]) -> None:
    assert length(chinese + " ".join(words) + "，" + chinese) == 2 * len(chinese) + len(words)


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_units_are_pieces_of_the_text(text: str) -> None:
    assert all(unit in text for unit in units(text))


def test_output_tokens_follow_length_and_language() -> None:
    assert max_output_tokens(150, "en") == 455
    assert max_output_tokens(150, "zh-Hant") == 455
    assert max_output_tokens(20, "en") < 150
    for language in get_args(Language):
        assert max_output_tokens(300, language) > max_output_tokens(200, language) > 200 * 1.2
