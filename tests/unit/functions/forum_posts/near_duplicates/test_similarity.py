"""Similarity of texts, exact."""

from __future__ import annotations

import json
import random
from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from functions.forum_posts.near_duplicates.masked_similarity import GATE
from functions.forum_posts.near_duplicates.similarity import distinct, normalised, shingles, similarity
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


def test_posts_written_apart_are_far_below_the_gate_and_edited_copies_above() -> None:
    assert max(similarity(one, other) for one, other in combinations(GOOD, 2)) < GATE / 2
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
