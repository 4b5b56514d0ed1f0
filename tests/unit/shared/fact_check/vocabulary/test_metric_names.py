"""Each word of the table is found as what it stands for, whole, and where a longer one begins alike that one."""

from __future__ import annotations

import pytest

from shared.fact_check.vocabulary.metric_names import _WORDS, metrics
from shared.text.folding import folded


def test_every_word_is_found_whole_where_a_number_follows() -> None:
    words = {folded(word): name for name, words in _WORDS.items() for word in words.split("|")}
    found = {word: metrics(f". {word} 12") for word in words}
    assert {word: came for word, came in found.items() if came != ((2, 2 + len(word), words[word]),)} == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gross margins and margin loans", ["gross_margin", "margin_loans"]),
        ("net income per fully diluted common share", ["eps"]),
        ("per diluted share", ["per_share"]),
        ("prices, highs, unprofitable, shares2", ["price"]),
        ("收盤價 收 12 收到 減少收 5", ["close", "close"]),
        ("股價淨值比 股價", ["pb", "price"]),
        ("PMI rose, the CPI fell; S&P", ["pmi", "inflation", "sp_500"]),
    ],
)
def test_the_longest_word_at_a_place_counts_and_no_part_of_one(text: str, names: list[str]) -> None:
    assert [name for _, _, name in metrics(folded(text))] == names
