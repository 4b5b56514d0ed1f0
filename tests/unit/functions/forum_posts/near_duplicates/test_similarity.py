"""Similarity of texts: exact, for a pair and for many."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.forum_posts.near_duplicates.masked_similarity import GATE
from functions.forum_posts.near_duplicates.similarity import (
    distinct,
    most_alike_pair,
    normalised,
    shingles,
    similarities,
    similarity,
)
from shared.post_rules.disclosure import closed

TEXTS = st.text(st.sampled_from("abc 台積電營收，。A1"), max_size=60)
GOOD = [
    case["text"]
    for case in json.loads((Path(__file__).parents[3] / "shared" / "post_rules" / "posts.json").read_text(encoding="utf-8"))[
        "good"
    ]
]


def test_what_counts_of_a_text() -> None:
    assert normalised("  Hello,   WORLD! 🚀 https://example.com/x ") == "hello world"
    assert normalised("台積電（ＴＳＭＣ） Q3，營收 1,234 億！") == "台積電tsmc q3營收1 234億"
    assert normalised(closed("Same body.", "en", 200)) == normalised("same BODY")
    assert shingles("") == shingles("🚀 …") == frozenset()
    assert shingles("ab") == {"ab"}
    assert shingles("abcde") == {"abcd", "bcde"}
    assert shingles("台積電 Q3") == {"台積", "積電", "q3"}


@given(TEXTS, TEXTS)
def test_similarity_is_a_similarity(one: str, other: str) -> None:
    alike = similarity(one, other)
    assert 0 <= alike <= 1
    assert alike == similarity(other, one)
    assert similarity(one, one) == bool(shingles(one))
    assert (alike == 1) == (shingles(one) == shingles(other) != frozenset())


@given(st.lists(TEXTS, max_size=8))
def test_all_pairs_at_once_are_the_pairs_one_by_one(texts: list[str]) -> None:
    alike = similarities(texts)
    expected = {(i, j): similarity(a, b) for i, a in enumerate(texts) for j, b in enumerate(texts) if i != j}
    assert alike.shape == (len(texts), len(texts))
    for (i, j), value in expected.items():
        assert alike[i, j] == pytest.approx(value, abs=1e-6)
    one, other, most = most_alike_pair(texts)
    assert most == pytest.approx(max(expected.values(), default=0.0), abs=1e-6)
    assert not texts[1:] or expected.get((one, other), 0.0) == pytest.approx(most, abs=1e-6)


def test_posts_written_apart_are_far_below_the_gate_and_edited_copies_above() -> None:
    _, _, most = most_alike_pair(GOOD)
    assert most < GATE / 2
    rng = random.Random(7)
    for text in GOOD:
        parts = text.split(" ") if " " in text[:60] else list(text)
        if len(parts) < 40:
            continue
        changed = [part if rng.random() > 0.05 else "其" for part in parts]
        copy = (" " if " " in text[:60] else "").join(changed)
        assert similarity(text, copy) > GATE, text


def test_distinct_n() -> None:
    assert distinct([], 2) == distinct(["one"], 2) == 0
    assert distinct(["a b c", "d e f"], 2) == 1
    assert distinct(["a b c", "A b c"], 2) == 0.5
    assert distinct(["台積電", "台積電"], 1) == 0.5
